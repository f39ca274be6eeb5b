package fast

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type productFunc = func(row []float32, out int, weight func(place int) float32) []float32

// A task is a question for product: how many numbers, and how many columns.
type task struct{ in, out int }

var tasks = []task{{2, 3}, {3, 2}, {8, 32}, {12, 64}}

// row and weight are small whole numbers, so that no order of the sums rounds.
func (t task) row() []float32 {
	row := make([]float32, t.in)
	for k := range row {
		row[k] = float32(k + 1)
	}
	return row
}

func (t task) weight(place int) float32 {
	if place < 0 || place >= t.in*t.out {
		panic(fmt.Sprintf("place %d is not in a table of %d rows and %d columns", place, t.in, t.out))
	}
	return float32(place%11 - 3)
}

// A cache holds some lines, and forgets the one that was used longest ago.
type cache struct {
	lines   []int // the last one used stands last
	brought int
}

const (
	perLine   = 16 // float32 in a line of 64 bytes
	cacheRoom = 4  // lines
)

func (c *cache) read(place int) {
	line := place / perLine
	if i := slices.Index(c.lines, line); i >= 0 {
		c.lines = append(slices.Delete(c.lines, i, i+1), line)
		return
	}
	c.brought++
	if c.lines = append(c.lines, line); len(c.lines) > cacheRoom {
		c.lines = c.lines[1:]
	}
}

var productSlips = []slip.Slip[productFunc]{
	{Advice: "Nothing is added up: += adds to a sum, = writes it anew.", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) { y[o] = row[k] * weight(k*out+o) })
	}},
	{Advice: "Only the weights are added up: each is multiplied by a number of the row first.", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) { y[o] += weight(k*out + o) })
	}},
	{Advice: "The loops are turned, and the place as well. The table has not moved: row k, column o is still at k*out + o.", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) { y[o] += row[k] * weight(o*len(row)+k) })
	}},
	{Advice: "A row of the table is out numbers long, not len(row): row k begins at k*out.", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) { y[o] += row[k] * weight(k*len(row)+o) })
	}},
	{Advice: "The first number of the row is left out.", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) {
			if k > 0 {
				y[o] += row[k] * weight(k*out+o)
			}
		})
	}},
	{Advice: "The last number of the row is left out.", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) {
			if k < len(row)-1 {
				y[o] += row[k] * weight(k*out+o)
			}
		})
	}},
	{Advice: "That takes the place k itself. The number there is row[k].", Wrong: func(row []float32, out int, weight func(int) float32) []float32 {
		return loops(row, out, func(y []float32, k, o int) { y[o] += float32(k) * weight(k*out+o) })
	}},
}

// loops visits every product, along the rows of the table.
func loops(row []float32, out int, visit func(y []float32, k, o int)) []float32 {
	y := make([]float32, out)
	for k := range row {
		for o := range y {
			visit(y, k, o)
		}
	}
	return y
}

// checkProduct asks for the right sums first, and then how many lines they took.
func checkProduct(yours productFunc) string {
	for _, t := range tasks {
		row, kept := t.row(), t.row()
		given := fmt.Sprintf("For a row of %d numbers and a table of %d columns", t.in, t.out)
		var got []float32
		var c cache
		counted := func(place int) float32 {
			v := t.weight(place)
			c.read(place)
			return v
		}
		if sentence := lab.Panics(func() { got = yours(row, t.out, counted) }); sentence != "" {
			return fmt.Sprintf("%s yours panics: %s.", given, strings.TrimSuffix(sentence, "."))
		}
		want := product(kept, t.out, t.weight)
		lines := (t.in*t.out + perLine - 1) / perLine
		switch {
		case !slices.Equal(row, kept):
			return fmt.Sprintf("%s, the row was %v and is %v afterwards: it is not yours to change.", given, kept, row)
		case len(got) != len(want):
			return fmt.Sprintf("%s yours returns %s. There is one for each column: %d.", given, slip.Plural(len(got), "number"), len(want))
		case !slices.Equal(got, want):
			advice := slip.Find(yours, productSlips, tasks, func(f productFunc, t task) string { return fmt.Sprint(f(t.row(), t.out, t.weight)) })
			return strings.TrimSpace(fmt.Sprintf("%s yours gives %v, and should give %v. %s", given, few(got), few(want), advice))
		case c.brought > lines:
			return fmt.Sprintf("%s the sums are right, but %d lines are brought. By hand: the table has %d*%d = %d weights, 16 in a line, so %d lines would do. Yours comes back to a line when it is gone: read all 16 while it is there, along a row of the table.",
				given, c.brought, t.in, t.out, t.in*t.out, lines)
		}
	}
	return ""
}

// few are the first numbers of many, as text.
func few(v []float32) string {
	if len(v) > 4 {
		return strings.TrimSuffix(fmt.Sprint(v[:4]), "]") + " ...]"
	}
	return fmt.Sprint(v)
}
