package nn_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// The parameters of He et al. 2015, and the multiply-adds of one picture.
// Those of the ImageNet nets are given in the paper's two digits, and exactly
// for the published weights, whose stride is on the 3x3.
func TestNetsAreThoseOfThePaper(t *testing.T) {
	cifar := func(depth int) *nn.Sequential { return nn.NewCIFARNet(nn.CIFARConfig{Depth: depth, Skip: true}) }
	imageNet := func(depth int, strideFirst bool) *nn.Sequential {
		return nn.NewImageNetNet(nn.ImageNetConfig{Depth: depth, Skip: true, StrideFirst: strideFirst})
	}
	for _, c := range []struct {
		name   string
		net    *nn.Sequential
		edge   int
		depth  int
		params int64
		macs   float64 // in the unit of the paper's last digit, if less than a million
		unit   float64
	}{
		{"ResNet-20", cifar(20), 32, 20, 269_722, 40.6, 1e6},
		{"ResNet-32", cifar(32), 32, 32, 464_154, 68.9, 1e6},
		{"ResNet-44", cifar(44), 32, 44, 658_586, 97.2, 1e6},
		{"ResNet-56", cifar(56), 32, 56, 853_018, 125.5, 1e6},
		{"ResNet-110", cifar(110), 32, 110, 1_727_962, 252.9, 1e6},
		{"ResNet-1202", cifar(1202), 32, 1202, 19_421_274, 28.3, 1e8},
		{"ResNet-18", imageNet(18, true), 224, 18, 11_689_512, 1.8, 1e9},
		{"ResNet-34", imageNet(34, true), 224, 34, 21_797_672, 3.6, 1e9},
		{"ResNet-50", imageNet(50, true), 224, 50, 25_557_032, 3.8, 1e9},
		{"ResNet-101", imageNet(101, true), 224, 101, 44_549_160, 7.6, 1e9},
		{"ResNet-152", imageNet(152, true), 224, 152, 60_192_808, 11.3, 1e9},
		{"ResNet-50 as in the paper", imageNet(50, true), 224, 50, 25_557_032, 3_857_973_248, 1},
		{"ResNet-50 as published", imageNet(50, false), 224, 50, 25_557_032, 4_089_184_256, 1},
	} {
		s := nn.Summarise(c.net, c.edge, c.edge, 3)
		if s.Params != c.params || s.WeightLayers != c.depth {
			t.Errorf("%s: %d parameters in %d layers, want %d in %d", c.name, s.Params, s.WeightLayers, c.params, c.depth)
		}
		// The paper cuts digits off as often as it rounds.
		if off := float64(s.MACs)/c.unit - c.macs; math.Abs(off) >= 0.1 || c.unit == 1 && off != 0 {
			t.Errorf("%s: %d multiply-adds, want %v x %v", c.name, s.MACs, c.macs, c.unit)
		}
	}
}

func TestModels(t *testing.T) {
	names := map[string]bool{}
	for _, m := range nn.Models() {
		if names[m.Name] {
			t.Errorf("%s stands twice", m.Name)
		}
		names[m.Name] = true
		if strings.HasSuffix(m.Name, "1202") || strings.HasSuffix(m.Name, "152") && testing.Short() {
			continue
		}
		s := nn.Summarise(m.New(0, 0), m.Input[0], m.Input[1], m.Input[2])
		if want := fmt.Sprint(s.WeightLayers); strings.TrimLeft(strings.TrimSuffix(m.Name, "-v1"), "abcdefghijklmnopqrstuvwxyz") != want {
			t.Errorf("%s has %s weight layers", m.Name, want)
		}
		out := s.Layers[len(s.Layers)-1].Out
		if classes := map[int]int{32: 10, 224: 1000}[m.Input[0]]; !slices.Equal(out, []int{1, classes}) {
			t.Errorf("%s ends in %v, want %d classes", m.Name, out, classes)
		}
	}
	for _, name := range []string{"plain20", "resnet20", "plain56", "resnet56", "resnet110", "resnet1202", "plain34", "resnet18", "resnet34", "resnet50", "resnet50-v1", "resnet101", "resnet152"} {
		if !names[name] {
			t.Errorf("there is no model %s", name)
		}
	}
}

