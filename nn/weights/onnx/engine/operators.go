package engine

import "math"

// operators are those that are known, by the names of the standard.
var operators = map[string]operator{
	// A window slides over pictures.
	"Conv":              one(conv),
	"MaxPool":           one(maxPool),
	"AveragePool":       one(averagePool),
	"GlobalAveragePool": one(globalAveragePool),
	"GlobalMaxPool":     one(globalMaxPool),

	// Tables are multiplied.
	"MatMul": one(matMul),
	"Gemm":   one(gemm),

	// Each number is bent on its own.
	"Relu":        bend(func(x float64) float64 { return max(0, x) }),
	"Sigmoid":     bend(func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }),
	"Tanh":        bend(math.Tanh),
	"Sqrt":        bend(math.Sqrt),
	"Exp":         bend(math.Exp),
	"Log":         bend(math.Log),
	"Erf":         bend(math.Erf),
	"Floor":       bend(math.Floor),
	"Ceil":        bend(math.Ceil),
	"Reciprocal":  bend(func(x float64) float64 { return 1 / x }),
	"Softplus":    bend(func(x float64) float64 { return math.Log1p(math.Exp(-math.Abs(x))) + max(0, x) }),
	"LeakyRelu":   one(leakyRelu),
	"Elu":         one(elu),
	"HardSigmoid": one(hardSigmoid),
	"HardSwish":   one(hardSwish),
	"Neg":         one(neg),
	"Abs":         one(abs),
	"Clip":        one(clip),
	"Not":         one(not),

	// Numbers of several tensors are joined.
	"Add":            join(func(a, b float64) float64 { return a + b }, func(a, b int64) int64 { return a + b }),
	"Sub":            join(func(a, b float64) float64 { return a - b }, func(a, b int64) int64 { return a - b }),
	"Mul":            join(func(a, b float64) float64 { return a * b }, func(a, b int64) int64 { return a * b }),
	"Div":            join(func(a, b float64) float64 { return a / b }, divide),
	"Pow":            one(pow),
	"Max":            join(fmax, func(a, b int64) int64 { return max(a, b) }),
	"Min":            join(fmin, func(a, b int64) int64 { return min(a, b) }),
	"Sum":            join(func(a, b float64) float64 { return a + b }, nil),
	"PRelu":          join(func(a, slope float64) float64 { return max(0, a) + slope*min(0, a) }, nil),
	"Equal":          compare(func(a, b float64) bool { return a == b }, func(a, b int64) bool { return a == b }),
	"Less":           compare(func(a, b float64) bool { return a < b }, func(a, b int64) bool { return a < b }),
	"Greater":        compare(func(a, b float64) bool { return a > b }, func(a, b int64) bool { return a > b }),
	"GreaterOrEqual": compare(func(a, b float64) bool { return a >= b }, func(a, b int64) bool { return a >= b }),
	"LessOrEqual":    compare(func(a, b float64) bool { return a <= b }, func(a, b int64) bool { return a <= b }),
	"And":            compare(nil, func(a, b int64) bool { return a&b != 0 }),
	"Or":             compare(nil, func(a, b int64) bool { return a|b != 0 }),
	"Where":          one(where),

	// All numbers of a channel, a row or an axis come together.
	"BatchNormalization": one(batchNormalization),
	"LayerNormalization": one(layerNormalization),
	"Softmax":            one(softmax),
	"LogSoftmax":         one(logSoftmax),
	"ReduceMean":         one(reduceMean),
	"ReduceSum":          one(reduceSum),
	"ReduceMax":          one(reduceMax),
	"ReduceMin":          one(reduceMin),
	"ArgMax":             one(argMax),

	// The same numbers have another shape.
	"Identity":  one(identity),
	"Dropout":   dropout,
	"Flatten":   one(flatten),
	"Reshape":   one(reshape),
	"Squeeze":   one(squeeze),
	"Unsqueeze": one(unsqueeze),

	// Numbers move.
	"Transpose": one(transpose),
	"Expand":    one(expand),
	"Slice":     one(slice),
	"Split":     split,
	"Concat":    one(concat),
	"Pad":       one(pad),
	"Gather":    one(gather),

	// Shapes and constants are numbers, too.
	"Shape":           one(shape),
	"Size":            one(size),
	"Constant":        one(constant),
	"ConstantOfShape": one(constantOfShape),
	"Cast":            one(cast),
}
