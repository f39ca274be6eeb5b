package kernel

import (
	"runtime"
	"testing"
	"unsafe"
)

// TestForesee: every line of the weights but those of each core's first block is asked
// for before a tile reads it, where there are two tiles at least. One core does the work
// of one or two, which begin at the same time: what an item asks for is there for itself
// and for those that begin after its end.
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
		square(1, 7, 256, 128, 3, 1),  // several items for each core
	} {
		for cores := 1; cores <= 2; cores++ {
			reads := weightReads{cores: cores, first: map[int]int{}, last: map[int]int{}}
			kernels = reads.tiles()
			x, w, _, _ := newOperands(c)
			_, _, y, _ := newOperands(c)
			p := c.Pack(w)
			reads.packed = p.data
			runtime.GOMAXPROCS(cores)
			plan := newForward(c.flat())
			runtime.GOMAXPROCS(1)
			reads.run(plan, y, x)
			if reads.late > 0 || reads.calls == 0 {
				t.Errorf("%+v: %d lines were read before they had been asked for, in %d calls on %d cores", c, reads.late, reads.calls, cores)
			}
			lines := len(p.data) / lineFloats
			for line := range reads.first {
				if line-lines > lines/4 {
					t.Errorf("%+v: %d lines beyond the weights were asked for", c, line-lines)
				}
			}
		}
	}
}

// weightReads are which items, the first and the last, asked for each line of packed
// weights, and how many lines were read before they could be there.
type weightReads struct {
	packed      []float32
	cores, item int
	first, last map[int]int
	late, calls int
}

func (r *weightReads) lineOf(s []float32) int { return (cap(r.packed) - cap(s)) / lineFloats }

// run computes y, item after item. The first ones may read their first block unasked.
func (r *weightReads) run(plan *slide, y, x []float32) {
	call := slideCalls.make()
	call.slide, call.target, call.source, call.packed = plan, y, x, r.packed
	for core := range r.cores {
		p, weights := plan.passes[0], call.firstWeights(core)
		for line := range min(len(weights), p.block()*p.length*p.cols()) / lineFloats {
			r.ask(r.lineOf(weights)+line, -r.cores)
		}
	}
	call.onItem = func(i int) { r.item = i; call.item(i) }
	call.compute()
}

func (r *weightReads) ask(line, item int) {
	if first, ok := r.first[line]; !ok || item < first {
		r.first[line] = item
	}
	r.last[line] = item
}

func (r *weightReads) isThere(line int) bool {
	first, ok := r.first[line]
	return ok && (first <= r.item-r.cores || r.last[line] == r.item)
}

// tiles compute as others do, and write down what they read and ask for.
func (r *weightReads) tiles() tileSet {
	recording := func(rows, cols int) tile {
		plain := plainTile(rows, cols)
		return tile{rows, cols, func(y, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int) {
			for line := range len(runs) * length * cols / lineFloats {
				if !r.isThere(r.lineOf(b) + line) {
					r.late++
				}
			}
			for at := range len(from) / rows * len(runs) * (length / 2) {
				r.ask(r.lineOf(next)+at*pace/lineFloats, r.item)
			}
			r.calls++
			plain.run(y, start, bias, a, b, to, from, runs, length, aStep, relu, next, pace)
		}}
	}
	return tileSet{name: "recording", tiles: []tiles{{recording(6, 16), recording(4, 16)}}}
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
