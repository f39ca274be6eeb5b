package room

import "slices"

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
