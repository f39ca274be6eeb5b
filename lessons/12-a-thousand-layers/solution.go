// Package thousand holds the solutions of lesson 12 and the checks that judge a
// learner's.
package thousand

import (
	"slices"

	"reslab/nn"
)

// cut returns the blocks without block i, and leaves those it got alone.
func cut(blocks []nn.Layer, i int) []nn.Layer {
	return slices.Concat(blocks[:i], blocks[i+1:])
}

// roads returns how many roads of a net lead through 0, 1, 2 ... bodies.
func roads(blocks int) []float64 {
	counts := []float64{1} // no block: one road, through no body
	for range blocks {
		next := make([]float64, len(counts)+1)
		for k, n := range counts {
			over := k
			through := k + 1
			next[over] += n
			next[through] += n
		}
		counts = next
	}
	return counts
}

// everyRoad sends x over each road and adds up what arrives. Bit i of a
// road says whether it leads through body i.
func everyRoad(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
	sum := nn.NewTensor(x.Shape...)
	for road := range 1 << len(bodies) {
		y := x
		for i, body := range bodies {
			if road>>i&1 == 1 {
				y = body.Forward(y, false)
			}
		}
		sum = plus(sum, y)
	}
	return sum
}

// plus adds two tensors of one shape and changes neither.
func plus(a, b *nn.Tensor) *nn.Tensor {
	sum := a.Clone()
	for i, v := range b.Data {
		sum.Data[i] += v
	}
	return sum
}
