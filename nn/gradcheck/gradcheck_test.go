package gradcheck_test

import (
	"math"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

func randn(seed uint64, shape ...int) *nn.Tensor {
	t, random := nn.NewTensor(shape...), nn.NewRandom(seed)
	for i := range t.Data {
		t.Data[i] = float32(random.Normal())
	}
	return t
}

// drawn gives the layer random parameters.
func drawn[L nn.Layer](l L) L {
	for i, p := range l.Params() {
		copy(p.Value.Data, randn(uint64(i)+1, p.Value.Shape...).Data)
	}
	return l
}

// spoiled is a right layer whose Backward somebody got wrong.
type spoiled struct {
	nn.Layer
	spoil func(dx *nn.Tensor)
}

func (s *spoiled) Backward(dy *nn.Tensor) *nn.Tensor {
	dx := s.Layer.Backward(dy).Clone()
	s.spoil(dx)
	return dx
}

func linear() *nn.Linear { return drawn(nn.NewLinear(4, 4)) }

func transpose(m *nn.Tensor) {
	n := m.Shape[0]
	for i := range n {
		for j := range i {
			m.Data[i*n+j], m.Data[j*n+i] = m.Data[j*n+i], m.Data[i*n+j]
		}
	}
}

func times(t *nn.Tensor, by float32) {
	for i := range t.Data {
		t.Data[i] *= by
	}
}

func TestLayerAcceptsRightGradients(t *testing.T) {
	picture := []int{2, 4, 5, 3}
	conv := nn.ConvConfig{In: 3, Out: 3, Kernel: 3, Pad: 1, Bias: true}
	for _, c := range []struct {
		l     nn.Layer
		shape []int
	}{
		{linear(), []int{3, 4}},
		{drawn(nn.NewConv2D(conv)), picture},
		{drawn(nn.NewBatchNorm2D(3)), picture},
		{nn.NewReLU(), picture}, {nn.NewSigmoid(), picture}, {nn.NewTanh(), picture}, {nn.NewSoftmax(), []int{4, 5}},
		{nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2}), picture},
		{nn.NewResidual(nn.NewSequential().Add("conv", drawn(nn.NewConv2D(conv))).Add("bn", drawn(nn.NewBatchNorm2D(3))).Add("relu", nn.NewReLU()), nil, true), picture},
		{&norm{}, []int{7}},
	} {
		report := gradcheck.Layer(c.l, randn(3, c.shape...), 1)
		if !report.OK(1e-2) {
			t.Errorf("%T: %v", c.l, report)
		}
		t.Logf("%T: %v, %d kinks", c.l, report, report.Kinks)
	}
}

