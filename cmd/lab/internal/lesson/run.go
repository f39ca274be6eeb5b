package lesson

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"reslab/cmd/lab/internal/kernel"
)

// RunReport tells how the cells of a lesson fared.
type RunReport struct {
	ID      string       `json:"id"`
	OK      bool         `json:"ok"`
	Seconds float64      `json:"seconds"`
	Cells   []CellReport `json:"cells"`

	Worked time.Duration `json:"-"` // on all cores together, whatever else the machine did
}

// CellReport tells how one cell fared.
type CellReport struct {
	N     int    `json:"n"`
	Line  int    `json:"line"` // of the fence in lesson.md
	OK    bool   `json:"ok"`
	Error string `json:"error"` // what is wrong; empty if OK

	Printed string `json:"-"`
	Broke   bool   `json:"-"` // it ended in an error, and the cells below may lack what it makes
}

// Run runs the cells of a lesson from top to bottom in a kernel of their own,
// compares what they print, and writes a line for each to out. In an exercise
// the stub must fail its check, and the solution must pass it. The report is of
// the cells so far if ctx ended.
func Run(ctx context.Context, l *Lesson, out io.Writer) (RunReport, error) {
	fmt.Fprintf(out, "%s %s\n", l.ID, l.Title)
	return RunFirst(ctx, l, len(l.Cells), func(c Cell, done CellReport) { writeLine(out, c, done) })
}

// RunFirst is Run for the first n cells of a lesson, and tells of each as soon as
// it has run.
func RunFirst(ctx context.Context, l *Lesson, n int, tell func(Cell, CellReport)) (RunReport, error) {
	began := time.Now()
	report := RunReport{ID: l.ID, OK: true, Cells: []CellReport{}}
	client, err := kernel.Start(ctx, kernel.Options{})
	if err != nil {
		return report, err
	}
	defer client.Close()
	r := &runner{lesson: l, kernel: client}
	for _, c := range l.Cells[:n] {
		printed, problem := r.cell(ctx, c)
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		done := CellReport{N: c.N, Line: c.Line, OK: problem == nil, Printed: printed, Broke: errors.As(problem, new(*kernel.Error))}
		if problem != nil {
			done.Error = problem.Error()
			report.OK = false
		}
		report.Cells = append(report.Cells, done)
		report.Seconds = time.Since(began).Seconds()
		tell(c, done)
	}
	client.Close()
	report.Worked = client.Worked()
	return report, nil
}

func writeLine(out io.Writer, c Cell, r CellReport) {
	mark, exercise, problem := "ok  ", "", ""
	if c.Exercise != "" {
		exercise = "  exercise " + c.Exercise
	}
	if !r.OK {
		mark, problem = "FAIL", indented(r.Error, "        ")+"\n"
	}
	fmt.Fprintf(out, "  %s  cell %2d, line %3d%s\n%s", mark, c.N, c.Line, exercise, problem)
}

// runner runs cells and gathers what they print and show.
type runner struct {
	lesson *Lesson
	kernel *kernel.Client

	mu       sync.Mutex // goroutines of a cell print when it has ended, too
	printed  transcript
	verdicts []verdict
}

// A verdict is what lab.Check said of an exercise.
type verdict struct {
	Exercise       string
	Passed         bool
	Counterexample string
	text           string
}

// see is the sink of the kernel.
func (r *runner) see(e kernel.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := e.(type) {
	case kernel.Stream:
		r.printed.write(e.Text)
	case kernel.Display:
		r.printed.show(e)
		if e.Kind == kernel.Verdict {
			v := verdict{text: strings.TrimSpace(e.Text)}
			if err := json.Unmarshal([]byte(e.Data), &v); err == nil {
				r.verdicts = append(r.verdicts, v)
			}
		}
	}
}

// cell runs a cell and returns what it printed and what is wrong with that.
func (r *runner) cell(ctx context.Context, c Cell) (printed string, problem error) {
	name := fmt.Sprintf("cell %d", c.N)
	printed, err := r.eval(ctx, name, c.Source)
	switch {
	case err != nil && !c.Fails:
		return printed, err
	case err == nil && c.Fails:
		return printed, errors.New("it should end in an error, and does not")
	case err != nil:
		printed += err.Error() + "\n"
	}
	if !matches(printed, c.Output, c.Tol) {
		problem = fmt.Errorf("it prints\n%s\nand should print\n%s", indented(printed, "    "), indented(c.Output, "    "))
	}
	if c.Exercise != "" { // also behind a wrong output: the cells below want the solution
		if err := r.exercise(ctx, name, c); problem == nil {
			problem = err
		}
	}
	return printed, problem
}

// exercise looks at the verdict on the stub, which has run, and tries the
// solution. The cells below then see the solution.
func (r *runner) exercise(ctx context.Context, name string, c Cell) error {
	if v, err := r.verdict(c); err != nil {
		return err
	} else if v.Passed {
		return fmt.Errorf("the stub of %s passes its check", c.Exercise)
	}
	source, err := r.lesson.Solved(c)
	if err != nil {
		return err
	}
	if _, err := r.eval(ctx, name, source); err != nil {
		return fmt.Errorf("the solution of %s: %w", c.Exercise, err)
	}
	if v, err := r.verdict(c); err != nil {
		return err
	} else if !v.Passed {
		return fmt.Errorf("the solution fails its check: %s", v.text)
	}
	return nil
}

// verdict returns what the cell that ran last was told.
func (r *runner) verdict(c Cell) (verdict, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.verdicts) != 1 || r.verdicts[0].Exercise != c.Exercise {
		return verdict{}, fmt.Errorf("the cell must call lab.Check(%q, ...) once, and no other check", c.Exercise)
	}
	return r.verdicts[0], nil
}

// eval runs Go in the kernel and returns what it prints and shows, the value of
// its last expression included.
func (r *runner) eval(ctx context.Context, name, source string) (printed string, err error) {
	r.mu.Lock()
	r.printed.reset()
	r.verdicts = nil
	r.mu.Unlock()
	_, err = r.kernel.Execute(ctx, kernel.Cell{Name: name, Source: source}, r.see)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.printed.String(), err
}

// indented puts indent before every line, and leaves no space at its end.
func indented(s, indent string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(indent+line, " ")
	}
	return strings.Join(lines, "\n")
}
