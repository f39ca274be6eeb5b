package library

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// A learner looks at the library, makes a notebook with the keyboard alone, and
// answers a question from memory.
func TestLibraryInBrowser(t *testing.T) {
	b := browsertest.Start(t)
	s := serve(t)
	settled(t, s.learner, "01", "pixel", "a", "a", 0.7)
	settled(t, s.learner, "02", "edge", "a", "b", 0.9)
	settled(t, s.learner, "02", "sum", "a", "a", 0.9)
	must(t, s.learner.Left("02", 7, "b11"))
	_, err := s.learner.Passed("02", "stops")
	must(t, err)
	s.write(t, "net.md", "# A net of mine\n\n```go\nx := 1\n```\n")
	p := b.Open(t, s.URL+"/lessons")
	p.WaitText("h1", "Lessons")
	for _, dark := range []bool{true, false} {
		p.Dark(dark)
		for _, width := range []int64{390, 1280} {
			p.Size(width, 1100)
			p.Shot(fmt.Sprintf("library-%d-%v", width, dark))
			if over := browsertest.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("at %d pixels the page is %d too wide", width, over)
			}
		}
	}
	for range 30 {
		p.Press("Tab")
		if browsertest.Eval[string](p, "document.activeElement.id") == "name" {
			break
		}
	}
	p.Type("My net")
	p.Press("Enter")
	p.Wait(`location.pathname === "/file/my-net.md"`)
	if _, err := os.Stat(filepath.Join(s.folder, "my-net.md")); err != nil {
		t.Error(err)
	}
}

// A question from memory, as it stands at the top of a lesson.
func TestMemoryInBrowser(t *testing.T) {
	b := browsertest.Start(t)
	s := serve(t)
	settled(t, s.learner, "02", "edge", "a", "b", 0.9)
	p := b.Open(t, s.URL+"/lessons")
	browsertest.Eval[int](p, `(async () => {
		const { showMemories } = await import("/static/library/memory.js");
		document.head.insertAdjacentHTML("beforeend", '<link rel="stylesheet" href="/static/library/memory.css">');
		return showMemories(document.querySelector("main"), "04");
	})()`)
	p.WaitText(".memory", "What is edge?")
	p.Click(".memory input[value=b]")
	p.Shot("memory-asked")
	p.Click(".memory button")
	p.WaitText(".memory .told", "Right. It is b. Then you said a, 90 % sure, and that was wrong.")
	p.Shot("memory-told")
}
