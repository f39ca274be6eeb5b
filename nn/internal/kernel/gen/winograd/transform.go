package main

import (
	"fmt"
	"math"
	"math/bits"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// writeTransforms writes the five transforms of a form.
func (v vector) writeTransforms(f form) {
	v.fromPixels("input", "v", "x", f, f.bt)
	v.fromPixels("gradient", "z", "dy", f, f.a)
	v.output(f)
	v.weights(f)
	v.weightGrad(f)
}

// begin writes the head of a transform.
func (v vector) begin(name string, f form, signature string) {
	TEXT(name+f.name+v.name, 0, signature) // no NOSPLIT: some keep much on the stack
	Doc(fmt.Sprintf("%s is %s of F(%dx%d,3x3), see winogradForm.", name+f.name+v.name, name, f.edge, f.edge))
	Pragma("noescape")
}

// fromPixels writes a transform of a row of tiles, from pixels to positions.
func (v vector) fromPixels(name, to, from string, f form, matrix formula) {
	v.begin(name, f, fmt.Sprintf("func(%s, %s []float32, tiles, channels, row, step int)", to, from))
	pixels, positions := address(from), address(to)
	row, pixel, step := distance("row"), distance("channels"), distance("step")
	t := transform{vector: v, formula: matrix, from: grid{pixels, multiples(row, matrix.in), pixel}}
	t.store = inOneLine(positions, step)
	t.prepare()
	t.overTiles(f, "", pixels, positions, pixel)
}

// output writes the transform from positions to pixels, with the epilogue: once
// for pixels to which something is added and once for those without.
func (v vector) output(f form) {
	v.begin("output", f, "func(y, m, add []float32, tiles, channels, pixel, row, step int, relu bool)")
	y, m, add := address("y"), address("m"), address("add")
	row, pixel, step := distance("row"), multiples(distance("pixel"), f.at.out), distance("step")
	t := transform{vector: v, formula: f.at, from: grid{m, multiples(times(step, f.points), f.at.in), step}}
	t.prepare()
	floor := v.floor()
	TESTQ(add, add)
	JZ(LabelRef("nothing"))
	SUBQ(y, add) // from a pixel of y to what is added to it
	t.store = inRows(y, row, pixel, func(pixels reg.GPVirtual, j int, sum reg.VecVirtual) {
		other := GP64()
		LEAQ(Mem{Base: pixels, Index: add, Scale: 1}, other)
		VADDPS(pixel.at(other, j), sum, sum)
		VMAXPS(sum, floor, sum)
	})
	t.overTiles(f, "Add", y, m, pixel[0])
	Label("nothing")
	t.store = inRows(y, row, pixel, func(_ reg.GPVirtual, _ int, sum reg.VecVirtual) { VMAXPS(sum, floor, sum) })
	t.overTiles(f, "", y, m, pixel[0])
}

// floor returns the least number that an output may be: 0 with ReLU, else minus
// infinity. As in the tile, a maximum with a NaN is its second operand, in avo's
// order the first: a NaN stays.
func (v vector) floor() reg.VecVirtual {
	relu, least, zero := GP8(), GP32(), GP32()
	MOVL(U32(math.Float32bits(float32(math.Inf(-1)))), least)
	XORL(zero, zero)
	Load(Param("relu"), relu)
	TESTB(relu, relu)
	CMOVLNE(zero, least)
	return v.broadcast(least)
}

// overTiles goes over tiles and channels, and returns. In the positions, channels
// and tiles follow each other; a tile of pixels begins f.edge pixels after the
// one before.
func (t transform) overTiles(f form, name string, pixels, positions, pixel reg.GPVirtual) {
	tiles, vectors := memory("tiles"), GP64()
	loop("tile"+name, tiles, func() {
		Load(Param("channels"), vectors)
		SHRQ(Imm(uint64(bits.Len(uint(t.floats))-1)), vectors)
		loop("channel"+name, vectors, func() {
			t.write()
			ADDQ(Imm(uint64(t.bytes())), pixels)
			ADDQ(Imm(uint64(t.bytes())), positions)
		})
		Load(Param("channels"), vectors)
		SHLQ(Imm(2), vectors)
		SUBQ(vectors, pixels)
		for range f.edge {
			ADDQ(pixel, pixels)
		}
	})
	VZEROUPPER()
	RET()
}

// weights writes the transform of n vectors of weights, from taps to positions.
func (v vector) weights(f form) {
	v.begin("weights", f, "func(u, w []float32, n, uNext, wNext, step, tap int)")
	u, w := address("u"), address("w")
	uNext, wNext, step, tap := distance("uNext"), distance("wNext"), distance("step"), distance("tap")
	t := transform{vector: v, formula: f.g, from: grid{w, multiples(times(tap, 3), 3), tap}}
	t.store = inOneLine(u, step)
	t.prepare()
	loop("next", memory("n"), func() {
		t.write()
		ADDQ(uNext, u)
		ADDQ(wNext, w)
	})
	VZEROUPPER()
	RET()
}

// weightGrad writes the way back from positions to taps, for n vectors of
// weights that follow each other.
func (v vector) weightGrad(f form) {
	v.begin("weightGrad", f, "func(dw, du []float32, n, tap, step int)")
	dw, du := address("dw"), address("du")
	tap, step := distance("tap"), distance("step")
	t := transform{vector: v, formula: f.gt, from: grid{du, multiples(times(step, f.points), f.points), step}}
	t.store = inOneLine(dw, tap)
	t.prepare()
	loop("next", memory("n"), func() {
		t.write()
		ADDQ(Imm(uint64(v.bytes())), dw)
		ADDQ(Imm(uint64(v.bytes())), du)
	})
	VZEROUPPER()
	RET()
}

// times returns n times the distance, n being 3, 4 or 6.
func times(once reg.GPVirtual, n int) reg.GPVirtual {
	r := GP64()
	if n == 4 {
		MOVQ(once, r)
		SHLQ(Imm(2), r)
		return r
	}
	LEAQ(Mem{Base: once, Index: once, Scale: 2}, r)
	if n == 6 {
		ADDQ(r, r)
	}
	return r
}

// transform computes M d Mᵀ of a square d for one vector of channels: M times
// each column, then M times each row of the result.
type transform struct {
	vector
	formula
	from  grid
	store func(row int) (column func(j int, r reg.VecVirtual)) // rows in their order, columns too

	factors factors
	stack   Mem // of a row of half-done numbers, where registers are too few
}

// grid is a square of vectors: its rows by multiples of a distance, its columns
// one after the other.
type grid struct {
	base   reg.GPVirtual
	rows   stride
	column reg.GPVirtual
}

// inOneLine stores a square row by row, all elements at one distance.
func inOneLine(base, step reg.GPVirtual) func(int) func(int, reg.VecVirtual) {
	var at reg.GPVirtual
	return func(row int) func(int, reg.VecVirtual) {
		if row == 0 {
			at = GP64()
			MOVQ(base, at)
		}
		return func(_ int, r reg.VecVirtual) {
			VMOVUPS(r, Mem{Base: at})
			ADDQ(step, at)
		}
	}
}

// inRows stores a square into the pixels of a picture, after finish.
func inRows(base, row reg.GPVirtual, columns stride, finish func(pixels reg.GPVirtual, j int, sum reg.VecVirtual)) func(int) func(int, reg.VecVirtual) {
	var at reg.GPVirtual
	return func(i int) func(int, reg.VecVirtual) {
		if i == 0 {
			at = GP64()
			MOVQ(base, at)
		} else {
			ADDQ(row, at)
		}
		return func(j int, r reg.VecVirtual) {
			finish(at, j, r)
			VMOVUPS(r, columns.at(at, j))
		}
	}
}

// prepare loads what stays in registers all the time.
func (t *transform) prepare() {
	t.factors = t.vector.factors(t.apply(leaves(t.in, nil)))
	if t.bands() == 0 {
		t.stack = AllocLocal(t.out * t.in * t.bytes())
	}
}

// bands tells in how many goes the rows of the result are made, so that the
// columns that are half done stay in registers: all at once, or the upper and
// then the lower half, which reads d twice. 0: there are too few registers, and
// they go through memory.
func (t *transform) bands() int {
	const others = 8 // what a formula needs beside
	switch room := t.registers - others; {
	case t.in*t.out <= room:
		return 1
	case t.in*t.out/2 <= room:
		return 2
	}
	return 0
}

// write writes the transform.
func (t *transform) write() {
	if t.bands() == 0 {
		t.columns(0, t.out, func(i, j int, r reg.VecVirtual) { VMOVUPS(r, t.halfDone(i, j)) })
		for i := range t.out {
			t.row(i, leaves(t.in, func(j int, r reg.VecVirtual) { VMOVUPS(t.halfDone(i, j), r) }))
		}
		return
	}
	rows := t.out / t.bands()
	for first := 0; first < t.out; first += rows {
		done := make([][]*node, t.out)
		for i := range done {
			done[i] = make([]*node, t.in)
		}
		t.columns(first, first+rows, func(i, j int, r reg.VecVirtual) { done[i][j] = &node{result: r} })
		for i := first; i < first+rows; i++ {
			t.row(i, done[i])
		}
	}
}

// columns multiplies M's rows [first, end) by each column of d.
func (t *transform) columns(first, end int, done func(i, j int, r reg.VecVirtual)) {
	at := GP64()
	MOVQ(t.from.base, at)
	for j := range t.in {
		d := leaves(t.in, func(i int, r reg.VecVirtual) { VMOVUPS(t.from.rows.at(at, i), r) })
		t.compile(t.apply(d)[first:end], t.factors, func(i int, r reg.VecVirtual) { done(first+i, j, r) })
		if j < t.in-1 {
			ADDQ(t.from.column, at)
		}
	}
}

// row multiplies M by a row that is half done and stores the result.
func (t *transform) row(i int, halfDone []*node) {
	store := t.store(i)
	t.compile(t.apply(halfDone), t.factors, store)
}

func (t *transform) halfDone(i, j int) Mem { return t.stack.Offset((i*t.in + j) * t.bytes()) }

// leaves are n numbers that are loaded when they are needed.
func leaves(n int, load func(i int, r reg.VecVirtual)) []*node {
	nodes := make([]*node, n)
	for i := range nodes {
		nodes[i] = &node{load: func(r reg.VecVirtual) { load(i, r) }}
	}
	return nodes
}
