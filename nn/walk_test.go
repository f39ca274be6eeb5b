package nn_test

import (
	"slices"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

// scale is a layer as a learner writes it: y = w*x, with one number w.
type scale struct {
	w    *nn.Param
	x    *nn.Tensor
	more []*nn.Param
}

func newScale(w float32) *scale {
	s := &scale{w: newParam("weight")}
	s.w.Value.Data[0] = w
	return s
}

func newParam(name string) *nn.Param {
	return &nn.Param{Name: name, Value: nn.NewTensor(1), Trainable: true}
}

func (s *scale) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	s.x = x
	y := x.Clone()
	for i := range y.Data {
		y.Data[i] *= s.w.Value.Data[0]
	}
	return y
}

func (s *scale) Backward(dy *nn.Tensor) *nn.Tensor {
	if s.w.Grad == nil {
		s.w.Grad = nn.NewTensor(1)
	}
	dx := dy.Clone()
	for i, v := range dy.Data {
		s.w.Grad.Data[0] += v * s.x.Data[i]
		dx.Data[i] = v * s.w.Value.Data[0]
	}
	return dx
}

func (s *scale) Params() []*nn.Param { return []*nn.Param{s.w} }

// funny is a learner's layer that no one may compare or use as a key of a map:
// an interpreted one panics there.
type funny struct {
	*scale
	_ []func()
}

func resnet20(projection bool) *nn.Sequential {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Projection: projection})
	nn.Init(net, 1, nn.HeFanIn)
	return net
}

func TestWalkVisitsEveryLayerThatRuns(t *testing.T) {
	block := nn.NewResidual(
		nn.NewSequential().Add("conv1", conv(1, 2, 1)).Add("", nn.NewReLU()),
		nn.NewSequential().Add("0", conv(1, 2, 1)), true)
	net := nn.NewSequential().Add("layer1", nn.NewSequential().Add("0", block)).Add("mine", newScale(1))
	visit := func() []string {
		var seen []string
		nn.Walk(net, func(path string, l nn.Layer) {
			what := "?"
			switch l.(type) {
			case *nn.Sequential:
				what = "Sequential"
			case *nn.Residual:
				what = "Residual"
			case *nn.Conv2D:
				what = "Conv2D"
			case *nn.ReLU:
				what = "ReLU"
			case *scale:
				what = "mine"
			}
			seen = append(seen, path+" "+what)
		})
		return seen
	}
	want := []string{" Sequential", "layer1 Sequential", "layer1.0 Residual", "layer1.0 Sequential", "layer1.0.conv1 Conv2D",
		"layer1.0 ReLU", "layer1.0.downsample Sequential", "layer1.0.downsample.0 Conv2D", "mine mine"}
	if got := visit(); !slices.Equal(got, want) {
		t.Errorf("open\ngot  %q\nwant %q", got, want)
	}
	block.Skip = false // what does not run is not visited
	if got, want := visit(), slices.Delete(want, 6, 8); !slices.Equal(got, want) {
		t.Errorf("closed\ngot  %q\nwant %q", got, want)
	}
}

func TestReplacePutsALearnersLayerIntoResNet20(t *testing.T) {
	net := resnet20(true)
	x, dy := randn(1, 2, 8, 8, 3), randn(2, 2, 10)
	for _, path := range []string{"relu", "layer1.0.relu", "layer3.2.relu2", "layer2.0.downsample.1", "layer3.2.conv2"} {
		nn.Replace(net, path, funny{scale: newScale(1.5)})
		found := false
		nn.Walk(net, func(at string, l nn.Layer) {
			if _, ok := l.(funny); ok && at == path {
				found = true
			}
		})
		if !found {
			t.Errorf("%s: Walk does not find the new layer", path)
		}
		if names := namesOf(net); !slices.Contains(names, path+".weight") {
			t.Errorf("the parameter of the new layer at %s is not in %v", path, names)
		}
		net.Forward(x, true)
		net.Backward(dy)
	}
	names := namesOf(net)
	for _, gone := range []string{"layer2.0.downsample.1.running_mean", "layer2.0.downsample.1.bias"} {
		if slices.Contains(names, gone) {
			t.Errorf("%s is still there", gone)
		}
	}
	if nn.Summarise(net, 32, 32, 3).WeightLayers != 19 { // one convolution is the learner's now
		t.Errorf("Summarise counts %d weight layers, want 19", nn.Summarise(net, 32, 32, 3).WeightLayers)
	}
	_ = net.String()
	stop := nn.Tap(net, func(string, *nn.Tensor, bool) {})
	net.Forward(x, false)
	stop()
}

