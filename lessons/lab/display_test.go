package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/viz"
)

// seen returns what f shows.
func seen(t *testing.T, f func()) (values []any) {
	t.Helper()
	defer Redirect(func(v any) { values = append(values, v) })()
	f()
	return values
}

// printed returns what a terminal shows of what f shows.
func printed(f func()) string {
	var b strings.Builder
	defer Redirect(Terminal(&b))()
	f()
	return b.String()
}

func TestStepsConvByHand(t *testing.T) {
	picture := nn.FromSlice([]float32{1, 1, 5, 5, 1, 1, 5, 5, 1, 1, 5, 5, 1, 1, 1, 1}, 1, 4, 4, 1)
	kernel := nn.FromSlice([]float32{-1, 0, 1, -1, 0, 1, -1, 0, 1}, 3, 3)
	want := `conv of 4x4x1, window 3, stride 1, pad 0: 2x2x1
at 0, 0: 1·(-1) + 1·0 + 5·1 + 1·(-1) + 1·0 + 5·1 + 1·(-1) + 1·0 + 5·1 = 12
at 0, 1: 1·(-1) + 5·0 + 5·1 + 1·(-1) + 5·0 + 5·1 + 1·(-1) + 5·0 + 5·1 = 12
at 1, 0: 1·(-1) + 1·0 + 5·1 + 1·(-1) + 1·0 + 5·1 + 1·(-1) + 1·0 + 1·1 = 8
and 1 window more
`
	if got := printed(func() { StepsConv(picture, kernel, 1, 0) }); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// The steps compute what the layers of nn compute.
func TestStepsAgreeWithLayers(t *testing.T) {
	x := nn.NewTensor(1, 7, 6, 2)
	r := nn.NewRandomAt(1, "steps")
	for i := range x.Data {
		x.Data[i] = float32(r.Normal())
	}
	conv := nn.NewConv2D(nn.ConvConfig{In: 2, Out: 3, Kernel: 3, Stride: 2, Pad: 1})
	for i := range conv.Weight.Value.Data {
		conv.Weight.Value.Data[i] = float32(r.Normal())
	}
	s := seen(t, func() { StepsConv(x, conv.Weight.Value, 2, 1) })[0].(Steps)
	y := conv.Forward(x, false)
	for i, got := range s.Output.Data {
		if want := y.Data[3*i]; math.Abs(float64(got-want)) > 1e-5 {
			t.Fatalf("output %d of the convolution is %v, want %v", i, got, want)
		}
	}
	for kind, layer := range map[string]nn.Layer{
		"max": nn.NewMaxPool2D(nn.PoolConfig{Kernel: 3, Stride: 2}), "average": nn.NewAvgPool2D(nn.PoolConfig{Kernel: 3, Stride: 2}),
	} {
		s := seen(t, func() { StepsPool(kind, x, 3, 2) })[0].(Steps)
		y := layer.Forward(x, false)
		if fmt.Sprint(s.Output.Shape) != fmt.Sprint([3]int(y.Shape[1:])) {
			t.Fatalf("%s has the shape %v, want %v", kind, s.Output.Shape, y.Shape)
		}
		for i, got := range s.Output.Data {
			if math.Abs(float64(got-y.Data[i])) > 1e-5 {
				t.Fatalf("output %d of %s is %v, want %v", i, kind, got, y.Data[i])
			}
		}
	}
}

func TestStepsText(t *testing.T) {
	row := nn.FromSlice([]float32{1, 2, 3, 4}, 2, 2)
	for _, c := range []struct {
		show func()
		want string
	}{
		{func() { StepsPool("max", row, 2, 2) }, "max of 2x2x1, window 2, stride 2, pad 0: 1x1x1\nat 0, 0: the largest of 1, 2, 3, 4 is 4\n"},
		{func() { StepsPool("average", row, 2, 2) }, "average of 2x2x1, window 2, stride 2, pad 0: 1x1x1\nat 0, 0: (1 + 2 + 3 + 4)/4 = 2.5\n"},
		{func() { StepsSoftmax([]string{"cat", "dog"}, []float64{2, 1}) }, `        score  -largest   e to it     share
cat         2         0         1    0.7311
dog         1        -1    0.3679    0.2689
sum                         1.368         1
`},
	} {
		if got := printed(c.show); got != c.want {
			t.Errorf("got\n%swant\n%s", got, c.want)
		}
	}
}

func TestWhatCannotBeShownIsRefused(t *testing.T) {
	small := nn.NewTensor(1, 4, 4, 1)
	for want, f := range map[string]func(){
		"does not fit":             func() { StepsConv(small, nn.NewTensor(5, 5), 1, 0) },
		"square kernel":            func() { StepsConv(small, nn.NewTensor(3, 3, 2), 1, 0) },
		"up to 64 pixels":          func() { StepsPool("max", nn.NewTensor(1, 65, 4, 1), 2, 2) },
		"not \"min\"":              func() { StepsPool("min", small, 2, 2) },
		"a label for each":         func() { StepsSoftmax([]string{"a"}, nil) },
		"the second must be":       func() { Slider("x", 1, 1, 1) },
		"an option at least":       func() { Choice("x", nil) },
		"needs 4 numbers":          func() { Paint("x", 2, 2, []float64{1}) },
		"from 1 to 400":            func() { Paint("x", 0, 2, nil) },
		"give each label one":      func() { Bars("x", []string{"a"}, nil) },
		"or [1, H, W, 3]":          func() { Drag("x", nn.NewTensor(4, 4)) },
		"two options":              func() { Predict("x", "?", []string{"a"}) },
		"say From and To":          func() { PredictCurve("x", "?", viz.NewFigure("")) },
		"no node \"b\"":            func() { NewGraph("").Node("a", "", 1).Edge("a", "b", 1) },
		"added later":              func() { NewGraph("").Node("a", "", 1).Edge("a", "a", 1) },
		"one too many":             func() { NewGraph("").Node("a", "", 1).Node("a", "", 1) },
		"a number at least":        func() { Histogram("", []float64{}) },
		"counts a []float64":       func() { Histogram("", "text") },
		"give each layer one":      func() { NewWayBack("", []string{"a"}, nil) },
		"3 labels and 2 numbers":   func() { NewBarChart("", []string{"a", "b", "c"}, []float64{1, 2}) },
		"lab.Plot needs a number":  func() { Plot([]float64{}) },
		"lab.Plot draws a []float": func() { Plot("text") },
	} {
		if got := Panics(f); !strings.Contains(got, want) {
			t.Errorf("says %q, want something with %q", got, want)
		}
	}
}

// net is a small residual net with all that an architecture can have.
func net(skip bool) *nn.Sequential {
	block := func(in, out, stride int) nn.Layer {
		body := nn.NewSequential().Add("conv", nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: 3, Stride: stride, Pad: 1}))
		var shortcut nn.Layer
		if in != out {
			shortcut = nn.NewSequential().Add("0", nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: 1, Stride: stride}))
		}
		return nn.NewSequential().Add("", nn.NewResidual(body, shortcut, skip)).Add("relu", nn.NewReLU())
	}
	stage := nn.NewSequential().Add("0", block(4, 8, 2)).Add("1", block(8, 8, 1)).Add("2", block(8, 8, 1))
	return nn.NewSequential().Add("conv1", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 4, Kernel: 3, Pad: 1})).
		Add("layer1", stage).Add("pool", nn.NewGlobalAvgPool()).Add("fc", nn.NewLinear(8, 10))
}

