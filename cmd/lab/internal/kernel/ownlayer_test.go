package kernel_test

import (
	"strings"
	"testing"

	"reslab/cmd/lab/internal/kernel"
)

// gate is a layer as a learner writes it: y = a*x + b*x², with one a and one b
// for each channel, and a helper of its own.
const gate = `type Gate struct {
	a, b *nn.Param
	x    *nn.Tensor
}

func NewGate(channels int) *Gate {
	g := &Gate{
		a: &nn.Param{Name: "a", Value: nn.NewTensor(channels), Trainable: true},
		b: &nn.Param{Name: "b", Value: nn.NewTensor(channels), Trainable: true},
	}
	for i := range channels {
		g.a.Value.Data[i], g.b.Value.Data[i] = 1, 0.1
	}
	return g
}

func (g *Gate) String() string { return "Gate" }

func (g *Gate) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	g.x = x
	y := nn.NewTensor(x.Shape...)
	n := len(g.a.Value.Data)
	for i, v := range x.Data {
		y.Data[i] = g.a.Value.Data[i%n]*v + g.b.Value.Data[i%n]*v*v
	}
	return y
}

func (g *Gate) Backward(dy *nn.Tensor) *nn.Tensor {
	n := len(g.a.Value.Data)
	for _, p := range g.Params() {
		if p.Grad == nil {
			p.Grad = nn.NewTensor(n)
		}
	}
	dx := nn.NewTensor(dy.Shape...)
	for i, d := range dy.Data {
		v := g.x.Data[i]
		g.a.Grad.Data[i%n] += d * v
		g.b.Grad.Data[i%n] += d * v * v
		dx.Data[i] = d * (g.a.Value.Data[i%n] + 2*g.b.Value.Data[i%n]*v)
	}
	return dx
}

func (g *Gate) Params() []*nn.Param { return []*nn.Param{g.a, g.b} }
`

// step is a cell and a part of what it must show; for err, of its error.
type step struct{ source, want, err string }

func follow(t *testing.T, c *kernel.Client, steps []step) {
	t.Helper()
	for _, s := range steps {
		got, _, err := execute(t, c, s.source)
		switch {
		case s.err != "" && (err == nil || !strings.Contains(err.Error(), s.err)):
			t.Errorf("%s\nends in %v, and should in %q", s.source, err, s.err)
		case s.err == "" && err != nil:
			t.Errorf("%s\nends in %v", s.source, err)
		case !strings.Contains(got, s.want):
			t.Errorf("%s\nshows %q, and should %q", s.source, got, s.want)
		}
	}
}

// A layer of the learner's own is a layer like any other: in containers, in
// ResNet-20, for gradcheck, training, taps and summaries.
func TestOwnLayer(t *testing.T) {
	c := start(t, kernel.Options{})
	follow(t, c, []step{
		{gate, "", ""},
		{"var _ nn.Layer = NewGate(3)", "", ""},
		{"NewGate(1).Forward(nn.FromSlice([]float32{1, 2}, 1, 1, 2, 1), false)", "1.1  2.4", ""},

		// gradcheck, alone and inside
		{`noise := func(shape ...int) *nn.Tensor {
	x, random := nn.NewTensor(shape...), nn.NewRandom(1)
	for i := range x.Data {
		x.Data[i] = float32(random.Normal())
	}
	return x
}
gradcheck.Layer(NewGate(3), noise(2, 2, 2, 3), 1).OK(1e-2)`, "true\n", ""},
		{`stack := nn.NewSequential().Add("fc", nn.NewLinear(4, 4)).Add("gate", NewGate(4)).Add("res", nn.NewResidual(NewGate(4), nil, true))
nn.Init(stack, 1, nn.HeFanIn)
gradcheck.Layer(stack, noise(3, 4), 2).OK(1e-2)`, "true\n", ""},
		{`for _, p := range stack.Params() {
	fmt.Println(p.Name)
}`, "fc.weight\nfc.bias\ngate.a\ngate.b\nres.a\nres.b\n", ""},
		{`fmt.Println(nn.Summarise(stack, 4))`, "gate   a layer of your own  4       8", ""},
		{`nn.Walk(stack, func(path string, l nn.Layer) {
	if g, mine := l.(*Gate); mine {
		fmt.Println(path, "is mine, with", len(g.a.Value.Data))
	}
})`, "gate is mine, with 4\nres is mine, with 4\n", ""},

		// a hook as a closure
		{`seen := map[string]int{}
stop := nn.Tap(stack, func(path string, t *nn.Tensor, backward bool) {
	if backward {
		path += " back"
	}
	seen[path] += len(t.Data)
})
stack.Backward(stack.Forward(noise(2, 4), true))
stop()
stack.Forward(noise(2, 4), false)
fmt.Println(seen)`, "map[fc:8 fc back:8 gate:8 gate back:8 res:8 res back:8]", ""},

		// into ResNet-20, and trained with a schedule and hooks as closures
		{`net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Channels: 1})
nn.Replace(net, "layer1.0.conv2", NewGate(16))
nn.Replace(net, "relu", NewGate(16))
nn.Init(net, 1, nn.HeFanIn)
nn.Summarise(net, 8, 8, 1).WeightLayers`, "19\n", ""},
		{`mine := 0
nn.Walk(net, func(path string, l nn.Layer) {
	if _, ok := l.(*Gate); ok {
		mine++
	}
})
mine`, "2\n", ""},
		{`x, labels := noise(4, 8, 8, 1), []int{0, 1, 2, 3}
var losses, rates []float64
var norm float64
training := nn.Training{
	Model:        net,
	Batches:      func(step int) (*nn.Tensor, []int) { return x, labels },
	Optimiser:    nn.NewSGD(nn.SGDConfig{Momentum: 0.9}),
	Rate:         func(step int) float64 { return 0.05 / float64(1+step) },
	Steps:        6,
	BeforeUpdate: func(s nn.StepReport) { norm = s.GradientNorm },
	AfterStep: func(s nn.StepReport) {
		losses, rates = append(losses, s.Loss), append(rates, s.Rate)
	},
}
if err := training.Run(context.Background()); err != nil {
	panic(err)
}
fmt.Println(len(losses), losses[5] < losses[0], rates[1], norm > 0)`, "6 true 0.025 true\n", ""},
		{`moved := map[string]bool{}
for _, p := range net.Params() {
	if strings.HasPrefix(p.Name, "layer1.0.conv2.") {
		moved[p.Name] = p.Grad.Norm() > 0
	}
}
moved`, "map[layer1.0.conv2.a:true layer1.0.conv2.b:true]", ""},

		// written again, it takes effect in the net that has it
		{`func (g *Gate) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	g.x = x
	return nn.NewTensor(x.Shape...)
}
stack.Forward(noise(1, 4), false).Norm()`, "0\n", ""},
	})
}

