package weights

import (
	"slices"

	"reslab/nn"
)

// order says how a parameter's memory maps to the file: number i of the file is
// the one at place[i] in memory.
type order struct {
	shape []int // on disk
	place []int // nil: the same order
}

// orderOf returns the order of a parameter in PyTorch's layout.
//
//	HWIO    row h, column w, input i, output o   on disk [O, I, H, W]
//	InOut   input i, output o                    on disk [O, I]
//
// Where the input axis is a flattened picture, it is H, W, C in memory,
// and C, H, W on disk.
func orderOf(p *nn.Param) order {
	s := p.Value.Shape
	switch {
	case p.Layout == nn.HWIO:
		disk := []int{s[3], s[2], s[0], s[1]}
		return permuted(s, []int{3, 2, 0, 1}, disk)
	case p.Layout == nn.InOut && spatial(p):
		f := p.Flattened
		memory := []int{f[0], f[1], f[2], s[1]}
		return permuted(memory, []int{3, 2, 0, 1}, []int{s[1], s[0]})
	case p.Layout == nn.InOut:
		return permuted(s, []int{1, 0}, []int{s[1], s[0]})
	case spatial(p):
		return permuted(p.Flattened[:], []int{2, 0, 1}, s)
	}
	return order{shape: s}
}

// spatial says whether flattening channels first or last makes a difference.
func spatial(p *nn.Param) bool { return p.Flattened[0]*p.Flattened[1] > 1 }

// permuted returns the order of a file whose axis k is axis axes[k] of the memory,
// under the given shape.
func permuted(memory, axes, disk []int) order {
	stride := make([]int, len(memory)) // of memory
	n := 1
	for axis := len(memory) - 1; axis >= 0; axis-- {
		stride[axis] = n
		n *= memory[axis]
	}
	place := make([]int, 0, n)
	var fill func(k, at int)
	fill = func(k, at int) {
		if k == len(axes) {
			place = append(place, at)
			return
		}
		for range memory[axes[k]] {
			fill(k+1, at)
			at += stride[axes[k]]
		}
	}
	fill(0, 0)
	return order{slices.Clone(disk), place}
}

// at returns the place in memory of number i of the file.
func (o order) at(i int) int {
	if o.place == nil {
		return i
	}
	return o.place[i]
}
