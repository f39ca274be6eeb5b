package export

import (
	"strings"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/notebook/room"
)

// FromRoom returns a notebook that is open, as it stands, and what its cells
// have shown so far: nothing runs for it.
func FromRoom(r *room.Room) (*document.Document, map[string]Result, error) {
	s := r.Snapshot()
	d, err := parse(r.Markdown(), s.Notebook.ID)
	if err != nil {
		return nil, nil, err
	}
	d.Title = s.Notebook.Title
	var ids []string // of the room's cells, which are the document's in the same order
	for _, b := range s.Blocks {
		if b.Kind == document.Cell {
			ids = append(ids, b.ID)
		}
	}
	states := map[string]room.State{}
	for _, state := range s.States {
		states[state.Cell] = state
	}
	results := map[string]Result{}
	for i, c := range d.Cells() {
		if i < len(ids) && states[ids[i]].Order > 0 {
			results[c.ID] = resultOf(s.Outputs[ids[i]], states[ids[i]])
		}
	}
	return d, results, nil
}

func parse(markdown []byte, id string) (*document.Document, error) {
	if number, ok := strings.CutPrefix(id, "lesson/"); ok {
		l, err := lesson.Find(number)
		if err != nil {
			return nil, err
		}
		return document.ReadCopy(markdown, l)
	}
	return document.Parse(markdown)
}

func resultOf(outputs []room.Output, state room.State) Result {
	var r Result
	for _, o := range outputs {
		switch o.T {
		case "stream":
			r.Outputs = append(r.Outputs, Output{Stream: o.Name, Text: o.Text})
		case "display":
			r.Outputs = append(r.Outputs, Output{Kind: o.Kind, Data: o.Data, Text: o.Text, Result: o.Result})
		}
	}
	if state.Error != nil {
		r.Error = state.Error.Excerpt
	}
	return r
}
