package nn_test

import (
	"math"
	"strings"
	"testing"

	"reslab/nn"
)

// Each rule must give the variance that its paper asks for. The weights are
// those of a convolution of 3x3, 24 to 32 channels in 2 groups: 3*3*12 = 108
// numbers go into each output, and each input goes to 3*3*16 = 144 outputs.
func TestInitVariance(t *testing.T) {
	for _, c := range []struct {
		name     string
		rule     nn.InitRule
		variance float64
	}{
		{"HeFanIn", nn.HeFanIn, 2. / 108},
		{"HeFanOut", nn.HeFanOut, 2. / 144},
		{"LeCun", nn.LeCun, 1. / 108},
		{"Xavier", nn.Xavier, 2. / (108 + 144)},
		{"XavierNormal", nn.XavierNormal, 2. / (108 + 144)},
		{"Normal", nn.Normal(0.3), 0.09},
		{"Zero", nn.Zero, 0},
	} {
		l := nn.NewConv2D(nn.ConvConfig{In: 24, Out: 32, Kernel: 3, Groups: 2, Bias: true})
		l.Bias.Value.Data[0] = 5
		nn.Init(l, 1, c.rule)
		mean, variance := moments(l.Weight.Value)
		n := float64(len(l.Weight.Value.Data))
		// n draws: the mean strays by sqrt(variance/n), the variance by variance*sqrt(2/n).
		if !near(mean, 0, 5*math.Sqrt(c.variance/n)) || !near(variance, c.variance, 5*c.variance*math.Sqrt(2/n)) {
			t.Errorf("%s: mean %.3g, variance %.4g, want 0 and %.4g", c.name, mean, variance, c.variance)
		}
		if l.Bias.Value.Norm() != 0 {
			t.Errorf("%s: the bias must be zero", c.name)
		}
	}
	l := nn.NewLinear(300, 200)
	nn.Init(l, 1, nn.HeFanOut)
	if _, variance := moments(l.Weight.Value); !near(variance*200/2, 1, 0.04) {
		t.Errorf("HeFanOut of a Linear has variance %.4g, want 2/200", variance)
	}
}

// Xavier's distribution is even and ends at sqrt(6/(in+out)).
func TestXavierIsUniform(t *testing.T) {
	l := nn.NewLinear(100, 200)
	nn.Init(l, 2, nn.Xavier)
	limit, outer := math.Sqrt(6./300), 0
	for _, v := range l.Weight.Value.Data {
		if !near(float64(v), 0, limit) {
			t.Fatalf("%v is outside %v", v, limit)
		}
		if math.Abs(float64(v)) > limit/2 {
			outer++
		}
	}
	if outer < 9_600 || outer > 10_400 { // half of 20,000, with a deviation of 71
		t.Errorf("%d of 20000 numbers lie in the outer half", outer)
	}
}

func moments(t *nn.Tensor) (mean, variance float64) {
	n := float64(len(t.Data))
	for _, v := range t.Data {
		mean += float64(v) / n
	}
	for _, v := range t.Data {
		variance += (float64(v) - mean) * (float64(v) - mean) / n
	}
	return mean, variance
}

// The rows, or the columns where they are fewer, stand at right angles and
// have the length of the gain.
func TestOrthogonal(t *testing.T) {
	const gain = 1.5
	for _, shape := range [][]int{{5, 5}, {3, 8}, {8, 3}, {1, 4}, {3, 3, 4, 7}, {1, 1, 9, 4}} {
		w := nn.NewTensor(shape...)
		nn.Orthogonal(gain)(w, nn.Fan{}, nn.NewRandom(3))
		columns := shape[len(shape)-1]
		rows := len(w.Data) / columns
		wantRotation(t, w.Data, rows, columns, gain)
	}
}

// wantRotation fails unless the smaller side's vectors are orthogonal and of length gain.
func wantRotation(t *testing.T, m []float32, rows, columns int, gain float64) {
	t.Helper()
	n, length, at := rows, columns, func(i, k int) float64 { return float64(m[i*columns+k]) }
	if rows > columns {
		n, length, at = columns, rows, func(i, k int) float64 { return float64(m[k*columns+i]) }
	}
	for i := range n {
		for j := range n {
			var product, want float64
			for k := range length {
				product += at(i, k) * at(j, k)
			}
			if i == j {
				want = gain * gain
			}
			if !near(product, want, 1e-6) {
				t.Fatalf("%dx%d: vectors %d and %d have the product %g, want %g", rows, columns, i, j, product, want)
			}
		}
	}
}

