package train

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/weights"
	"reslab/viz"
)

// Result is result.json. Images, Loss, Top1 and Top5 are about the test
// pictures, by the weights of the best epoch.
type Result struct {
	Folder  string `json:"-"`
	Summary string `json:"summary"`

	Model  string `json:"model"`
	Data   string `json:"data"`
	Seed   uint64 `json:"seed"`
	Params int64  `json:"params"`

	Epochs     int      `json:"epochs"` // finished
	Steps      int      `json:"steps"`
	BestEpoch  int      `json:"best_epoch"`
	Validation *float64 `json:"validation_top1"` // of the best epoch; null without pictures kept apart
	LeftOut    int      `json:"left_out"`        // pictures that could not be read
	Images     int      `json:"images"`
	Loss       *float64 `json:"loss"` // null before the test, or if it is no number
	Top1       *float64 `json:"top1"`
	Top5       *float64 `json:"top5"`

	Command string        `json:"command"` // makes it again
	Machine string        `json:"machine"` // that made it
	Seconds float64       `json:"seconds"` // all in all, breaks left out
	Stopped bool          `json:"stopped"` // it can go on, unless it diverged
	Reason  string        `json:"reason,omitempty"`
	Classes []ClassResult `json:"classes,omitempty"`
}

// finished is the result of a run that needs nothing more.
func finished(folder *run.Folder) (*Result, error) {
	r := &Result{Folder: folder.Path()}
	content, err := os.ReadFile(filepath.Join(folder.Path(), "result.json"))
	if err == nil {
		err = json.Unmarshal(content, r)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the result of %s: %w", folder.Path(), err)
	}
	return r, nil
}

// finish ends a training: with the final examination if it has come through,
// with what there is if it was stopped or diverged.
func (c *course) finish(ctx context.Context, ended error) (*Result, error) {
	if ended == nil && c.best(c.stepsPerEpoch) == 0 {
		ended = &Useless{*c.settings.Rate}
	}
	if ended == nil {
		ended = c.finalExam(ctx)
	} else if stops(ended) {
		ended = errors.Join(ended, c.keepAll(ended))
	}
	if ended != nil && !stops(ended) || len(c.metrics) == 0 {
		return nil, ended
	}
	story := c.story(reason(ended))
	if err := c.write(story); err != nil {
		return nil, err
	}
	result := c.result(story)
	if err := c.folder.Finish(result); err != nil {
		return nil, err
	}
	var diverged *nn.Diverged
	switch {
	case errors.As(ended, new(*Useless)):
		return result, ended
	case errors.As(ended, &diverged):
		return result, &Diverged{c.weightsPath(), diverged}
	case ended != nil:
		return result, &Stopped{c.folder.Path(), c.step, c.training.Steps}
	}
	return result, nil
}

// keepAll writes what a training that did not come through has learned.
func (c *course) keepAll(ended error) error {
	if c.step == 0 {
		return nil
	}
	if errors.As(ended, new(*nn.Diverged)) && c.best(c.stepsPerEpoch) == 0 {
		if err := c.saveWeights(0); err != nil {
			return err
		}
	}
	return c.checkpoint()
}

// finalExam asks the net of the best epoch about the test pictures.
func (c *course) finalExam(ctx context.Context) error {
	if c.data.test == nil {
		return nil
	}
	file, err := weights.Open(c.weightsPath())
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.Load(c.model); err != nil {
		return err
	}
	c.doing("asking about the test pictures")
	exam, err := examine(ctx, c.model, c.data.test, c.data.skip, nil)
	if err != nil {
		return err
	}
	c.tested = exam
	c.metric(c.best(c.stepsPerEpoch)*c.stepsPerEpoch, splitTest, exam.Loss, exam.Top1, 0)
	return c.folder.Metrics(c.metrics[c.written.metrics:]...)
}

// wasStopped is the reason of a training that somebody stopped.
const wasStopped = "it was stopped"

func reason(ended error) string {
	var diverged *nn.Diverged
	var useless *Useless
	switch {
	case errors.As(ended, &diverged):
		return diverged.Error()
	case errors.As(ended, &useless):
		return useless.Error()
	case ended != nil:
		return wasStopped
	}
	return ""
}

// story is what the report tells of the training until now.
func (c *course) story(stopped string) *story {
	s := &story{records: &c.records, settings: &c.settings, command: c.settings.command(&c.recipe), model: c.net.Name, data: c.settings.Data,
		about: c.data.learn.String(), classes: c.data.classes(), stepsPerEpoch: c.stepsPerEpoch, stopped: stopped, files: c.data.folder}
	switch {
	case c.tested != nil:
		s.exam, s.examined, s.pictures = c.tested, fmt.Sprintf("%s test pictures", count(c.tested.Images)), c.data.test
	case c.exam != nil:
		s.exam, s.examined, s.pictures = c.exam, fmt.Sprintf("%s pictures kept apart", count(c.exam.Images)), c.data.validation
	}
	return s
}

// write writes the report and its figures.
func (c *course) write(s *story) error {
	c.doing("drawing the report")
	figures := s.figures()
	for _, f := range figures {
		if err := c.writeFigure(f); err != nil {
			return err
		}
	}
	page, err := s.report(figures)
	if err != nil {
		return fmt.Errorf("drawing the report: %w", err)
	}
	if !slices.ContainsFunc(figures, func(f figure) bool { return f.file == mistakesFile }) {
		for _, end := range []string{".png", ".svg"} { // of an earlier report, when there still were mistakes
			os.Remove(filepath.Join(c.folder.Path(), mistakesFile+end))
		}
	}
	return c.folder.Write("report.html", page)
}

func (c *course) writeFigure(f figure) error {
	png, err := viz.PNG(f.picture)
	if err != nil {
		return fmt.Errorf("drawing %s.png: %w", f.file, err)
	}
	svg, err := viz.SVG(f.picture)
	if err != nil {
		return fmt.Errorf("drawing %s.svg: %w", f.file, err)
	}
	return errors.Join(c.folder.Write(f.file+".png", png), c.folder.Write(f.file+".svg", svg))
}

// result sums the training up.
func (c *course) result(s *story) *Result {
	epochs, best := s.epochs(), s.best(c.stepsPerEpoch)
	r := &Result{Folder: c.folder.Path(), Summary: s.Summary(), Model: s.model, Data: s.data, Seed: *c.settings.Seed,
		Params: nn.Summarise(c.model, c.net.input[0], c.net.input[1], c.net.input[2]).Params,
		Epochs: len(s.finished(epochs)), Steps: c.step, BestEpoch: best, LeftOut: len(c.data.skipped), Command: s.command, Machine: machine(), Seconds: c.kept.Seconds, Stopped: s.stopped != "", Reason: s.stopped}
	if best > 0 && epochs[best-1].Validation != nil {
		r.Validation = &epochs[best-1].Validation.Accuracy
	}
	if c.tested != nil {
		r.Images, r.Loss, r.Top1, r.Top5 = c.tested.Images, known(c.tested.Loss), &c.tested.Top1, &c.tested.TopK
		r.Classes = c.tested.PerClass(s.classes)
	}
	return r
}

// known is nil for what JSON has no number for.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// machine says what computed, as far as it decides how long that takes.
func machine() string {
	return fmt.Sprintf("%s/%s, %d cores, %s kernels", runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), nn.KernelName())
}
