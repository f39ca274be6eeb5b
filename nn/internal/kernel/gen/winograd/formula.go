package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// node is a number in a formula: something to load, or made from other numbers.
// A formula is written down first and then compiled, so that a part of its
// results can be asked for, and registers be reused where a number is needed no
// more.
type node struct {
	load   func(reg.VecVirtual)
	op     operation
	factor float32
	args   []*node

	uses   int
	result reg.VecVirtual
}

type operation int

const (
	plus       operation = iota // args[0] + args[1]
	minus                       // args[0] - args[1]
	scaled                      // factor args[0]
	plusTimes                   // args[0] + factor args[1]
	minusTimes                  // args[0] - factor args[1]
)

func add(a, b *node) *node                { return &node{op: plus, args: []*node{a, b}} }
func sub(a, b *node) *node                { return &node{op: minus, args: []*node{a, b}} }
func scale(factor float32, a *node) *node { return &node{op: scaled, factor: factor, args: []*node{a}} }
func addTimes(a *node, factor float32, b *node) *node {
	return &node{op: plusTimes, factor: factor, args: []*node{a, b}}
}
func subTimes(a *node, factor float32, b *node) *node {
	return &node{op: minusTimes, factor: factor, args: []*node{a, b}}
}

// factors are the registers that hold the factors of formulas.
type factors map[float32]reg.VecVirtual

// factors finds those of the results and loads them.
func (v vector) factors(results []*node) factors {
	f := factors{}
	var visit func(n *node)
	visit = func(n *node) {
		if n.factor != 0 && f[n.factor] == nil {
			bits := GP32()
			MOVL(U32(math.Float32bits(n.factor)), bits)
			f[n.factor] = v.broadcast(bits)
		}
		for _, a := range n.args {
			visit(a)
		}
	}
	for _, n := range results {
		visit(n)
	}
	return f
}

// broadcast returns a register full of the number with these bits.
func (v vector) broadcast(bits reg.GPVirtual) reg.VecVirtual {
	r := v.new()
	low := r.AsX()
	VMOVD(bits, low)
	VBROADCASTSS(low, r)
	return r
}

// compile computes the results and calls done with each as soon as it is there.
func (v vector) compile(results []*node, f factors, done func(i int, r reg.VecVirtual)) {
	for _, n := range results {
		n.use()
	}
	for i, n := range results {
		done(i, v.compute(n, f))
	}
}

// use counts how often a number is needed.
func (n *node) use() {
	n.uses++
	if n.uses == 1 {
		for _, a := range n.args {
			a.use()
		}
	}
}

// compute returns the register that holds n.
func (v vector) compute(n *node, f factors) reg.VecVirtual {
	if n.result != nil {
		return n.result
	}
	if n.load != nil {
		n.result = v.new()
		n.load(n.result)
		return n.result
	}
	var args []reg.VecVirtual
	for _, a := range n.args {
		args = append(args, v.compute(a, f))
	}
	for _, a := range n.args {
		a.uses--
	}
	factor := f[n.factor]
	switch n.op {
	case plus:
		n.result = v.new()
		VADDPS(args[1], args[0], n.result)
	case minus:
		n.result = v.new()
		VSUBPS(args[1], args[0], n.result)
	case scaled:
		n.result = v.new()
		VMULPS(factor, args[0], n.result)
	default:
		n.result = v.multiplyAdd(n, args[0], args[1], factor)
	}
	return n.result
}

// multiplyAdd returns a + factor b or a - factor b. The instruction overwrites
// a or b: one that is needed no more, or else a copy.
func (v vector) multiplyAdd(n *node, a, b, factor reg.VecVirtual) reg.VecVirtual {
	over231, over213 := VFMADD231PS, VFMADD213PS
	if n.op == minusTimes {
		over231, over213 = VFNMADD231PS, VFNMADD213PS
	}
	switch {
	case n.args[0].uses == 0:
		over231(factor, b, a)
		return a
	case n.args[1].uses == 0:
		over213(a, factor, b)
		return b
	}
	result := v.new()
	VMOVAPS(a, result)
	over231(factor, b, result)
	return result
}
