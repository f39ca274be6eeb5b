package nn_test

import (
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"

	"reslab/nn"
)

// kind is a layer to hold against the contracts of Layer.
type kind struct {
	name  string
	build func() nn.Layer
	in    []int   // a shape that it takes
	bad   [][]int // shapes that it must refuse
}

// kinds lists every layer of nn, in a hard case each.
func kinds() []kind {
	notPictures := [][]int{{}, {4}, {2, 3}, {2, 5, 6}, {1, 2, 5, 6, 4}}
	with := func(shapes [][]int, more ...[]int) [][]int { return append(append([][]int{}, shapes...), more...) }
	return []kind{
		{"Conv2D", func() nn.Layer {
			return nn.NewConv2D(nn.ConvConfig{In: 4, Out: 6, Kernel: 3, Stride: 2, Pad: 1, Groups: 2, Bias: true})
		}, []int{2, 5, 6, 4}, with(notPictures, []int{2, 5, 6, 3}, []int{2, 4, 5, 6})},
		{"Conv2D that must fit", func() nn.Layer { return nn.NewConv2D(nn.ConvConfig{In: 4, Out: 3, Kernel: 4, Dilation: 2}) },
			[]int{2, 7, 8, 4}, [][]int{{2, 6, 8, 4}, {2, 8, 6, 4}, {2, 1, 1, 4}}},
		{"BatchNorm2D", func() nn.Layer { return nn.NewBatchNorm2D(4) }, []int{2, 3, 5, 4}, [][]int{{}, {4}, {2, 3}, {2, 4, 3}, {2, 5, 6, 8}}},
		{"ReLU", func() nn.Layer { return nn.NewReLU() }, []int{2, 3, 5, 4}, nil},
		{"LeakyReLU", func() nn.Layer { return nn.NewLeakyReLU(0.1) }, []int{2, 3, 5, 4}, nil},
		{"Sigmoid", func() nn.Layer { return nn.NewSigmoid() }, []int{2, 3, 5, 4}, nil},
		{"Tanh", func() nn.Layer { return nn.NewTanh() }, []int{2, 3, 5, 4}, nil},
		{"MaxPool2D", func() nn.Layer { return nn.NewMaxPool2D(nn.PoolConfig{Kernel: 3, Stride: 2, Pad: 1}) },
			[]int{2, 5, 6, 4}, notPictures},
		{"MaxPool2D that must fit", func() nn.Layer { return nn.NewMaxPool2D(nn.PoolConfig{Kernel: 4}) }, []int{2, 5, 6, 4}, [][]int{{2, 3, 6, 4}, {2, 6, 3, 4}}},
		{"AvgPool2D", func() nn.Layer { return nn.NewAvgPool2D(nn.PoolConfig{Kernel: 3, Stride: 2, Pad: 1}) },
			[]int{2, 5, 6, 4}, with(notPictures)},
		{"GlobalAvgPool", func() nn.Layer { return nn.NewGlobalAvgPool() }, []int{2, 5, 6, 4}, notPictures},
		{"Linear", func() nn.Layer { return nn.NewLinear(4, 3) }, []int{2, 3, 4}, [][]int{{}, {4}, {2, 3}, {4, 2}, {2, 4, 3}}},
		{"Flatten", func() nn.Layer { return nn.NewFlatten() }, []int{2, 5, 6, 4}, [][]int{{}}},
		{"Dropout", func() nn.Layer { return nn.NewDropout(0.4, 3) }, []int{2, 5, 6, 4}, nil},
		{"Softmax", func() nn.Layer { return nn.NewSoftmax() }, []int{2, 5, 4}, nil},
		{"PadShortcut", func() nn.Layer { return nn.NewPadShortcut(4, 7, 2) }, []int{2, 5, 6, 4}, with(notPictures, []int{2, 5, 6, 7})},
		{"Sequential", func() nn.Layer {
			return nn.NewSequential().Add("norm", nn.NewBatchNorm2D(4)).Add("", nn.NewReLU()).Add("fc", nn.NewLinear(4, 3))
		}, []int{2, 5, 6, 4}, [][]int{{}, {2, 3}}},
		{"Residual", func() nn.Layer { return nn.NewResidual(conv(4, 4, 1), nil, true) }, []int{2, 5, 6, 4}, with(notPictures, []int{2, 5, 6, 3})},
		{"Residual of nothing", func() nn.Layer { return nn.NewResidual(nn.NewSequential(), nil, true) }, []int{2, 5, 6, 4}, nil},
		{"Residual with a projection", func() nn.Layer {
			return nn.NewResidual(conv(4, 6, 2), nn.NewSequential().Add("0", conv(4, 6, 2)), true)
		},
			[]int{2, 5, 6, 4}, notPictures},
		{"Residual, closed", func() nn.Layer { return nn.NewResidual(conv(4, 6, 2), conv(4, 6, 2), false) }, []int{2, 5, 6, 4}, notPictures},
		{"Residual of unequal roads", func() nn.Layer { return nn.NewResidual(nn.NewPadShortcut(4, 5, 1), nn.NewPadShortcut(4, 5, 1), true) },
			[]int{2, 5, 6, 4}, [][]int{{2, 5, 6, 5}}},
	}
}

