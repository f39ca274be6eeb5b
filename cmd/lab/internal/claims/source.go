package claims

import (
	"fmt"
	"strings"
	"sync"

	"reslab/cmd/lab/internal/lesson"
	"reslab/experiments/run"
)

// Source is where a figure comes from.
type Source interface {
	Place() string     // as "lesson 10, cell 9"
	Command() []string // that measures it: what stands behind lab
}

// lessonCell is a cell of a lesson that prints a figure.
type lessonCell struct {
	lesson *lesson.Lesson
	lesson.Cell
}

func (c *lessonCell) Place() string     { return fmt.Sprintf("lesson %s, cell %d", c.lesson.ID, c.N) }
func (c *lessonCell) Command() []string { return []string{"lesson", "run", c.lesson.ID} }

// experimentRun is a run of an experiment that measures a figure.
type experimentRun struct {
	experiment *run.Experiment
	given      run.Values // the settings that differ from the usual
	flags      []string
	minutes    bool     // it takes too long to be waited for
	about      []string // the statements of its result that have the figure
}

func (r *experimentRun) Place() string { return "experiment " + r.experiment.Name }
func (r *experimentRun) Command() []string {
	return append([]string{"experiment", "run", r.experiment.Name}, r.flags...)
}

// allLessons reads the lessons once.
var allLessons = sync.OnceValue(lesson.All)

// cellThatPrints finds the cell of a lesson that has a figure in its output block,
// the first if there are several.
func cellThatPrints(id, figure string) (Source, error) {
	for _, l := range allLessons() {
		if l.ID != id {
			continue
		}
		for _, c := range l.Cells {
			if strings.Contains(c.Output, figure) {
				return &lessonCell{l, c}, nil
			}
		}
		return nil, fmt.Errorf("lesson %s does not print %q", id, figure)
	}
	return nil, fmt.Errorf("there is no lesson %s", id)
}
