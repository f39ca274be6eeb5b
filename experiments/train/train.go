// Package train trains a net on labelled pictures and tells how it went: lab
// train is a thin command around it. A training writes a run folder
// (docs/architecture.md, Run folders) from its first step on, and goes on bit for
// bit from there after a stop or a crash.
//
//	result, err := train.Run(ctx, train.Job{Settings: train.Settings{Model: "resnet20", Data: "mnist", Epochs: new(2)}})
//
// Evaluate asks a trained net about pictures that it has not seen: lab eval.
package train

import (
	"context"
	"errors"
	"fmt"

	"reslab/experiments/run"
	"reslab/nn"
)

// Job is one training.
type Job struct {
	Settings Settings
	Out      string // the run folder; empty: the next of runs/train-1, runs/train-2, ...
	Resume   bool   // go on with the run in the folder; Settings may leave out all

	// Progress, if set, hears of every step, and Doing of what takes time between
	// them, in a few words. Say, if set, hears of every epoch and of what is worth
	// knowing, in a line each.
	Progress func(p Progress)
	Doing    func(what string)
	Say      func(line string)
}

// Progress is how far a training has come.
type Progress struct {
	Done, Total   int // steps, of this call of Run
	Epoch, Epochs int // counted from 1
	Loss          float64
	Accuracy      float64 // share; both are means over the epoch until now
	PerSecond     float64 // pictures
}

// Stopped is the error of a training that was asked to end and can go on.
type Stopped struct {
	Folder      string
	Step, Steps int
}

func (s *Stopped) Error() string {
	return fmt.Sprintf("stopped after step %d of %d; everything is kept in %s", s.Step, s.Steps, s.Folder)
}

// Diverged is the error of a training that went astray. The folder keeps the
// weights from before.
type Diverged struct {
	Folder string
	*nn.Diverged
}

func (d *Diverged) Error() string {
	return fmt.Sprintf("%v; the last good weights are in %s", d.Diverged, d.Folder)
}

func (d *Diverged) Unwrap() error { return d.Diverged }

// Useless is the error of a training that came to its end, but after no epoch had
// the pictures kept apart a loss that is a number.
type Useless struct {
	Rate float64 // the settings' own
}

func (u *Useless) Error() string {
	return "after no epoch is the loss on the pictures kept apart a number: " + astray(u.Rate)
}

// astray says what to do when a loss is no number any more.
func astray(rate float64) string {
	return fmt.Sprintf("the training diverges, try an --lr smaller than %g, or a --warmup", rate)
}

// Run trains. If ctx ends, it stops after the step with a *Stopped; if the loss
// is no number any more, it ends with a *Diverged, and with a *Useless if that is
// so of every epoch's examination. With all comes a Result of what there is until
// then.
func Run(ctx context.Context, job Job) (result *Result, err error) {
	if err := job.Settings.check(); err != nil {
		return nil, err
	}
	if job.Settings.Model != "" {
		if _, err := find(job.Settings.Model); err != nil {
			return nil, err
		}
	}
	enough := job.Settings.Data != "" && (job.Settings.Model != "" || job.Settings.From != "") // to begin with
	if !job.Resume && !enough {
		return nil, run.WrongSetting("name the net and the pictures, as --model resnet20 --data mnist")
	}
	if job.Settings.From != "" {
		job.Settings.From = run.Find(job.Settings.From)
	}
	folder, err := run.OpenFolder(run.FolderConfig{Path: job.Out, Name: "train", Config: job.Settings, Resume: job.Resume, Known: !enough})
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	defer func() {
		if result == nil {
			err = folder.Stopped(err)
		}
	}()
	if job.Resume && !folder.Resumed() && job.Say != nil {
		job.Say(fmt.Sprintf("there is no run in %s to go on with: it begins", folder.Path()))
	}
	var begun Settings
	if err := folder.Config(&begun); err != nil {
		return nil, err
	}
	if begun.Data == "" {
		return nil, fmt.Errorf("the run in %s is no training; name another folder with --out", folder.Path())
	}
	if folder.Finished() {
		return finished(folder)
	}
	course, err := newCourse(ctx, job, folder)
	if err != nil {
		return nil, err
	}
	defer course.close()
	return course.finish(ctx, course.run(ctx))
}

// stops tells the errors after which a run folder is worth keeping.
func stops(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, new(*nn.Diverged)) || errors.As(err, new(*Useless))
}
