package progress

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"reslab/lessons/lab"
)

// at sets the clock, an hour later with each call.
func at(t *testing.T) {
	t.Helper()
	was, hour := clock, 0
	clock = func() time.Time {
		hour++
		return time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC)
	}
	t.Cleanup(func() { clock = was })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func record(t *testing.T, l *Learner) *Record {
	t.Helper()
	r, err := l.Read()
	must(t, err)
	return r
}

func TestExercises(t *testing.T) {
	at(t)
	l := In(filepath.Join(t.TempDir(), "new", "folder"))
	if r := record(t, l); len(r.Exercises) != 0 || r.LastLesson() != "" {
		t.Errorf("a new learner has %+v", r)
	}
	for i, want := range []bool{true, false} {
		if first, err := l.Passed("02", "stops"); err != nil || first != want {
			t.Errorf("pass %d: first %v, %v", i, first, err)
		}
	}
	for _, want := range []int{1, 2, 2} {
		if read, err := l.NextHint("02", "stops", 2); err != nil || read != want {
			t.Errorf("%d hints read, want %d, %v", read, want, err)
		}
	}
	must(t, l.HintRead("02", "stops", 1))
	must(t, l.SolutionSeen("02", "stops"))
	e := record(t, l).Exercise("02", "stops")
	if e.Passed == nil || e.Passed.Hour() != 1 || e.Hints != 2 || !e.Solution {
		t.Errorf("kept %+v", e)
	}
	if other := record(t, l).Exercise("02", "convolve"); other != (Exercise{}) {
		t.Errorf("another exercise has %+v", other)
	}
}

func TestPlaces(t *testing.T) {
	at(t)
	l := In(t.TempDir())
	must(t, l.Opened("01"))
	must(t, l.Opened("02"))
	must(t, l.Left("01", 7, "b9"))
	r := record(t, l)
	if v := r.Lessons["01"]; v.Cell != 7 || v.Block != "b9" {
		t.Errorf("left at %+v", v)
	}
	if got := r.LastLesson(); got != "02" {
		t.Errorf("the last lesson is %q", got)
	}
	must(t, l.Opened("01"))
	if r := record(t, l); r.LastLesson() != "01" || r.Lessons["01"].Cell != 7 {
		t.Errorf("opened again: %+v", r.Lessons)
	}
}

// own lets the learner of this test be at home in a folder of its own.
func own(t *testing.T) *Learner {
	t.Helper()
	t.Cleanup(xdg.Reload) // after the variables have their old values again
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	xdg.Reload()
	return Own()
}

func write(t *testing.T, file, content string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(file), 0o700))
	must(t, os.WriteFile(file, []byte(content), 0o600))
}

const versionOne = `{"version": 1, "exercises": {"02/stops": {"passed": "2026-01-02T03:04:05Z", "hints": 3}}}`

// What version 1 kept is taken over, whether it stands in the old place or, on
// systems where both are one, in the new.
func TestVersionOne(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		l := own(t)
		file := l.older()
		if inPlace {
			file = l.File()
		}
		write(t, file, versionOne)
		if e := record(t, l).Exercise("02", "stops"); e.Passed == nil || e.Hints != 3 {
			t.Errorf("in place %v: it read %+v", inPlace, e)
		}
		must(t, l.Opened("02"))
		r := record(t, l)
		if e := r.Exercise("02", "stops"); e.Passed == nil || e.Hints != 3 || r.LastLesson() != "02" {
			t.Errorf("in place %v: after a change it has %+v", inPlace, r)
		}
		if now, _ := os.ReadFile(file); !inPlace && string(now) != versionOne {
			t.Errorf("the old file became %s", now)
		}
	}
}

// Once there is a new file, the old one is not read again.
func TestVersionOneOnce(t *testing.T) {
	l := own(t)
	must(t, l.Opened("01"))
	write(t, l.older(), versionOne)
	if e := record(t, l).Exercise("02", "stops"); e.Hints != 0 {
		t.Errorf("it read %+v", e)
	}
}

// A file that this program does not understand is left alone.
func TestFileOfAnother(t *testing.T) {
	for content, want := range map[string]string{`{"version": 3}`: "another version", `{}`: "another version", `{"ver`: "cannot be read", "": "cannot be read"} {
		l := In(t.TempDir())
		write(t, l.File(), content)
		if err := l.Opened("01"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", content, err)
		}
		if now, _ := os.ReadFile(l.File()); string(now) != content {
			t.Errorf("%q was changed to %s", content, now)
		}
	}
}

