// Package gradients trains plain nets and their residual twins side by side and
// records the gradient of every layer: does it vanish on the way back, does it
// explode, and what does the highway change?
package gradients

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"reslab/experiments/run"
)

const question = "How large is the gradient in every layer of a plain and of a residual net?"

// Experiment is the entry for the registry.
var Experiment = run.Experiment{
	Name:     "gradients",
	About:    question,
	Settings: settings,
	Presets: []run.Preset{
		{Name: "quick", About: "nets of 8 and 14 layers, in well under a minute", Values: run.Values{"depths": "8,14", "size": "14", "batch": "32", "steps": "100"}},
		{Name: "start", About: "the initialisation alone, on noise, at 20, 56 and 110 layers", Values: run.Values{"depths": "20,56,110", "data": "noise", "batch": "16", "steps": "0"}},
		{Name: "thousand", About: "a thousand plain layers of tanh that start as rotations: do they learn?", Values: run.Values{
			"depths": "1004", "nets": "plain", "activation": "tanh", "batchnorm": "false", "init": "delta-orthogonal", "highway": "false",
			"size": "7", "batch": "32", "steps": "400", "rate": "0.0004", "warmup": "10", "record": "50"}},
	},
	Run: measure,
}

// settings are the dials; report.go writes them into its command.
var settings = []run.Setting{
	{Key: "depths", Default: "20,56", About: "weight layers of the nets, 6n+2 each", Kind: run.List(depth)},
	{Key: "nets", Default: "both", About: "plain, residual, or both side by side", Kind: run.Choice("both", "plain", "residual")},
	{Key: "activation", Default: "relu", About: "relu, leaky-relu, sigmoid or tanh", Kind: run.Choice("relu", "leaky-relu", "sigmoid", "tanh")},
	{Key: "batchnorm", Default: "true", About: "batch norm behind every convolution", Kind: run.Switch},
	{Key: "activate", Default: "after", About: "a block's last activation stands after or before the addition", Kind: run.Choice("after", "before")},
	{Key: "init", Default: "auto", About: "rule for the first weights; auto is he-fan-in for ReLUs and lecun else", Kind: run.Choice(append([]string{"auto"}, ruleNames()...)...)},
	{Key: "highway", Default: "true", About: "also a sigmoid pair without batch norm: where gradients truly vanish, and a clear highway", Kind: run.Switch},
	{Key: "data", Default: "mnist", About: "mnist, fashion-mnist or noise", Kind: run.Choice("mnist", "fashion-mnist", "noise")},
	{Key: "size", Default: "auto", About: "edge of the pictures in pixels; auto is their own, or what the budget allows", Kind: run.Or("auto", run.Whole(4))},
	{Key: "batch", Default: "auto", About: "pictures a step; auto is 64, or what the budget allows", Kind: run.Or("auto", run.Whole(2))},
	{Key: "steps", Default: "auto", About: "training steps of each net, 0 for the initialisation alone; auto is 300, or what the budget allows", Kind: run.Or("auto", run.Whole(0))},
	{Key: "rate", Default: "0.1", About: "learning rate", Kind: run.Number(0, 100)},
	{Key: "warmup", Default: "auto", About: "the rate rises to its full height over so many steps; auto is a tenth of them", Kind: run.Or("auto", run.Whole(0))},
	{Key: "record", Default: "auto", About: "record the gradients every so many steps; auto is 20 times a run", Kind: run.Or("auto", run.Whole(1))},
}

// mostLayers is the deepest net of the paper. Deeper ones would take hours.
const mostLayers = 1202

func depth(value string) string {
	n, err := strconv.Atoi(value)
	if err != nil || n < 8 || n > mostLayers || n%6 != 2 {
		return fmt.Sprintf("must be 6n+2 and at most %d, as 8, 14, 20, 56 or 110", mostLayers)
	}
	return ""
}

// measure trains all nets and writes the run folder, or goes on where a run was
// left. If ctx ends once something is measured, the folder tells what was
// measured until then.
func measure(ctx context.Context, job *run.Job) (result *run.Result, err error) {
	defer func() {
		if result == nil {
			err = job.Folder.Stopped(err)
		}
	}()
	source, err := open(job.Values["data"], job.Seed)
	if err != nil {
		return nil, err
	}
	plan, err := settle(ctx, job, source)
	if err != nil {
		return nil, err
	}
	course, err := newCourse(plan, job.Folder)
	if err != nil {
		return nil, err
	}
	defer course.close()
	stopped := course.run(ctx, job.Progress)
	if course.turn == 0 || stopped != nil && !errors.Is(stopped, context.Canceled) {
		return nil, stopped
	}
	plan.Stopped = stopped != nil
	if result, err = course.write(); err != nil {
		return nil, err
	}
	return result, stopped
}
