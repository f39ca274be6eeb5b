package train

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"

	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
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
	fmt.Fprintln(&b, c.Image)
	for _, guess := range c.Top {
		fmt.Fprintf(&b, "  %5.1f %%  %s\n", 100*guess.P, guess.Label)
	}
	return b.String()
}

// Guess is a class that a picture may belong to.
type Guess struct {
	Label string  `json:"label"`
	Index int     `json:"index"` // of the output, from 0
	P     float64 `json:"p"`     // the net's share for it, by softmax
}

// Classify names what is on pictures, one after the other. A picture that cannot
// be read has an Error in its place.
func Classify(ctx context.Context, job ClassifyJob) ([]Classification, error) {
	path, err := weightsAt(job.Weights)
	if err != nil {
		return nil, err
	}
	model, meta, err := weights.Build(path)
	if err != nil {
		return nil, err
	}
	if job.Labels != "" {
		if meta.Classes, err = readLabels(job.Labels, len(meta.Classes)); err != nil {
			return nil, err
		}
	}
	list, err := openFiles(ctx, job.Images, &meta)
	if err != nil {
		return nil, err
	}
	var where nn.Layer
	if job.Explain {
		if where, err = nn.ClassMap(model); err != nil {
			return nil, fmt.Errorf("%s has no maps that explain it: %w", job.Weights, err)
		}
	}
	net := nn.Fuse(model)
	all := make([]Classification, list.Len())
	for i := range all {
		if job.Progress != nil {
			job.Progress(i, len(all))
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all[i] = Classification{Image: job.Images[i], Top: []Guess{}}
		if err := all[i].ask(net, where, list, i, job.Top); err != nil {
			all[i].Error = err.Error()
		}
	}
	return all, nil
}

// openFiles lists picture files, at the size and with the normalisation that the
// weights want. Nothing is read yet.
func openFiles(ctx context.Context, files []string, meta *weights.Metadata) (*data.Pictures, error) {
	d := &dataset{test: &data.Pictures{
		Classes: meta.Classes, Labels: make([]int, len(files)), C: 3,
		Open:   func(i int) (*data.Picture, error) { return data.ReadPicture(files[i]) },
		NameOf: func(i int) string { return files[i] },
	}}
	return d.test, d.like(ctx, meta)
}

// ask runs the net on picture i. where, if there is one, tells which places speak for
// the likeliest class.
func (c *Classification) ask(net *nn.Fused, where nn.Layer, list *data.Pictures, i, top int) error {
	picture, err := list.Open(i)
	if err != nil {
		return err
	}
	x := picture.Tensor(list.Mean, list.Std)
	if c.Top, err = likeliest(net.Forward(x), list.Classes, top); err != nil {
		return err
	}
	if where != nil {
		c.Seen, c.Map = picture.Image(), rowsOf(where.Forward(x, false), c.Top[0].Index)
	}
	return nil
}

// rowsOf returns the map of one class, row by row.
func rowsOf(maps *nn.Tensor, class int) [][]float64 {
	rows := make([][]float64, maps.Shape[1])
	for y := range rows {
		for x := range maps.Shape[2] {
			rows[y] = append(rows[y], float64(maps.At(0, y, x, class)))
		}
	}
	return rows
}

// likeliest returns the classes with the greatest shares.
func likeliest(scores *nn.Tensor, classes []string, top int) ([]Guess, error) {
	shares := nn.NewSoftmax().Forward(scores, false).Data
	guesses := make([]Guess, len(shares))
	for i, p := range shares {
		if p != p {
			return nil, errors.New("the net's scores are no numbers: take other weights")
		}
		guesses[i] = Guess{classes[i], i, float64(p)}
	}
	slices.SortStableFunc(guesses, func(a, b Guess) int { return cmp.Compare(b.P, a.P) })
	return guesses[:min(max(top, 1), len(guesses))], nil
}
