package library

import (
	"fmt"
	"strconv"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/progress"
)

// parts divide the way through, by the numbers of the lessons.
var parts = []struct {
	title    string
	from, to int
}{
	{"From pixels to layers", 1, 3},
	{"From layers to an answer", 4, 6},
	{"How a net learns", 7, 9},
	{"The deeper the worse, and the way out", 10, 12},
	{"ResNet-50, and your own pictures", 13, 15},
	{"Faster, and further", 16, 99},
}

// view is what the page shows.
type view struct {
	Parts     []part
	Go        way // on with this lesson
	Again     bool
	Notebooks []notebook
	Folder    string

	Calibration string
	Chart       *chart // nil before there is something to draw
	Warning     string // what is wrong with the progress
	Name        string // of a new notebook
	Problem     string // with that name
}

type part struct {
	Title   string
	Lessons []book
}

// book is a lesson on the shelf.
type book struct {
	ID, Title  string
	Minutes    int
	Exercises  []bool // which are solved
	Solved     int
	Cell       int // where it was left; 0: not begun, or at its top
	URL        string
	Begun      bool
	Last, Done bool // the one that was open last; all exercises are solved
}

// Standing is how far the lesson is done, in words.
func (b book) Standing() string {
	switch n := len(b.Exercises); {
	case n == 0:
		return ""
	case b.Solved == n:
		return fmt.Sprintf("all %d exercises done", n)
	default:
		return fmt.Sprintf("%d of %d exercises done", b.Solved, n)
	}
}

// way leads into a lesson.
type way struct{ Text, URL string }

// view gathers what the page shows. Progress that cannot be read is named, and
// the lessons are there all the same.
func (l *Library) view() view {
	record, err := l.learner.Read()
	v := view{Folder: l.folder.Name()}
	if err != nil {
		record, v.Warning = &progress.Record{}, err.Error()
	}
	calibration := record.Calibration()
	v.Calibration, v.Chart = calibration.String(), newChart(calibration)
	v.Notebooks, err = notebooks(l.folder)
	if err != nil && v.Warning == "" {
		v.Warning = err.Error()
	}
	last := record.LastLesson()
	for i, lesson := range lesson.All() {
		b := onShelf(lesson, record)
		b.Last = b.ID == last
		if i == 0 {
			v.Go = way{"Begin: " + b.ID + " " + b.Title, b.URL}
		}
		if b.Last {
			v.Again, v.Go = true, way{"Go on: " + b.ID + " " + b.Title, b.URL}
			if b.Cell > 0 {
				v.Go.Text = fmt.Sprintf("Go on: %s, cell %d", b.ID, b.Cell)
			}
		}
		v.put(b)
	}
	return v
}

func onShelf(l *lesson.Lesson, record *progress.Record) book {
	visit, begun := record.Lessons[l.ID]
	b := book{ID: l.ID, Title: l.Title, Minutes: l.Minutes, Cell: visit.Cell, Begun: begun, URL: "/lesson/" + l.ID}
	if visit.Block != "" {
		b.URL += "#" + visit.Block
	}
	for _, name := range l.ExerciseNames() {
		solved := record.Exercise(l.ID, name).Passed != nil
		b.Exercises = append(b.Exercises, solved)
		if solved {
			b.Solved++
		}
	}
	b.Done = b.Solved > 0 && b.Solved == len(b.Exercises)
	return b
}

// put puts a lesson into its part. Parts without lessons are not shown.
func (v *view) put(b book) {
	n, _ := strconv.Atoi(b.ID)
	title := "More"
	for _, p := range parts {
		if n >= p.from && n <= p.to {
			title = p.title
		}
	}
	if last := len(v.Parts) - 1; last < 0 || v.Parts[last].Title != title {
		v.Parts = append(v.Parts, part{Title: title})
	}
	p := &v.Parts[len(v.Parts)-1]
	p.Lessons = append(p.Lessons, b)
}
