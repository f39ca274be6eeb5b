package nn

import (
	"math"
	"runtime"
	"slices"
	"strings"

	"reslab/nn/internal/kernel"
)

// Fuse makes a net for predictions alone from a model: its batch norms, with
// their running averages, go into the weights of the convolutions before them,
//
//	norm(conv(x)) = gamma*(w*x + b - mean)/sqrt(v+Eps) + beta = w'*x + b'
//	w' = w * gamma/sqrt(v+Eps)      b' = (b - mean)*gamma/sqrt(v+Eps) + beta
//
// and each addition and ReLU into the moment when the convolution before it
// stores a number. The weights are folded in float64 and put in the order in
// which the kernels read them.
//
// What comes out is frozen: it keeps nothing of the model, which may go on
// learning, or be let go of (then its memory is free again). Fuse panics,
// naming the path, at a layer that is not nn's.
func Fuse(model Layer) *Fused {
	b := fuser{net: &Fused{values: 1}, uses: []int{0}}
	b.net.result = b.layer(model, 0)
	b.net.lastUses()
	for _, s := range b.net.steps {
		if s.product != nil {
			s.product.round()
		}
	}
	runtime.GC() // a model that nobody has any more makes room for what Forward needs
	return b.net
}

// fuser builds a Fused, layer by layer.
type fuser struct {
	net  *Fused
	path []string
	uses []int // of each value, so far or for certain later
}

// layer appends the steps of l, which reads the value in, and returns the value
// that it makes.
func (b *fuser) layer(l Layer, in int) int {
	own, ok := ours(l)
	if !ok {
		panic(mistake(describe(l), "Fuse knows only the layers of nn; run the model itself"))
	}
	switch l := own.(type) {
	case *Sequential:
		for _, c := range l.children {
			in = b.child(c, in)
		}
		return in
	case *Residual:
		return b.residual(l, in)
	case *Conv2D:
		bare := &Conv2D{cfg: l.cfg}
		return b.step(&fusedStep{layer: bare, product: newProduct(l.cfg.kernel(), bare.geometry, l.Weight, l.Bias)}, in)
	case *Linear:
		bare := &Linear{in: l.in, out: l.out}
		return b.step(&fusedStep{layer: bare, product: newProduct(bare.geometry(nil), bare.geometry, l.Weight, l.Bias)}, in)
	case *BatchNorm2D:
		return b.batchNorm(l, in)
	case *ReLU:
		return b.relu(l, in)
	case *Dropout, identity:
		return in // nothing is dropped in a prediction
	case *MaxPool2D:
		return b.step(&fusedStep{layer: l, run: func(y, x *Tensor) { l.cfg.geometry(l, x.Shape).MaxPool(y.Data, nil, x.Data) }}, in)
	case leaf: // small layers without weights run as they are, a copy for each call
		return b.step(&fusedStep{layer: l, run: func(y, x *Tensor) { copy(y.Data, l.clone().Forward(x, false).Data) }}, in)
	}
	panic(mistake(describe(l), "Fuse does not know this layer"))
}

func (b *fuser) child(c *child, in int) int {
	defer locate(&c.name)
	b.path = append(b.path, c.name)
	defer func() { b.path = b.path[:len(b.path)-1] }()
	return b.layer(c.layer, in)
}

// residual adds what both roads make. The addition goes into the last step of
// the body, or else of the shortcut, if that is a product.
func (b *fuser) residual(r *Residual, in int) int {
	if !r.Skip {
		return b.child(r.body(), in)
	}
	b.uses[in]++ // by the other road: nothing may be folded into the step that made it
	body := b.child(r.body(), in)
	b.uses[body]++
	road := b.child(r.road(), in)
	b.uses[in]--
	b.uses[body]--
	for _, way := range [][2]int{{body, road}, {road, body}} {
		if s := b.maker(way[0]); s != nil && s.product != nil && s.add < 0 && !s.relu && way[0] != way[1] {
			s.add = way[1]
			b.uses[way[1]]++
			b.last(s)
			return way[0]
		}
	}
	return b.step(&fusedStep{add: road}, body)
}

// batchNorm folds into the product before it, if nothing else reads that.
func (b *fuser) batchNorm(l *BatchNorm2D, in int) int {
	scale, shift := make([]float64, l.channels), make([]float64, l.channels)
	for c := range scale {
		scale[c] = float64(l.Gamma.Value.Data[c]) / math.Sqrt(float64(l.RunningVar.Value.Data[c])+l.Eps)
		shift[c] = float64(l.Beta.Value.Data[c]) - float64(l.RunningMean.Value.Data[c])*scale[c]
	}
	s := b.maker(in)
	if s == nil || s.product == nil || s.add >= 0 || s.relu || len(s.product.wideBias) != l.channels {
		return b.step(&fusedStep{layer: &BatchNorm2D{channels: l.channels}, norm: [2][]float64{scale, shift}}, in)
	}
	s.product.weights.Scale(scale)
	for c := range scale {
		s.product.wideBias[c] = s.product.wideBias[c]*scale[c] + shift[c]
	}
	return in
}

// relu goes into the step before it, if nothing else reads that.
func (b *fuser) relu(l *ReLU, in int) int {
	if s := b.maker(in); s != nil && s.run == nil {
		s.relu = true
		return in
	}
	return b.step(&fusedStep{layer: l, relu: true}, in)
}

// step appends a step that reads the value in.
func (b *fuser) step(s *fusedStep, in int) (out int) {
	s.path = strings.Join(slices.DeleteFunc(slices.Clone(b.path), func(name string) bool { return name == "" }), ".")
	if s.layer != nil {
		s.add = -1
	}
	s.in, s.out = in, b.net.values
	b.uses[in]++
	if s.add >= 0 {
		b.uses[s.add]++
	}
	b.net.values++
	b.uses = append(b.uses, 0)
	b.net.steps = append(b.net.steps, s)
	return s.out
}

// maker returns the step that made a value which nothing reads yet, or nil.
func (b *fuser) maker(value int) *fusedStep {
	for _, s := range b.net.steps {
		if s.out == value && b.uses[value] == 0 {
			return s
		}
	}
	return nil
}

// last moves a step to the end: it now reads a value that was made after it.
func (b *fuser) last(s *fusedStep) {
	steps := slices.DeleteFunc(b.net.steps, func(other *fusedStep) bool { return other == s })
	b.net.steps = append(steps, s)
}

func newProduct(packing kernel.Conv, geometry func([]int) kernel.Conv, weight, bias *Param) *product {
	p := &product{geometry: geometry, weights: packing.Pack(weight.Value.Data), wideBias: make([]float64, packing.Out)}
	if bias != nil {
		widen(p.wideBias, bias)
	}
	return p
}

// round ends the folding.
func (p *product) round() {
	p.bias = make([]float32, len(p.wideBias))
	for c, v := range p.wideBias {
		p.bias[c] = float32(v)
	}
	p.wideBias = nil
}
