package claims

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/lesson"
	"reslab/experiments/run"
)

// Again is what became of a figure when it was measured again.
type Again struct {
	Text    string // what was measured this time
	Holds   bool   // it says what the page says
	Skipped bool   // it takes minutes, and was left
	Err     error  // it could not be measured
}

// meter measures figures again. A lesson runs once for all figures that it has,
// and so does an experiment.
type meter struct {
	cells    map[*lesson.Lesson]int // how many of a lesson, from the top, are needed
	lessons  map[*lesson.Lesson]lesson.RunReport
	runs     map[string][]statement
	progress func(done, total int, label string)

	done, total int
}

// runWeighs is how many cells of a lesson a run of an experiment counts for in the
// progress.
const runWeighs = 10

// newMeter returns a meter for the figures of some claims.
func newMeter(all []Claim, progress func(done, total int, label string)) *meter {
	m := &meter{cells: map[*lesson.Lesson]int{}, lessons: map[*lesson.Lesson]lesson.RunReport{}, runs: map[string][]statement{}, progress: progress}
	runs := map[string]bool{}
	for _, c := range all {
		for _, f := range c.Figures {
			switch s := f.Source.(type) {
			case *lessonCell:
				m.cells[s.lesson] = max(m.cells[s.lesson], s.N)
			case *experimentRun:
				if !s.minutes {
					runs[s.key()] = true
				}
			}
		}
	}
	m.total = runWeighs * len(runs)
	for _, n := range m.cells {
		m.total += n
	}
	return m
}

// measureAll measures claims again, and tells of each. If ctx ends, it returns ctx's
// error and what was measured until then.
func measureAll(ctx context.Context, claims []Claim, progress func(done, total int, label string), tell func(outcome)) (told []outcome, err error) {
	m := newMeter(claims, progress)
	for _, c := range claims {
		figures, err := m.measure(ctx, c)
		if len(figures) > 0 {
			told = append(told, outcome{c, figures})
			tell(told[len(told)-1])
		}
		if err != nil {
			return told, err
		}
	}
	return told, nil
}

// measure measures all figures of a claim again. If ctx ends, it returns ctx's
// error and those that were measured until then.
func (m *meter) measure(ctx context.Context, c Claim) (all []Again, err error) {
	for _, f := range c.Figures {
		var again Again
		switch s := f.Source.(type) {
		case *lessonCell:
			again = m.cell(ctx, s, f.Text)
		case *experimentRun:
			again = m.run(ctx, s, f.Text)
		}
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		all = append(all, again)
	}
	return all, nil
}

// cell runs the lesson of a cell, if that has not happened, and looks for the
// figure in what the cell printed.
func (m *meter) cell(ctx context.Context, c *lessonCell, figure string) Again {
	report, there := m.lessons[c.lesson]
	if !there {
		n := m.cells[c.lesson]
		m.say(fmt.Sprintf("lesson %s, cell 1 of %d", c.lesson.ID, n))
		var err error
		report, err = lesson.RunFirst(ctx, c.lesson, n, func(done lesson.Cell, _ lesson.CellReport) {
			m.done++
			m.say(fmt.Sprintf("lesson %s, cell %d of %d", c.lesson.ID, min(done.N+1, n), n))
		})
		if err != nil {
			return Again{Err: err}
		}
		m.lessons[c.lesson] = report
	}
	line, same := c.Prints(report.Cells[c.N-1].Printed, figure)
	if same {
		return Again{Text: line, Holds: true}
	}
	for _, before := range report.Cells[:c.N] {
		if before.Broke {
			problem, _, _ := strings.Cut(before.Error, "\n")
			return Again{Err: fmt.Errorf("lesson %s ends in an error: %s", c.lesson.ID, problem)}
		}
	}
	return Again{Text: line}
}

// run runs an experiment with these settings, if that has not happened, and looks
// what it says now of what the page quotes.
func (m *meter) run(ctx context.Context, r *experimentRun, figure string) Again {
	if r.minutes {
		return Again{Skipped: true}
	}
	said, there := m.runs[r.key()]
	if !there {
		before := m.done
		m.say(r.Place())
		var err error
		said, err = r.repeat(ctx, func(s run.Step) {
			m.done = before + runWeighs*s.Done/max(1, s.Total)
			m.say(r.Place())
		})
		m.done = before + runWeighs
		if err != nil {
			return Again{Err: err}
		}
		m.runs[r.key()] = said
	}
	return r.compare(said, figure)
}

func (m *meter) say(label string) { m.progress(m.done, m.total, label) }

// key names all runs with the same settings.
func (r *experimentRun) key() string { return strings.Join(r.Command(), " ") }

// repeat runs the experiment in a folder that is not kept.
func (r *experimentRun) repeat(ctx context.Context, progress run.Progress) ([]statement, error) {
	folder, err := os.MkdirTemp("", "lab-claims-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	job, err := r.experiment.Open(run.Request{Settings: r.given}, filepath.Join(folder, "run"), false)
	if err != nil {
		return nil, err
	}
	defer job.Folder.Close()
	job.Progress = progress
	found, err := r.experiment.Run(ctx, job)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(found.Figures)
	if err != nil {
		return nil, err
	}
	var figures result
	if err := json.Unmarshal(text, &figures); err != nil {
		return nil, err
	}
	return figures.statements(), nil
}

// compare holds a new result against the page. All statements that the page quotes
// must hold again; their figures may be others.
func (r *experimentRun) compare(said []statement, figure string) Again {
	again := Again{Holds: true}
	for _, about := range r.about {
		i := slices.IndexFunc(said, func(s statement) bool { return s.about == about })
		if i < 0 {
			return Again{Err: fmt.Errorf("this run says nothing of: %s", about)}
		}
		again.Text = said[i].figure
		again.Holds = again.Holds && said[i].held && (!said[i].exact || said[i].figure == figure)
	}
	return again
}