// Delta-orthogonal: a rotation at the centre of the window, zero around it. A
// convolution of it with padding keeps the length of every pixel.
func TestDeltaOrthogonal(t *testing.T) {
	for _, out := range []int{6, 9} {
		c := nn.NewConv2D(nn.ConvConfig{In: 6, Out: out, Kernel: 3, Pad: 1})
		nn.Init(c, 5, nn.DeltaOrthogonal(1))
		w := c.Weight.Value.Data
		centre := w[4*6*out : 5*6*out]
		wantRotation(t, centre, 6, out, 1)
		for i, v := range w {
			if v != 0 && (i < 4*6*out || i >= 5*6*out) {
				t.Fatalf("weight %d beside the centre is %v", i, v)
			}
		}
		x := randn(1, 2, 4, 5, 6)
		y := c.Forward(x, true)
		if ratio := y.Norm() / x.Norm(); !near(ratio, 1, 1e-6) {
			t.Errorf("the convolution changes the length by %g", ratio)
		}
	}
	l := nn.NewLinear(5, 3)
	nn.Init(l, 5, nn.DeltaOrthogonal(2))
	wantRotation(t, l.Weight.Value.Data, 5, 3, 2)
	m := mistakeOf(t, "fewer outputs", func() {
		nn.Init(nn.NewConv2D(nn.ConvConfig{In: 6, Out: 3, Kernel: 3}), 1, nn.DeltaOrthogonal(1))
	})
	if !strings.Contains(m.Error(), "3 and 6") {
		t.Errorf("%q does not say what it got", m)
	}
}

// The weights depend on the seed and the path, on nothing else.
func TestInitDependsOnSeedAndPath(t *testing.T) {
	build := func(names ...string) *nn.Sequential {
		s := nn.NewSequential()
		for _, name := range names {
			s.Add(name, nn.NewLinear(3, 3))
		}
		return s
	}
	weight := func(s *nn.Sequential, path string) *nn.Tensor {
		for _, p := range s.Params() {
			if p.Name == path {
				return p.Value
			}
		}
		t.Fatalf("no parameter %s", path)
		return nil
	}
	one, more := build("a", "b"), build("extra", "b", "a")
	nn.Init(one, 1, nn.HeFanIn)
	nn.Init(more, 1, nn.HeFanIn)
	if !sameBits(weight(one, "a.weight"), weight(more, "a.weight")) || !sameBits(weight(one, "b.weight"), weight(more, "b.weight")) {
		t.Error("other layers have changed the weights of a and b")
	}
	if sameBits(weight(one, "a.weight"), weight(one, "b.weight")) {
		t.Error("a and b start the same")
	}
	first := weight(one, "a.weight").Clone()
	nn.Init(one, 2, nn.HeFanIn)
	if sameBits(weight(one, "a.weight"), first) {
		t.Error("another seed gives the same weights")
	}
	nn.Init(one, 1, nn.HeFanIn)
	if !sameBits(weight(one, "a.weight"), first) {
		t.Error("the first seed gives other weights the second time")
	}
}

// Two layers without a name would get the same stream, and start the same.
func TestInitRefusesTwoWeightsOfOneName(t *testing.T) {
	net := nn.NewSequential().Add("", nn.NewLinear(3, 3)).Add("", nn.NewLinear(3, 3))
	if m := mistakeOf(t, "two weights", func() { nn.Init(net, 1, nn.HeFanIn) }); !strings.Contains(m.Error(), `"weight"`) {
		t.Errorf("%q does not name the weight", m)
	}
}

func TestInitResetsAndLeaves(t *testing.T) {
	norm, mine, frozen := nn.NewBatchNorm2D(2), newScale(7), nn.NewLinear(2, 2)
	net := nn.NewSequential().Add("norm", norm).Add("mine", mine).Add("frozen", frozen)
	shaken(norm, 1)
	shaken(frozen, 2)
	frozen.Weight.Trainable, frozen.Bias.Trainable = false, false
	weight, bias := frozen.Weight.Value.Clone(), frozen.Bias.Value.Clone()
	nn.Init(net, 1, nn.HeFanIn)
	wantNumbers(t, "gamma", norm.Gamma.Value, []int{2}, 1, 1)
	wantNumbers(t, "beta", norm.Beta.Value, []int{2}, 0, 0)
	wantNumbers(t, "running mean", norm.RunningMean.Value, []int{2}, 0, 0)
	wantNumbers(t, "running variance", norm.RunningVar.Value, []int{2}, 1, 1)
	wantNumbers(t, "a learner's number", mine.w.Value, []int{1}, 7)
	if !sameBits(frozen.Weight.Value, weight) || !sameBits(frozen.Bias.Value, bias) {
		t.Error("what is frozen must stay")
	}

	learners := nn.NewSequential().Add("mine", &matrix{scale{w: &nn.Param{Name: "weight", Value: nn.NewTensor(50, 2), Trainable: true}}})
	nn.Init(learners, 1, nn.Normal(1))
	if learners.Params()[0].Value.Norm() == 0 {
		t.Error("a learner's matrix must be drawn")
	}
}

type matrix struct{ scale }
