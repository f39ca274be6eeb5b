package room

import (
	"context"
	"fmt"
	"slices"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/notebook/document"
)

// predictKind is the kind of control that a prediction is.
const predictKind = "predict"

// betType is the type of its variable.
const betType = "*lab.Bet"

// isOpen tells whether a cell asks for a prediction that was not committed.
func (r *Room) isOpen(c *record) bool {
	for name, shown := range c.controls {
		if _, committed := r.values[name]; shown.Kind == predictKind && !committed {
			return true
		}
	}
	return false
}

// betsOf returns the variables of predictions among what a cell that has run
// declares.
func (r *Room) betsOf(ctx context.Context, client *kernel.Client, id string, names cell.Names) (bets []string) {
	r.mu.Lock()
	asks := false
	for _, shown := range r.record(id).heard {
		asks = asks || shown.Kind == predictKind
	}
	r.mu.Unlock()
	if !asks {
		return nil
	}
	r.engine.asking.Lock()
	defer r.engine.asking.Unlock()
	for _, name := range names.Writes {
		if t, err := client.TypeOf(ctx, name); err == nil && t == betType {
			bets = append(bets, name)
		}
	}
	return bets
}

// waits says why a cell does not run now; nil if it does.
func (r *Room) waits(j job, names cell.Names) *wait {
	if j.pass == nil {
		return nil
	}
	for _, name := range names.Reads {
		if w := j.pass.missing[name]; w != nil {
			return w
		}
	}
	if !j.pass.bets {
		return nil
	}
	for _, b := range r.cellsAbove(j.cell) {
		c, ok := r.cells[b.ID]
		if !ok || !r.isOpen(c) {
			continue
		}
		if slices.ContainsFunc(c.bets, func(name string) bool { return slices.Contains(names.Reads, name) }) {
			return &wait{fmt.Sprintf("It waits for your prediction above, in cell %d. Commit it, or run this cell to see what comes out.", b.N), true}
		}
	}
	return nil
}

// cellsAbove returns the cells that stand above one.
func (r *Room) cellsAbove(id string) []*document.Block {
	if b := r.text.Find(id); b != nil {
		return r.text.Cells()[:b.N-1]
	}
	return nil
}

// committed runs what has waited for a prediction.
func (r *Room) committed() {
	r.queueCells(r.cellsWhere(func(b *document.Block) bool { return r.record(b.ID).held }), true, false)
}