func TestLayerFindsPlantedMistakes(t *testing.T) {
	broken := func(spoil func(l *nn.Linear, dx *nn.Tensor)) nn.Layer {
		l := linear()
		return &spoiled{l, func(dx *nn.Tensor) { spoil(l, dx) }}
	}
	row := []int{4, 4}
	for _, c := range []struct {
		mistake string
		l       nn.Layer
		shape   []int
		where   string // the gradient that is wrong
	}{
		{"dx twice too large", broken(func(_ *nn.Linear, dx *nn.Tensor) { times(dx, 2) }), row, "x["},
		{"dx 2 % too large", broken(func(_ *nn.Linear, dx *nn.Tensor) { times(dx, 1.02) }), row, "x["},
		{"dx of the wrong sign", broken(func(_ *nn.Linear, dx *nn.Tensor) { times(dx, -1) }), row, "x["},
		{"dx transposed", broken(func(_ *nn.Linear, dx *nn.Tensor) { transpose(dx) }), row, "x["},
		{"dx zero", broken(func(_ *nn.Linear, dx *nn.Tensor) { times(dx, 0) }), row, "x["},
		{"dx not a number", broken(func(_ *nn.Linear, dx *nn.Tensor) { dx.Data[5] = float32(math.NaN()) }), row, "x[5]"},
		{"one sign of dx", broken(func(_ *nn.Linear, dx *nn.Tensor) { dx.Data[3] *= -1 }), row, "x[3]"},
		{"two neighbours of dx exchanged", broken(func(_ *nn.Linear, dx *nn.Tensor) { dx.Data[6], dx.Data[7] = dx.Data[7], dx.Data[6] }), row, "x["},
		{"dw twice too large", broken(func(l *nn.Linear, _ *nn.Tensor) { times(l.Weight.Grad, 2) }), row, "weight["},
		{"dw transposed", broken(func(l *nn.Linear, _ *nn.Tensor) { transpose(l.Weight.Grad) }), row, "weight["},
		{"one sign of dw", broken(func(l *nn.Linear, _ *nn.Tensor) { l.Weight.Grad.Data[10] *= -1 }), row, "weight[10]"},
		{"db the mean, not the sum", broken(func(l *nn.Linear, _ *nn.Tensor) { times(l.Bias.Grad, 0.25) }), row, "bias["},
		{"dw forgotten", broken(func(l *nn.Linear, _ *nn.Tensor) { l.Weight.Grad = nil }), row, "weight["},
		{"the mean's part of batch norm forgotten", &norm{noMean: true}, []int{7}, "x["},
		{"the deviation's part of batch norm forgotten", &norm{noDeviation: true}, []int{7}, "x["},
		{"the highway forgotten", &spoiled{nn.NewResidual(linear(), nil, true), func(dx *nn.Tensor) {
			for i, v := range lastDy {
				dx.Data[i] -= v
			}
		}}, row, "x["},
	} {
		report := gradcheck.Layer(remember{c.l}, randn(3, c.shape...), 1)
		if report.OK(1e-2) || !strings.HasPrefix(report.Where, c.where) {
			t.Errorf("%s passes, or is found at the wrong place: %v", c.mistake, report)
		}
	}
}

// remember keeps the dy that Layer has drawn.
type remember struct{ nn.Layer }

var lastDy []float32

func (r remember) Backward(dy *nn.Tensor) *nn.Tensor {
	lastDy = dy.Data
	return r.Layer.Backward(dy)
}

// norm is a batch norm of one channel without gamma and beta, as a learner
// would write it, and as one would get it wrong.
type norm struct {
	noMean, noDeviation bool

	xhat      []float64
	deviation float64
}

func (n *norm) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	var mean, variance float64
	m := float64(len(x.Data))
	for _, v := range x.Data {
		mean += float64(v) / m
	}
	for _, v := range x.Data {
		variance += (float64(v) - mean) * (float64(v) - mean) / m
	}
	n.deviation, n.xhat = math.Sqrt(variance), make([]float64, len(x.Data))
	y := nn.NewTensor(x.Shape...)
	for i, v := range x.Data {
		n.xhat[i] = (float64(v) - mean) / n.deviation
		y.Data[i] = float32(n.xhat[i])
	}
	return y
}

func (n *norm) Backward(dy *nn.Tensor) *nn.Tensor {
	var shift, slope float64
	m := float64(len(dy.Data))
	for i, v := range dy.Data {
		shift += float64(v) / m
		slope += float64(v) * n.xhat[i] / m
	}
	if n.noMean {
		shift = 0
	}
	if n.noDeviation {
		slope = 0
	}
	dx := nn.NewTensor(dy.Shape...)
	for i, v := range dy.Data {
		dx.Data[i] = float32((float64(v) - shift - n.xhat[i]*slope) / n.deviation)
	}
	return dx
}

func (n *norm) Params() []*nn.Param { return nil }

// Pictures are full of zeros, just at the corner of a ReLU, and of equal
// pixels, any of which may win: there no gradient is wrong.
func TestLayerLeavesCornersOut(t *testing.T) {
	x := randn(1, 1, 6, 6, 1)
	for i := range 18 {
		x.Data[i] = 0
	}
	for _, l := range []nn.Layer{nn.NewReLU(), nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2})} {
		report := gradcheck.Layer(l, x, 1)
		if !report.OK(1e-2) || report.Kinks < 12 || report.Checked < 12 {
			t.Errorf("%v: %v, %d kinks", l, report, report.Kinks)
		}
	}
	all := gradcheck.Layer(nn.NewReLU(), nn.NewTensor(3, 3), 1)
	if all.OK(1) || all.Checked != 0 {
		t.Errorf("with nothing but corners nothing is proven, but the report is %v", all)
	}
}

