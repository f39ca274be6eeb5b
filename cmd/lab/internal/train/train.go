// Package train is the commands lab train and lab eval.
package train

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/train"
)

// Train is lab train.
type Train struct {
	train.Settings

	Out    string `placeholder:"DIR" help:"Folder of the run (the next of runs/train-1, ...)."`
	Resume bool   `help:"Go on with the run in --out, or with the last one. If there is none, what is asked for begins."`
	JSON   bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Train) Help() string {
	return "Defaults, in brackets below, are the recipe of He et al. The run's folder gets report.html and the weights of the best epoch, model.safetensors.\n\n" +
		"Examples:\n" +
		"  lab train --model resnet20 --data mnist --epochs 2\n" +
		"  lab train --resume --out runs/train-1\n" +
		"  lab train --from runs/train-1 --data my-pictures --freeze layer2 --epochs 5\n" +
		"  lab train --model resnet56 --data fashion-mnist --epochs 30 --augment crop,flip --schedule cosine"
}

// Run trains.
func (t Train) Run(ctx context.Context, out io.Writer) error {
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	job := train.Job{Settings: t.Settings, Out: t.Out, Resume: t.Resume, Doing: bar.Label, Progress: func(p train.Progress) {
		bar.Set(p.Done, p.Total, fmt.Sprintf("epoch %d/%d  loss %.4f  right %.2f %%  %.0f pictures/s", p.Epoch, p.Epochs, p.Loss, 100*p.Accuracy, p.PerSecond))
	}}
	if !t.JSON {
		job.Say = func(line string) { bar.Print(out, line) }
	}
	result, err := train.Run(ctx, job)
	bar.Close()
	if stopped := new(train.Stopped); errors.As(err, &stopped) {
		err = fmt.Errorf("%w; go on with: %s train --resume --out %s", err, terminal.Program("."), terminal.ShellWord(stopped.Folder))
	}
	if result == nil {
		return err
	}
	return errors.Join(t.tell(out, result), err)
}

// tell prints the result: as JSON, or in sentences with the way to the report.
func (t Train) tell(out io.Writer, result *train.Result) error {
	if t.JSON {
		return terminal.WriteJSON(out, struct {
			*train.Result
			Out string `json:"out"`
		}{result, result.Folder})
	}
	return terminal.Outcome(out, result.Summary, result.Folder)
}
