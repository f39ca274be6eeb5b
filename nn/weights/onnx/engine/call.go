package engine

import (
	"fmt"
	"runtime"
	"sync"

	"reslab/nn"
	"reslab/nn/weights/onnx"
)

// operator computes a node's outputs. It never writes to its inputs. What does not
// fit it tells by fail.
type operator func(c *call) []*onnx.Tensor

// one is an operator with one output.
func one(f func(c *call) *onnx.Tensor) operator {
	return func(c *call) []*onnx.Tensor { return []*onnx.Tensor{f(c)} }
}

// call is a node with its inputs: nil stands for one that is left out.
type call struct {
	*step
	in []*onnx.Tensor
}

// trouble is what fail panics with.
type trouble string

// fail ends an operator with a sentence; the engine adds the node.
func fail(format string, args ...any) { panic(trouble(fmt.Sprintf(format, args...))) }

// sentence returns what a panic says, if it is one of ours or of nn; others go on.
func sentence(p any) string {
	switch p := p.(type) {
	case nil:
		return ""
	case trouble:
		return string(p)
	case *nn.Mistake:
		return p.Layer + ": " + p.Problem
	}
	panic(p)
}

// has says whether an input is there.
func (c *call) has(i int) bool { return i < len(c.in) && c.in[i] != nil }

// any returns an input of any type.
func (c *call) any(i int) *onnx.Tensor {
	if !c.has(i) {
		fail("its input %d is missing", i)
	}
	return c.in[i]
}

// float returns an input of numbers with a fraction.
func (c *call) float(i int) *onnx.Tensor {
	t := c.any(i)
	if t.Type.Whole() {
		fail("its input %d must be float32, and is %v", i, t)
	}
	return t
}

// ints returns an input of whole numbers.
func (c *call) ints(i int) []int {
	t := c.any(i)
	if !t.Type.Whole() {
		fail("its input %d must be int64, and is %v", i, t)
	}
	return asInts(t.Ints)
}

func asInts(wide []int64) []int {
	all := make([]int, len(wide))
	for i, v := range wide {
		all[i] = int(v)
	}
	return all
}

// attribute returns a setting of the node, or nil.
func (c *call) attribute(name string) *onnx.Attribute {
	for _, a := range c.node.Attributes {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// whole returns a setting that is a whole number.
func (c *call) whole(name string, usual int) int {
	if a := c.attribute(name); a != nil {
		return int(a.I)
	}
	return usual
}

// number returns a setting that is a number.
func (c *call) number(name string, usual float32) float32 {
	if a := c.attribute(name); a != nil {
		return a.F
	}
	return usual
}

// text returns a setting that is a word.
func (c *call) text(name, usual string) string {
	if a := c.attribute(name); a != nil {
		return a.S
	}
	return usual
}

// list returns whole numbers that are a setting in older versions of the
// operators, and the input i in newer ones; i is -1 for those that always are a
// setting. There is false where neither is given.
func (c *call) list(name string, i int) (all []int, there bool) {
	if a := c.attribute(name); a != nil {
		return asInts(a.Ints), true
	}
	if i >= 0 && c.has(i) {
		return c.ints(i), true
	}
	return nil, false
}

// axis returns the place of an axis, counted from the end if negative, among so
// many.
func axisOf(axis, rank int) int {
	if axis < -rank || axis >= rank {
		fail("there is no axis %d among %d", axis, rank)
	}
	if axis < 0 {
		return axis + rank
	}
	return axis
}

// once prepares something from inputs that never change, as weights, the first time
// it is asked. The key holds all that it depends on, the inputs by their addresses:
// one that was computed has another address each time.
func (c *call) once(key any, prepare func() any) any {
	if c.kept == nil || c.key != key {
		c.key, c.kept = key, prepare()
	}
	return c.kept
}

// mostNumbers bounds the size of a tensor, which a graph may compute: 1 GB.
const mostNumbers = 1 << 28

// product returns how many numbers a shape holds.
func product(shape []int) int {
	n := 1
	for _, d := range shape {
		if d < 0 {
			fail("a size cannot be negative, and is in %v", shape)
		}
		if d > 0 && n > mostNumbers/d {
			fail("a tensor of the shape %v would be larger than 1 GB", shape)
		}
		n *= d
	}
	return n
}

// zeros returns a tensor of a type.
func zeros(t onnx.DataType, shape ...int) *onnx.Tensor {
	y := &onnx.Tensor{Type: t, Shape: shape}
	if n := product(shape); t.Whole() {
		y.Ints = make([]int64, n)
	} else {
		y.Floats = make([]float32, n)
	}
	return y
}

// withShape returns the same numbers under another shape of the same size.
func withShape(x *onnx.Tensor, shape []int) *onnx.Tensor {
	if product(shape) != x.Len() {
		fail("the shape %v does not hold the %d numbers of %v", shape, x.Len(), x.Shape)
	}
	return &onnx.Tensor{Type: x.Type, Shape: shape, Floats: x.Floats, Ints: x.Ints}
}

// fit brings a whole number into the range of its type, as its bits would.
func fit(t onnx.DataType, v int64) int64 {
	switch t {
	case 2:
		return int64(uint8(v))
	case 3:
		return int64(int8(v))
	case 4:
		return int64(uint16(v))
	case 5:
		return int64(int16(v))
	case 6:
		return int64(int32(v))
	case 12:
		return int64(uint32(v))
	}
	return v
}

// parallel calls work for the numbers from 0 to n-1, on all cores. It must not fail
// there: nobody could catch that.
func parallel(n int, work func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			work(i)
		}
		return
	}
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				work(i)
			}
		})
	}
	wait.Wait()
}