// The names of published weights.
func TestParameterPathsAreThoseOfPublishedWeights(t *testing.T) {
	norm := func(path string) []string {
		return []string{path + ".weight", path + ".bias", path + ".running_mean", path + ".running_var"}
	}
	block := func(path string, convs int, projection bool) (names []string) {
		for i := range convs {
			names = append(names, fmt.Sprintf("%s.conv%d.weight", path, i+1))
			names = append(names, norm(fmt.Sprintf("%s.bn%d", path, i+1))...)
		}
		if projection {
			names = append(names, path+".downsample.0.weight")
			names = append(names, norm(path+".downsample.1")...)
		}
		return names
	}
	net := func(blocks []int, convs int, projected func(stage int) bool) []string {
		names := append([]string{"conv1.weight"}, norm("bn1")...)
		for stage, n := range blocks {
			for i := range n {
				names = append(names, block(fmt.Sprintf("layer%d.%d", stage+1, i), convs, i == 0 && projected(stage))...)
			}
		}
		return append(names, "fc.weight", "fc.bias")
	}
	never := func(int) bool { return false }
	wider := func(stage int) bool { return stage > 0 }
	always := func(int) bool { return true }
	for _, c := range []struct {
		name string
		l    nn.Layer
		want []string
	}{
		{"ResNet-20 A", nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true}), net([]int{3, 3, 3}, 2, never)},
		{"ResNet-20 B", nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Projection: true}), net([]int{3, 3, 3}, 2, wider)},
		{"plain-20", nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Projection: true}), net([]int{3, 3, 3}, 2, never)},
		{"ResNet-18", nn.NewImageNetNet(nn.ImageNetConfig{Depth: 18, Skip: true}), net([]int{2, 2, 2, 2}, 2, wider)},
		{"ResNet-50", nn.NewImageNetNet(nn.ImageNetConfig{Depth: 50, Skip: true}), net([]int{3, 4, 6, 3}, 3, always)},
		{"plain-34", nn.NewImageNetNet(nn.ImageNetConfig{Depth: 34}), net([]int{3, 4, 6, 3}, 2, never)},
	} {
		if got := namesOf(c.l); !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %v\nwant %v", c.name, got, c.want)
		}
	}
}

// Twins start from the same weights, whatever the shortcuts.
func TestTwinsStartFromTheSameWeights(t *testing.T) {
	build := func(cfg nn.CIFARConfig) map[string]*nn.Tensor {
		net := nn.NewCIFARNet(cfg)
		nn.Init(net, 42, nn.HeFanIn)
		values := map[string]*nn.Tensor{}
		for _, p := range net.Params() {
			values[p.Name] = p.Value
		}
		return values
	}
	plain := build(nn.CIFARConfig{Depth: 20})
	for _, cfg := range []nn.CIFARConfig{{Depth: 20, Skip: true}, {Depth: 20, Skip: true, Projection: true}, {Depth: 20, Projection: true}, {Depth: 20, Skip: true, PreAddition: true}} {
		twin := build(cfg)
		for name, value := range plain {
			if twin[name] == nil || !sameBits(value, twin[name]) {
				t.Errorf("%+v: %s differs from the plain net's", cfg, name)
			}
		}
	}
}

// With Skip false a net is plain: the same convolutions in a row, without any
// Residual around them, compute the same bits.
func TestAClosedNetIsAPlainChain(t *testing.T) {
	closed := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Projection: true})
	nn.Init(closed, 5, nn.HeFanIn)
	chain := nn.NewSequential()
	nn.Walk(closed, func(path string, l nn.Layer) {
		switch l.(type) {
		case *nn.Sequential, *nn.Residual:
			return
		}
		chain.Add(strings.ReplaceAll(path, ".", "_"), nn.Clone(l))
	})
	x := randn(1, 2, 9, 7, 3)
	got, want := closed.Forward(x, true), chain.Forward(x, true)
	if !sameBits(got, want) {
		t.Error("forward differs")
	}
	dy := randn(2, 2, 10)
	if !sameBits(closed.Backward(dy), chain.Backward(dy)) {
		t.Error("backward differs")
	}
	params, plain := closed.Params(), chain.Params()
	for i, p := range params {
		if p.Trainable && !sameBits(p.Grad, plain[i].Grad) {
			t.Errorf("the gradient of %s differs", p.Name)
		}
	}
	switched := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
	nn.Init(switched, 5, nn.HeFanIn)
	if sameBits(switched.Forward(x, true), want) {
		t.Error("an open highway changes nothing")
	}
	nn.Walk(switched, func(_ string, l nn.Layer) {
		if r, ok := l.(*nn.Residual); ok {
			r.Skip = false
		}
	})
	if !sameBits(switched.Forward(x, true), want) {
		t.Error("switched off, the highways still change something")
	}
}

