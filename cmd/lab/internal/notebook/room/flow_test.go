package room

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/notebook/document"
)

// Random notebooks of assignments: when the cells that are stale run, every cell
// shows what it would show if all ran from the top.
func TestStaleIsWhatWouldDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 8).Draw(t, "cells")
		name := rapid.SampledFrom([]string{"a", "b", "c"})
		var names []cell.Names // a cell sets what it writes to a number of its own, plus what it reads
		var text strings.Builder
		for i := range n {
			reads := rapid.SliceOfNDistinct(name, 0, 2, rapid.ID[string]).Draw(t, "reads")
			names = append(names, cell.Names{Reads: reads, Writes: []string{name.Draw(t, "writes")}})
			fmt.Fprintf(&text, "```go\n// %d\n```\n\n", i)
		}
		d, err := document.Parse([]byte(text.String()))
		if err != nil {
			t.Fatal(err)
		}
		r := &Room{text: d, cells: map[string]*record{}}
		own := make([]int, n) // the number in the text of each cell
		state := map[string]int{}
		shown := make([]int, n)
		run := func(state map[string]int, i int) int {
			value := own[i]
			for _, read := range names[i].Reads {
				value = 31*value + state[read]
			}
			state[names[i].Writes[0]] = value
			return value
		}
		runHere := func(i int) {
			shown[i] = run(state, i)
			c := r.record(d.Cells()[i].ID)
			c.names, c.last, c.outdated = names[i], done, false
			r.outdate(job{cell: d.Cells()[i].ID})
		}
		for i := range n {
			runHere(i)
		}
		edited := rapid.IntRange(0, n-1).Draw(t, "edited")
		own[edited] = 1000
		runHere(edited)
		for i := range n {
			if r.record(d.Cells()[i].ID).outdated {
				runHere(i)
			}
		}
		fresh := map[string]int{}
		for i := range n {
			if want := run(fresh, i); shown[i] != want && !hidden(names, edited, i) {
				t.Errorf("cell %d shows %d, and would show %d", i+1, shown[i], want)
			}
		}
	})
}

// hidden tells whether cell i reads a name that the edited cell has written over
// for good: a cell between them that declares it anew is up to date and has not
// run again, so the session has the edited cell's value where run-all would have
// that one's.
func hidden(names []cell.Names, edited, i int) bool {
	for j := edited + 1; j < i; j++ {
		if slices.Equal(names[j].Writes, names[edited].Writes) {
			return true
		}
	}
	return false
}
