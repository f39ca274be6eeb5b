package nn_test

import (
	"math"
	"testing"

	"reslab/nn"
)

func paramOf(value, gradient float32) *nn.Param {
	return &nn.Param{Name: "w", Value: nn.FromSlice([]float32{value}, 1), Grad: nn.FromSlice([]float32{gradient}, 1), Trainable: true, Decay: true}
}

// Two steps from w = 1 with dw = 2 and then dw = 1, at the rate 0.1.
//
//	plain          1 - 0.1*2 = 0.8         0.8 - 0.1*1 = 0.7
//	momentum 0.5   m = 2, w = 0.8          m = 0.5*2 + 1 = 2, w = 0.6
//	Nesterov 0.5   1 - 0.1*(2 + 0.5*2)     m = 2, 0.7 - 0.1*(1 + 0.5*2) = 0.5
//	decay 0.5      g = 2 + 0.5*1 = 2.5     w = 0.75; g = 1 + 0.375, w = 0.6125
//
// The first step of Adam is the rate, whatever the size of the gradient, for
// m/(1-B1) = g and sqrt(v/(1-B2)) = |g|. With B1 = B2 = 1/2, in the second one
//
//	m = 0.5*1 + 0.5*1 = 1,    m/(1-1/4) = 4/3
//	v = 0.5*2 + 0.5*1 = 1.5,  v/(1-1/4) = 2
//	w = 0.9 - 0.1 * (4/3)/sqrt(2) = 0.80571909584
//
// AdamW takes 0.1*0.5*w off first: 1 - 0.05 - 0.1 = 0.85, then
// 0.85 - 0.0425 - 0.1*(4/3)/sqrt(2) = 0.71321909584.
func TestOptimisersByHand(t *testing.T) {
	half := nn.AdamConfig{Beta1: 0.5, Beta2: 0.5}
	decoupled := half
	decoupled.WeightDecay, decoupled.Decoupled = 0.5, true
	for _, c := range []struct {
		name          string
		o             *nn.Optimiser
		first, second float32
	}{
		{"plain", nn.NewSGD(nn.SGDConfig{}), 0.8, 0.7},
		{"momentum", nn.NewSGD(nn.SGDConfig{Momentum: 0.5}), 0.8, 0.6},
		{"Nesterov", nn.NewSGD(nn.SGDConfig{Momentum: 0.5, Nesterov: true}), 0.7, 0.5},
		{"decay", nn.NewSGD(nn.SGDConfig{WeightDecay: 0.5}), 0.75, 0.6125},
		{"Adam", nn.NewAdam(half), 0.9, 0.80571909584},
		{"AdamW", nn.NewAdam(decoupled), 0.85, 0.71321909584},
	} {
		p := paramOf(1, 2)
		c.o.Step([]*nn.Param{p}, 0.1)
		wantNumbers(t, c.name+", first step", p.Value, []int{1}, c.first)
		p.Grad.Data[0] = 1
		c.o.Step([]*nn.Param{p}, 0.1)
		wantNumbers(t, c.name+", second step", p.Value, []int{1}, c.second)
	}
}

// On L = (w-3)²/2, whose gradient is w-3, everything must find 3.
func TestOptimisersFindAMinimum(t *testing.T) {
	for _, o := range []*nn.Optimiser{
		nn.NewSGD(nn.SGDConfig{}), nn.NewSGD(nn.SGDConfig{Momentum: 0.9}),
		nn.NewSGD(nn.SGDConfig{Momentum: 0.9, Nesterov: true}), nn.NewAdam(nn.AdamConfig{}),
	} {
		p := paramOf(-5, 0)
		for step := range 600 {
			p.Grad.Data[0] = p.Value.Data[0] - 3
			o.Step([]*nn.Param{p}, nn.Cosine(0.1, 600)(step))
		}
		if off := math.Abs(float64(p.Value.Data[0] - 3)); off > 1e-3 {
			t.Errorf("%v ends %g away from the minimum", o, off)
		}
	}
}