// With the activation before the addition nothing stands on the highway: a
// body of zeros passes x to the end as it is.
func TestPreAdditionLeavesTheHighwayClear(t *testing.T) {
	for _, pre := range []bool{true, false} {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, NoBatchNorm: true, PreAddition: pre, Activation: func() nn.Layer { return nn.NewTanh() }})
		var in, out *nn.Tensor
		stop := nn.Tap(net, func(path string, t *nn.Tensor, backward bool) {
			switch {
			case backward:
			case path == "relu":
				in = t.Clone()
			case path == "layer1":
				out = t.Clone()
			}
		})
		conv1 := net.Params()[0]
		nn.HeFanIn(conv1.Value, nn.Fan{In: 27, Out: 144}, nn.NewRandom(1))
		net.Forward(randn(1, 1, 8, 8, 3), true)
		stop()
		if clear := sameBits(in, out); clear != pre {
			t.Errorf("activation before the addition %v: x arrives unchanged %v", pre, clear)
		}
	}
}

func TestNetsTakeAnySize(t *testing.T) {
	for _, shape := range [][]int{{1, 4, 4, 1}, {2, 5, 9, 1}, {1, 28, 28, 1}} {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Channels: 1, Classes: 3})
		nn.Init(net, 1, nn.HeFanIn)
		x := randn(1, shape...)
		y := net.Forward(x, false)
		if !slices.Equal(y.Shape, []int{shape[0], 3}) {
			t.Errorf("%v gives %v", shape, y.Shape)
		}
		net.Backward(y)
	}
}

func TestNetsRefuseDepthsThatAreNone(t *testing.T) {
	for _, depth := range []int{0, 2, 7, 21, -4} {
		if m := mistakeOf(t, "CIFAR", func() { nn.NewCIFARNet(nn.CIFARConfig{Depth: depth}) }); !strings.Contains(m.Error(), "6n+2") {
			t.Errorf("%q does not say 6n+2", m)
		}
		mistakeOf(t, "ImageNet", func() { nn.NewImageNetNet(nn.ImageNetConfig{Depth: depth}) })
	}
}

// A whole net: all of a parameter is moved a little up its own gradient g and a
// little down, and the loss must change by |g| times the way.
func TestGradientsOfWholeNets(t *testing.T) {
	worst := 0.0
	for _, cfg := range []nn.CIFARConfig{
		{Depth: 8, Skip: true},
		{Depth: 8, Skip: true, Projection: true},
		{Depth: 8, Skip: true, PreAddition: true, NoBatchNorm: true},
		{Depth: 14, PreAddition: true},
	} {
		cfg.Channels, cfg.Classes, cfg.Activation = 2, 3, func() nn.Layer { return nn.NewTanh() } // smooth
		net := nn.NewCIFARNet(cfg)
		nn.Init(net, 4, nn.LeCun)
		x, labels := randn(2, 3, 6, 7, 2), []int{0, 2, 1}
		loss, dlogits := nn.CrossEntropy(net.Forward(x, true), labels)
		net.Backward(dlogits)
		for _, p := range net.Params() {
			if !p.Trainable {
				continue
			}
			before, length := p.Value.Clone(), p.Grad.Norm()
			if length < 1e-4*loss { // float32 tells no such change apart
				continue
			}
			slope := func(way float64) float64 {
				at := func(way float64) float64 {
					for i, g := range p.Grad.Data {
						p.Value.Data[i] = before.Data[i] + float32(way/length*float64(g))
					}
					l, _ := nn.CrossEntropy(net.Forward(x, true), labels)
					return l
				}
				return (at(way) - at(-way)) / (2 * way)
			}
			nudged := (4*slope(0.01) - slope(0.02)) / 3 // the next term of Taylor's series cancels
			copy(p.Value.Data, before.Data)
			off := math.Abs(nudged-length) / length
			worst = max(worst, off)
			if !(off < 0.01) {
				t.Errorf("%+v: along the gradient of %s the loss rises by %g, want %g", cfg, p.Name, nudged, length)
			}
		}
	}
	t.Logf("worst relative error %.1e", worst)
}