func conv(in, out, stride int) *nn.Conv2D {
	return nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: 3, Stride: stride, Pad: 1})
}

func eachKind(t *testing.T, check func(t *testing.T, k kind)) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) { check(t, k) })
	}
}

// built returns the layer with random parameters, and an input for it.
func (k kind) built() (nn.Layer, *nn.Tensor) { return shaken(k.build(), 11), randn(12, k.in...) }

func TestLayersNeverWriteToTheirArguments(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		for _, train := range []bool{true, false} {
			l, x := k.built()
			before := x.Clone()
			y := l.Forward(x, train)
			if !sameBits(x, before) {
				t.Error("Forward has changed x")
			}
			dy := randn(13, y.Shape...)
			dyBefore := dy.Clone()
			l.Backward(dy)
			if !sameBits(x, before) || !sameBits(dy, dyBefore) {
				t.Error("Backward has changed x or dy")
			}
		}
	})
}

func TestResultsBelongToTheCaller(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		l, x := k.built()
		y := l.Forward(x, true)
		before := y.Clone()
		dx := l.Backward(randn(13, y.Shape...))
		dxBefore := dx.Clone()
		l.Backward(randn(14, l.Forward(randn(15, k.in...), true).Shape...))
		if !sameBits(y, before) || !sameBits(dx, dxBefore) {
			t.Error("a later pass has changed an earlier result")
		}
	})
}

func TestBackwardNeedsItsForward(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		if k.name == "Residual of nothing" {
			return // it has no layer that keeps anything
		}
		l, x := k.built()
		shape := k.build().Forward(x, false).Shape
		mistakeOf(t, "before any Forward", func() { l.Backward(nn.NewTensor(shape...)) })
		for _, train := range []bool{true, false} { // both modes keep what Backward needs
			l.Forward(x, train)
			if dx := l.Backward(nn.NewTensor(shape...)); len(dx.Data) != len(x.Data) {
				t.Errorf("dx has the shape %v, x %v", dx.Shape, x.Shape)
			}
			m := mistakeOf(t, "twice for one Forward", func() { l.Backward(nn.NewTensor(shape...)) })
			if !strings.Contains(m.Error(), "Forward") {
				t.Errorf("%q does not say what is missing", m)
			}
		}
	})
}

