package room

import (
	"errors"
	"fmt"

	"reslab/cmd/lab/internal/notebook/document"
)

const (
	mostSource = 1 << 20 // bytes of a block
	mostBlocks = 5000    // of a notebook
)

// edit gives a block a new text.
func (r *Room) edit(p *Page, q request) error {
	if err := checkSize(q.Source); err != nil {
		return err
	}
	b := r.text.Find(q.ID)
	if b == nil {
		return errors.New("the block that you edit is gone")
	}
	before, changed := b.Source, b.Changed()
	if err := r.text.Edit(q.ID, q.Source); err != nil {
		return err
	}
	r.journal.edits = append(r.journal.edits, ownEdit{p, q.Edit})
	r.changed()
	if b.Source == before {
		return nil
	}
	message := r.blockMessage(b)
	r.tellOthers(p, message)
	if b.Kind != document.Cell || b.Changed() != changed { // there is more to it than its text
		p.frames.add(message)
	}
	if b.Kind == document.Cell {
		r.tellState(q.ID)
	}
	return nil
}

func checkSize(source string) error {
	if len(source) > mostSource {
		return fmt.Errorf("this block has %d KB, and may have %d: cut it into several", len(source)>>10, mostSource>>10)
	}
	return nil
}

// insert puts a new block below another, or first.
func (r *Room) insert(p *Page, q request) error {
	if len(r.text.Blocks) >= mostBlocks {
		return fmt.Errorf("a notebook has %d blocks at most", mostBlocks)
	}
	if err := checkSize(q.Source); err != nil {
		return err
	}
	b, err := r.text.Insert(q.After, document.Kind(q.Kind), q.Source)
	if err != nil {
		return err
	}
	if q.Edit != 0 {
		r.journal.edits = append(r.journal.edits, ownEdit{p, q.Edit})
	}
	r.placed(document.Change{Kind: document.Inserted, Block: b})
	return nil
}

// delete takes a block away. What runs there is stopped.
func (r *Room) delete(q request) error {
	b := r.text.Find(q.ID)
	if b == nil {
		return nil
	}
	if err := r.text.Delete(q.ID); err != nil {
		return err
	}
	r.placed(document.Change{Kind: document.Deleted, Block: b})
	return nil
}

// move puts a block below another, or first.
func (r *Room) move(q request) error {
	if q.After == q.ID {
		return nil
	}
	if err := r.text.Move(q.ID, q.After); err != nil {
		return err
	}
	r.placed(document.Change{Kind: document.Moved})
	return nil
}

// undo takes the last insert, delete or move back.
func (r *Room) undo() error {
	change := r.text.Undo()
	if change == nil {
		return errors.New("there is nothing to take back")
	}
	r.placed(*change)
	return nil
}

// placed tells what has come, gone or moved, and which cells have another number
// since.
func (r *Room) placed(c document.Change) {
	r.changed()
	switch c.Kind {
	case document.Deleted:
		r.dropQueued(func(id string) bool { return id == c.Block.ID })
		if r.now.cell == c.Block.ID {
			r.now.stop()
		}
		r.tell(goneMessage{"gone", c.Block.ID})
	case document.Inserted:
		r.tell(r.blockMessage(c.Block))
		r.tellCell(c.Block)
	case document.Moved:
		ids := make([]string, len(r.text.Blocks))
		for i, b := range r.text.Blocks {
			ids[i] = b.ID
		}
		r.tell(orderMessage{"order", ids})
	}
	for _, b := range r.text.Cells() {
		if n, known := r.numbers[b.ID]; known && n != b.N {
			r.tell(r.blockMessage(b))
		}
	}
	r.count()
}

// count notes the numbers of the cells.
func (r *Room) count() {
	r.numbers = map[string]int{}
	for _, b := range r.text.Cells() {
		r.numbers[b.ID] = b.N
	}
}

// tellCell tells all about a cell that has come: undo brings its outputs back.
func (r *Room) tellCell(b *document.Block) {
	if b.Kind != document.Cell {
		return
	}
	r.tellState(b.ID)
	for _, out := range r.record(b.ID).outputs {
		r.tell(out)
	}
}

// blockMessage describes a block and where it stands.
func (r *Room) blockMessage(b *document.Block) blockMessage {
	m := blockMessage{T: "block", Block: r.view(b)}
	for i, other := range r.text.Blocks {
		if other == b && i > 0 {
			m.After = r.text.Blocks[i-1].ID
		}
	}
	return m
}
