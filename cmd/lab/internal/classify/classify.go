// Package classify is the command lab classify.
package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/train"
)

// Command is lab classify.
type Command struct {
	Weights string   `required:"" placeholder:"FILE|RUN" help:"Weights: a safetensors file, of lab train or a published ResNet for ImageNet; or a run: its folder, or its name in runs/."`
	Labels  string   `placeholder:"FILE" help:"Names of the classes, where the weights do not have them: one a line, or the JSON that is published beside weights."`
	Top     int      `default:"5" placeholder:"K" help:"Tell the K likeliest classes (${default})."`
	Explain string   `placeholder:"OUT.png" help:"Write a picture that shows which places speak for the likeliest class."`
	JSON    bool     `name:"json" help:"Print one JSON value."`
	Image   []string `arg:"" help:"Pictures: PNG, JPEG, GIF or WebP files."`
}

// Help is shown by --help.
func (Command) Help() string {
	return "The file of weights says itself which net it is for and how large pictures must be. Of published weights, names and shapes tell it: " +
		"save those of PyTorch as safetensors, or take a file model.safetensors that has PyTorch's names, as those of timm.\n\n" +
		"Examples:\n  lab classify --weights runs/train-1 rose.jpg\n  lab classify --weights resnet50.safetensors --labels imagenet.txt --top 3 *.jpg --json\n  lab classify --weights runs/train-1 --explain why.png rose.jpg"
}

// Run names what is on the pictures. One that cannot be read does not keep the
// others from being named.
func (c Command) Run(ctx context.Context, out io.Writer) error {
	if c.Top < 1 {
		return terminal.Usage("--top %d tells nothing; it must be 1 or more", c.Top)
	}
	if c.Explain != "" && !strings.EqualFold(filepath.Ext(c.Explain), ".png") {
		return terminal.Usage("--explain %s: a picture is written as PNG; name a file that ends in .png", c.Explain)
	}
	if err := terminal.PlaceFor(c.Explain); err != nil {
		return err
	}
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	job := train.ClassifyJob{Weights: c.Weights, Labels: c.Labels, Images: c.Image, Top: c.Top, Explain: c.Explain != "", Progress: func(done, total int) { bar.Set(done, total, "pictures") }}
	all, err := train.Classify(ctx, job)
	bar.Close()
	if err != nil {
		return err
	}
	if c.JSON {
		err = terminal.WriteJSON(out, all)
	} else {
		err = tell(out, all)
	}
	if err == nil && c.Explain != "" {
		err = explain(c.Explain, all)
	}
	return errors.Join(err, unread(all))
}

// tell prints the guesses for every picture that was read.
func tell(out io.Writer, all []train.Classification) error {
	for _, c := range all {
		if c.Error == "" {
			if _, err := fmt.Fprint(out, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// unread says which pictures could not be read, a line each.
func unread(all []train.Classification) error {
	var errs []error
	for _, c := range all {
		if c.Error != "" {
			errs = append(errs, fmt.Errorf("%s: %s", c.Image, c.Error))
		}
	}
	return errors.Join(errs...)
}
