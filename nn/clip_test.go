package nn_test

import (
	"math"
	"runtime"
	"testing"

	"reslab/nn"
)

// A gradient of 3 in one parameter and 4 in another has the norm 5; clipped to 1
// it is 0.6 and 0.8. A frozen parameter does not count.
func TestClipGradientByHand(t *testing.T) {
	params := []*nn.Param{paramWithGrad(3), paramWithGrad(-4), paramWithGrad(100), {Name: "idle", Value: nn.NewTensor(1), Trainable: true}}
	params[2].Trainable = false
	if norm := nn.ClipGradient(params, 10); norm != 5 || params[0].Grad.Data[0] != 3 {
		t.Errorf("a norm of 5 was clipped to 10: norm %v, gradient %v", norm, params[0].Grad.Data)
	}
	if norm := nn.ClipGradient(params, 1); norm != 5 {
		t.Errorf("the norm before is %v, want 5", norm)
	}
	for i, want := range []float64{0.6, -0.8, 100} {
		if got := float64(params[i].Grad.Data[0]); math.Abs(got-want) > 1e-6 {
			t.Errorf("gradient %d is %v, want %v", i, got, want)
		}
	}
}

func paramWithGrad(v float32) *nn.Param {
	return &nn.Param{Value: nn.NewTensor(1), Grad: nn.FromSlice([]float32{v}, 1), Trainable: true}
}

func TestGradientNormDoesNotDependOnTheCores(t *testing.T) {
	p := &nn.Param{Value: nn.NewTensor(100, 1003), Grad: randn(3, 100, 1003), Trainable: true}
	want := nn.GradientNorm([]*nn.Param{p})
	if plain := p.Grad.Norm(); math.Abs(want-plain) > 1e-12*plain {
		t.Errorf("the norm is %v, want %v", want, plain)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := nn.GradientNorm([]*nn.Param{p}); got != want {
		t.Errorf("on one core the norm is %v, want %v", got, want)
	}
}
