package train

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"reslab/experiments/run"
	"reslab/nn/data"
	"reslab/nn/weights"
)

// EvaluateJob asks how well trained weights do.
type EvaluateJob struct {
	Weights string // a file, or the folder of a run
	Data    string // a data set, or a folder of pictures
	Strict  bool   // refuse a broken picture

	Progress func(done, total int) // in pictures; may be nil
	Say      func(line string)     // hears what is worth knowing; may be nil
}

// EvaluateResult says how well weights do on pictures. Shares are from 0 to 1.
type EvaluateResult struct {
	Weights string        `json:"weights"`
	Model   string        `json:"model"`
	Data    string        `json:"data"`
	Images  int           `json:"images"`
	Loss    *float64      `json:"loss"` // mean cross-entropy; null if it is no number
	Top1    float64       `json:"top1"`
	Top5    float64       `json:"top5"` // of fewer classes than five: all of them
	Classes []ClassResult `json:"classes"`
}

// Evaluate needs nothing but the file: it says itself which net it is for, how
// large the pictures are, how they are normalised, and what the classes are
// called. Classes are matched by their names, whatever their order in the data.
func Evaluate(ctx context.Context, job EvaluateJob) (*EvaluateResult, error) {
	path, err := WeightsAt(job.Weights)
	if err != nil {
		return nil, err
	}
	model, meta, err := weights.Build(path)
	if err != nil {
		return nil, err
	}
	pictures, err := openTest(ctx, job, meta)
	if err != nil {
		return nil, err
	}
	asked := *pictures
	asked.Classes = meta.Classes
	if asked.Labels, err = matched(pictures.Labels, pictures.Classes, meta.Classes); err != nil {
		return nil, fmt.Errorf("%s and %s do not fit: %w", job.Data, path, err)
	}
	exam, err := examine(ctx, model, &asked, func(err *data.PictureError) { job.say("left out: %v", err) }, job.Progress)
	if err != nil {
		return nil, err
	}
	r := &EvaluateResult{Weights: path, Model: meta.Model, Data: pictures.Name, Images: exam.Images, Loss: known(exam.Loss), Top1: exam.Top1, Top5: exam.TopK}
	for _, c := range exam.PerClass(meta.Classes) {
		if c.Images > 0 {
			r.Classes = append(r.Classes, c)
		}
	}
	return r, nil
}

// openTest returns the pictures to ask about, at the size and with the
// normalisation that the weights want.
func openTest(ctx context.Context, job EvaluateJob, meta weights.Metadata) (*data.Pictures, error) {
	splits, err := data.Open(job.Data, data.SplitConfig{})
	if err != nil {
		return nil, err
	}
	for _, note := range splits.Notes {
		job.say("%s", note)
	}
	d := &dataset{test: splits.Test}
	if d.test == nil {
		job.say("%s has no folder test: all its pictures are asked about, also those that the net may have learned from", job.Data)
		d.test = splits.Train
	}
	if job.Strict {
		if err := d.verify(ctx); err != nil {
			return nil, err
		}
	}
	return d.test, d.like(ctx, &meta)
}

func (j *EvaluateJob) say(format string, args ...any) {
	if j.Say != nil {
		j.Say(fmt.Sprintf(format, args...))
	}
}

// matched translates labels from the order of some names to that of others.
func matched(labels []int, from, to []string) ([]int, error) {
	place := make([]int, len(from))
	var unknown []string
	for i, name := range from {
		if place[i] = slices.Index(to, name); place[i] < 0 && slices.Contains(labels, i) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		return nil, fmt.Errorf("the weights know the classes %s, but not %s; rename the folders, or train with these pictures by --from", run.Commas(to), run.Commas(unknown))
	}
	translated := make([]int, len(labels))
	for i, label := range labels {
		translated[i] = place[label]
	}
	return translated, nil
}

// String tells the result in a line and a table of the classes.
func (r *EvaluateResult) String() string {
	loss := "not a number"
	if r.Loss != nil {
		loss = fmt.Sprintf("%.4f", *r.Loss)
	}
	amongBest := ""
	if len(r.Classes) > 5 { // of five classes or fewer, all are among the best five
		amongBest = fmt.Sprintf(", %s among the best 5", percent(r.Top5))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %s: %s of %s pictures named right%s, loss %s\n\n", r.Model, r.Data, percent(r.Top1), count(r.Images), amongBest, loss)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "class\tpictures\tnamed right\tmost often taken for")
	for _, c := range r.Classes {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.Class, count(c.Images), c.Share(), c.Confused())
	}
	w.Flush() // a strings.Builder never fails
	return b.String()
}
