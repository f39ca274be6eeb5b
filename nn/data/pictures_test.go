package data

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// garden is a folder of pictures of two classes, one of them broken.
func garden(t testing.TB) *Pictures {
	t.Helper()
	root := folderOf(t, "a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png")
	if err := os.WriteFile(filepath.Join(root, "a", "2.png"), []byte("broken"), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Folder(root, SplitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Train
}

func TestPicturesOfASet(t *testing.T) {
	s := tiny()
	p := s.Pictures()
	if p.Len() != 3 || p.Class(0) != "day" || p.NameOf(2) != "tiny 2" || p.String() != s.String() {
		t.Errorf("got %v", p)
	}
	if got, err := p.Open(1); err != nil || !slices.Equal(got.Pixels, []uint8{10, 20}) {
		t.Errorf("picture 1 is %v, %v", got, err)
	}
	if got := namesOf(p.Subset([]int{2, 0, 2})); fmt.Sprint(got) != "[tiny 2=day tiny 0=day tiny 2=day]" {
		t.Errorf("subset %v", got)
	}
	if p.First(2).Len() != 2 || p.First(9).Len() != 3 || p.First(-1).Len() != 0 {
		t.Error("First")
	}
	if got := namesOf(p.Spread(2)); fmt.Sprint(got) != "[tiny 0=day tiny 1=night]" {
		t.Errorf("spread %v", got)
	}
	back, err := p.Gather(t.Context())
	if err != nil || !slices.Equal(back.Pixels, s.Pixels) || !slices.Equal(back.Labels, s.Labels) || back.W != 2 {
		t.Errorf("gathered %v, %v", back, err)
	}
}

func TestWith(t *testing.T) {
	small := tiny().Pictures().With(Pipeline{Resize(1, 1), Channels(3)})
	if p, err := small.Open(0); err != nil || fmt.Sprint(p.Pixels) != "[128 128 128]" {
		t.Errorf("got %v, %v", p, err)
	}
	if small.H != 1 || small.W != 1 || small.C != 3 {
		t.Errorf("the size is said to be %dx%dx%d", small.H, small.W, small.C)
	}
	if fit := garden(t).Fit(2, 5); fit.H != 2 || fit.W != 5 || fit.C != 3 {
		t.Errorf("fit is %v", fit)
	}
}

func TestGatherNamesWhatIsWrong(t *testing.T) {
	p := garden(t)
	_, err := p.Gather(t.Context())
	var broken *PictureError
	if !errors.As(err, &broken) || broken.Name != "a/2.png" || errors.Unwrap(err) != broken.Err {
		t.Errorf("a broken one: %v", err)
	}
	if _, err := p.Subset([]int{0, 3}).Gather(t.Context()); err == nil || !strings.Contains(err.Error(), "b/1.png: it is a picture of 4x4x3 and another one a picture of 4x3x3") {
		t.Errorf("two sizes: %v", err)
	}
	if _, err := p.First(0).Gather(t.Context()); err == nil || !strings.Contains(err.Error(), "no pictures") {
		t.Errorf("none: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Gather(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestMeasureAgreesWithStandardise(t *testing.T) {
	s := Noise(NoiseConfig{N: 30, H: 5, W: 4, C: 3, Seed: 1})
	mean, std, err := s.Pictures().Measure(t.Context())
	if err != nil || !slices.Equal(mean, s.Mean) || !slices.Equal(std, s.Std) {
		t.Errorf("got %v and %v, want %v and %v; %v", mean, std, s.Mean, s.Std, err)
	}
	p := garden(t)
	if mean, _, err := p.Measure(t.Context()); err != nil || mean[1] <= 0 || mean[1] >= 1 {
		t.Errorf("one broken: %v, %v", mean, err)
	}
	if _, _, err := p.Subset([]int{1}).Measure(t.Context()); err == nil || !strings.Contains(err.Error(), "a/2.png") {
		t.Errorf("all broken: %v", err)
	}
}

func TestVerify(t *testing.T) {
	var calls atomic.Int64
	broken, err := garden(t).Verify(t.Context(), func(done, total int) {
		calls.Add(1)
		if total != 5 || done < 1 || done > 5 {
			t.Errorf("%d of %d", done, total)
		}
	})
	if err != nil || len(broken) != 1 || !strings.HasPrefix(broken[0].Error(), "a/2.png: this is no PNG") || calls.Load() != 5 {
		t.Errorf("got %v, %v", broken, err)
	}
}

// What fits is opened once; the rest again and again; errors are not kept.
func TestCached(t *testing.T) {
	set := Noise(NoiseConfig{N: 10, H: 2, W: 3, C: 1})
	var opened [10]atomic.Int64
	p := set.Pictures()
	counted := *p
	counted.Open = func(i int) (*Picture, error) {
		if opened[i].Add(1); i == 0 {
			return nil, errors.New("broken")
		}
		return p.Open(i)
	}
	cached := counted.Cached(4 * 6)
	for range 3 {
		for i := range 10 {
			got, err := cached.Open(i)
			if (err != nil) != (i == 0) || err == nil && !slices.Equal(got.Pixels, set.picture(i)) {
				t.Errorf("picture %d: %v", i, err)
			}
		}
	}
	for i := range opened {
		want := int64(3)
		if i >= 1 && i <= 4 {
			want = 1
		}
		if got := opened[i].Load(); got != want {
			t.Errorf("picture %d was opened %d times, want %d", i, got, want)
		}
	}
}

func TestSplitIsStable(t *testing.T) {
	named := func(names []string, labels []int) *Pictures {
		return &Pictures{Name: "p", Classes: []string{"a", "b"}, Labels: labels, NameOf: func(i int) string { return names[i] }}
	}
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching("[a-z]{1,6}"), 4, 60, rapid.ID[string]).Draw(t, "names")
		labels := make([]int, len(names))
		for i := range labels {
			labels[i] = i % 2
		}
		share, seed := rapid.Float64Range(0, 0.6).Draw(t, "share"), rapid.Uint64().Draw(t, "seed")
		apart, rest := named(names, labels).Split(share, seed, "test")
		if apart.Len()+rest.Len() != len(names) {
			t.Fatalf("%d and %d of %d", apart.Len(), rest.Len(), len(names))
		}
		for class := range 2 {
			if !slices.Contains(apart.Labels, class) || !slices.Contains(rest.Labels, class) {
				t.Fatalf("class %d is on one side only", class)
			}
		}
		a := namesOf(apart)
		// In another order, the same.
		slices.Reverse(names)
		slices.Reverse(labels)
		again, _ := named(names, labels).Split(share, seed, "test")
		b := namesOf(again)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Fatalf("in another order %v, not %v", b, a)
		}
	})
}

// When pictures are added, those that were kept apart stay so.
func TestSplitWithMorePictures(t *testing.T) {
	set := Noise(NoiseConfig{N: 4000, H: 1, W: 1, C: 1, Classes: 2})
	few, _ := set.First(3000).Pictures().Split(0.1, 5, "validation")
	many, _ := set.Pictures().Split(0.1, 5, "validation")
	for _, name := range namesOf(few) {
		if !slices.Contains(namesOf(many), name) {
			t.Fatalf("%s went to the other side", name)
		}
	}
	if few.Len() < 250 || few.Len() > 350 {
		t.Errorf("%d of 3000 for a share of 0.1", few.Len())
	}
	other, _ := set.Pictures().Split(0.1, 6, "validation")
	if slices.Equal(namesOf(other), namesOf(many)) {
		t.Error("another seed draws the same")
	}
}
