package data

import (
	"context"
	"math"
	"slices"
	"testing"
)

// Drawn one by one the pictures are those that Spring draws at once.
func TestSpringOneByOne(t *testing.T) {
	cfg := SpringConfig{N: 5, Edge: 12, Seed: 9}
	set, err := SpringPictures(cfg).Gather(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if want := Spring(cfg); !slices.Equal(set.Pixels, want.Pixels) || !slices.Equal(set.Labels, want.Labels) {
		t.Error("the pixels or the labels differ")
	}
}

// A larger set shows what the small one shows, to learn from and to test with.
func TestLargerSpringSets(t *testing.T) {
	source := springSource("spring12", 30, 4, 12)
	train, test, err := source.pictures()
	if err != nil {
		t.Fatal(err)
	}
	small := SpringPictures(SpringConfig{N: springTrain + 4, Edge: 12})
	for part, p := range map[int]*Pictures{0: train, springTrain: test} {
		for i := range p.Len() {
			got, _ := p.Open(i)
			want, _ := small.Open(part + i)
			if p.Labels[i] != small.Labels[part+i] || !slices.Equal(got.Pixels, want.Pixels) {
				t.Errorf("picture %d of %s is not number %d of all", i, p.Name, part+i)
			}
		}
	}
	learn, exam, err := source.load()
	if err != nil || learn.Len() != 30 || exam.Len() != 4 || !slices.Equal(learn.Mean, exam.Mean) {
		t.Errorf("loaded %v and %v: %v", learn, exam, err)
	}
	// Drawn small, the pictures have about the same mean.
	mean, _, err := train.Measure(context.Background())
	for c := range mean {
		if err != nil || math.Abs(float64(mean[c]-train.Mean[c])) > 0.01 {
			t.Errorf("channel %d has the mean %g, not %g: %v", c, mean[c], train.Mean[c], err)
		}
	}
}

// The names that people use.
func TestSpringByName(t *testing.T) {
	for name, edge := range map[string]int{"spring64": 64, "spring224": 224} {
		splits, err := Open(name, SplitConfig{Validation: 0.1})
		if err != nil {
			t.Fatal(err)
		}
		info, _ := Find(name)
		picture, err := splits.Test.Open(0)
		if err != nil || picture.H != edge || splits.Train.Len()+splits.Validation.Len() != info.Train || splits.Test.Len() != info.Test {
			t.Errorf("%s: %v, %v, %v: %v", name, splits.Train, splits.Validation, splits.Test, err)
		}
	}
}
