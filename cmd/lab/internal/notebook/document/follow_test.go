package document

import (
	"slices"
	"testing"
)

func TestFollow(t *testing.T) {
	older := parsed(t, "# A\n\n'''go\nx := 1\n'''\n\n'''go\ny := 2\n'''\n")
	gone, err := older.Insert("b3", Cell, "gone := 1")
	if err != nil {
		t.Fatal(err)
	}
	if err := older.Delete(gone.ID); err != nil {
		t.Fatal(err)
	}
	text := "# A\n\n'''go\ny := 2\n'''\n\nProse that is new.\n\n'''go\nz := 3\n'''\n"
	d := parsed(t, text)
	d.Follow(older)
	var ids []string
	for _, b := range d.Blocks {
		ids = append(ids, b.ID)
	}
	if ids[0] != "b1" || ids[1] != "b3" || slices.Contains(ids, gone.ID) {
		t.Errorf("the IDs are %v", ids)
	}
	added, err := d.Insert("b3", Cell, "w := 4")
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(append(ids, gone.ID), added.ID) {
		t.Errorf("a new block has the ID %s of another", added.ID)
	}
	if d.Undo(); string(d.Markdown()) != string(md(text)) {
		t.Errorf("it is written as\n%s", d.Markdown())
	}
}