func TestGradientsAreAdded(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		l, x := k.built()
		for _, p := range l.Params() {
			if p.Grad != nil {
				t.Errorf("%s has a gradient before the first Backward", p.Name)
			}
		}
		dy := randn(13, l.Forward(x, true).Shape...)
		l.Backward(dy)
		var once []*nn.Tensor
		for _, p := range l.Params() {
			if (p.Grad != nil) != p.Trainable {
				t.Fatalf("%s: trainable %v, but its gradient is %v", p.Name, p.Trainable, p.Grad)
			}
			if p.Trainable {
				once = append(once, p.Grad.Clone())
			}
		}
		l.Forward(x, true)
		l.Backward(dy)
		i := 0
		for _, p := range l.Params() {
			if !p.Trainable {
				continue
			}
			if p.Grad.Norm() == 0 {
				t.Errorf("%s has no gradient", p.Name)
			}
			size := once[i].Norm() / math.Sqrt(float64(len(once[i].Data)))
			for j, g := range once[i].Data {
				if !near(float64(p.Grad.Data[j]), float64(2*g), 1e-5*size) {
					t.Fatalf("%s[%d] is %v after two passes and %v after one", p.Name, j, p.Grad.Data[j], g)
				}
			}
			i++
		}
		nn.ZeroGrad(l.Params())
		for _, p := range l.Params() {
			if p.Trainable && p.Grad.Norm() != 0 {
				t.Errorf("ZeroGrad leaves %s", p.Name)
			}
		}
	})
}

func TestFrozenParametersGetNoGradient(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		free, x := k.built()
		frozen, _ := k.built()
		for _, p := range frozen.Params() {
			p.Trainable = false
		}
		dy := randn(13, free.Forward(x, true).Shape...)
		frozen.Forward(x, true)
		if !sameBits(free.Backward(dy), frozen.Backward(dy)) {
			t.Error("freezing has changed dx")
		}
		for _, p := range frozen.Params() {
			if p.Grad != nil {
				t.Errorf("%s is frozen and has a gradient", p.Name)
			}
		}
	})
}

func TestWrongShapesAreRefusedInASentence(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		refused := func(what string, f func()) {
			t.Helper()
			m := mistakeOf(t, what, f)
			if text := m.Error(); !strings.HasPrefix(text, "nn: ") || strings.Contains(text, "\n") || m.Layer == "" || m.Problem == "" {
				t.Errorf("%s: %q is not one sentence of nn that names the layer", what, text)
			}
		}
		l, x := k.built()
		for _, shape := range k.bad {
			refused("x", func() { l.Forward(nn.NewTensor(shape...), true) })
			refused("x", func() { l.Forward(nn.NewTensor(shape...), false) })
		}
		y := l.Forward(x, false)
		wrong := []*nn.Tensor{nn.NewTensor(), nn.NewTensor(1), nn.NewTensor(len(y.Data)), nn.NewTensor(append([]int{1}, y.Shape...)...), nn.NewTensor(99, 1, 1, 99), nil}
		for _, dy := range wrong {
			if k.name == "Residual of nothing" {
				continue // what it is made of takes everything
			}
			l.Forward(x, false)
			refused("dy", func() { l.Backward(dy) })
		}
	})
}

// Any layer that takes an odd shape must answer with a tensor that holds what
// its shape says.
func TestOddShapes(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		for _, shape := range [][]int{{}, {1}, {4}, {1, 4}, {2, 1, 4}, {1, 1, 1, 4}, {1, 9, 1, 4}, {1, 1, 9, 4}, {3, 11, 13, 4}, {2, 2, 2, 2, 4}} {
			func() {
				defer func() {
					if p := recover(); p != nil {
						if _, ok := p.(*nn.Mistake); !ok {
							t.Errorf("%v: a panic with %v, which is no Mistake", shape, p)
						}
					}
				}()
				l := k.build()
				y := l.Forward(nn.NewTensor(shape...), false)
				nn.FromSlice(y.Data, y.Shape...)
				dx := l.Backward(y)
				nn.FromSlice(dx.Data, shape...)
			}()
		}
	})
}

func TestClonesShareWeightsAndNothingElse(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		l, x := k.built()
		twin := nn.Clone(l)
		if nnString(l) != nnString(twin) {
			t.Errorf("the clone of %v is %v", l, twin)
		}
		params, twins := l.Params(), twin.Params()
		if len(params) != len(twins) {
			t.Fatalf("%d parameters, the clone has %d", len(params), len(twins))
		}
		for i, p := range params {
			if q := twins[i]; p == q || p.Value != q.Value || p.Name != q.Name || p.Decay != q.Decay || p.Layout != q.Layout {
				t.Errorf("%s and %s must be two parameters over one value", p.Name, q.Name)
			}
		}
		y := l.Forward(x, false)
		if !sameBits(y, twin.Forward(x, false)) {
			t.Error("the clone computes something else")
		}
		dy := randn(13, y.Shape...)
		twin.Backward(dy)
		for _, p := range params {
			if p.Grad != nil {
				t.Errorf("the clone's Backward has written to the gradient of %s", p.Name)
			}
		}
		l.Backward(dy) // the original still has its own Forward
		for _, p := range nn.Clone(l).Params() {
			if p.Grad != nil {
				t.Errorf("the clone of a layer with gradients shares that of %s", p.Name)
			}
		}
	})
}

