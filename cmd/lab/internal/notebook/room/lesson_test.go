package room

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/pagetest"
	"reslab/cmd/lab/internal/progress"
)

// openLesson opens a lesson whose copy and progress are kept in a folder.
func openLesson(t *testing.T, dir string, l *lesson.Lesson) *Room {
	t.Helper()
	folder, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	file, err := NewFile(folder, l.ID+".md")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Open(Options{ID: "lesson/" + l.ID, Kind: "lesson", File: file, Lesson: l, Learner: progress.In(dir), Kernel: kernel.Options{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Close()
		folder.Close()
	})
	return r
}

func convolution(t *testing.T) *lesson.Lesson {
	t.Helper()
	l, err := lesson.Find("02")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// exerciseOf returns the first exercise of a snapshot.
func exerciseOf(t *testing.T, m pagetest.Message) pagetest.Block {
	t.Helper()
	for _, b := range m.Blocks {
		if b.Exercise != nil {
			return b
		}
	}
	t.Fatal("there is no exercise")
	return pagetest.Block{}
}

// A learner asks for hints, looks at the solution, solves the exercise; all that
// is kept.
func TestExercise(t *testing.T) {
	dir, l := t.TempDir(), convolution(t)
	r := openLesson(t, dir, l)
	p := join(t, r, "a")
	e := exerciseOf(t, p.Snapshot)
	if e.Exercise.Hints < 2 || e.Exercise.Read != 0 || e.Exercise.Solved {
		t.Fatalf("the exercise is %+v", e.Exercise)
	}
	p.Say("hint", pagetest.Fields{"id": e.ID})
	if m := p.Wait("aside"); m.Kind != "hint" || m.Level != 1 || m.HTML == "" {
		t.Errorf("the first hint is %+v", m)
	}
	if m := p.Wait("block"); m.Block.Exercise.Read != 1 {
		t.Errorf("read are %d", m.Block.Exercise.Read)
	}
	p.Say("hint", pagetest.Fields{"id": e.ID})
	p.WaitFor("the second hint", func(m pagetest.Message) bool { return m.T == "aside" && m.Level == 2 })
	p.Say("solution", pagetest.Fields{"id": e.ID})
	solution := p.WaitFor("the solution", func(m pagetest.Message) bool { return m.T == "aside" && m.Kind == "solution" })
	p.Edit(e.ID, solution.Source, 1)
	p.WaitFor("it differs from the lesson", func(m pagetest.Message) bool { return m.T == "block" && m.Block.ID == e.ID && m.Block.Changed })
	p.Say("run-above", pagetest.Fields{"id": e.ID})
	p.Run(e.ID)
	p.WaitFor("it is solved", func(m pagetest.Message) bool {
		return m.T == "block" && m.Block.ID == e.ID && m.Block.Exercise.Solved
	})
	r.Close()

	again := exerciseOf(t, join(t, openLesson(t, dir, l), "a").Snapshot)
	if !again.Exercise.Solved || again.Exercise.Read != 2 || again.Source != solution.Source || !again.Changed {
		t.Errorf("a day later it is %+v, %q", again.Exercise, again.Source)
	}
	kept, err := progress.In(dir).Read()
	if err != nil || kept.LastLesson() != "02" {
		t.Errorf("the last lesson is %q, %v", kept.LastLesson(), err)
	}
}

// A lesson is never written to: its copy is, and goes back to it.
func TestReset(t *testing.T) {
	dir, l := t.TempDir(), convolution(t)
	r := openLesson(t, dir, l)
	p := join(t, r, "a")
	c := p.Cells()
	if _, err := os.Stat(filepath.Join(dir, "02.md")); err == nil {
		t.Error("there is a copy before anything was changed")
	}
	original := p.Snapshot.Blocks
	p.Edit(c[0], "mine := 1", 1)
	p.Edit(c[1], "mine := 2", 2)
	p.Say("delete", pagetest.Fields{"id": c[2]})
	p.WaitFor("saved", func(m pagetest.Message) bool { return m.T == "saved" && m.Edit == 2 })
	p.Say("reset", pagetest.Fields{"id": c[0]})
	back := p.WaitFor("the cell is reset", func(m pagetest.Message) bool { return m.T == "block" && m.Block.ID == c[0] && !m.Block.Changed })
	if strings.Contains(back.Block.Source, "mine") {
		t.Errorf("it is %q", back.Block.Source)
	}
	p.Say("reset", pagetest.Fields{"id": ""})
	now := p.Wait("snapshot")
	if len(now.Blocks) != len(original) {
		t.Fatalf("the lesson has %d blocks, not %d", len(now.Blocks), len(original))
	}
	for i, b := range now.Blocks {
		if b.Source != original[i].Source || b.Changed {
			t.Errorf("block %d is %q, not %q", i, b.Source, original[i].Source)
		}
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "02.before.md")); err != nil || !strings.Contains(string(kept), "mine := 2") {
		t.Errorf("what the learner had is gone: %v", err)
	}
}

// The lesson has changed since the copy was made.
func TestUpdated(t *testing.T) {
	for _, keep := range []bool{true, false} {
		dir, l := t.TempDir(), convolution(t)
		r := openLesson(t, dir, l)
		p := join(t, r, "a")
		p.Edit(p.Cells()[0], "mine := 1", 1)
		p.Wait("saved")
		r.Close()

		newer := *l
		newer.Source = append(append([]byte(nil), l.Source...), "\n## One more thing\n"...)
		r = openLesson(t, dir, &newer)
		p = join(t, r, "a")
		p.Wait("updated")
		p.Say("update", pagetest.Fields{"keep": keep})
		p.Edit(p.Cells()[1], "more := 1", 2)
		p.WaitFor("saved", func(m pagetest.Message) bool { return m.T == "saved" && m.Edit == 2 })
		text := string(r.Markdown())
		if strings.Contains(text, "mine := 1") != keep || strings.Contains(text, "One more thing") == keep {
			t.Errorf("keep %v: it is\n%s", keep, text)
		}
		r.Close()
		for _, question := range openLesson(t, dir, &newer).questions() {
			t.Errorf("keep %v: it asks again: %s", keep, question)
		}
	}
}
