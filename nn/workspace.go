package nn

import "fmt"

// A training step needs the same tensors as the step before. Training lends its
// layers a workspace for the time of a step: the i-th tensor that a step asks
// for gets the memory of the i-th tensor of the last step. So a steady step
// allocates nothing, and all its tensors stay intact until it ends.
//
// Outside a training step nothing is lent, and every tensor that a layer makes is
// the caller's. A learner's layer makes its own tensors always.

// workspace is the memory of a training's tensors.
type workspace struct {
	tensors []*Tensor
	lent    int

	views  []*Tensor // without memory of their own
	viewed int
}

// rewind begins a step: all tensors may be lent again.
func (w *workspace) rewind() { w.lent, w.viewed = 0, 0 }

// tensor lends a tensor, whose numbers are any.
func (w *workspace) tensor(shape []int) *Tensor {
	if w.lent == len(w.tensors) {
		w.tensors = append(w.tensors, &Tensor{})
	}
	t := w.tensors[w.lent]
	w.lent++
	n := size(shape)
	if cap(t.Data) < n {
		t.Data = make([]float32, n)
	}
	t.Shape, t.Data = append(t.Shape[:0], shape...), t.Data[:n]
	return t
}

// view lends a tensor over the numbers of another.
func (w *workspace) view(of *Tensor, shape []int) *Tensor {
	if w.viewed == len(w.views) {
		w.views = append(w.views, &Tensor{})
	}
	t := w.views[w.viewed]
	w.viewed++
	t.Shape, t.Data = append(t.Shape[:0], shape...), of.Data
	return t
}

// loan is what a layer of nn has been lent. It is a part of every layer that
// makes tensors.
type loan struct {
	space *workspace // nil outside a training step

	// first says that the layer's input are the pictures themselves, and that
	// nobody will look at the gradient of these.
	first bool
}

// tensor returns a tensor, whose numbers are any.
func (l *loan) tensor(shape ...int) *Tensor {
	if l.space == nil {
		return NewTensor(shape...)
	}
	return l.space.tensor(shape)
}

// zeros returns a tensor of zeros.
func (l *loan) zeros(shape ...int) *Tensor {
	t := l.tensor(shape...)
	if l.space != nil {
		clear(t.Data)
	}
	return t
}

// view returns the numbers of t under another shape.
func (l *loan) view(t *Tensor, shape ...int) *Tensor {
	if l.space == nil {
		return t.Reshape(shape...)
	}
	return l.space.view(t, shape)
}

func (l *loan) borrow(what loan) { *l = what }

// borrower is a layer that can be lent something.
type borrower interface{ borrow(loan) }

// nobodyLooks stands for the gradient of the pictures of a training.
var nobodyLooks = &Tensor{}

// lend gives every layer of the model the workspace; nil takes it back.
func lend(model Layer, space *workspace) { lendTo(model, loan{space, space != nil}) }

func lendTo(l Layer, what loan) {
	own, ok := ours(l)
	if !ok {
		return
	}
	if b, ok := own.(borrower); ok {
		b.borrow(what)
	}
	switch l := own.(type) {
	case *Sequential:
		for _, c := range l.children {
			lendTo(c.layer, what)
			what.first = false
		}
	case *Residual:
		what.first = false
		lendTo(l.Body, what)
		if l.Shortcut != nil {
			lendTo(l.Shortcut, what)
		}
	}
}

// memo keeps a shape from Forward for Backward.
type memo struct {
	shape []int
	there bool
}

func (m *memo) keep(shape []int) { m.shape, m.there = append(m.shape[:0], shape...), true }

// take hands out the shape, once.
func (m *memo) take(layer fmt.Stringer) []int {
	needForward(m.there, layer)
	m.there = false
	return m.shape
}

// resize returns n elements of any value, in the memory of s if that is enough.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
