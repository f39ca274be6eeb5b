package nn

import (
	"fmt"
	"math"

	"reslab/nn/internal/kernel"
)

// Optimiser moves parameters against their gradients. It remembers what it
// needs of earlier steps for each parameter, and changes no gradient.
type Optimiser struct {
	name string

	// begin prepares a step of a parameter, its steps-th. rule then moves runs of its
	// weights w along dw, on many cores at once; m and v are the slots of memory.
	begin func(steps int, decay, rate float64)
	rule  func(w, dw, m, v []float32)

	weightDecay float64
	decayAll    bool
	memories    int // slots per parameter
	known       map[*Param]*memory

	now  move
	work func(run int) // o.moveRun: made once, so that a step makes nothing
}

// move is what an optimiser is about to do to a parameter.
type move struct{ w, dw, m, v []float32 }

// memory is what an optimiser knows of a parameter. Each counts its own steps:
// one that was frozen starts later.
type memory struct {
	steps int
	slots [2][]float32 // m and v; nil where the rule has none
}

// SGDConfig holds the settings of stochastic gradient descent. All zero is the
// plain one.
type SGDConfig struct {
	Momentum    float64 // share of the last step that goes into the next; usually 0.9
	Nesterov    bool    // look ahead along the momentum
	WeightDecay float64 // pulls every weight towards zero; He et al. use 1e-4

	// DecayWeightsOnly leaves biases and batch norm without weight decay:
	// only parameters with Decay have it. He et al. decay them all.
	DecayWeightsOnly bool
}

// NewSGD returns stochastic gradient descent, as PyTorch has it:
//
//	g = dw + WeightDecay*w
//	m = Momentum*m + g              the first m is g
//	w = w - rate*m                  Nesterov: w - rate*(g + Momentum*m)
func NewSGD(cfg SGDConfig) *Optimiser {
	if !(cfg.Momentum >= 0 && cfg.Momentum < 1) || !(cfg.WeightDecay >= 0) {
		panic(mistake("SGD", "Momentum must be at least 0 and less than 1, and WeightDecay at least 0, got %g and %g", cfg.Momentum, cfg.WeightDecay))
	}
	if cfg.Nesterov && cfg.Momentum == 0 {
		panic(mistake("SGD", "Nesterov looks ahead along the momentum, so Momentum must be above 0"))
	}
	o := &Optimiser{name: fmt.Sprintf("SGD, momentum %g", cfg.Momentum), weightDecay: cfg.WeightDecay, decayAll: !cfg.DecayWeightsOnly}
	if cfg.Momentum > 0 {
		o.memories = 1
	}
	var decay, rate float32
	momentum := float32(cfg.Momentum)
	o.begin = func(_ int, d, r float64) { decay, rate = float32(d), float32(r) }
	o.rule = func(w, dw, m, _ []float32) {
		switch {
		case m == nil:
			kernel.SGDStep(w, dw, decay, rate)
		case cfg.Nesterov:
			kernel.NesterovStep(w, dw, m, decay, momentum, rate)
		default:
			kernel.MomentumStep(w, dw, m, decay, momentum, rate)
		}
	}
	return o
}

// AdamConfig holds the settings of Adam. Zero fields take the usual values.
type AdamConfig struct {
	Beta1, Beta2, Eps float64 // 0.9, 0.999, 1e-8
	WeightDecay       float64

	// Decoupled shrinks the weights by themselves, not through the gradient:
	// AdamW (Loshchilov and Hutter 2017, arXiv 1711.05101).
	Decoupled bool

	DecayWeightsOnly bool // as in SGDConfig
}