// Clones may run side by side: the race detector watches.
func TestClonesRunSideBySide(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
	nn.Init(net, 1, nn.HeFanIn)
	x := randn(1, 2, 8, 8, 3)
	want := net.Forward(x, false)
	var wait sync.WaitGroup
	for range 4 {
		twin := nn.Clone(net)
		wait.Go(func() {
			y := twin.Forward(x, false)
			twin.Backward(y)
			if !sameBits(y, want) {
				t.Error("a clone in a goroutine computes something else")
			}
		})
	}
	wait.Wait()
}

// Forward and Backward give the same bits however many cores share the work.
func TestLayersDoNotDependOnTheCores(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		in := append([]int{}, k.in...)
		in[0] = 37 // more rows than one core takes at a time
		x := randn(12, in...)
		run := func(cores int) []*nn.Tensor {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			l := shaken(k.build(), 11)
			y := l.Forward(x, true)
			all := []*nn.Tensor{y, l.Backward(randn(13, y.Shape...))}
			for _, p := range l.Params() {
				if all = append(all, p.Value); p.Grad != nil {
					all = append(all, p.Grad)
				}
			}
			return all
		}
		want := run(1)
		for _, cores := range []int{2, 7} {
			for i, got := range run(cores) {
				if !sameBits(got, want[i]) {
					t.Errorf("tensor %d differs at %d cores", i, cores)
				}
			}
		}
	})
}

func TestEveryLayerPrintsItself(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		if s := nnString(k.build()); s == "" || strings.Contains(s, "0x") || strings.Contains(s, "{") {
			t.Errorf("prints itself as %q", s)
		}
	})
}

func nnString(l nn.Layer) string { return l.(interface{ String() string }).String() }

func TestRandom(t *testing.T) {
	r := nn.NewRandom(1)
	var sum, squares float64
	counts := [5]int{}
	const n = 100_000
	for range n {
		v := r.Normal()
		sum, squares = sum+v, squares+v*v
		counts[r.Intn(5)]++
		if f := r.Float64(); !(f >= 0 && f < 1) {
			t.Fatalf("Float64 gives %v", f)
		}
	}
	// The mean of n normal numbers strays by 1/sqrt(n) = 0.0032, their variance by sqrt(2/n) = 0.0045.
	if mean, variance := sum/n, squares/n; !near(mean, 0, 0.016) || !near(variance, 1, 0.023) {
		t.Errorf("Normal has mean %g and variance %g, want 0 and 1", mean, variance)
	}
	for v, count := range counts { // 20,000 each, with a deviation of 126
		if count < 20_000-650 || count > 20_000+650 {
			t.Errorf("Intn(5) gives %d %d times in %d", v, count, n)
		}
	}
	seen := map[int]bool{}
	for _, v := range r.Shuffle(50) {
		seen[v] = true
	}
	if len(seen) != 50 || !seen[0] || !seen[49] {
		t.Error("Shuffle(50) is no order of 0 to 49")
	}
	if nn.NewRandomAt(1, "a").Uint64() == nn.NewRandomAt(1, "b").Uint64() || nn.NewRandomAt(1, "a").Uint64() == nn.NewRandomAt(2, "a").Uint64() {
		t.Error("another name or seed must give another stream")
	}
	mistakeOf(t, "Intn(0)", func() { r.Intn(0) })
}

// The reference values are those of SplitMix64 as published, from seed 1234567.
func TestRandomIsSplitMix64(t *testing.T) {
	r := nn.NewRandom(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := r.Uint64(); got != want {
			t.Errorf("number %d is %d, want %d", i, got, want)
		}
	}
}
