package library

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/page"
	"reslab/cmd/lab/internal/progress"
	"reslab/lessons/lab"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// site is a library with a learner and a folder of its own.
type site struct {
	*httptest.Server
	learner *progress.Learner
	folder  string
}

func serve(t *testing.T) site {
	t.Helper()
	s := site{learner: progress.In(t.TempDir()), folder: t.TempDir()}
	l, err := New(s.learner, s.folder)
	must(t, err)
	mux := http.NewServeMux()
	mux.Handle("/lessons", l)
	mux.Handle("/lessons/", l)
	mux.Handle("/static/", http.StripPrefix("/static/", page.Handler()))
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) {}) // where links lead
	s.Server = httptest.NewServer(mux)
	t.Cleanup(func() {
		s.Server.Close()
		l.Close()
	})
	return s
}

// get returns the status and the text of an answer. Redirects are not followed.
func (s site) get(t *testing.T, r *http.Request) (status int, body string, header http.Header) {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(text), answer.Header
}

func (s site) page(t *testing.T) string {
	t.Helper()
	r, err := http.NewRequest("GET", s.URL+"/lessons", nil)
	must(t, err)
	status, body, _ := s.get(t, r)
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	return body
}

func (s site) write(t *testing.T, name, text string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(s.folder, name), []byte(text), 0o666))
}

func wantParts(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("there is no %q in\n%s", part, text)
		}
	}
}

// Every lesson that there is stands on the page, with its minutes.
func TestShelf(t *testing.T) {
	s := serve(t)
	body := s.page(t)
	all := lesson.List()
	for _, l := range all {
		wantParts(t, body, `href="/lesson/`+l.ID+`"`, l.ID+"</span> "+l.Title, fmt.Sprintf("%d minutes", l.Minutes), fmt.Sprintf("0 of %d exercises done", l.Exercises))
	}
	wantParts(t, body, "Begin: "+all[0].ID, "From pixels to layers", "No prediction yet.", "None in this folder yet")
}

func TestProgressOnTheShelf(t *testing.T) {
	s := serve(t)
	must(t, s.learner.Opened("02"))
	must(t, s.learner.Left("02", 7, "b11"))
	_, err := s.learner.Passed("02", "stops")
	must(t, err)
	l, err := lesson.Find("02")
	must(t, err)
	wantParts(t, s.page(t), "Go on: 02, cell 7", `href="/lesson/02#b11"`, "you were at cell 7", fmt.Sprintf("1 of %d exercises done", l.Info.Exercises))
	for _, name := range l.ExerciseNames() {
		_, err := s.learner.Passed("02", name)
		must(t, err)
	}
	wantParts(t, s.page(t), fmt.Sprintf("all %d exercises done", l.Info.Exercises), "✓")
}

// The parts are about all numbers of lessons, each in one.
func TestParts(t *testing.T) {
	var v view
	for n := 1; n <= 17; n++ {
		v.put(book{ID: fmt.Sprintf("%02d", n)})
	}
	if len(v.Parts) != len(parts) {
		t.Errorf("%d parts, want %d", len(v.Parts), len(parts))
	}
	for i, p := range v.Parts {
		if p.Title != parts[i].title || p.Lessons[0].ID != fmt.Sprintf("%02d", parts[i].from) {
			t.Errorf("part %d is %+v", i, p)
		}
	}
}

// Progress that cannot be read is named, and the lessons are there all the same.
func TestBrokenProgress(t *testing.T) {
	s := serve(t)
	must(t, os.WriteFile(s.learner.File(), []byte("{"), 0o600))
	wantParts(t, s.page(t), "cannot be read", "move the file away", "/lesson/02")
}

func TestNotebooks(t *testing.T) {
	s := serve(t)
	s.write(t, "net.md", "# A <b>net</b>\n\n```go\nx := 1\n```\n")
	s.write(t, "untitled.md", "```go\nx := 1\n```\n")
	s.write(t, "words.md", "# No cells\n\nJust words, and Go in words.\n")
	s.write(t, "ReadMe.md", "# About\n\n```go\nx := ...\n```\n")
	s.write(t, ".hidden.md", "# Hidden\n\n```go\n```\n")
	must(t, os.Mkdir(filepath.Join(s.folder, "folder.md"), 0o777))
	outside := filepath.Join(t.TempDir(), "secret.md")
	must(t, os.WriteFile(outside, []byte("# Secret\n\n```go\n```\n"), 0o666))
	if err := os.Symlink(outside, filepath.Join(s.folder, "link.md")); err != nil {
		t.Log(err) // some systems need a right for that
	}
	body := s.page(t)
	wantParts(t, body, `href="/file/net.md"`, "A &lt;b&gt;net&lt;/b&gt;", ">untitled<")
	for _, part := range []string{"words.md", "About", "Hidden", "folder.md", "Secret", "link.md"} {
		if strings.Contains(body, part) {
			t.Errorf("%s is listed", part)
		}
	}
}

