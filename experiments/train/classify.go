package train

import (
	"context"
	"fmt"
	"image"
	"strings"

	"reslab/experiments/internal/printable"
	"reslab/nn/data"
)

// ClassifyJob asks what is on pictures.
type ClassifyJob struct {
	Weights string   // a file, or the folder of a run
	Labels  string   // a file with the names of the classes; empty: those of the weights
	Images  []string // files
	Explain bool     // also tell which places speak for the likeliest class
	Top     int      // so many of the likeliest classes are told, or all if there are fewer

	Progress func(done, total int) // in pictures; may be nil
}

// Classification is what a net says of a picture, the likeliest first.
type Classification struct {
	Image string  `json:"image"`
	Top   []Guess `json:"top"`
	Error string  `json:"error,omitempty"` // why there is nothing in Top

	// With Explain: the picture as the net sees it, and the class activation map of the likeliest
	// class, row by row.
	Seen image.Image `json:"-"`
	Map  [][]float64 `json:"-"`
}

// String tells the guesses below the name of the picture, a line each.
func (c Classification) String() string {
	var b strings.Builder
	fmt.Fprintln(&b, printable.Text(c.Image))
	for _, guess := range c.Top {
		fmt.Fprintf(&b, "  %5.1f %%  %s\n", 100*guess.P, printable.Text(guess.Label))
	}
	return b.String()
}

// Classify names what is on pictures, one after the other. A picture that cannot
// be read has an Error in its place.
func Classify(ctx context.Context, job ClassifyJob) ([]Classification, error) {
	c, err := OpenClassifier(job.Weights, job.Labels, job.Explain)
	if err != nil {
		return nil, err
	}
	all := make([]Classification, len(job.Images))
	for i, file := range job.Images {
		if job.Progress != nil {
			job.Progress(i, len(all))
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all[i] = Classification{Image: file, Top: []Guess{}}
		if err := all[i].ask(c, job); err != nil {
			all[i].Error = err.Error()
		}
	}
	return all, nil
}

// ask lets the net look at the file, and explain itself if the job wants that.
func (c *Classification) ask(net *Classifier, job ClassifyJob) error {
	picture, err := data.ReadPicture(c.Image)
	if err != nil {
		return err
	}
	seen, err := net.See(picture)
	if err != nil {
		return err
	}
	if c.Top, err = net.Name(seen, job.Top); err != nil || !job.Explain {
		return err
	}
	c.Seen, c.Map = seen.Image(), net.Explain(seen).Of(c.Top[0].Index)
	return nil
}
