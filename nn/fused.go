package nn

import (
	"fmt"
	"slices"
	"sync"

	"reslab/nn/internal/kernel"
)

// Fused is a net that only predicts: see Fuse. Many goroutines may use it at
// once.
type Fused struct {
	steps  []*fusedStep
	values int // the input is value 0, each step makes one more
	result int

	arenas sync.Pool // of *arena, one for each Forward under way
}

// Forward returns the model's output for the batch x, as not in training. The
// tensor is the caller's.
func (f *Fused) Forward(x *Tensor) *Tensor {
	if f.result == 0 {
		return x.Clone()
	}
	a, _ := f.arenas.Get().(*arena)
	if a == nil {
		a = &arena{values: make([]Tensor, f.values)}
	}
	defer f.arenas.Put(a)
	a.values[0] = *x
	for _, s := range f.steps {
		s.compute(a, s.out == f.result)
	}
	y := a.values[f.result]
	a.values[0], a.values[f.result] = Tensor{}, Tensor{} // theirs
	return &y
}

// String says how many steps there are.
func (f *Fused) String() string { return fmt.Sprintf("Fused, %s", count(len(f.steps), "step")) }

// fusedStep computes one value from one or two others.
type fusedStep struct {
	path  string // of the layer that began it
	layer leaf   // tells the shape of the value; nil for an addition

	product *product           // at most one of these three; none for an addition or a ReLU by itself
	norm    [2][]float64       // scale and shift
	run     func(y, x *Tensor) // what any other layer does

	in, add, out int  // values; add is -1 if nothing is added
	relu         bool // at the end

	frees   []int // values that no later step reads
	inPlace bool  // the result may take the place of what is added
}

// product is a convolution or a matrix product.
type product struct {
	geometry func(x []int) kernel.Conv
	weights  *kernel.Packed
	wideBias []float64
	bias     []float32 // wideBias, rounded at the end
}

// compute makes the step's value.
func (s *fusedStep) compute(a *arena, result bool) {
	defer locate(&s.path)
	x, y := &a.values[s.in], &a.values[s.out]
	shape := x.Shape
	if s.layer != nil {
		shape = s.layer.outShape(shape)
	}
	var add []float32
	if s.add >= 0 {
		sameEnd(shape, a.values[s.add].Shape)
		add = a.values[s.add].Data
	}
	switch {
	case result:
		*y = *NewTensor(shape...)
	case s.inPlace:
		*y, a.values[s.add] = a.values[s.add], Tensor{}
	default:
		y.Shape, y.Data = append(y.Shape[:0], shape...), a.floats(size(shape))
	}
	s.fill(y, x, add, a)
	for _, value := range s.frees {
		a.free = append(a.free, a.values[value].Data)
		a.values[value].Data = nil
	}
}

func (s *fusedStep) fill(y, x *Tensor, add []float32, a *arena) {
	switch {
	case s.product != nil:
		s.product.geometry(x.Shape).ForwardPacked(y.Data, x.Data, s.product.weights, kernel.Epilogue{Bias: s.product.bias, Add: add, ReLU: s.relu})
		return
	case s.run != nil:
		s.run(y, x)
		return
	}
	switch {
	case add != nil:
		kernel.Add(y.Data, x.Data, add, nil)
		x = y
	case s.norm[0] != nil:
		kernel.ScaleShift(y.Data, x.Data, s.norm[0], s.norm[1])
		x = y
	}
	if s.relu {
		a.bits = resize(a.bits, kernel.BitsLen(len(y.Data)))
		kernel.ReLU(y.Data, x.Data, a.bits)
	}
}

// arena is the memory of one Forward: what no later step reads is used again.
type arena struct {
	values []Tensor
	free   [][]float32
	bits   []byte // of a ReLU by itself; nobody reads them
}

// floats returns n floats of any value, from the smallest free piece that has
// room.
func (a *arena) floats(n int) []float32 {
	best := -1
	for i, piece := range a.free {
		if cap(piece) >= n && (best < 0 || cap(piece) < cap(a.free[best])) {
			best = i
		}
	}
	if best < 0 {
		return make([]float32, n)
	}
	piece := a.free[best]
	a.free = slices.Delete(a.free, best, best+1)
	return piece[:n]
}

// lastUses notes where each value is read for the last time. The input and the
// result are not ours to use again.
func (f *Fused) lastUses() {
	last := make([]*fusedStep, f.values)
	for _, s := range f.steps {
		for _, value := range []int{s.in, s.add} {
			if value >= 0 {
				last[value] = s
			}
		}
	}
	for value, s := range last {
		if value == 0 || value == f.result || s == nil {
			continue
		}
		if value == s.add && value != s.in && s.out != f.result {
			s.inPlace = true
		} else {
			s.frees = append(s.frees, value)
		}
	}
}