// TestFolderIsNamed: the page says where notebooks are kept, also when lab was started in ".".
func TestFolderIsNamed(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	l, err := New(progress.In(t.TempDir()), ".")
	must(t, err)
	defer l.Close()
	if got := filepath.Base(l.view().Folder); got != filepath.Base(folder) {
		t.Errorf("the page names the folder %s, which is %s", got, folder)
	}
}

func (s site) make(t *testing.T, name string) (status int, body, to string) {
	t.Helper()
	r, err := http.NewRequest("POST", s.URL+"/lessons/new", strings.NewReader(url.Values{"name": {name}}.Encode()))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, body, header := s.get(t, r)
	return status, body, header.Get("Location")
}

func TestNewNotebook(t *testing.T) {
	s := serve(t)
	for name, want := range map[string]string{
		"My first net!": "my-first-net", "two.md": "two", "  a   b ": "a-b", "../../etc/passwd": "etc-passwd", "残差": "残差",
		strings.Repeat("x", 90): strings.Repeat("x", 60),
	} {
		status, body, to := s.make(t, name)
		if status != http.StatusSeeOther || to != "/file/"+url.PathEscape(want+".md") {
			t.Errorf("%q: %d to %q\n%s", name, status, to, body)
		}
		text, err := os.ReadFile(filepath.Join(s.folder, want+".md"))
		must(t, err)
		if !strings.HasPrefix(string(text), "# ") || !strings.HasSuffix(string(text), "\n\n```go\n\n```\n") {
			t.Errorf("%q has %q", name, text)
		}
	}
	s.write(t, "mine.md", "precious")
	status, body, _ := s.make(t, "mine")
	wantParts(t, body, "mine.md is there already", `value="mine"`, "aria-invalid")
	if text, _ := os.ReadFile(filepath.Join(s.folder, "mine.md")); status != http.StatusConflict || string(text) != "precious" {
		t.Errorf("status %d, and it has %q", status, text)
	}
	for _, name := range []string{"", "...", " / "} {
		if status, body, _ := s.make(t, name); status != http.StatusBadRequest || !strings.Contains(body, "needs a name") {
			t.Errorf("%q: status %d", name, status)
		}
	}
}

// settled makes a bet and settles it.
func settled(t *testing.T, l *progress.Learner, in, name, said, truth string, sure float64) {
	t.Helper()
	q := lab.Question{Name: name, Text: "What is " + name + "?", Options: []string{"a", "b"}}
	must(t, l.Committed(in, q, fmt.Appendf(nil, `{"choice": %q, "confidence": %g}`, said, sure)))
	must(t, l.Settled(in, lab.Settled{Question: q, Truth: truth, Guess: said, Right: said == truth}))
}

func (s site) remember(t *testing.T, body string) (status int, text string) {
	t.Helper()
	r, err := http.NewRequest("POST", s.URL+"/lessons/memories", strings.NewReader(body))
	must(t, err)
	status, text, _ = s.get(t, r)
	return status, text
}

func TestMemoriesOverHTTP(t *testing.T) {
	s := serve(t)
	settled(t, s.learner, "02", "edge", "a", "b", 0.8)
	ask := func(lesson string) string {
		r, err := http.NewRequest("GET", s.URL+"/lessons/memories?lesson="+lesson, nil)
		must(t, err)
		_, body, _ := s.get(t, r)
		return strings.TrimSpace(body)
	}
	if got := ask("03"); got != "[]" {
		t.Errorf("lesson 03 asks %s", got)
	}
	got := ask("04")
	wantParts(t, got, `"What is edge?"`, `["a","b"]`)
	if strings.Contains(got, "truth") || strings.Contains(got, "guess") {
		t.Errorf("it tells too much: %s", got)
	}
	if status, body := s.remember(t, `{"in": "03", "lesson": "02", "name": "edge", "said": "b"}`); status != http.StatusConflict {
		t.Errorf("what is not asked was answered: %d %s", status, body)
	}
	if status, _ := s.remember(t, `{`); status != http.StatusBadRequest {
		t.Errorf("status %d for no JSON", status)
	}
	status, body := s.remember(t, `{"in": "04", "lesson": "02", "name": "edge", "said": "b", "confidence": 0.9}`)
	var a progress.Answer
	must(t, json.Unmarshal([]byte(body), &a))
	if status != http.StatusOK || !a.Right || a.Truth != "b" || a.Then != "a" || a.ThenRight || a.Confidence != 0.8 || !strings.Contains(a.Calibrated, "80 % sure") {
		t.Errorf("%d %s", status, body)
	}
	if got := ask("04"); got != "[]" {
		t.Errorf("answered, it asks again: %s", got)
	}
}

func TestCalibrationOnThePage(t *testing.T) {
	s := serve(t)
	settled(t, s.learner, "02", "edge", "a", "b", 0.9)
	settled(t, s.learner, "02", "sum", "a", "a", 0.9)
	wantParts(t, s.page(t), "You were 90 % sure on average, and right in 1 of 2.", `cx="90" cy="50"`, "90 % sure: right in 1 of 2")
}
