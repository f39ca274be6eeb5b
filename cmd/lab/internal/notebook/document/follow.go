package document

// Follow makes d the next state of an older document: a block that comes from
// one of the older's has its ID, and no other block has an ID that the older
// gave away.
func (d *Document) Follow(older *Document) {
	from := match(d.Blocks, older.Blocks)
	d.last = max(d.last, older.last)
	ids := map[string]string{}
	for _, b := range d.Blocks {
		id := d.newID()
		if same := from[b]; same != nil {
			id = same.ID
		}
		ids[b.ID], b.ID = id, id
	}
	for _, b := range d.Blocks {
		b.next = ids[b.next]
	}
}
