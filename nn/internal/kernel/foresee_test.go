package kernel

import (
	"runtime"
	"testing"
	"unsafe"
)

// TestForesee: every line of the weights but those of the first block is asked for
// before a tile reads it, where there are two tiles at least.
func TestForesee(t *testing.T) {
	chosen, mode := kernels, SetWinograd(WinogradNever)
	defer func() { kernels = chosen; SetWinograd(mode) }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // item after item
	for _, c := range []Conv{
		square(1, 7, 512, 32, 3, 1),   // a block is a row of the window
		square(1, 12, 512, 32, 3, 1),  // more tiles than it takes
		square(1, 7, 1024, 64, 1, 1),  // a block is a panel
		square(1, 3, 1024, 48, 1, 1),  // two tiles
		square(1, 30, 1025, 32, 1, 2), // an odd number of lines
	} {
		var packed []float32
		var asked map[int]bool
		lineOf := func(s []float32) int { return (cap(packed) - cap(s)) / lineFloats }
		late, calls := 0, 0
		recording := func(rows, cols int) tile {
			plain := plainTile(rows, cols)
			return tile{rows, cols, func(y, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int) {
				block := len(runs) * length * cols
				for line := lineOf(b); line < lineOf(b)+block/lineFloats; line++ {
					if line >= lineOf(packed)+block/lineFloats && !asked[line] {
						late++
					}
				}
				for at := range len(from) / rows * len(runs) * (length / 2) {
					asked[lineOf(next)+at*pace/lineFloats] = true
				}
				calls++
				plain.run(y, start, bias, a, b, to, from, runs, length, aStep, relu, next, pace)
			}}
		}
		both := tiles{recording(6, 16), recording(4, 16)}
		kernels = tileSet{name: "recording", tiles: []tiles{both}}
		x, w, _, _ := newOperands(c)
		_, _, y, _ := newOperands(c)
		p := c.Pack(w)
		packed, asked = p.data, map[int]bool{}
		c.ForwardPacked(y, x, p, Epilogue{})
		if late > 0 || calls == 0 {
			t.Errorf("%+v: %d lines were read before they had been asked for, in %d calls", c, late, calls)
		}
		for line := range asked {
			if beyond := line - len(packed)/lineFloats; beyond > len(packed)/lineFloats/4 {
				t.Errorf("%+v: %d lines beyond the weights were asked for", c, beyond)
			}
		}
	}
}

// TestForeseeBlocks: what an item reads of its blocks of pixels but the first was
// asked for before.
func TestForeseeBlocks(t *testing.T) {
	chosen, mode := kernels, SetWinograd(WinogradNever)
	defer func() { kernels = chosen; SetWinograd(mode) }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // item after item
	for _, c := range []Conv{
		square(1, 40, 32, 64, 1, 1),
		square(2, 30, 32, 48, 3, 1), // rows are read twice
		square(9, 9, 16, 64, 3, 2),  // pictures of an odd size
		square(9, 9, 16, 32, 3, 2),  // one sweep asks for the larger of dy and x
	} {
		x, dw, dy, _ := newOperands(c)
		asked := asking{}
		kernels = asked.tiles()
		g := newWeightGrad(c)
		g.run(dw, x, dy)
		read := [][]float32{x, dy}
		if len(g.panels)*ceilDiv(len(g.parts[0].to), g.parts[0].group) == 1 {
			read = read[:1]
		}
		for _, whole := range read {
			n := asked.of(whole)
			if want := len(whole) * (g.count - g.teams - 1) / g.count; g.count < 2*g.teams || n < want {
				t.Errorf("%+v: %d of %d numbers were asked for, want %d (%d blocks, %d teams)", c, n, len(whole), want, g.count, g.teams)
			}
		}
	}
}

// TestForeseeBands: what an item reads of its bands but the first was asked for before.
func TestForeseeBands(t *testing.T) {
	chosen := kernels
	defer func() { kernels = chosen }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	c := square(1, 256, 16, 32, 1, 1)
	x, w, y, _ := newOperands(c)
	asked := asking{}
	kernels = asked.tiles()
	s := newForward(c.flat())
	s.run(y, x, c.forwardWeights(w), Epilogue{})
	items := ceilDiv(s.bands, s.lot)
	if n, want := asked.of(x), len(x)*(s.bands-items-1)/s.bands; s.lot < 2 || n < want {
		t.Errorf("%d of %d numbers were asked for, want %d (%d bands, %d items)", n, len(x), want, s.bands, items)
	}
}

// asking is where the numbers are that tiles asked for.
type asking map[unsafe.Pointer]bool

// tiles compute as others do, and write down what they ask for.
func (asked asking) tiles() tileSet {
	recording := func(rows, cols int) tile {
		plain := plainTile(rows, cols)
		return tile{rows, cols, func(y, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int) {
			asked.note(next, len(from)/rows*len(runs)*(length/2), pace)
			plain.run(y, start, bias, a, b, to, from, runs, length, aStep, relu, next, pace)
		}}
	}
	return tileSet{name: "recording", tiles: []tiles{{recording(3, 32), recording(2, 32)}, {recording(6, 16), recording(4, 16)}}}
}

// note writes down that next was asked for so many times, always pace floats on.
func (asked asking) note(next []float32, times, pace int) {
	for at := 0; at < min(times*pace, len(next)); at++ {
		asked[unsafe.Pointer(&next[at])] = true
	}
}

// of counts the numbers that were asked for.
func (asked asking) of(whole []float32) int {
	n := 0
	for i := range whole {
		if asked[unsafe.Pointer(&whole[i])] {
			n++
		}
	}
	return n
}
