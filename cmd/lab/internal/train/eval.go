package train

import (
	"context"
	"fmt"
	"io"
	"os"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/train"
)

// Eval is lab eval.
type Eval struct {
	Weights string `required:"" placeholder:"FILE|RUN" help:"Weights: a safetensors file, or a run: its folder, or its name in runs/."`
	Data    string `required:"" placeholder:"NAME|DIR" help:"Data set, of lab data list, or folder with a sub-folder for each class."`
	Strict  bool   `help:"Refuse a broken picture instead of leaving it out."`
	JSON    bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Eval) Help() string {
	return "The file says itself which net it is for and what the classes are called. Of a data set its test pictures are taken.\n\n" +
		"Examples:\n  lab eval --weights runs/train-1 --data mnist\n  lab eval --weights model.safetensors --data my-pictures --json"
}

// Run evaluates.
func (e Eval) Run(ctx context.Context, out io.Writer) error {
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	job := train.EvaluateJob{Weights: e.Weights, Data: e.Data, Strict: e.Strict, Progress: func(done, total int) { bar.Set(done, total, "pictures") }}
	if !e.JSON {
		job.Say = func(line string) { bar.Print(out, line) }
	}
	result, err := train.Evaluate(ctx, job)
	bar.Close()
	if err != nil {
		return err
	}
	if e.JSON {
		return terminal.WriteJSON(out, result)
	}
	_, err = fmt.Fprint(out, result)
	return err
}
