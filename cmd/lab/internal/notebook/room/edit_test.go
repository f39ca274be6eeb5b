package room

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/notebook/pagetest"
)

// onDisk is the text of the notebook's file.
func onDisk(t *testing.T, r *Room) string {
	t.Helper()
	text, err := os.ReadFile(r.file.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// order is the IDs of the blocks.
func order(t *testing.T, r *Room) (ids []string) {
	t.Helper()
	for _, b := range look(t, r).Blocks {
		ids = append(ids, b.ID)
	}
	return ids
}

func TestEditIsSaved(t *testing.T) {
	r, p := enter(t, "x := 1")
	p.Edit(p.Cells()[0], "x := 2", 7)
	if m := p.Wait("saved"); m.Edit != 7 {
		t.Errorf("saved is %d", m.Edit)
	}
	if want := pagetest.Notebook("x := 2"); onDisk(t, r) != want {
		t.Errorf("on disk is %q", onDisk(t, r))
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(r.file.Path()), ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestProseIsRendered(t *testing.T) {
	_, p := enter(t, "x := 1")
	p.Edit(p.Snapshot.Blocks[0].ID, "# Another *title*", 1)
	if m := p.Wait("block"); !strings.Contains(m.Block.HTML, "<em>title</em>") {
		t.Errorf("it is shown as %q", m.Block.HTML)
	}
}

func TestPlaces(t *testing.T) {
	r, p := enter(t, "x := 1", "y := 2", "z := 3")
	c := p.Cells()
	start := order(t, r)
	p.Run(c...)
	p.WaitState(c[2], done)

	p.Say("insert", pagetest.Fields{"after": c[0], "kind": "cell", "source": "w := 9"})
	added := p.Wait("block").Block
	if added.N != 2 || added.Source != "w := 9" {
		t.Errorf("inserted is %+v", added)
	}
	if m := p.WaitFor("the last cell has another number", func(m pagetest.Message) bool { return m.T == "block" && m.Block.ID == c[2] }); m.Block.N != 4 {
		t.Errorf("the last cell is cell %d", m.Block.N)
	}
	p.Say("move", pagetest.Fields{"id": c[2], "after": c[0]})
	if want := []string{start[0], c[0], c[2], added.ID, c[1]}; !slices.Equal(p.Wait("order").IDs, want) {
		t.Errorf("the order is %v, not %v", order(t, r), want)
	}
	p.Say("delete", pagetest.Fields{"id": c[2]})
	p.Wait("gone")
	p.Say("undo", nil)
	if m := p.WaitState(c[2], done); m.Order != 3 {
		t.Errorf("undo brings back %+v", m)
	}
	p.Say("undo", nil)
	p.Say("undo", nil)
	p.Wait("gone")
	if got := order(t, r); !slices.Equal(got, start) {
		t.Errorf("all taken back: %v, not %v", got, start)
	}
	p.Say("undo", nil)
	p.Wait("problem")
}

// A cell that is deleted while it runs is stopped.
func TestDeleteRunning(t *testing.T) {
	_, p := enter(t, "fmt.Println(1)\nfor {}", "fmt.Println(2)")
	c := p.Cells()
	p.Run(c...)
	p.Wait("stream")
	p.Say("delete", pagetest.Fields{"id": c[0]})
	p.WaitState(c[1], done)
}

func TestHostileRequests(t *testing.T) {
	r, p := enter(t, "x := 1")
	before := string(r.Markdown())
	for _, text := range []string{
		`{`, `null`, `[]`, `{"t":5}`, `{"t":"no-such"}`, `{"t":"edit","id":"../../etc/passwd","source":"x"}`,
		`{"t":"run","cells":["b99"]}`, `{"t":"run","cells":"b1"}`, `{"t":"run","cells":["b1"]}`, `{"t":"run-above","id":"\u0000"}`,
		`{"t":"insert","after":"b99","kind":"cell"}`, `{"t":"insert","kind":"quote"}`, `{"t":"insert","kind":"<script>"}`,
		`{"t":"move","id":"b1","after":"b99"}`, `{"t":"move","id":"b99"}`, `{"t":"reset","id":"b1"}`, `{"t":"update"}`,
		`{"t":"hint","id":"b1"}`, `{"t":"solution","id":"b99"}`, `{"t":"set","id":"b2","name":"x","value":1}`,
	} {
		p.Send([]byte(text))
		if m := p.WaitFor(text, func(m pagetest.Message) bool { return m.T != "kernel" }); m.T != "problem" {
			t.Errorf("%s is answered by %+v", text, m)
		}
	}
	p.Edit(p.Cells()[0], strings.Repeat("x", mostSource+1), 1)
	p.Wait("problem")
	for _, text := range []string{`{"t":"delete","id":"b99"}`, `{"t":"reload"}`, `{"t":"stop"}`} { // nothing to do
		p.Send([]byte(text))
	}
	if after := string(r.Markdown()); after != before {
		t.Errorf("the notebook is now\n%s", after)
	}
}

// One page at a time changes the notebook; the other may take it over.
func TestElsewhere(t *testing.T) {
	r, first := enter(t, "x := 1")
	second := join(t, r, "b")
	second.Wait("elsewhere")
	second.Edit(first.Cells()[0], "x := 2", 1)
	second.Wait("elsewhere")
	if strings.Contains(string(r.Markdown()), "x := 2") {
		t.Error("a page that has not taken the notebook has changed it")
	}
	first.Edit(first.Cells()[0], "x := 3", 1)
	if m := second.Wait("block"); m.Block.Source != "x := 3" {
		t.Errorf("the second page sees %+v", m.Block)
	}
	second.Say("take", nil)
	second.Wait("snapshot")
	first.Wait("elsewhere")
	second.Edit(first.Cells()[0], "x := 4", 2)
	if m := second.Wait("saved"); m.Edit != 2 {
		t.Errorf("saved is %d", m.Edit)
	}
}

// A page comes back while others are here.
func TestComingBackBesideOthers(t *testing.T) {
	r, _ := enter(t, "x := 1")
	join(t, r, "b")
	join(t, r, "a")
	if n := len(r.pages); n != 2 {
		t.Errorf("%d pages are here", n)
	}
}

// A page whose connection was lost comes back to its own place and has all that
// happened meanwhile.
func TestComingBack(t *testing.T) {
	r, p := enter(t, "for i := range 50 {\n\tfmt.Println(i)\n\ttime.Sleep(5 * time.Millisecond)\n}")
	c := p.Cells()
	p.Run(c[0])
	p.Wait("stream")
	again := join(t, r, "a") // the server does not know yet that the line is dead
	for _, m := range again.Until("the end", func(m pagetest.Message) bool { return m.T == "state" && m.State == done }) {
		if m.T == "elsewhere" {
			t.Error("a page that comes back is taken for another")
		}
	}
	var want strings.Builder
	for i := range 50 {
		fmt.Fprintln(&want, i)
	}
	if got := look(t, r).Printed(c[0]); got != want.String() {
		t.Errorf("it shows %q", got)
	}
}

// Somebody else changes the file: the learner is asked, and nothing is written
// before the answer.
func TestDisk(t *testing.T) {
	for _, keep := range []bool{true, false} {
		r, p := enter(t, "x := 1", "fmt.Println(5)")
		c := p.Cells()
		p.Run(c[1])
		p.WaitState(c[1], done)
		theirs := pagetest.Notebook("x := 99", "fmt.Println(5)", "y := 1")
		if err := os.WriteFile(r.file.Path(), []byte(theirs), 0o666); err != nil {
			t.Fatal(err)
		}
		p.Wait("disk")
		p.Edit(c[0], "x := 2", 1)
		later := join(t, r, "a") // a page that comes now is asked, too
		later.Wait("disk")
		if r.write(); onDisk(t, r) != theirs {
			t.Error("the file was written over before the learner had decided")
		}
		later.Say("reload", pagetest.Fields{"keep": keep})
		if keep {
			later.Edit(c[0], "x := 3", 2)
			later.Wait("saved")
			if want := pagetest.Notebook("x := 3", "fmt.Println(5)"); onDisk(t, r) != want {
				t.Errorf("kept is %q", onDisk(t, r))
			}
			continue
		}
		now := later.Wait("snapshot")
		if string(r.Markdown()) != theirs || onDisk(t, r) != theirs {
			t.Errorf("taken is %q", r.Markdown())
		}
		if now.Printed(c[1]) != "5\n" {
			t.Error("a cell that is the same has lost its output")
		}
	}
}

// Also where files cannot be watched, nothing is written over.
func TestSaveSeesForeignText(t *testing.T) {
	r, p := enter(t, "x := 1")
	theirs := pagetest.Notebook("x := 99")
	r.mu.Lock() // so that the watcher cannot be first
	if err := os.WriteFile(r.file.Path(), []byte(theirs), 0o666); err != nil {
		t.Fatal(err)
	}
	r.mu.Unlock()
	p.Edit(p.Cells()[0], "x := 2", 1)
	r.write()
	p.Wait("disk")
	if onDisk(t, r) != theirs {
		t.Error("it was written over")
	}
}

// Closed before the learner has answered, both texts are on disk.
func TestClosedBeforeTheAnswer(t *testing.T) {
	dir := t.TempDir()
	r := openRoom(t, dir, pagetest.Notebook("x := 1"))
	p := join(t, r, "a")
	theirs := pagetest.Notebook("x := 99")
	if err := os.WriteFile(r.file.Path(), []byte(theirs), 0o666); err != nil {
		t.Fatal(err)
	}
	p.Edit(p.Cells()[0], "x := 2", 1)
	r.Close()
	if onDisk(t, r) != theirs {
		t.Errorf("the file has %q", onDisk(t, r))
	}
	mine, err := os.ReadFile(filepath.Join(dir, "net.unsaved.md"))
	if want := pagetest.Notebook("x := 2"); err != nil || string(mine) != want {
		t.Errorf("beside it: %q, %v", mine, err)
	}
}

// What could not be opened again is not written, and not lost: the file keeps
// what was saved, and the rest is tried again, and stands beside it in the end.
func TestTooLargeToSave(t *testing.T) {
	const almost = document.MostBytes - 500
	dir := t.TempDir()
	before := pagetest.Notebook("// " + strings.Repeat("x", almost))
	r := openRoom(t, dir, before)
	p := join(t, r, "a")
	grow := func(by int) string {
		p.Say("insert", pagetest.Fields{"after": p.Cells()[0], "kind": "cell", "source": "// " + strings.Repeat("y", by)})
		return p.Wait("block").Block.ID
	}
	grown := grow(1000)
	if m := p.Wait("problem"); !strings.Contains(m.Text, "not on disk: it has more than 8 MB") || !strings.Contains(m.Text, "split it") {
		t.Errorf("the sentence is %q", m.Text)
	}
	if onDisk(t, r) != before {
		t.Error("the file is not what it was")
	}
	p.Edit(grown, "// y", 3)
	p.Wait("saved")
	saved := onDisk(t, r)
	if _, err := document.Parse([]byte(saved)); err != nil || !strings.Contains(saved, "// y\n") {
		t.Errorf("what was saved: %v", err)
	}
	grow(1000)
	r.Close()
	beside, err := os.ReadFile(filepath.Join(dir, "net.unsaved.md"))
	if err != nil || !strings.Contains(string(beside), "// yyyy") || onDisk(t, r) != saved {
		t.Errorf("closed: %v", err)
	}
}

// A notebook that was closed and opened again is the same.
func TestReopen(t *testing.T) {
	dir := t.TempDir()
	r := openRoom(t, dir, pagetest.Notebook("x := 1"))
	p := join(t, r, "a")
	p.Edit(p.Cells()[0], "x := 2", 1)
	r.Close() // saves
	again := join(t, reopen(t, dir), "a")
	if got := again.Snapshot.Blocks[1].Source; got != "x := 2" {
		t.Errorf("it is %q", got)
	}
}

// A new notebook has no file until something is in it.
func TestNewNotebook(t *testing.T) {
	dir := t.TempDir()
	r := reopen(t, dir)
	p := join(t, r, "a")
	if p.Snapshot.Notebook.Title != "net.md" || len(p.Snapshot.Blocks) != 0 {
		t.Errorf("a new notebook: %+v", p.Snapshot)
	}
	if _, err := os.Stat(r.file.Path()); err == nil {
		t.Error("there is a file already")
	}
	p.Say("insert", pagetest.Fields{"kind": "cell", "source": "x := 1"})
	id := p.Wait("block").Block.ID
	p.Edit(id, "x := 2", 1)
	p.Wait("saved")
	if got := onDisk(t, r); got != "```go\nx := 2\n```\n" {
		t.Errorf("it is %q", got)
	}
}