func TestOptimisersLeaveGradientsAndFrozenParametersAlone(t *testing.T) {
	for _, o := range []*nn.Optimiser{
		nn.NewSGD(nn.SGDConfig{Momentum: 0.9, Nesterov: true, WeightDecay: 0.1}),
		nn.NewAdam(nn.AdamConfig{WeightDecay: 0.1}), nn.NewAdam(nn.AdamConfig{WeightDecay: 0.1, Decoupled: true}),
	} {
		moved := &nn.Param{Name: "w", Value: randn(1, 20_000), Grad: randn(2, 20_000), Trainable: true}
		frozen, fresh := paramOf(1, 2), paramOf(1, 2)
		frozen.Trainable, fresh.Grad = false, nil
		gradient, value := moved.Grad.Clone(), moved.Value.Clone()
		for range 3 {
			o.Step([]*nn.Param{moved, frozen, fresh}, 0.1)
		}
		if !sameBits(moved.Grad, gradient) {
			t.Errorf("%v has changed a gradient", o)
		}
		for i, v := range moved.Value.Data {
			if v == value.Data[i] {
				t.Fatalf("%v has not moved number %d", o, i)
			}
		}
		if frozen.Value.Data[0] != 1 || fresh.Value.Data[0] != 1 {
			t.Errorf("%v has moved a parameter that is frozen or has no gradient", o)
		}
	}
}

// A parameter that thaws later starts with its own first step: for Adam that
// is the rate, as in TestOptimisersByHand.
func TestAThawedParameterStartsAfresh(t *testing.T) {
	o := nn.NewAdam(nn.AdamConfig{})
	early, late := paramOf(1, 2), paramOf(1, 2)
	late.Trainable = false
	for range 50 {
		o.Step([]*nn.Param{early, late}, 0.01)
	}
	late.Trainable = true
	o.Step([]*nn.Param{early, late}, 0.01)
	wantNumbers(t, "first step", late.Value, []int{1}, 0.99)
}

func TestWeightDecayMaySkipBiasAndBatchNorm(t *testing.T) {
	for _, c := range []struct {
		only bool
		o    *nn.Optimiser
	}{
		{true, nn.NewSGD(nn.SGDConfig{WeightDecay: 0.5, DecayWeightsOnly: true})},
		{false, nn.NewSGD(nn.SGDConfig{WeightDecay: 0.5})},
		{true, nn.NewAdam(nn.AdamConfig{WeightDecay: 0.5, DecayWeightsOnly: true, Decoupled: true})},
		{false, nn.NewAdam(nn.AdamConfig{WeightDecay: 0.5, Decoupled: true})},
	} {
		net := nn.NewSequential().Add("conv", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: 1, Bias: true})).
			Add("norm", nn.NewBatchNorm2D(1)).Add("fc", nn.NewLinear(1, 1))
		for _, p := range net.Params() { // no gradient but that of the decay
			p.Value.Data[0], p.Grad = 1, nn.NewTensor(p.Value.Shape...)
		}
		c.o.Step(net.Params(), 0.1)
		for name, decays := range map[string]bool{"conv.weight": true, "fc.weight": true,
			"conv.bias": !c.only, "norm.weight": !c.only, "norm.bias": !c.only, "fc.bias": !c.only,
			"norm.running_mean": false, "norm.running_var": false} {
			for _, p := range net.Params() {
				if p.Name == name && (p.Value.Data[0] != 1) != decays {
					t.Errorf("%v, weights only %v: %s is %v", c.o, c.only, name, p.Value.Data[0])
				}
			}
		}
	}
}

func TestOptimisersRefuseWhatCannotBe(t *testing.T) {
	for what, f := range map[string]func(){
		"momentum of 1":             func() { nn.NewSGD(nn.SGDConfig{Momentum: 1}) },
		"negative momentum":         func() { nn.NewSGD(nn.SGDConfig{Momentum: -0.1}) },
		"negative decay":            func() { nn.NewSGD(nn.SGDConfig{WeightDecay: -1}) },
		"Nesterov without momentum": func() { nn.NewSGD(nn.SGDConfig{Nesterov: true}) },
		"beta of 1":                 func() { nn.NewAdam(nn.AdamConfig{Beta1: 1}) },
		"NaN":                       func() { nn.NewAdam(nn.AdamConfig{Beta2: math.NaN()}) },
		"negative decay of Adam":    func() { nn.NewAdam(nn.AdamConfig{WeightDecay: -1}) },
		"a gradient of another shape": func() {
			p := paramOf(1, 2)
			p.Grad = nn.NewTensor(3)
			nn.NewSGD(nn.SGDConfig{}).Step([]*nn.Param{p}, 0.1)
		},
	} {
		mistakeOf(t, what, f)
	}
}