// What is wrong with a learner's layer is said in a sentence that names it.
func TestBadOwnLayers(t *testing.T) {
	c := start(t, kernel.Options{})
	follow(t, c, []step{
		{`type Bad struct{}

func (Bad) Forward(x *nn.Tensor, train bool) *nn.Tensor { return x }
func (Bad) Backward(dy *nn.Tensor) *nn.Tensor { return nil }
func (Bad) Params() []*nn.Param { return nil }

net := nn.NewSequential().Add("fc", nn.NewLinear(2, 2)).Add("mine", Bad{})
x := nn.NewTensor(1, 2)
y := net.Forward(x, true)`, "", ""},
		{"net.Backward(y)", "", "nn: mine (a layer of your own): Backward must return a tensor, got nil"},
		{"gradcheck.Layer(Bad{}, x, 1)", "", "Backward must return dx in the shape [1 2] of x"},
		{`func (Bad) Forward(x *nn.Tensor, train bool) *nn.Tensor { return nil }
net.Forward(x, true)`, "", "nn: mine (a layer of your own): Forward must return a tensor, got nil"},
		{"gradcheck.Layer(Bad{}, x, 1)", "", "Forward must return a tensor, got nil"},
		{"nn.Summarise(net, 2)", "", "nn: mine (a layer of your own): Forward must return a tensor, got nil"},

		{`type Half struct{}

func (Half) Forward(x *nn.Tensor, train bool) *nn.Tensor { return x }
func (Half) Backward(dy *nn.Tensor) *nn.Tensor { return nn.NewTensor(1, 1) }
func (Half) Params() []*nn.Param { return nil }

net = nn.NewSequential().Add("fc", nn.NewLinear(2, 2)).Add("mine", Half{})
y = net.Forward(x, true)`, "", ""},
		{"net.Backward(y)", "", "nn: fc (Linear 2 to 2): dy must have the shape [1 2], got [1 1]"},
		{"gradcheck.Layer(Half{}, x, 1)", "", "Backward must return dx in the shape [1 2] of x, got [1 1]"},
		{`func (Half) Forward(x *nn.Tensor, train bool) *nn.Tensor { return nn.NewTensor(1, 1) }
nn.NewResidual(Half{}, nil, true).Forward(x, false)`, "", "[1 1]"},

		{`type Bare struct{}

func (Bare) Forward(x *nn.Tensor, train bool) *nn.Tensor { return x }
func (Bare) Backward(dy *nn.Tensor) *nn.Tensor { return dy }

nn.NewSequential().Add("bare", Bare{})`, "", "missing method Params"},
		{`type Swapped struct{}

func (Swapped) Forward(x *nn.Tensor) *nn.Tensor { return x }
func (Swapped) Backward(dy *nn.Tensor) *nn.Tensor { return dy }
func (Swapped) Params() []*nn.Param { return nil }

nn.NewSequential().Add("swapped", Swapped{})`, "", "wrong type for method Forward"},

		{`type Odd struct{ p *nn.Param }

func (o Odd) Forward(x *nn.Tensor, train bool) *nn.Tensor { return x }
func (o Odd) Backward(dy *nn.Tensor) *nn.Tensor { return dy }
func (o Odd) Params() []*nn.Param { return []*nn.Param{o.p} }

nn.NewSequential().Add("odd", Odd{}).Params()`, "", "odd (a layer of your own): Params must return parameters, got nil"},
		{`nn.NewSequential().Add("odd", Odd{&nn.Param{Name: "w", Trainable: true}}).Params()`, "", "odd (a layer of your own): the parameter \"w\" must have a Value"},
		{`forgotten := &nn.Param{Name: "w", Value: nn.NewTensor(2), Trainable: true}
gradcheck.Layer(Odd{forgotten}, x, 1).OK(1e-2)`, "true", ""}, // it has no part in y, so that zero is right
		{`func (o Odd) Backward(dy *nn.Tensor) *nn.Tensor {
	o.p.Grad = nn.NewTensor(3)
	return dy
}
gradcheck.Layer(Odd{forgotten}, x, 1)`, "", "the Grad of w must have the shape [2], got [3]"},
		{"gradcheck.Layer(Odd{}, x, 1)", "", "Params must return parameters that have a Value; number 0 has none"},
		{`func (o Odd) Backward(dy *nn.Tensor) *nn.Tensor {
	var g *nn.Tensor
	return nn.FromSlice(g.Data, 1, 2)
}
net = nn.NewSequential().Add("odd", Odd{forgotten})
net.Backward(net.Forward(x, true))`, "", "nil pointer"},
	})
}
