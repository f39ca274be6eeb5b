package data

import (
	"fmt"
	"image"

	"reslab/nn"
)

// Set is a list of labelled pictures of one size.
type Set struct {
	Name    string   // as "mnist train"
	H, W, C int      // rows, columns, channels of each picture; C is 1 (grey) or 3 (red, green, blue)
	Classes []string // their names; a label is a place in this list
	Pixels  []uint8  // N*H*W*C: pictures of rows of pixels of channels, 0 is black
	Labels  []int    // N

	// Mean and Std, one number a channel, of the training set's pixels between
	// 0 and 1: a batch holds (pixel/255 - Mean) / Std. A test set has those of
	// its training set. Both empty: a batch holds pixel/255. See Standardise.
	Mean, Std []float32
}

// Len returns the number of pictures.
func (s *Set) Len() int { return len(s.Labels) }

// Label returns the class of picture i as a number.
func (s *Set) Label(i int) int { s.checkIndex(i); return s.Labels[i] }

// Class returns the name of the class of picture i.
func (s *Set) Class(i int) string { return s.Classes[s.Label(i)] }

// Picture returns picture i, sharing its pixels with the set.
func (s *Set) Picture(i int) *Picture { return &Picture{s.H, s.W, s.C, s.picture(i)} }

// Image returns picture i as Go's image package has it, sharing its pixels with
// the set if it is grey.
func (s *Set) Image(i int) image.Image { return s.Picture(i).Image() }

// First returns the first n pictures, or all if there are fewer. It shares
// memory with s.
func (s *Set) First(n int) *Set {
	n = max(0, min(n, s.Len()))
	first, pixels := *s, n*s.size()
	first.Pixels, first.Labels = s.Pixels[:pixels:pixels], s.Labels[:n:n]
	return &first
}

// Subset returns a copy of the pictures at indices, in their order.
func (s *Set) Subset(indices []int) *Set {
	subset := *s
	subset.Pixels = make([]uint8, 0, len(indices)*s.size())
	subset.Labels = make([]int, 0, len(indices))
	for _, i := range indices {
		subset.Pixels = append(subset.Pixels, s.picture(i)...)
		subset.Labels = append(subset.Labels, s.Labels[i])
	}
	return &subset
}

// Split deals the pictures into two sets: n of them, drawn by the seed, and the
// rest. It is the way to a validation set: pictures of the training set that
// are kept apart to choose settings by.
func (s *Set) Split(n int, seed uint64) (drawn, rest *Set) {
	if n < 0 || n > s.Len() {
		panic(mistake("Split", "cannot draw %d pictures from %d", n, s.Len()))
	}
	order := nn.NewRandom(seed).Shuffle(s.Len())
	return s.Subset(order[:n]), s.Subset(order[n:])
}

// Standardise measures Mean and Std over the pixels of train, and stores them
// in train and in the others. The test set is normalised by figures of the
// training set too: those of its own are not known when a net is put to use.
func Standardise(train *Set, others ...*Set) {
	m := newMoments(train.C)
	m.add(train.Pixels)
	train.Mean, train.Std = m.figures()
	for _, s := range others {
		if s.C != train.C {
			panic(mistake("Standardise", "the pictures have %d channels, and those of the training set %d", s.C, train.C))
		}
		s.Mean, s.Std = train.Mean, train.Std
	}
}

// String says name, number, size and classes in a line.
func (s *Set) String() string {
	if s == nil {
		return "no data set"
	}
	return fmt.Sprintf("%s: %d pictures of %dx%dx%d in %d classes", s.Name, s.Len(), s.H, s.W, s.C, len(s.Classes))
}

// size is the number of bytes of a picture.
func (s *Set) size() int { return s.H * s.W * s.C }

// picture returns the pixels of picture i.
func (s *Set) picture(i int) []uint8 {
	s.checkIndex(i)
	return s.Pixels[i*s.size() : (i+1)*s.size() : (i+1)*s.size()]
}

func (s *Set) checkIndex(i int) {
	if i < 0 || i >= s.Len() {
		panic(mistake("Set", "there is no picture %d: %s has %d", i, s.Name, s.Len()))
	}
}

// check refuses a set whose parts do not fit together, as one made by hand may be.
func (s *Set) check() {
	if s.H < 1 || s.W < 1 || s.C < 1 || len(s.Pixels) != s.Len()*s.size() {
		panic(mistake("Set", "%d pictures of %dx%dx%d do not fit %d pixels", s.Len(), s.H, s.W, s.C, len(s.Pixels)))
	}
	if len(s.Mean) != len(s.Std) || len(s.Mean) != 0 && len(s.Mean) != s.C {
		panic(mistake("Set", "Mean and Std need a number for each of %d channels, got %d and %d; call Standardise", s.C, len(s.Mean), len(s.Std)))
	}
}

func mistake(what, format string, args ...any) *nn.Mistake {
	return &nn.Mistake{Layer: "data." + what, Problem: fmt.Sprintf(format, args...)}
}
