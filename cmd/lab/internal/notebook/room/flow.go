package room

import (
	"cmp"
	"slices"
)

// What a notebook means is what it shows when all its cells run from the top. So
// a cell is out of date when one above it has run since that writes a name which
// it reads, directly or through others; what runs below it does not matter.

// readers returns the cells below one that read what it writes, and those that
// read what these write, from the top. A cell in between that declares a name
// anew has it for itself and for the cells below.
func (r *Room) readers(id string) (ids []string) {
	from := r.text.Find(id)
	if from == nil {
		return nil
	}
	written := map[string]bool{}
	for _, name := range r.record(id).names.Writes {
		written[name] = true
	}
	for _, b := range r.text.Cells()[from.N:] {
		c, ok := r.cells[b.ID]
		if !ok {
			continue
		}
		reads := slices.ContainsFunc(c.names.Reads, func(name string) bool { return written[name] })
		if reads {
			ids = append(ids, b.ID)
		}
		for _, name := range c.names.Writes {
			if reads {
				written[name] = true
			} else {
				delete(written, name)
			}
		}
	}
	return ids
}

// declarers returns the cells that must run before one does, from the top. The
// nearest cell above that declares what it reads may be up to date and yet have
// its value written over, because a cell further above ran later. A cheap one runs
// again; an expensive one goes stale. What a cell below has written stays: the
// learner ran it so.
func (r *Room) declarers(id string, reads []string) (ids []string) {
	for _, name := range reads {
		d := r.declarer(id, name)
		if d == "" {
			continue
		}
		if !r.cheap(d) {
			r.outdateCell(d)
			continue
		}
		ids = append(append(ids, r.declarers(d, r.record(d).names.Reads)...), d)
	}
	number := func(id string) int { return r.text.Find(id).N }
	slices.SortFunc(ids, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	return slices.Compact(ids)
}

// declarer returns the nearest cell above one that declares a name, if it is up
// to date and its value was written over.
func (r *Room) declarer(id, name string) string {
	above := r.cellsAbove(id)
	for i := len(above) - 1; i >= 0; i-- {
		b := above[i]
		c, ok := r.cells[b.ID]
		if !ok || !slices.Contains(c.names.Writes, name) {
			continue
		}
		if c.last == done && !c.outdated && c.phase == "" && r.writtenAbove(name, b.N) {
			return b.ID
		}
		break
	}
	return ""
}

// writtenAbove tells whether the last cell to write a name stands above cell n.
func (r *Room) writtenAbove(name string, n int) bool {
	writer := r.text.Find(r.writers[name])
	return writer != nil && writer.N < n
}

// outdate marks the cells that read what a cell wrote which has run.
func (r *Room) outdate(j job) {
	for _, id := range r.readers(j.cell) {
		r.outdateCell(id)
		if j.follow {
			r.enqueue(job{cell: id, follow: true, pass: j.pass})
		}
	}
}

func (r *Room) outdateCell(id string) {
	if c := r.record(id); c.ran() && !c.outdated {
		c.outdated = true
		r.tellState(id)
	}
}

// lost marks the cells whose names were lost with the kernel's process.
func (r *Room) lost(names []string) {
	for id, c := range r.cells {
		if slices.ContainsFunc(c.names.Writes, func(name string) bool { return slices.Contains(names, name) }) {
			r.outdateCell(id)
		}
	}
}

// miss notes names that this pass does not come to declare.
func (p *pass) miss(names []string, w *wait) {
	for _, name := range names {
		p.missing[name] = w
	}
}

// have notes names that are declared after all.
func (p *pass) have(names []string) {
	for _, name := range names {
		delete(p.missing, name)
	}
}