func TestLayerPutsAllBack(t *testing.T) {
	l := drawn(nn.NewBatchNorm2D(3))
	l.RunningVar.Value.Data[0] = 2
	l.Gamma.Grad = randn(1, 3)
	x := randn(2, 4, 3)
	type state struct{ value, grad *nn.Tensor }
	var before []state
	for _, p := range l.Params() {
		before = append(before, state{p.Value.Clone(), p.Grad})
	}
	xBefore := x.Clone()
	gradcheck.Layer(l, x, 1)
	for i, p := range l.Params() {
		for j, v := range before[i].value.Data {
			if p.Value.Data[j] != v {
				t.Errorf("%s[%d] was %v and is %v", p.Name, j, v, p.Value.Data[j])
			}
		}
		if p.Grad != before[i].grad {
			t.Errorf("the gradient of %s is not the one from before", p.Name)
		}
	}
	for i, v := range xBefore.Data {
		if x.Data[i] != v {
			t.Errorf("x[%d] was %v and is %v", i, v, x.Data[i])
		}
	}
}

func TestLayerChecksNothingFrozen(t *testing.T) {
	l := linear()
	l.Weight.Trainable = false
	free := gradcheck.Layer(linear(), randn(1, 2, 4), 1).Checked
	if frozen := gradcheck.Layer(l, randn(1, 2, 4), 1).Checked; frozen != free-16 {
		t.Errorf("%d numbers checked, with a frozen weight of 16 %d", free, frozen)
	}
}

func TestLayerRefusesShapesThatDoNotFit(t *testing.T) {
	for want, l := range map[string]nn.Layer{
		"no tensor":                 &wrongShape{linear(), nil},
		"shape [2 4] of x, got [8]": &wrongShape{linear(), nn.NewTensor(8)},
		"Grad of weight must have":  &spoiled{linear(), nil},
	} {
		if s, ok := l.(*spoiled); ok {
			s.spoil = func(*nn.Tensor) { s.Params()[0].Grad = nn.NewTensor(3) }
		}
		func() {
			defer func() {
				m, ok := recover().(*nn.Mistake)
				if !ok || !strings.Contains(m.Error(), want) {
					t.Errorf("wanted a *Mistake that says %q, got %v", want, m)
				}
			}()
			gradcheck.Layer(l, randn(1, 2, 4), 1)
		}()
	}
}

type wrongShape struct {
	nn.Layer
	dx *nn.Tensor
}

func (w *wrongShape) Backward(dy *nn.Tensor) *nn.Tensor { return w.dx }

// d/dx of x³ at 2 is 12, and of a*b with respect to both is b and a.
func TestFunctionByHand(t *testing.T) {
	cube := func(x []float64) float64 { return x[0] * x[0] * x[0] }
	if r := gradcheck.Function("x", cube, []float64{2}, []float32{12}); !r.OK(1e-8) || r.Checked != 1 {
		t.Error(r)
	}
	if r := gradcheck.Function("x", cube, []float64{2}, []float32{12.001}); r.OK(1e-5) || math.Abs(r.Worst-0.001/12.001) > 1e-7 {
		t.Error(r)
	}
	product := func(x []float64) float64 { return x[0] * x[1] }
	at := []float64{3, 5}
	if r := gradcheck.Function("x", product, at, []float32{5, 3}); !r.OK(1e-8) || at[0] != 3 || at[1] != 5 {
		t.Error(r, at)
	}
	r := gradcheck.Function("x", product, at, []float32{5, -3})
	if r.OK(0.1) || r.Where != "x[1]" || r.Analytic != -3 || math.Abs(r.Nudged-3) > 1e-6 || !strings.Contains(r.String(), "x[1]") {
		t.Error(r)
	}
	for _, nan := range []float32{float32(math.NaN()), float32(math.Inf(1))} {
		if r := gradcheck.Function("x", product, at, []float32{nan, 3}); r.OK(1e9) {
			t.Errorf("%v passes: %v", nan, r)
		}
	}
	defer func() {
		if m, ok := recover().(*nn.Mistake); !ok {
			t.Errorf("a gradient that is too short: got %v", m)
		}
	}()
	gradcheck.Function("x", product, at, []float32{5})
}
