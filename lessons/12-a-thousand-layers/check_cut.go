package thousand

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type cutFunc = func(blocks []nn.Layer, i int) []nn.Layer

// A named is a block that does nothing but have a name.
type named string

func (named) Forward(x *nn.Tensor, train bool) *nn.Tensor { return x }
func (named) Backward(dy *nn.Tensor) *nn.Tensor           { return dy }
func (named) Params() []*nn.Param                         { return nil }

// A snip is a question for cut: a row of blocks, a letter each, and which goes.
type snip struct {
	row string
	i   int
}

var snips = []snip{{"abcd", 1}, {"abcd", 0}, {"abcd", 3}, {"abcdefg", 2}, {"a", 0}, {"ab", 1}}

var cutSlips = []slip.Slip[cutFunc]{
	{Advice: "The blocks behind the gap are gone, too. In a residual net they work on: put them behind those before the gap.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return b[:i] }},
	{Advice: "The blocks before the gap are gone, too. Keep blocks[:i].", Wrong: func(b []nn.Layer, i int) []nn.Layer { return b[i+1:] }},
	{Advice: "Nothing is cut out: the second part begins behind block i, at i+1.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Clone(b) }},
	{Advice: "Two are gone: the second part begins at i+1, right behind the gap.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i], b[min(i+2, len(b)):]) }},
	{Advice: "Two are gone: the second part begins at i+1, right behind the gap.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i], b[i+2:]) }},
	{Advice: "That is the block behind the one to cut: places begin at 0, so the first part is blocks[:i].", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i+1], b[min(i+2, len(b)):]) }},
	{Advice: "That is the block behind the one to cut: places begin at 0, so the first part is blocks[:i].", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i+1], b[i+2:]) }},
	{Advice: "The second copy begins at place 0 again, over the first. It begins at place i.", Wrong: func(b []nn.Layer, i int) []nn.Layer {
		row := make([]nn.Layer, len(b)-1)
		copy(row, b[:i])
		copy(row, b[i+1:])
		return row
	}},
	{Advice: "That is the block before the one to cut: places begin at 0.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i-1], b[i:]) }},
	{Advice: "That counts from the end.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:len(b)-1-i], b[len(b)-i:]) }},
	{Advice: "The gap was filled with the last block. The blocks behind the gap must stay in order: each has learned to come after the one before.", Wrong: func(b []nn.Layer, i int) []nn.Layer {
		row := slices.Clone(b)
		row[i] = row[len(row)-1]
		return row[:len(row)-1]
	}},
	{Advice: "There is a hole: nil stands in the row. A nil has no Forward. Leave the place out.", Wrong: func(b []nn.Layer, i int) []nn.Layer {
		row := slices.Clone(b)
		row[i] = nil
		return row
	}},
	{Advice: "The row begins with empty places: make with a length and then append puts all behind them. Give make the length 0, or copy.", Wrong: func(b []nn.Layer, i int) []nn.Layer {
		return append(append(make([]nn.Layer, len(b)-1), b[:i]...), b[i+1:]...)
	}},
	{Advice: "The last block is gone, too. The second part goes on to the end of the row: blocks[i+1:].", Wrong: func(b []nn.Layer, i int) []nn.Layer {
		return slices.Concat(b[:i], b[i+1:max(i+1, len(b)-1)])
	}},
	{Advice: "The row ends with an empty place: one block less is left, so make it of the length len(blocks)-1.", Wrong: func(b []nn.Layer, i int) []nn.Layer {
		return append(cut(b, i), nil)
	}},
	{Advice: "The two parts are in the wrong order: first what stood before the gap.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[i+1:], b[:i]) }},
	{Advice: "That is the block which was to go. Return the others.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return b[i : i+1] }},
	{Advice: "The row is empty.", Wrong: func(b []nn.Layer, i int) []nn.Layer { return nil }},
}

// checkCut looks at what comes back, and then at what the learner's cut has made of
// the row that it was given.
func checkCut(yours cutFunc) string {
	for _, s := range snips {
		blocks := s.blocks()
		var got []nn.Layer
		if sentence := lab.Panics(func() { got = yours(blocks, s.i) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s. Block 0 is the first, and the last one may be cut, too.", s, sentence)
		}
		if want := letters(cut(s.blocks(), s.i)); letters(got) != want {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. By hand: %s. %s", s, letters(got), want, slip.Find(yours, cutSlips, snips, answerCut)))
		}
		if after := letters(blocks); after != s.row {
			harm := "has its last one twice. append wrote"
			if strings.HasSuffix(after, "_") {
				harm = "ends with a nil. slices.Delete wrote"
			}
			return fmt.Sprintf("For %v the answer is right, but blocks was %s and is %s afterwards. The whole net has lost a block, and %s into the memory of blocks: collect the two parts in a slice of your own.", s, s.row, after, harm)
		}
	}
	return ""
}

func (s snip) String() string { return fmt.Sprintf("blocks %s and i=%d", s.row, s.i) }

func (s snip) blocks() (blocks []nn.Layer) {
	for _, letter := range s.row {
		blocks = append(blocks, named(letter))
	}
	return blocks
}

// letters writes a row of blocks, with _ for a hole and - for an empty row.
func letters(blocks []nn.Layer) string {
	if len(blocks) == 0 {
		return "-"
	}
	var row strings.Builder
	for _, b := range blocks {
		if b, ok := b.(named); ok {
			row.WriteString(string(b))
		} else {
			row.WriteByte('_')
		}
	}
	return row.String()
}

func answerCut(f cutFunc, s snip) string { return letters(f(s.blocks(), s.i)) }