func TestArchitecture(t *testing.T) {
	want := `input                                       8x8x1
conv1          Conv2D 3x3, 1 to 4, pad 1    8x8x4
layer1.0       [conv] + downsample(x), relu 4x4x8
layer1.1 to 2  2 times [conv] + x, relu     4x4x8
pool           GlobalAvgPool                8
fc             Linear 8 to 10               10
5 weight layers, 1598 parameters, 25936 multiply-adds
`
	got := printed(func() { Architecture(net(true), 8, 8, 1) })
	if words(got) != words(want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	plain := printed(func() { Architecture(net(false), 8, 8, 1) })
	if !strings.Contains(plain, "layer1.1 to 2  2 times [conv], relu") {
		t.Errorf("the plain twin is\n%s", plain)
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// Every model of the papers has its weight layers and parameters in the drawing.
func TestArchitectureOfThePapers(t *testing.T) {
	for _, m := range nn.Models() {
		if strings.Contains(m.Name, "1202") && testing.Short() {
			continue
		}
		b := seen(t, func() { Architecture(m.New(0, 0), m.Input[0], m.Input[1], m.Input[2]) })[0].(Blueprint)
		if got := paramsOf(b.Parts); got != b.Params {
			t.Errorf("%s: the parts have %d parameters, the model %d", m.Name, got, b.Params)
		}
		if lines := strings.Count(b.String(), "\n"); lines > 30 {
			t.Errorf("%s takes %d lines", m.Name, lines)
		}
	}
}

func paramsOf(parts []Part) (n int64) {
	for _, p := range parts {
		n += (p.Params + paramsOf(p.Inside) + paramsOf(p.Shortcut)) * int64(max(p.Times, 1))
	}
	return n
}

// A layer of the learner's own shows its shape by running.
type double struct{}

func (double) Forward(x *nn.Tensor, train bool) *nn.Tensor { return x.Clone() }
func (double) Backward(dy *nn.Tensor) *nn.Tensor           { return dy }
func (double) Params() []*nn.Param                         { return nil }

func TestArchitectureOfOwnLayer(t *testing.T) {
	got := printed(func() { Architecture(nn.NewSequential().Add("mine", double{}), 2, 2, 1) })
	if !strings.Contains(got, "mine") || !strings.Contains(got, "2x2x1") {
		t.Errorf("got\n%s", got)
	}
}

func TestGraphText(t *testing.T) {
	g := NewGraph("x·x + x at x = 3").Node("x", "", 3).Node("square", "·", 9).Node("sum", "+", 12)
	g.Edge("x", "square", 3).Edge("x", "square", 3).Edge("square", "sum", 1).Edge("x", "sum", 1)
	g.Gradient("sum", 1).Gradient("square", 1).Gradient("x", 7)
	want := "x·x + x at x = 3\nx = 3, gradient 7 = 3 + 3 + 1\nsquare = ·(x, x) = 9, gradient 1\nsum = +(square, x) = 12, gradient 1"
	if got := g.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if g.Edges[1].Name != "x>square 2" {
		t.Errorf("the second edge is called %q", g.Edges[1].Name)
	}
}

func TestTurn(t *testing.T) {
	defer Forget()
	mustSet(t, "paths", `{"by":{"x":0.5},"cut":["x>sum"]}`)
	turn := NewTurn("paths")
	if turn.By("x") != 0.5 || turn.By("y") != 0 || !turn.Cut("x>sum") || turn.Cut("x>square") {
		t.Errorf("the turn is %+v", turn.state)
	}
}

func mustSet(t *testing.T, name, value string) {
	t.Helper()
	if err := Set(name, []byte(value)); err != nil {
		t.Fatal(err)
	}
}

func TestHistograms(t *testing.T) {
	h := NewHistograms("Spread").Add("a", []float64{0, 0, 1, 1, 1, 2}).Add("longer", []int{1, 1}).Between(0, 1)
	rows, from, to := h.Counted()
	if from != 0 || to != 1 || rows[0].Counts[0] != 2 || rows[0].Counts[bins-1] != 3 || rows[0].Above != 1 || rows[1].Std != 0 {
		t.Errorf("counted %+v from %v to %v", rows, from, to)
	}
	if got := h.String(); !strings.Contains(got, "     a  ") || !strings.Contains(got, "longer  ") || !strings.Contains(got, "mean 0.833") {
		t.Errorf("got\n%s", got)
	}
	broken := NewHistograms("").Add("nan", []float64{math.NaN(), math.Inf(1), 3})
	if rows, from, to := broken.Counted(); rows[0].Above != 2 || from != 2.5 || to != 3.5 {
		t.Errorf("counted %+v from %v to %v", rows, from, to)
	}
}

func TestBarsAndWayBackText(t *testing.T) {
	chart := NewBarChart("p - y", []string{"cat", "frog"}, []float64{0.75, 0.25}).Arrows([]float64{-0.25, 0.25}).Between(0, 1)
	want := "p - y\n cat      0.75  ███████████████       ↓ -0.25\nfrog      0.25  █████                 ↑ 0.25"
	if got := chart.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	back := NewWayBack("Two sigmoids", []string{"x", "s1", "s2"}, []float64{0.0625, 0.25, 1})
	if got := back.String(); got != "Two sigmoids\ns2 1 <- s1 0.25 <- x 0.0625" {
		t.Errorf("got\n%s", got)
	}
	names, zeros := make([]string, 200), make([]float64, 200)
	long := NewWayBack("", names, zeros).String()
	if !strings.Contains(long, "(192 more)") || len(long) > 200 {
		t.Errorf("got\n%s", long)
	}
}

// All that goes to a page is JSON whatever the numbers are.
func TestPagesGetJSON(t *testing.T) {
	bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1)}
	names := []string{"a", "b", "c"}
	for _, v := range []any{
		NewHistograms("").Add("", bad), NewBarChart("", names, bad).Arrows(bad), NewWayBack("", names, bad),
		NewGraph("").Node("a", "", bad[1]).Gradient("a", bad[2]), Numbers{float32(bad[0])},
	} {
		if _, err := json.Marshal(v); err != nil {
			t.Errorf("%T: %v", v, err)
		}
	}
}

// lesson is a training of two numbers that needs so many steps.
func lesson(steps int) *nn.Training {
	model := nn.NewSequential().Add("fc", nn.NewLinear(2, 2))
	nn.Init(model, 1, nn.HeFanIn)
	return &nn.Training{
		Model: model, Steps: steps, Optimiser: nn.NewSGD(nn.SGDConfig{}), Rate: nn.Constant(0.1),
		Batches: func(int) (*nn.Tensor, []int) { return nn.FromSlice([]float32{1, 0, 0, 1}, 2, 2), []int{0, 1} },
	}
}

func TestWatch(t *testing.T) {
	tr := lesson(50)
	before, after := 0, 0
	tr.BeforeUpdate = func(nn.StepReport) { before++ }
	tr.AfterStep = func(nn.StepReport) { after++ }
	values := seen(t, func() {
		Watch(tr)
		if err := tr.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
	if before != 50 || after != 50 {
		t.Errorf("the hooks that were there ran %d and %d times", before, after)
	}
	last := map[string]*viz.Figure{}
	for _, v := range values {
		if u, ok := v.(Update); ok {
			last[u.Value.(*viz.Figure).Title] = u.Value.(*viz.Figure)
		}
	}
	loss, gradient := last["Loss of each step"], last["Gradient of each layer"]
	if loss == nil || gradient == nil || len(loss.Series[0].Y) != 50 || len(gradient.Series[0].Y) != 1 {
		t.Fatalf("shown: %v", last)
	}
	if step := values[len(values)-1]; step != (Step{50, 50, "training"}) {
		t.Errorf("the last is %v", step)
	}
	if _, err := viz.SVG(loss); err != nil {
		t.Error(err)
	}
}

// Watched again, a training is shown once.
func TestWatchTwice(t *testing.T) {
	tr := lesson(1)
	values := seen(t, func() {
		Watch(tr)
		Watch(tr)
		_ = tr.Run(context.Background())
	})
	if len(values) != 3 { // loss, gradient, progress
		t.Errorf("shown: %v", values)
	}
}

// A track stays short however long it grows, and keeps the mean.
func TestTrackIsBounded(t *testing.T) {
	var tr track
	for i := range 1_000_000 {
		tr.add(float64(i), 2, viz.Plain)
	}
	if n := len(tr.stretches); n > mostTrack || n < mostTrack/2 {
		t.Errorf("%d points", n)
	}
	f := viz.NewFigure("")
	tr.draw(f)
	if y := f.Series[0].Y; y[0] != 2 || y[len(y)-1] != 2 {
		t.Errorf("from %v to %v", y[0], y[len(y)-1])
	}
}

func TestTrackChangesColour(t *testing.T) {
	var tr track
	for i := range 10 {
		role := viz.Plain
		if i >= 6 {
			role = viz.Residual
		}
		tr.add(float64(i), float64(i), role)
	}
	f := viz.NewFigure("")
	tr.draw(f)
	if len(f.Series) != 2 || len(f.Series[0].X) != 6 || f.Series[1].X[0] != 5 || f.Series[1].Role != viz.Residual {
		t.Errorf("curves: %+v", f.Series)
	}
}