// NewAdam returns Adam (Kingma and Ba 2014, arXiv 1412.6980), at the t-th step
// of a parameter, counted from 1:
//
//	g = dw + WeightDecay*w          Decoupled: g = dw, and first w = w - rate*WeightDecay*w
//	m = Beta1*m + (1-Beta1)*g
//	v = Beta2*v + (1-Beta2)*g*g
//	w = w - rate * m/(1-Beta1^t) / (sqrt(v/(1-Beta2^t)) + Eps)
func NewAdam(cfg AdamConfig) *Optimiser {
	set := func(v *float64, usual float64) {
		if *v == 0 {
			*v = usual
		}
	}
	set(&cfg.Beta1, 0.9)
	set(&cfg.Beta2, 0.999)
	set(&cfg.Eps, 1e-8)
	if !(cfg.Beta1 >= 0 && cfg.Beta1 < 1 && cfg.Beta2 >= 0 && cfg.Beta2 < 1) || !(cfg.WeightDecay >= 0) {
		panic(mistake("Adam", "Beta1 and Beta2 must be at least 0 and less than 1, and WeightDecay at least 0, got %g, %g and %g", cfg.Beta1, cfg.Beta2, cfg.WeightDecay))
	}
	name := "Adam"
	if cfg.Decoupled {
		name = "AdamW"
	}
	o := &Optimiser{name: name, weightDecay: cfg.WeightDecay, decayAll: !cfg.DecayWeightsOnly, memories: 2}
	var terms [kernel.AdamTerms]float64
	o.begin = func(steps int, decay, rate float64) {
		unbias1 := 1 - math.Pow(cfg.Beta1, float64(steps))
		unbias2 := 1 - math.Pow(cfg.Beta2, float64(steps))
		terms = [...]float64{
			kernel.AdamCouple: decay, kernel.AdamKeep: 1,
			kernel.AdamBeta1: cfg.Beta1, kernel.AdamNew1: 1 - cfg.Beta1,
			kernel.AdamBeta2: cfg.Beta2, kernel.AdamNew2: 1 - cfg.Beta2,
			kernel.AdamRate: rate / unbias1, kernel.AdamUnbias2: 1 / unbias2, kernel.AdamEps: cfg.Eps,
		}
		if cfg.Decoupled {
			terms[kernel.AdamCouple], terms[kernel.AdamKeep] = 0, 1-rate*decay
		}
	}
	o.rule = func(w, dw, m, v []float32) { kernel.AdamStep(w, dw, m, v, &terms) }
	return o
}

// Step moves every trainable parameter that has a gradient once, at the
// learning rate. A frozen parameter, or one without a gradient, stays.
func (o *Optimiser) Step(params []*Param, rate float64) {
	for _, p := range params {
		if !p.Trainable || p.Grad == nil {
			continue
		}
		wantShape(p, "Grad", p.Grad, p.Value.Shape)
		decay := 0.0
		if p.Decay || o.decayAll {
			decay = o.weightDecay
		}
		memory := o.memory(p)
		memory.steps++
		o.begin(memory.steps, decay, rate)
		o.now = move{p.Value.Data, p.Grad.Data, memory.slots[0], memory.slots[1]}
		if o.work == nil {
			o.work = o.moveRun
		}
		kernel.Parallel((len(p.Value.Data)+moveFloats-1)/moveFloats, o.work)
	}
	o.now = move{}
}

// moveFloats is how many weights make one run, the work of one core at a time.
const moveFloats = 16 << 10

// moveRun moves one run of the weights of o.now.
func (o *Optimiser) moveRun(run int) {
	now := o.now
	from, to := run*moveFloats, min((run+1)*moveFloats, len(now.w))
	o.rule(now.w[from:to], now.dw[from:to], part(now.m, from, to), part(now.v, from, to))
}

// String names the optimiser, as "SGD, momentum 0.9".
func (o *Optimiser) String() string { return o.name }

func (o *Optimiser) memory(p *Param) *memory {
	known := o.known[p]
	if known == nil {
		known = &memory{}
		for i := range o.memories {
			known.slots[i] = make([]float32, len(p.Value.Data))
		}
		if o.known == nil {
			o.known = map[*Param]*memory{}
		}
		o.known[p] = known
	}
	return known
}

// part returns s[from:to], and nil of nil.
func part(s []float32, from, to int) []float32 {
	if s == nil {
		return nil
	}
	return s[from:to]
}