// Programs and goroutines that write at once lose nothing of each other.
func TestManyWriters(t *testing.T) {
	l := In(t.TempDir())
	if folder := os.Getenv("PROGRESS_WRITER"); folder != "" {
		for i := range 20 {
			must(t, In(folder).HintRead("02", fmt.Sprintf("%s-%d", os.Getenv("PROGRESS_NAME"), i), 1))
		}
		return
	}
	var all sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		all.Go(func() {
			child := exec.Command(os.Args[0], "-test.run=^TestManyWriters$")
			child.Env = append(os.Environ(), "PROGRESS_WRITER="+l.folder, "PROGRESS_NAME="+name)
			if out, err := child.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	for i := range 20 {
		all.Go(func() {
			if err := l.HintRead("02", fmt.Sprintf("c-%d", i), 1); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(record(t, l).Exercises); n != 60 {
		t.Errorf("%d of 60 are kept", n)
	}
}

// A program that is killed while it writes leaves the file as it was, and what
// lies around of it harms nobody.
func TestKilledWriter(t *testing.T) {
	l := In(t.TempDir())
	if folder := os.Getenv("PROGRESS_KILLED"); folder != "" {
		for i := 0; ; i++ {
			must(t, In(folder).Left("01", i, strings.Repeat("b", 1<<16)))
		}
	}
	must(t, l.HintRead("02", "stops", 1))
	for range 5 {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
		child.Env = append(os.Environ(), "PROGRESS_KILLED="+l.folder)
		must(t, child.Start())
		for record(t, l).Lessons["01"].Cell < 3 {
			time.Sleep(time.Millisecond)
		}
		must(t, child.Process.Kill())
		child.Wait()
		if e := record(t, l).Exercise("02", "stops"); e.Hints != 1 {
			t.Fatalf("after the kill: %+v", e)
		}
		must(t, l.Left("01", 0, "")) // and the lock is free
	}
}

func bet(t *testing.T, l *Learner, lesson, name, said string, sure float64, truth string) {
	t.Helper()
	q := lab.Question{Name: name, Text: name + "?", Options: []string{"a", "b"}}
	must(t, l.Committed(lesson, q, fmt.Appendf(nil, `{"choice": %q, "confidence": %g}`, said, sure)))
	if truth != "" {
		must(t, l.Settled(lesson, lab.Settled{Question: q, Truth: truth, Guess: said, Right: said == truth}))
	}
}

func TestPredictions(t *testing.T) {
	at(t)
	l := In(t.TempDir())
	bet(t, l, "02", "edge", "a", 0.6, "")
	bet(t, l, "02", "edge", "b", 0.9, "a") // a change of mind, in time
	bet(t, l, "02", "edge", "a", 1, "a")   // too late
	r := record(t, l)
	if len(r.Predictions) != 1 {
		t.Fatalf("kept %+v", r.Predictions)
	}
	if p := r.Predictions[0]; p.Guess != "b" || p.Confidence != 0.9 || p.Truth != "a" || p.Right || p.Settled == nil {
		t.Errorf("kept %+v", p)
	}
	must(t, l.Settled("02", lab.Settled{Question: lab.Question{Name: "none"}, Truth: "x"}))
	if n := len(record(t, l).Predictions); n != 1 {
		t.Errorf("%d predictions, one of them by nobody", n)
	}
	if err := l.Committed("02", lab.Question{Name: "bad"}, []byte("{")); err == nil {
		t.Error("a bet that is no JSON was kept")
	}
}

func names(t *testing.T, l *Learner, lesson string) string {
	t.Helper()
	due, err := l.Memories(lesson)
	must(t, err)
	var all []string
	for _, m := range due {
		all = append(all, m.Name)
	}
	return strings.Join(all, " ")
}

func TestMemories(t *testing.T) {
	at(t)
	l := In(t.TempDir())
	bet(t, l, "02", "one", "a", 0.6, "a")
	bet(t, l, "02", "two", "a", 0.8, "b")
	bet(t, l, "02", "three", "b", 0.5, "b")
	bet(t, l, "02", "open", "a", 0.5, "") // not settled: nobody may ask
	for lesson, want := range map[string]string{"01": "", "02": "", "03": "", "04": "one two", "05": "one two"} {
		if got := names(t, l, lesson); got != want {
			t.Errorf("lesson %s asks %q, want %q", lesson, got, want)
		}
	}
	due, _ := l.Memories("04")
	a, err := l.Answered("04", due[0], "a", 0.9)
	must(t, err)
	if !a.Right || a.Truth != "a" || a.Then != "a" || a.Confidence != 0.6 || !a.ThenRight || !strings.Contains(a.Calibrated, "2 of 3") {
		t.Errorf("answered rightly: %+v", a)
	}
	a, err = l.Answered("04", due[1], "a", 0.9)
	must(t, err)
	if a.Right || a.Truth != "b" || a.ThenRight {
		t.Errorf("answered wrongly: %+v", a)
	}
	for lesson, want := range map[string]string{"04": "three", "05": "three", "06": "two three"} {
		if got := names(t, l, lesson); got != want {
			t.Errorf("then lesson %s asks %q, want %q", lesson, got, want)
		}
	}
	if _, err := l.Answered("04", Memory{Lesson: "02", Name: "open"}, "a", 1); err == nil {
		t.Error("an open bet was remembered")
	}
}

// The bet of the first page has no number: it comes back when two lessons were
// opened since, as does one of a lesson that was taken out of order.
func TestMemoriesByLessonsOpened(t *testing.T) {
	at(t)
	l := In(t.TempDir())
	must(t, l.Opened("09"))
	bet(t, l, First, "depth", "a", 0.7, "b")
	bet(t, l, "05", "late", "a", 0.7, "b")
	must(t, l.Opened("01"))
	if got := names(t, l, "01"); got != "" {
		t.Errorf("one lesson later comes %q", got)
	}
	must(t, l.Opened("03"))
	if got := names(t, l, "03"); got != "depth late" {
		t.Errorf("two lessons later comes %q", got)
	}
}

// Lessons that were opened between the bet and its outcome do not count: nobody
// knew the answer then.
func TestMemoriesWaitForTheOutcome(t *testing.T) {
	at(t)
	l := In(t.TempDir())
	bet(t, l, First, "depth", "a", 0.7, "")
	for _, lesson := range []string{"01", "02", "03"} {
		must(t, l.Opened(lesson))
		if got := names(t, l, lesson); got != "" {
			t.Errorf("before the outcome, lesson %s asks %q", lesson, got)
		}
	}
	must(t, l.Settled(First, lab.Settled{Question: lab.Question{Name: "depth"}, Truth: "b", Guess: "a"}))
	must(t, l.Opened("04"))
	if got := names(t, l, "04"); got != "" {
		t.Errorf("one lesson after the outcome comes %q", got)
	}
	must(t, l.Opened("05"))
	for lesson, want := range map[string]string{"05": "depth", "10": "", "11": "depth"} { // 10 bets on the same again
		if got := names(t, l, lesson); got != want {
			t.Errorf("two lessons after the outcome, lesson %s asks %q, want %q", lesson, got, want)
		}
	}
}

func TestNumbersFromMemory(t *testing.T) {
	l := In(t.TempDir())
	q := lab.Question{Name: "weights", Text: "How many?", Number: true}
	must(t, l.Committed("02", q, []byte(`{"number": 144, "confidence": 0.7}`)))
	must(t, l.Settled("02", lab.Settled{Question: q, Truth: "432", Guess: "144"}))
	due, _ := l.Memories("04")
	for said, want := range map[string]bool{"432": true, "440": true, "500": false, "many": false, "": false} {
		a, err := l.Answered("04", due[0], said, 0.5)
		must(t, err)
		if a.Right != want {
			t.Errorf("%q: right %v", said, a.Right)
		}
	}
}

func TestCalibration(t *testing.T) {
	settled := clock()
	var r Record
	add := func(n int, sure float64, right bool) {
		for range n {
			r.Predictions = append(r.Predictions, Prediction{Guess: "a", Confidence: sure, Right: right, Settled: &settled})
		}
	}
	if got := r.Calibration().String(); got != "No prediction yet." {
		t.Error(got)
	}
	add(2, 0.5, true)
	add(2, 0.5, false)
	r.Predictions = append(r.Predictions, Prediction{Guess: "a", Confidence: 1}, Prediction{Confidence: 1, Settled: &settled})
	if c := r.Calibration(); c.Bets != 4 || c.Right != 2 || c.Sure != 0.5 || c.Brier != 0.25 || len(c.Bins) != 1 {
		t.Errorf("%+v", c)
	}
	add(6, 1, false)
	c := r.Calibration()
	if len(c.Bins) != 2 || c.Bins[1].Bets != 6 || c.Bins[1].Sure != 1 || c.Bins[1].To != 1 {
		t.Errorf("bins %+v", c.Bins)
	}
	if got := c.String(); got != "You were 80 % sure on average, and right in 2 of 10. You are surer than you are right: go lower." {
		t.Error(got)
	}
}

// The names in the file are a promise to older and newer versions.
func TestForm(t *testing.T) {
	at(t)
	l := In(t.TempDir())
	bet(t, l, "02", "edge", "a", 0.6, "a")
	content, err := os.ReadFile(l.File())
	must(t, err)
	var form map[string]any
	must(t, json.Unmarshal(content, &form))
	p := form["predictions"].([]any)[0].(map[string]any)
	for _, name := range []string{"lesson", "name", "question", "options", "guess", "confidence", "made", "truth", "right", "settled"} {
		if _, ok := p[name]; !ok {
			t.Errorf("a prediction has no %s", name)
		}
	}
}