// The shortcut as a whole: y = 2*x on the highway instead of a projection.
func TestReplaceTheShortcut(t *testing.T) {
	net := nn.NewSequential().Add("0", nn.NewResidual(times(3), times(10), true))
	nn.Replace(net, "0.downsample", newScale(2))
	wantNumbers(t, "y", net.Forward(pixel(5), true), []int{1, 1, 1, 1}, 3*5+2*5)
	wantNumbers(t, "dx", net.Backward(pixel(1)), []int{1, 1, 1, 1}, 3+2)
	if got, want := namesOf(net), []string{"0.weight", "0.downsample.weight"}; !slices.Equal(got, want) {
		t.Errorf("parameters %v, want %v", got, want)
	}

	option := resnet20(true)
	nn.Replace(option, "layer2.0.downsample", nn.NewPadShortcut(16, 32, 2))
	option.Forward(randn(1, 2, 8, 8, 3), true)
	for _, name := range namesOf(option) {
		if strings.HasPrefix(name, "layer2.0.downsample") {
			t.Errorf("%s is still there", name)
		}
	}
	closed := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Projection: true})
	nn.Replace(closed, "layer2.0.downsample", newScale(1)) // a closed highway can be rebuilt too
}

func TestReplaceNamesWhatThereIs(t *testing.T) {
	net := nn.NewSequential().Add("conv1", conv(1, 2, 1)).Add("fc", nn.NewLinear(2, 3))
	for _, path := range []string{"conv2", "", "conv1.weight", "fc."} {
		m := mistakeOf(t, path, func() { nn.Replace(net, path, nn.NewReLU()) })
		if !strings.Contains(m.Error(), "conv1, fc") {
			t.Errorf("%q does not list the layers that there are", m)
		}
	}
	mistakeOf(t, "nil", func() { nn.Replace(net, "fc", nil) })

	// Two containers without a name may hold the same name: the first is meant.
	same := nn.NewSequential().Add("", nn.NewSequential().Add("a", times(3))).Add("", nn.NewSequential().Add("a", times(5)))
	nn.Replace(same, "a", times(7))
	wantNumbers(t, "y", same.Forward(pixel(1), true), []int{1, 1, 1, 1}, 7*5)
}

func TestCloneStopsAtALearnersLayer(t *testing.T) {
	for _, path := range []string{"layer1.0.relu", "layer2.0.downsample", "layer3.0.downsample.1"} {
		net := resnet20(true)
		nn.Replace(net, path, funny{scale: newScale(1)})
		if m := mistakeOf(t, path, func() { nn.Clone(net) }); m.Path != path {
			t.Errorf("%q does not name the path %s", m, path)
		}
	}
	mistakeOf(t, "a layer that embeds one of nn's", func() { nn.Clone(embedded{nn.NewReLU()}) })
}

// embedded has all methods of ReLU, but is not ReLU.
type embedded struct{ *nn.ReLU }

func TestCloneOfAWholeNet(t *testing.T) {
	net := resnet20(false)
	x := randn(1, 2, 8, 8, 3)
	twin := nn.Clone(net)
	if !slices.Equal(namesOf(net), namesOf(twin)) {
		t.Error("the clone's parameters have other names")
	}
	net.Params()[0].Value.Data[0] += 1 // shared
	if !sameBits(net.Forward(x, false), twin.Forward(x, false)) {
		t.Error("the clone does not share its weights")
	}
}

// A learner's layer is checked by gradcheck like any other.
func TestALearnersLayerPassesGradcheck(t *testing.T) {
	if report := gradcheck.Layer(newScale(3), randn(1, 2, 3), 1); !report.OK(1e-3) {
		t.Error(report)
	}
}
