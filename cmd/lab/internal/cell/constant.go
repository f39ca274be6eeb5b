package cell

import (
	"fmt"
	"go/constant"
	"go/types"
	"math"
	"strconv"
)

// Constants.
//
//	before: const n = 3; x := float32(n) / 2; type Day int; const Mon Day = iota
//	after:  3; float32(1.5); 0
//
// go/types has computed every constant expression, exactly; the interpreter gets
// the value with its type.
func (l *lowerer) constant(v constant.Value, t types.Type) string {
	b, ok := under(t).(*types.Basic)
	if !ok { // it becomes an interface next
		b = types.Default(untypedOf(v)).(*types.Basic)
	} else if n, ok := types.Unalias(t).(*types.Named); ok && !isLearners(n.Obj()) {
		return l.typ(t) + "(" + l.constant(v, b) + ")"
	}
	b = types.Default(b).(*types.Basic)
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return v.String()
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		return integer(constant.ToInt(v), b)
	case info&types.IsFloat != 0:
		return b.Name() + "(" + float(constant.ToFloat(v), b.Kind() == types.Float32) + ")"
	}
	c := constant.ToComplex(v)
	part, single := "float64", b.Kind() == types.Complex64
	if single {
		part = "float32"
	}
	return fmt.Sprintf("complex(%s(%s), %s(%s))", part, float(constant.Real(c), single), part, float(constant.Imag(c), single))
}

func integer(v constant.Value, t *types.Basic) string {
	text := v.ExactString()
	if t.Kind() != types.Int {
		return t.Name() + "(" + text + ")"
	}
	if text[0] == '-' {
		return "(" + text + ")"
	}
	return text
}

// float writes v so that the interpreter reads the same number back.
func float(v constant.Value, single bool) string {
	f, _ := constant.Float64Val(v)
	if single {
		s, _ := constant.Float32Val(v)
		f = float64(s)
	}
	if math.IsInf(f, 0) {
		f = math.Copysign(math.MaxFloat64, f)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func untypedOf(v constant.Value) types.Type {
	switch v.Kind() {
	case constant.Bool:
		return types.Typ[types.UntypedBool]
	case constant.String:
		return types.Typ[types.UntypedString]
	case constant.Int:
		return types.Typ[types.UntypedInt]
	case constant.Float:
		return types.Typ[types.UntypedFloat]
	}
	return types.Typ[types.UntypedComplex]
}
