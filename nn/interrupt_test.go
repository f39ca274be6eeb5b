package nn

import (
	"slices"
	"testing"
)

func TestInterruptLeavesTheModelOfTheLastWholeStep(t *testing.T) {
	rng := NewRandom(1)
	norm := NewBatchNorm2D(2)
	var resume func()
	model := NewSequential().Add("bn", norm).Add("stop", stopper{func() {
		if resume == nil {
			resume = Interrupt()
		}
	}}).Add("flatten", NewFlatten()).Add("fc", NewLinear(18, 3))
	Init(model, 1, HeFanIn)
	x := NewTensor(4, 3, 3, 2)
	for i := range x.Data {
		x.Data[i] = float32(rng.Normal())
	}
	before := allValues(model)
	training := Training{
		Model: model, Optimiser: NewSGD(SGDConfig{}), Rate: Constant(0.1), Steps: 2,
		Batches: func(int) (*Tensor, []int) { return x, []int{0, 1, 2, 0} },
	}
	step := func() (r any) {
		defer func() { r = recover() }()
		_, _ = training.Step(0)
		return nil
	}
	if r := step(); r != ErrInterrupted {
		t.Fatalf("the step panics with %v", r)
	}
	if !slices.Equal(allValues(model), before) {
		t.Error("the model has changed")
	}
	resume()
	if r := step(); r != nil {
		t.Fatalf("after resume the step panics with %v", r)
	}
	if slices.Equal(allValues(model), before) {
		t.Error("the model does not learn any more")
	}
}

func allValues(l Layer) (all []float32) {
	for _, p := range l.Params() {
		all = append(all, p.Value.Data...)
	}
	return all
}

// A stopper calls its function in Forward and is otherwise not there.
type stopper struct{ call func() }

func (s stopper) Forward(x *Tensor, _ bool) *Tensor {
	s.call()
	return x
}
func (s stopper) Backward(dy *Tensor) *Tensor { return dy }
func (s stopper) Params() []*Param            { return nil }

func TestInterruptEndsInit(t *testing.T) {
	defer Interrupt()()
	defer func() {
		if r := recover(); r != ErrInterrupted {
			t.Errorf("Init panics with %v", r)
		}
	}()
	Init(NewLinear(3, 2), 1, HeFanIn)
	t.Error("Init goes on")
}
