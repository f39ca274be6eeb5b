package train

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
)

// Classifier is a trained net that says what is on pictures. Many goroutines may
// ask it at once.
type Classifier struct {
	path  string
	meta  weights.Metadata
	net   *nn.Fused
	where *nn.Fused // tells which places speak for a class; nil unless it was asked to explain
}

// OpenClassifier reads a net from a file of weights, or from the folder of a run.
// Labels is a file with the names of its classes; empty: those of the weights.
// A net that shall explain itself, too, takes twice the memory.
func OpenClassifier(path, labels string, explain bool) (*Classifier, error) {
	at, err := WeightsAt(path)
	if err != nil {
		return nil, err
	}
	model, meta, err := weights.Build(at)
	if err != nil {
		return nil, err
	}
	if labels != "" {
		if meta.Classes, err = readLabels(labels, len(meta.Classes)); err != nil {
			return nil, err
		}
	}
	c := &Classifier{path: at, meta: meta}
	if explain {
		maps, err := nn.ClassMap(model)
		if err != nil {
			return nil, fmt.Errorf("%s has no maps that explain it: %w", path, err)
		}
		c.where = nn.Fuse(maps)
	}
	c.net = nn.Fuse(model)
	return c, nil
}

// Metadata is what the weights say of themselves: the net, its classes, and the
// pictures that it takes.
func (c *Classifier) Metadata() weights.Metadata { return c.meta }

// Result is what the training says that the weights come from; nil if they are not
// in its folder.
func (c *Classifier) Result() *Result {
	if filepath.Base(c.path) != weightsFile {
		return nil
	}
	r := &Result{Folder: filepath.Dir(c.path)}
	content, err := os.ReadFile(filepath.Join(r.Folder, "result.json"))
	if err != nil || json.Unmarshal(content, r) != nil {
		return nil
	}
	return r
}

// See makes of a picture what the net takes: its size, and its channels.
func (c *Classifier) See(picture *data.Picture) (*data.Picture, error) {
	one := &dataset{test: &data.Pictures{
		Classes: c.meta.Classes, Labels: []int{0}, C: picture.C,
		Open: func(int) (*data.Picture, error) { return picture, nil },
	}}
	if err := one.like(context.Background(), &c.meta); err != nil {
		return nil, err
	}
	return one.test.Open(0)
}

// SeeFile reads a picture and makes of it what a net takes that says this of itself:
// its size, its channels, and its numbers, one picture [1, H, W, C].
func SeeFile(path string, meta weights.Metadata) (*nn.Tensor, error) {
	picture, err := data.ReadPicture(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	c := &Classifier{meta: meta}
	seen, err := c.See(picture)
	if err != nil {
		return nil, err
	}
	return c.tensor(seen), nil
}

// Guess is a class that a picture may belong to.
type Guess struct {
	Label string  `json:"label"`
	Index int     `json:"index"` // of the output, from 0
	P     float64 `json:"p"`     // the net's share for it, by softmax
}

// Name returns the likeliest classes of a picture as See made it, or all if there
// are fewer than top.
func (c *Classifier) Name(seen *data.Picture, top int) ([]Guess, error) {
	shares := nn.NewSoftmax().Forward(c.net.Forward(c.tensor(seen)), false).Data
	guesses := make([]Guess, len(shares))
	for i, p := range shares {
		if p != p {
			return nil, errors.New("the net's scores are no numbers: take other weights")
		}
		guesses[i] = Guess{c.meta.Classes[i], i, float64(p)}
	}
	slices.SortStableFunc(guesses, func(a, b Guess) int { return cmp.Compare(b.P, a.P) })
	return guesses[:min(max(top, 1), len(guesses))], nil
}

// Explain tells which places of a picture, as See made it, speak for each class. The
// net must have been opened to explain.
func (c *Classifier) Explain(seen *data.Picture) *ClassMaps {
	return &ClassMaps{c.where.Forward(c.tensor(seen))}
}

func (c *Classifier) tensor(seen *data.Picture) *nn.Tensor {
	return seen.Tensor(c.meta.Mean, c.meta.Std)
}

// ClassMaps are the class activation maps of a picture, one for each class; see
// nn.ClassMap.
type ClassMaps struct {
	maps *nn.Tensor // 1, rows, columns, classes
}

// Of returns the map of one class, row by row.
func (m *ClassMaps) Of(class int) [][]float64 {
	rows := make([][]float64, m.maps.Shape[1])
	for y := range rows {
		for x := range m.maps.Shape[2] {
			rows[y] = append(rows[y], float64(m.maps.At(0, y, x, class)))
		}
	}
	return rows
}
