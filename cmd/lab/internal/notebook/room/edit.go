package room

import (
	"fmt"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/notebook/document"
)

// mostSource is how many bytes a block may have.
const mostSource = 1 << 20

// mostBlocks is how many blocks a notebook may have.
const mostBlocks = 5000

func (r *Room) at(id string) int {
	return slices.IndexFunc(r.text.Blocks, func(b document.Block) bool { return b.ID == id })
}

// block returns the block with that id, nil if there is none.
func (r *Room) block(id string) *document.Block {
	if i := r.at(id); i >= 0 {
		return &r.text.Blocks[i]
	}
	return nil
}

// newID returns an id that no block has had.
func (r *Room) newID() string {
	for {
		r.ids++
		if id := fmt.Sprintf("n%d", r.ids); r.block(id) == nil {
			return id
		}
	}
}

// edit gives a block a new text.
func (r *Room) edit(p *Page, q request) error {
	b := r.block(q.ID)
	if b == nil {
		return fmt.Errorf("the block that you edit is gone")
	}
	if len(q.Source) > mostSource {
		return fmt.Errorf("this block has %d KB, and may have %d: cut it into several", len(q.Source)>>10, mostSource>>10)
	}
	r.journal.edits = append(r.journal.edits, ownEdit{p, q.Edit})
	r.changed()
	if q.Source == b.Source {
		return nil
	}
	b.Source = strings.ToValidUTF8(q.Source, "\uFFFD")
	r.tellOthers(p, r.blockMessage(q.ID))
	if b.Kind != document.Cell {
		p.frames.add(r.blockMessage(q.ID)) // it has new HTML
		return nil
	}
	r.tellState(q.ID)
	return nil
}

// insert puts a new block below another, or first.
func (r *Room) insert(q request) error {
	if q.Kind != document.Prose && q.Kind != document.Cell {
		return fmt.Errorf("a new block is prose or cell, not %q", q.Kind)
	}
	if len(r.text.Blocks) >= mostBlocks {
		return fmt.Errorf("a notebook has %d blocks at most", mostBlocks)
	}
	if len(q.Source) > mostSource {
		return fmt.Errorf("a block has %d KB at most", mostSource>>10)
	}
	at, err := r.below(q.After)
	if err != nil {
		return err
	}
	b := r.text.New(q.Kind, strings.ToValidUTF8(q.Source, "\uFFFD"))
	b.ID = r.newID()
	r.put(at, b)
	r.canUndo(func() { r.remove(b.ID) })
	return nil
}

// below returns the place below a block; empty: the first.
func (r *Room) below(id string) (int, error) {
	if id == "" {
		return 0, nil
	}
	at := r.at(id)
	if at < 0 {
		return 0, fmt.Errorf("the block above is gone")
	}
	return at + 1, nil
}

func (r *Room) put(at int, b document.Block) {
	r.text.Blocks = slices.Insert(r.text.Blocks, min(at, len(r.text.Blocks)), b)
	r.changed()
	r.tell(r.blockMessage(b.ID))
	if b.Kind == document.Cell {
		r.tellState(b.ID)
		for _, out := range r.record(b.ID).outputs {
			r.tell(out)
		}
	}
}

// remove takes a block away and returns where it stood.
func (r *Room) remove(id string) (at int, b document.Block) {
	at = r.at(id)
	if at < 0 {
		return at, b
	}
	b = r.text.Blocks[at]
	r.text.Blocks = slices.Delete(r.text.Blocks, at, at+1)
	r.changed()
	r.tell(goneMessage{"gone", id})
	return at, b
}

// delete takes a block away. What runs there is stopped.
func (r *Room) delete(q request) error {
	if r.block(q.ID) == nil {
		return nil
	}
	r.dropQueued(func(id string) bool { return id == q.ID })
	if r.now.cell == q.ID {
		r.now.stop()
	}
	at, b := r.remove(q.ID)
	r.canUndo(func() { r.put(at, b) })
	return nil
}

// move puts a block below another, or first.
func (r *Room) move(q request) error {
	from := r.at(q.ID)
	if from < 0 {
		return fmt.Errorf("the block to move is gone")
	}
	if q.After == q.ID {
		return nil
	}
	if _, err := r.below(q.After); err != nil {
		return err
	}
	above := ""
	if from > 0 {
		above = r.text.Blocks[from-1].ID
	}
	r.place(q.ID, q.After)
	r.canUndo(func() { r.place(q.ID, above) })
	return nil
}

// place moves a block below another; if one of them is gone, nothing moves.
func (r *Room) place(id, after string) {
	from := r.at(id)
	if from < 0 || after != "" && r.at(after) < 0 {
		return
	}
	b := r.text.Blocks[from]
	r.text.Blocks = slices.Delete(r.text.Blocks, from, from+1)
	at, _ := r.below(after) // it is there: see above
	r.text.Blocks = slices.Insert(r.text.Blocks, at, b)
	r.changed()
	ids := make([]string, len(r.text.Blocks))
	for i, b := range r.text.Blocks {
		ids[i] = b.ID
	}
	r.tell(orderMessage{"order", ids})
}

// mostUndo is how many changes can be taken back.
const mostUndo = 100

// canUndo notes how the last change of the order is taken back.
func (r *Room) canUndo(back func()) {
	r.undone = append(r.undone, back)
	if len(r.undone) > mostUndo {
		r.undone = r.undone[1:]
	}
}

// undo takes the last insert, delete or move back.
func (r *Room) undo() error {
	if len(r.undone) == 0 {
		return fmt.Errorf("there is nothing to take back")
	}
	back := r.undone[len(r.undone)-1]
	r.undone = r.undone[:len(r.undone)-1]
	back()
	return nil
}

// blockMessage describes a block and where it stands.
func (r *Room) blockMessage(id string) blockMessage {
	at := r.at(id)
	m := blockMessage{T: "block", Block: r.view(r.text.Blocks[at])}
	if at > 0 {
		m.After = r.text.Blocks[at-1].ID
	}
	return m
}
