package document

import (
	"bytes"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/lesson"
)

func convolution(t *testing.T) (*lesson.Lesson, *Document) {
	t.Helper()
	l, err := lesson.Find("02")
	if err != nil {
		t.Fatal(err)
	}
	d, err := FromLesson(l)
	if err != nil {
		t.Fatal(err)
	}
	return l, d
}

func exerciseOf(t *testing.T, d *Document, name string) *Block {
	t.Helper()
	for _, b := range d.Cells() {
		if b.exercise() == name {
			return b
		}
	}
	t.Fatalf("there is no exercise %s", name)
	return nil
}

func TestFromLesson(t *testing.T) {
	l, d := convolution(t)
	b := exerciseOf(t, d, "stops")
	e := b.Exercise
	if len(e.Hints) != 2 || len(e.After) != 1 || e.Kind != "two-holes" || !strings.Contains(e.Solution, "room/stride + 1") || !strings.Contains(e.Solution, "lab.Check") {
		t.Errorf("the exercise is %+v", e)
	}
	if !strings.HasPrefix(b.Output, "stops: not yet.") || b.Changed() {
		t.Errorf("its cell is %+v", b)
	}
	for _, b := range d.Blocks {
		if strings.Contains(b.Source, "<summary>Hint 1") {
			t.Errorf("a hint is left in block %s", b.ID)
		}
	}
	for i, c := range d.Cells() {
		if c.N != l.Cells[i].N || c.Source != strings.TrimSuffix(l.Cells[i].Source, "\n") || c.Output != l.Cells[i].Output {
			t.Errorf("cell %d is %+v", i+1, c)
		}
	}
	if d.Title != l.Title || d.Outdated(l) {
		t.Errorf("the title is %q", d.Title)
	}
	if len(l.Quotes) > 0 {
		found := 0
		for _, b := range d.Blocks {
			if b.Kind == Quote && b.Of == l.Quotes[found].Of {
				found++
			}
		}
		if found != len(l.Quotes) {
			t.Errorf("%d of %d quotes are there", found, len(l.Quotes))
		}
	}
}

// A copy comes back from its file as it was, knows what the learner changed, and
// can be put back cell by cell.
func TestCopy(t *testing.T) {
	l, d := convolution(t)
	stops, first := exerciseOf(t, d, "stops"), d.Cells()[1]
	for _, err := range []error{d.Edit(stops.ID, "// all of it\nmine()"), d.Edit(first.ID, first.Source+"\n// more"), d.Delete(d.Cells()[3].ID)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Insert(first.ID, Cell, "x := 1"); err != nil {
		t.Fatal(err)
	}
	again, err := ReadCopy(d.Markdown(), l)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Markdown(), d.Markdown()) || again.Outdated(l) {
		t.Error("the copy has changed on its way through the file")
	}
	changed := 0
	for _, b := range again.Blocks {
		if b.Changed() {
			changed++
		}
	}
	if changed != 2 {
		t.Errorf("%d blocks have changed, not 2", changed)
	}
	mine := exerciseOf(t, again, "stops")
	if mine.Source != "// all of it\nmine()" || len(mine.Exercise.Hints) != 2 || mine.Exercise.Solution == "" {
		t.Errorf("the learner's exercise is %+v", mine.Exercise)
	}
	if err := again.Reset(mine.ID); err != nil || mine.Changed() || !strings.Contains(mine.Source, "// hole 1") {
		t.Errorf("put back it is %q, %v", mine.Source, err)
	}
	if err := again.Reset(again.Cells()[1].ID); err != nil || again.Cells()[1].Source != strings.TrimSuffix(l.Cells[1].Source, "\n") {
		t.Errorf("put back it is %q, %v", again.Cells()[1].Source, err)
	}
	if own := again.Cells()[2]; own.Source != "x := 1" || own.Changed() || again.Reset(own.ID) == nil {
		t.Error("the learner's own cell has something to be put back to")
	}
}

// The lesson gets a new version, while the learner has a copy of the old one.
func TestOutdated(t *testing.T) {
	l, d := convolution(t)
	stops := exerciseOf(t, d, "stops")
	if err := d.Edit(stops.ID, "mine()"); err != nil {
		t.Fatal(err)
	}
	newer := *l
	newer.Source = bytes.Replace(l.Source, []byte("## One row"), []byte("## New\n\n```go\nnew()\n```\n\n## One row"), 1)
	newer.Source = bytes.Replace(newer.Source, []byte("// hole 1: how"), []byte("// hole 1: say how"), 1)
	again, err := ReadCopy(d.Markdown(), &newer)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Outdated(&newer) || again.Outdated(l) {
		t.Error("nobody sees that the lesson changed")
	}
	mine := exerciseOf(t, again, "stops")
	if mine.Source != "mine()" {
		t.Errorf("the learner's text is %q", mine.Source)
	}
	if err := again.Reset(mine.ID); err != nil || !strings.Contains(mine.Source, "hole 1: say how") {
		t.Errorf("put back it is not the newer text: %v", err)
	}
	again.Keep(&newer)
	kept, err := ReadCopy(again.Markdown(), &newer)
	if err != nil || kept.Outdated(&newer) {
		t.Errorf("what was kept is outdated still: %v", err)
	}
}

func TestMatch(t *testing.T) {
	for name, c := range map[string]struct{ blocks, from, want string }{
		"same":           {"a|b", "a|b", "a=a b=b "},
		"edited":         {"a|x\ny\nz|c", "a|x\ny\nw|c", "a=a x.y.z=x.y.w c=c "},
		"all new":        {"a|new|c", "a|old|c", "a=a new=old c=c "},
		"first deleted":  {"x\ny\nq", "x\nother|x\ny\nz", "x.y.q=x.y.z "},
		"inserted":       {"a|new|b|c", "a|b|c", "a=a b=b c=c "},
		"moved":          {"c|a|b", "a|b|c", "c=c a=a b=b "},
		"nothing common": {"a", "", ""},
	} {
		blocks, from := cellsOf(c.blocks), cellsOf(c.from)
		pairs, got := match(blocks, from), ""
		for _, b := range blocks {
			if f := pairs[b]; f != nil {
				got += strings.ReplaceAll(b.Source+"="+f.Source+" ", "\n", ".")
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func cellsOf(sources string) []*Block {
	var blocks []*Block
	for source := range strings.SplitSeq(sources, "|") {
		if source != "" {
			blocks = append(blocks, &Block{Kind: Cell, Source: source})
		}
	}
	return blocks
}
