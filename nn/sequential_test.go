package nn_test

import (
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// y = 2*(3x): x = 5 gives 30; dy = 1 comes back as 6, and the two weights get
// dy times what they met: 3x = 15 for the second, 2*x = 10 for the first.
func TestSequentialByHand(t *testing.T) {
	first, second := times(3), times(2)
	s := nn.NewSequential().Add("a", first).Add("b", second)
	wantNumbers(t, "y", s.Forward(pixel(5), true), []int{1, 1, 1, 1}, 30)
	wantNumbers(t, "dx", s.Backward(pixel(1)), []int{1, 1, 1, 1}, 6)
	wantNumbers(t, "dw of a", first.Weight.Grad, []int{1, 1, 1, 1}, 10)
	wantNumbers(t, "dw of b", second.Weight.Grad, []int{1, 1, 1, 1}, 15)
	if s.Len() != 2 {
		t.Errorf("Len is %d, want 2", s.Len())
	}
}

func TestEmptySequentialPassesAll(t *testing.T) {
	s, x := nn.NewSequential(), pixel(5)
	if s.Forward(x, true) != x || s.Backward(x) != x || s.Params() != nil {
		t.Error("an empty Sequential must pass x and dy as they are")
	}
}

func TestSequentialRefusesNames(t *testing.T) {
	s := nn.NewSequential().Add("a", nn.NewReLU()).Add("", nn.NewReLU()).Add("", nn.NewReLU())
	for want, f := range map[string]func(){
		"is taken":   func() { s.Add("a", nn.NewReLU()) },
		"a dot":      func() { s.Add("b.c", nn.NewReLU()) },
		"got nil":    func() { s.Add("b", nil) },
		`Add("last"`: func() { s.Add("last", nil) },
	} {
		if m := mistakeOf(t, want, f); !strings.Contains(m.Error(), want) {
			t.Errorf("%q does not say %q", m, want)
		}
	}
}

// Paths are built afresh at each call, whoever asks, and in whatever order.
func TestParamNames(t *testing.T) {
	inner := nn.NewSequential().Add("conv1", conv(1, 2, 1)).Add("bn1", nn.NewBatchNorm2D(2))
	middle := nn.NewSequential().Add("", inner).Add("fc", nn.NewLinear(2, 3))
	outer := nn.NewSequential().Add("layer1", nn.NewSequential().Add("0", middle))
	below := func(path string) []string {
		var names []string
		for _, name := range []string{"conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "fc.weight", "fc.bias"} {
			names = append(names, path+name)
		}
		return names
	}
	for range 2 {
		for _, c := range []struct {
			l    nn.Layer
			want []string
		}{
			{outer, below("layer1.0.")}, {outer, below("layer1.0.")}, {inner, below("")[:5]}, {middle, below("")}, {outer, below("layer1.0.")},
		} {
			if got := namesOf(c.l); !slices.Equal(got, c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
		}
	}
}

// A parameter that somebody holds keeps its path when the net is drawn anew.
func TestInitKeepsNames(t *testing.T) {
	net := nn.NewSequential().Add("a", nn.NewSequential().Add("fc", nn.NewLinear(2, 3)))
	params := net.Params()
	nn.Init(net, 1, nn.HeFanIn)
	nn.Summarise(net, 2)
	if got, want := params[0].Name, "a.fc.weight"; got != want {
		t.Errorf("after Init the parameter is called %q, want %q", got, want)
	}
}

// twice is a learner's layer with two parameters of the same name.
type twice struct{ scale }

func (l *twice) Params() []*nn.Param {
	if l.more == nil {
		l.more = []*nn.Param{newParam("weight"), newParam("bias"), newParam("weight")}
	}
	return append([]*nn.Param{l.w}, l.more...)
}

func TestRepeatedNamesAreNumbered(t *testing.T) {
	l := &twice{scale{w: newParam("weight")}}
	net := nn.NewSequential().Add("mine", l)
	for range 3 {
		got, want := namesOf(net), []string{"mine.weight", "mine.weight2", "mine.bias", "mine.weight3"}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// block is a learner's layer around nn's own: the paths within it stay.
type block struct{ body *nn.Sequential }

func (b *block) Forward(x *nn.Tensor, train bool) *nn.Tensor { return b.body.Forward(x, train) }
func (b *block) Backward(dy *nn.Tensor) *nn.Tensor           { return b.body.Backward(dy) }
func (b *block) Params() []*nn.Param                         { return b.body.Params() }

func TestNamesInsideALearnersLayer(t *testing.T) {
	mine := &block{nn.NewSequential().Add("conv1", conv(1, 2, 1)).Add("conv2", conv(2, 2, 1))}
	net := nn.NewSequential().Add("stage", nn.NewSequential().Add("0", mine))
	for range 3 {
		got, want := namesOf(net), []string{"stage.0.conv1.weight", "stage.0.conv2.weight"}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	nn.Init(net, 1, nn.HeFanIn)
	if got := net.Params()[1].Name; got != "stage.0.conv2.weight" {
		t.Errorf("after Init the weight is called %q", got)
	}
}

// A mistake deep in a net names the whole path, forward and backward.
func TestMistakesNameThePath(t *testing.T) {
	net := nn.NewSequential().Add("layer1", nn.NewSequential().Add("0", nn.NewSequential().Add("", nn.NewResidual(
		nn.NewSequential().Add("conv1", conv(3, 4, 1)).Add("conv2", conv(5, 3, 1)), nil, true))))
	m := mistakeOf(t, "4 channels into conv2", func() { net.Forward(nn.NewTensor(1, 6, 6, 3), true) })
	want := "nn: layer1.0.conv2 (Conv2D 3x3, 5 to 3, pad 1): the input must have 5 channels, got 4 in the shape [1 6 6 4]"
	if m.Error() != want {
		t.Errorf("got  %s\nwant %s", m, want)
	}
	m = mistakeOf(t, "summary", func() { nn.Summarise(net, 6, 6, 3) })
	if m.Error() != want {
		t.Errorf("Summarise says %s\nwant %s", m, want)
	}

	small := nn.NewSequential().Add("a", nn.NewSequential().Add("fc", nn.NewLinear(2, 3)))
	small.Forward(nn.NewTensor(4, 2), true)
	m = mistakeOf(t, "dy", func() { small.Backward(nn.NewTensor(4, 2)) })
	if want := "nn: a.fc (Linear 2 to 3): dy must have the shape [4 3], got [4 2]"; m.Error() != want {
		t.Errorf("got  %s\nwant %s", m, want)
	}
	m = mistakeOf(t, "a leaf on its own", func() { nn.NewLinear(2, 3).Forward(nn.NewTensor(4, 5), true) })
	if want := "nn: Linear 2 to 3: the input must be a batch with 2 numbers on its last axis, got the shape [4 5]"; m.Error() != want {
		t.Errorf("got  %s\nwant %s", m, want)
	}
}

// nothing is a learner's layer that forgets to return its result.
type nothing struct{ scale }

func (*nothing) Forward(*nn.Tensor, bool) *nn.Tensor { return nil }

func TestALearnersMistakesAreNamed(t *testing.T) {
	net := nn.NewSequential().Add("mine", &nothing{}).Add("relu", nn.NewReLU())
	m := mistakeOf(t, "nil", func() { net.Forward(pixel(1), true) })
	if want := "nn: mine (a layer of your own): Forward must return a tensor, got nil"; m.Error() != want {
		t.Errorf("got  %s\nwant %s", m, want)
	}
}
