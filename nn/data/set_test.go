package data

import (
	"errors"
	"image/color"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// tiny is a set of three pictures of 1x2 pixels, told apart by their first pixel.
func tiny() *Set {
	return &Set{
		Name: "tiny", H: 1, W: 2, C: 1, Classes: []string{"night", "day"},
		Pixels: []uint8{0, 255, 10, 20, 30, 40},
		Labels: []int{1, 0, 1},
	}
}

// realMNIST loads MNIST once for all tests.
var realMNIST = sync.OnceValues(func() (sets [2]*Set, err error) {
	sets[0], sets[1], err = Load("mnist")
	return sets, err
})

func TestSetOfRealDigits(t *testing.T) {
	sets, err := realMNIST()
	if err != nil {
		t.Fatal(err)
	}
	train, test := sets[0], sets[1]
	if train.Len() != 60000 || test.Len() != 10000 {
		t.Fatalf("got %v and %v", train, test)
	}
	// The figures that the field uses for MNIST.
	if m, s := train.Mean[0], train.Std[0]; m < 0.1306 || m > 0.1308 || s < 0.3080 || s > 0.3082 {
		t.Errorf("mean %g and standard deviation %g, want 0.1307 and 0.3081", m, s)
	}
	if !slices.Equal(train.Mean, test.Mean) || !slices.Equal(train.Std, test.Std) {
		t.Error("the test set is not normalised by the training set")
	}
	if got := train.Labels[:10]; !slices.Equal(got, []int{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}) {
		t.Errorf("the first labels are %v", got)
	}
	if got := test.Labels[:5]; !slices.Equal(got, []int{7, 2, 1, 0, 4}) {
		t.Errorf("the first labels to test are %v", got)
	}
}

func TestStandardiseByHand(t *testing.T) {
	// Red is 0 and 255: mean 1/2, deviation 1/2. Green never changes.
	train := &Set{Name: "train", H: 1, W: 2, C: 3, Classes: []string{"a"}, Labels: []int{0}, Pixels: []uint8{0, 51, 100, 255, 51, 200}}
	test := &Set{Name: "test", H: 1, W: 1, C: 3, Classes: []string{"a"}, Labels: []int{0}, Pixels: []uint8{255, 102, 150}}
	Standardise(train, test)
	if got := test.Mean; got[0] != 0.5 || got[1] != 0.2 {
		t.Errorf("means %v, want 0.5 and 0.2", got)
	}
	if got := test.Std; got[0] != 0.5 || got[1] != 1 {
		t.Errorf("deviations %v, want 0.5 and, for a constant channel, 1", got)
	}
	x, _ := test.Batch([]int{0})
	for c, want := range []float32{1, 0.2, 0} {
		if got := x.Data[c]; got < want-1e-6 || got > want+1e-6 {
			t.Errorf("channel %d is normalised to %g, want %g", c, got, want)
		}
	}
}

func TestImage(t *testing.T) {
	if got := tiny().Image(1).At(1, 0); got != (color.Gray{20}) {
		t.Errorf("grey pixel %v, want 20", got)
	}
	colour := &Set{H: 2, W: 1, C: 3, Classes: []string{"a"}, Labels: []int{0}, Pixels: []uint8{1, 2, 3, 4, 5, 6}}
	if got := colour.Image(0).At(0, 1); got != (color.NRGBA{4, 5, 6, 255}) {
		t.Errorf("colour pixel %v, want 4 5 6", got)
	}
}

func TestSubsets(t *testing.T) {
	s := tiny()
	subset := s.Subset([]int{2, 0, 2})
	if !slices.Equal(subset.Pixels, []uint8{30, 40, 0, 255, 30, 40}) || !slices.Equal(subset.Labels, []int{1, 1, 1}) {
		t.Errorf("subset has %v, %v", subset.Pixels, subset.Labels)
	}
	subset.Pixels[0] = 99
	if s.Pixels[4] != 30 {
		t.Error("a subset shares memory with its set")
	}
	first := s.First(2)
	if first.Len() != 2 || len(first.Pixels) != 4 || s.Len() != 3 || s.First(100).Len() != 3 || s.First(-1).Len() != 0 {
		t.Errorf("first 2 of 3 are %v", first)
	}
	if s.Class(0) != "day" || s.Label(1) != 0 {
		t.Error("wrong class or label")
	}
}

func TestSplitDealsEveryPictureOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Noise(NoiseConfig{N: rapid.IntRange(1, 40).Draw(t, "pictures"), H: 2, W: 2, C: 1, Classes: 3})
		for i := range s.Len() {
			s.Pixels[i*4] = uint8(i) // its number
		}
		n, seed := rapid.IntRange(0, s.Len()).Draw(t, "n"), rapid.Uint64().Draw(t, "seed")
		a, b := s.Split(n, seed)
		if a.Len() != n || a.Len()+b.Len() != s.Len() {
			t.Fatalf("%d and %d of %d", a.Len(), b.Len(), s.Len())
		}
		seen := map[uint8]bool{}
		for _, part := range []*Set{a, b} {
			for i := range part.Len() {
				number := part.picture(i)[0]
				if part.Label(i) != s.Label(int(number)) || seen[number] {
					t.Fatalf("picture %d came twice or with another label", number)
				}
				seen[number] = true
			}
		}
		again, _ := s.Split(n, seed)
		if !slices.Equal(again.Pixels, a.Pixels) {
			t.Fatal("the same seed drew other pictures")
		}
	})
}

func TestMistakes(t *testing.T) {
	broken := tiny()
	broken.Pixels = broken.Pixels[1:]
	lopsided := tiny()
	lopsided.Mean = []float32{1, 2}
	for want, wrong := range map[string]func(){
		"no picture 3: tiny has 3":                func() { tiny().Label(3) },
		"no picture -1":                           func() { tiny().Image(-1) },
		"cannot draw 4 pictures from 3":           func() { tiny().Split(4, 1) },
		"from 1 to all 3 pictures of tiny, not 4": func() { NewLoader(tiny(), LoaderConfig{Batch: 4}) },
		"not 0":                              func() { NewLoader(tiny(), LoaderConfig{}) },
		"steps count from 0, got -1":         func() { NewLoader(tiny(), LoaderConfig{Batch: 1}).Batch(-1) },
		"1 picture at least, got 0":          func() { tiny().All(0) },
		"from 1x1 to 1x2, not to 2x2":        func() { tiny().Shrink(2, 2) },
		"do not fit 5 pixels":                func() { broken.All(1) },
		"call Standardise":                   func() { NewLoader(lopsided, LoaderConfig{Batch: 1}) },
		"those of the training set 1":        func() { Standardise(tiny(), Noise(NoiseConfig{N: 1, H: 1, W: 1, C: 3})) },
		"must be 1 at least, got 0 pictures": func() { Noise(NoiseConfig{H: 1, W: 1, C: 1}) },
		"a picture at least":                 func() { Grid(tiny(), nil) },
		"2 channels cannot be shown":         func() { Noise(NoiseConfig{N: 1, H: 1, W: 1, C: 2}).Image(0) },
	} {
		if got := mistakeOf(wrong); !strings.Contains(got, want) {
			t.Errorf("got %q, want something with %q", got, want)
		}
	}
}

// mistakeOf returns the message of the *nn.Mistake that f panics with.
func mistakeOf(f func()) (message string) {
	defer func() {
		var m *nn.Mistake
		if err, ok := recover().(error); ok && errors.As(err, &m) {
			message = m.Error()
		}
	}()
	f()
	return "no panic with a Mistake"
}
