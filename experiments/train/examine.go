package train

import (
	"cmp"
	"context"
	"math"
	"slices"

	"reslab/nn"
	"reslab/nn/data"
)

// Examination is what a net said about pictures whose class is known.
type Examination struct {
	nn.Evaluation
	Answers []Answer // one for each picture, in their order
}

// Answer is what the net said about one picture.
type Answer struct {
	Picture int     // its place in the set
	Truth   int     // class
	Guess   int     // class with the greatest share; -1 if a score is not a number
	P       float64 // that share, by softmax
}

// examine asks the net about all pictures. The best five count as TopK, or all
// classes if there are fewer. skip hears of pictures that cannot be read, and
// progress, unless it is nil, how many were asked.
func examine(ctx context.Context, model nn.Layer, pictures *data.Pictures, skip func(err *data.PictureError), progress func(done, total int)) (*Examination, error) {
	e, sheet := &Examination{}, newPaper(pictures, skip)
	defer sheet.loader.Close()
	heard := listener{model, func(logits *nn.Tensor) { e.hear(logits, sheet) }}
	evaluation, err := nn.Evaluate(ctx, heard, func(step int) (*nn.Tensor, []int) {
		if progress != nil {
			progress(len(e.Answers), pictures.Len())
		}
		return sheet.batch(step)
	}, min(5, len(pictures.Classes)))
	if err == nil {
		err = sheet.loader.Err()
	}
	if err != nil {
		return nil, err
	}
	e.Evaluation = *evaluation
	return e, nil
}

// listener is a model whose every output is heard.
type listener struct {
	nn.Layer
	hear func(y *nn.Tensor)
}

func (l listener) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	y := l.Layer.Forward(x, train)
	l.hear(y)
	return y
}

func (e *Examination) hear(logits *nn.Tensor, p *paper) {
	shares := nn.NewSoftmax().Forward(logits, false)
	classes := shares.Shape[1]
	for n := range shares.Shape[0] {
		row := shares.Data[n*classes : (n+1)*classes]
		place := p.places[len(e.Answers)]
		answer := Answer{Picture: place, Truth: p.pictures.Labels[place], Guess: -1}
		if !slices.ContainsFunc(row, func(p float32) bool { return math.IsNaN(float64(p)) }) {
			answer.P = float64(slices.Max(row))
			answer.Guess = slices.Index(row, slices.Max(row))
		}
		e.Answers = append(e.Answers, answer)
	}
}

// Mistakes returns the wrong answers, the most confident first, n at most.
func (e *Examination) Mistakes(n int) []Answer {
	var wrong []Answer
	for _, a := range e.Answers {
		if a.Guess != a.Truth {
			wrong = append(wrong, a)
		}
	}
	slices.SortStableFunc(wrong, func(a, b Answer) int { return cmp.Compare(b.P, a.P) })
	return wrong[:min(n, len(wrong))]
}

// ClassResult is how one class did.
type ClassResult struct {
	Class    string   `json:"class"`
	Images   int      `json:"images"`
	Right    int      `json:"right"`
	Accuracy *float64 `json:"accuracy"`            // share; nil without pictures
	TakenFor string   `json:"taken_for,omitempty"` // the class that its pictures are most often mistaken for
	Times    int      `json:"times,omitempty"`
}

// PerClass sums up each class; names are those of the classes.
func (e *Examination) PerClass(names []string) []ClassResult {
	results := make([]ClassResult, len(names))
	for truth, name := range names {
		r := ClassResult{Class: name}
		for guess, n := range e.Confusion[truth] {
			r.Images += n
			switch {
			case guess == truth:
				r.Right = n
			case n > r.Times:
				r.TakenFor, r.Times = names[guess], n
			}
		}
		if r.Images > 0 {
			share := float64(r.Right) / float64(r.Images)
			r.Accuracy = &share
		}
		results[truth] = r
	}
	return results
}