// gradientRatio is the norm of the gradient of the first convolution over that
// of the last one, at initialisation, for 16 pictures of noise.
func gradientRatio(cfg nn.CIFARConfig, rule nn.InitRule, seed uint64) float64 {
	net := nn.NewCIFARNet(cfg)
	nn.Init(net, seed, rule)
	labels, random := make([]int, 16), nn.NewRandom(seed)
	for i := range labels {
		labels[i] = random.Intn(10)
	}
	_, dlogits := nn.CrossEntropy(net.Forward(randn(seed, 16, 32, 32, 3), true), labels)
	net.Backward(dlogits)
	var norms []float64
	for _, p := range net.Params() {
		if p.Layout == nn.HWIO {
			norms = append(norms, p.Grad.Norm())
		}
	}
	return norms[0] / norms[len(norms)-1]
}

// What is true about the vanishing gradient: measured with PyTorch in float64,
// median of three seeds, which agree within a factor of about 2.
func TestGradientsVanishAndExplodeAsTheyShould(t *testing.T) {
	sigmoid, tanh := func() nn.Layer { return nn.NewSigmoid() }, func() nn.Layer { return nn.NewTanh() }
	type want map[int]float64 // by depth; 0 where float32 has no number so small
	for _, c := range []struct {
		name string
		cfg  nn.CIFARConfig
		rule nn.InitRule
		want want
	}{
		{"plain, BN + ReLU", nn.CIFARConfig{}, nn.HeFanIn, want{20: 5.5, 56: 2.3e3, 110: 6.7e6}},
		{"residual, BN + ReLU", nn.CIFARConfig{Skip: true}, nn.HeFanIn, want{20: 1.7, 56: 7.1, 110: 17}},
		{"plain, sigmoid", nn.CIFARConfig{NoBatchNorm: true, Activation: sigmoid}, nn.LeCun, want{20: 1.7e-13, 56: 2.8e-36, 110: 0}},
		{"residual, sigmoid after the addition", nn.CIFARConfig{Skip: true, NoBatchNorm: true, Activation: sigmoid}, nn.LeCun, want{20: 3.9e-8, 56: 1e-19, 110: 3.2e-37}},
		{"residual, sigmoid before the addition", nn.CIFARConfig{Skip: true, NoBatchNorm: true, Activation: sigmoid, PreAddition: true}, nn.LeCun, want{20: 0.013, 56: 0.0098, 110: 0.0072}},
		{"plain, tanh", nn.CIFARConfig{NoBatchNorm: true, Activation: tanh}, nn.LeCun, want{20: 0.3, 56: 0.27, 110: 0.21}},
		{"plain, ReLU, no BN", nn.CIFARConfig{NoBatchNorm: true}, nn.HeFanIn, want{20: 0.033, 56: 0.28, 110: 1.2}},
		{"residual, ReLU, no BN", nn.CIFARConfig{Skip: true, NoBatchNorm: true}, nn.HeFanIn, want{20: 0.035, 56: 0.053, 110: 0.022}},
	} {
		for _, depth := range []int{20, 56, 110} {
			if testing.Short() && depth > 20 {
				continue
			}
			c.cfg.Depth = depth
			got, want := gradientRatio(c.cfg, c.rule, 1), c.want[depth]
			t.Logf("%-40s %3d layers: %8.2g, PyTorch %8.2g", c.name, depth, got, want)
			if want == 0 && got != 0 || want != 0 && !(got > want/4 && got < want*4) {
				t.Errorf("%s, %d layers: first over last is %.2g, want about %.2g", c.name, depth, got, want)
			}
		}
	}
}

// A narrow net has the shapes of the paper's, fewer channels, and learns as it does.
func TestCIFARNetWidth(t *testing.T) {
	for _, c := range []struct {
		width int
		want  []int // channels of the stages
	}{{0, []int{16, 32, 64}}, {8, []int{8, 16, 32}}, {1, []int{1, 2, 4}}} {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Channels: 1, Width: c.width})
		var got []int
		for _, l := range nn.Summarise(net, 14, 14, 1).Layers {
			if strings.HasSuffix(l.Name, ".conv2") {
				got = append(got, l.Out[3])
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("width %d gives stages of %v channels, want %v", c.width, got, c.want)
		}
	}
}
