package document

import (
	"fmt"
	"slices"
)

// A Change tells what of a document has changed place.
type Change struct {
	Kind  ChangeKind
	Block *Block
	After string // ID of the block above it now; empty if it is the first, or gone
}

// ChangeKind says what happened to the block of a Change.
type ChangeKind string

// The changes of a document.
const (
	Inserted ChangeKind = "inserted"
	Deleted  ChangeKind = "deleted"
	Moved    ChangeKind = "moved"
)

// A step is what Undo takes back.
type step struct {
	kind  ChangeKind
	block *Block
	after string // where it stood before
}

// mostUndo is how many steps can be taken back.
const mostUndo = 100

// Edit gives a block a new text.
func (d *Document) Edit(id, source string) error {
	b, err := d.need(id)
	if err == nil {
		b.Source = clean(source)
	}
	return err
}

// Insert puts a new block below the one named after, or first if after is empty.
func (d *Document) Insert(after string, kind Kind, source string) (*Block, error) {
	if kind != Prose && kind != Cell {
		return nil, fmt.Errorf("a new block is prose or a cell, and not %q", kind)
	}
	b := &Block{ID: d.newID(), Kind: kind, Source: clean(source), was: content{Kind: "new"}}
	if err := d.place(b, after); err != nil {
		return nil, err
	}
	d.remember(step{Inserted, b, ""})
	return b, nil
}

// Delete takes a block away.
func (d *Document) Delete(id string) error {
	b, err := d.need(id)
	if err != nil {
		return err
	}
	above := d.above(id)
	d.remove(b)
	d.remember(step{Deleted, b, above})
	return nil
}

// Move puts a block below another, or first if after is empty.
func (d *Document) Move(id, after string) error {
	b, err := d.need(id)
	if err != nil {
		return err
	}
	if after == id {
		return fmt.Errorf("block %s cannot stand below itself", id)
	}
	if _, err := d.need(after); after != "" && err != nil {
		return err
	}
	above := d.above(id)
	d.remove(b)
	if err := d.place(b, after); err != nil {
		return err
	}
	d.remember(step{Moved, b, above})
	return nil
}

// Undo takes the last Insert, Delete or Move back and tells what that changed.
// It returns nil if there is nothing to take back.
func (d *Document) Undo() *Change {
	if len(d.undo) == 0 {
		return nil
	}
	last := d.undo[len(d.undo)-1]
	d.undo = d.undo[:len(d.undo)-1]
	b := last.block
	if last.kind != Deleted {
		d.remove(b)
	}
	if last.kind == Inserted {
		return &Change{Deleted, b, ""}
	}
	if d.place(b, last.after) != nil { // what stood above is gone, too
		_ = d.place(b, d.lastID())
	}
	kind := Moved
	if last.kind == Deleted {
		kind = Inserted
	}
	return &Change{kind, b, d.above(b.ID)}
}

func (d *Document) remember(s step) {
	d.undo = append(d.undo, s)
	if len(d.undo) > mostUndo {
		d.undo = d.undo[1:]
	}
}

func (d *Document) need(id string) (*Block, error) {
	if b := d.Find(id); b != nil {
		return b, nil
	}
	return nil, fmt.Errorf("there is no block %q in this notebook", id)
}

// above returns the ID of the block above another, empty for the first.
func (d *Document) above(id string) string {
	if i := d.index(id); i > 0 {
		return d.Blocks[i-1].ID
	}
	return ""
}

func (d *Document) lastID() string {
	if n := len(d.Blocks); n > 0 {
		return d.Blocks[n-1].ID
	}
	return ""
}

func (d *Document) place(b *Block, after string) error {
	at := 0
	if after != "" {
		if _, err := d.need(after); err != nil {
			return err
		}
		at = d.index(after) + 1
	}
	d.Blocks = slices.Insert(d.Blocks, at, b)
	d.number()
	return nil
}

func (d *Document) remove(b *Block) {
	d.Blocks = slices.DeleteFunc(d.Blocks, func(other *Block) bool { return other == b })
	d.number()
}
