package first

import (
	"sync"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn"
	"reslab/nn/data"
)

// pictures is MNIST as both trainings need it.
type pictures struct {
	learn, test *data.Set // 28x28, to read drawings with
	small       *data.Set // 14x14, for the race: a quarter of the pixels, a quarter of the time
}

const (
	testPictures  = 1000
	smallPictures = 20000
	smallEdge     = 14
)

func loadPictures() (*pictures, error) {
	learn, test, err := data.Load("mnist")
	if err != nil {
		return nil, terminal.WithCommand(err)
	}
	small := learn.First(smallPictures).Shrink(smallEdge, smallEdge)
	data.Standardise(small)
	return &pictures{learn: learn, test: test.First(testPictures), small: small}, nil
}

// onlyOnce keeps what was loaded. What failed is tried again: a data set may have
// come meanwhile.
func onlyOnce(load func() (*pictures, error)) func() (*pictures, error) {
	var lock sync.Mutex
	var kept *pictures
	return func() (p *pictures, err error) {
		lock.Lock()
		defer lock.Unlock()
		if kept == nil {
			if p, err = load(); err != nil {
				return nil, err
			}
			kept = p
		}
		return kept, nil
	}
}

// asSeen returns a picture of 28x28 as the net gets it: normalised as the set is
// that it learned from.
func asSeen(digit *data.Picture, like *data.Set) *nn.Tensor {
	one := &data.Set{H: digit.H, W: digit.W, C: 1, Pixels: digit.Pixels, Labels: []int{0}, Classes: like.Classes, Mean: like.Mean, Std: like.Std}
	x, _ := one.Batch([]int{0})
	return x
}
