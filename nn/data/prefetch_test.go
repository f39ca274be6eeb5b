package data

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reslab/nn"
)

var augmented = Pipeline{PadAndCrop(2, 8, 8), Flip(), ColourJitter(JitterConfig{0.2, 0.2, 0.2})}

// Whatever the number of goroutines and however the steps are asked for, a batch
// has the same bits.
func TestLoaderIsTheSameOnAnyNumberOfGoroutines(t *testing.T) {
	set := Noise(NoiseConfig{N: 23, H: 8, W: 8, C: 3, Seed: 1})
	dealt := func(cfg LoaderConfig, steps []int) (list []string) {
		l := set.Pictures().Loader(cfg)
		defer l.Close()
		for _, step := range steps {
			x, labels := l.Batch(step)
			list = append(list, fmt.Sprint(x.Shape, labels, math.Float32bits(x.Data[7]), checksum(x)))
		}
		return list
	}
	rapid.Check(t, func(t *rapid.T) {
		cfg := LoaderConfig{Batch: rapid.IntRange(1, 12).Draw(t, "batch"), Seed: rapid.Uint64().Draw(t, "seed"), Transforms: augmented, KeepLast: rapid.Bool().Draw(t, "keep last")}
		steps := rapid.SliceOfN(rapid.IntRange(0, 30), 1, 8).Draw(t, "steps")
		want := dealt(cfg, steps)
		cfg.Workers, cfg.Ahead = rapid.IntRange(1, 5).Draw(t, "workers"), rapid.IntRange(0, 4).Draw(t, "ahead")
		if got := dealt(cfg, steps); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func checksum(x *nn.Tensor) (sum uint64) {
	for _, v := range x.Data {
		sum = sum*31 + uint64(math.Float32bits(v))
	}
	return sum
}

func TestEachEpochSeesOtherPictures(t *testing.T) {
	set := Noise(NoiseConfig{N: 4, H: 8, W: 8, C: 3})
	l := set.Pictures().Loader(LoaderConfig{Batch: 4, InOrder: true, Transforms: augmented})
	first, labels := l.Batch(0)
	second, labelsAgain := l.Batch(1)
	if checksum(first) == checksum(second) {
		t.Error("the second epoch has the augmentation of the first")
	}
	if !slices.Equal(labels, set.Labels) || !slices.Equal(labels, labelsAgain) {
		t.Error("the order is another")
	}
}

func TestLoaderOfOneEpoch(t *testing.T) {
	for _, workers := range []int{0, 3} {
		set := numbered(10)
		l := set.Pictures().Loader(LoaderConfig{Batch: 4, InOrder: true, KeepLast: true, Epochs: 1, Workers: workers})
		evaluation := set.All(4)
		for step := range 4 {
			x, labels := l.Batch(step)
			want, wantLabels := evaluation(step)
			if !slices.Equal(labels, wantLabels) || (x == nil) != (want == nil) || x != nil && checksum(x) != checksum(want) {
				t.Errorf("%d workers, step %d: %v, want %v", workers, step, labels, wantLabels)
			}
		}
		if l.Err() != nil || l.StepsPerEpoch() != 3 {
			t.Errorf("%v, %d steps", l.Err(), l.StepsPerEpoch())
		}
		l.Close()
	}
}

// A broken picture is named once and left out, or ends the batches.
func TestBrokenPictures(t *testing.T) {
	for _, workers := range []int{0, 2} {
		var names []string
		p := garden(t).Fit(4, 4)
		l := p.Loader(LoaderConfig{Batch: 5, Workers: workers, Skip: func(err *PictureError) { names = append(names, err.Error()) }})
		for step := range 3 {
			if x, labels := l.Batch(step); len(labels) != 4 || !slices.Equal(x.Shape, []int{4, 4, 4, 3}) {
				t.Fatalf("step %d: %v, %v", step, x, labels)
			}
		}
		l.Close()
		if len(names) != 1 || !strings.HasPrefix(names[0], "a/2.png: this is no PNG") {
			t.Errorf("named %q", names)
		}

		strict := p.Loader(LoaderConfig{Batch: 5, Workers: workers})
		for range 2 {
			if x, labels := strict.Batch(0); x != nil || labels != nil || strict.Err() == nil || !strings.HasPrefix(strict.Err().Error(), "a/2.png: ") {
				t.Errorf("strict: %v, %v", x, strict.Err())
			}
		}
		strict.Close()

		none := p.Subset([]int{1}).Loader(LoaderConfig{Batch: 1, Workers: workers, Skip: func(*PictureError) {}})
		if x, _ := none.Batch(0); x != nil || none.Err() == nil || !strings.Contains(none.Err().Error(), "none of the 1 pictures") {
			t.Errorf("all broken: %v, %v", x, none.Err())
		}
		sizes := garden(t).Subset([]int{0, 3}).Loader(LoaderConfig{Batch: 2, InOrder: true, Workers: workers})
		if x, _ := sizes.Batch(0); x != nil || sizes.Err() == nil || !strings.Contains(sizes.Err().Error(), "make them one size") {
			t.Errorf("two sizes: %v, %v", x, sizes.Err())
		}
	}
}

func TestMeanForOtherChannels(t *testing.T) {
	p := tiny().Pictures().With(Pipeline{Channels(3)})
	p.Mean, p.Std = []float32{1, 2}, []float32{1, 2}
	l := p.Loader(LoaderConfig{Batch: 1})
	if x, _ := l.Batch(0); x != nil || l.Err() == nil || !strings.Contains(l.Err().Error(), "it has 3 channels, but Mean and Std have 2 numbers") {
		t.Errorf("got %v, %v", x, l.Err())
	}
}

// A mistake in a transform reaches whoever asks for the batch.
func TestPanicOfATransform(t *testing.T) {
	wrong := Transform{Name: "wrong", Apply: func(*Picture, *nn.Random) *Picture { panic(mistake("wrong", "a mistake")) }}
	l := numbered(9).Pictures().Loader(LoaderConfig{Batch: 3, Workers: 2, Transforms: Pipeline{wrong}})
	defer l.Close()
	if got := mistakeOf(func() { l.Batch(0) }); !strings.Contains(got, "a mistake") {
		t.Error(got)
	}
}

// However far a loader could run, it stays Ahead batches before the caller.
func TestLoaderIsNotTooFarAhead(t *testing.T) {
	var opened atomic.Int64
	p := numbered(100).Pictures()
	counted := *p
	counted.Open = func(i int) (*Picture, error) { opened.Add(1); return p.Open(i) }
	l := counted.Loader(LoaderConfig{Batch: 5, Workers: 4, Ahead: 3})
	for step := range 6 {
		l.Batch(step)
	}
	l.prefetch.all.Wait() // until it has nothing to do
	if got := opened.Load(); got != 5*(6+3) {
		t.Errorf("%d pictures were opened for 6 batches of 5 and 3 ahead", got)
	}
	l.Close()
	if x, _ := l.Batch(6); x != nil || l.Err() == nil || !strings.Contains(l.Err().Error(), "closed") {
		t.Errorf("after Close: %v, %v", x, l.Err())
	}
}

// Closed or not, a loader leaves no goroutine behind.
func TestLoaderLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	for i := range 20 {
		l := Noise(NoiseConfig{N: 50, H: 8, W: 8, C: 3}).Pictures().Loader(LoaderConfig{Batch: 10, Workers: 4, Transforms: augmented})
		l.Batch(0)
		if i%2 == 0 {
			l.Close()
		}
	}
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
}

func TestTrainingFromAFolder(t *testing.T) {
	l := garden(t).Fit(8, 8).Cached(1 << 20).Loader(LoaderConfig{Batch: 2, Seed: 1, Workers: 2, Transforms: Pipeline{Flip()}})
	defer l.Close()
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Classes: 2})
	nn.Init(net, 1, nn.HeFanIn)
	steps := 0
	training := nn.Training{Model: net, Batches: l.Batch, Optimiser: nn.NewSGD(nn.SGDConfig{}), Rate: nn.Constant(0.01), Steps: 100,
		AfterStep: func(nn.StepReport) { steps++ }}
	if err := training.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	var broken *PictureError
	if !errors.As(l.Err(), &broken) || broken.Name != "a/2.png" || steps > 2 {
		t.Errorf("after %d steps: %v", steps, l.Err())
	}
}

func TestLoaderMistakes(t *testing.T) {
	for want, wrong := range map[string]func(){
		"no pictures to deal":   func() { tiny().Pictures().First(0).Loader(LoaderConfig{Batch: 1, KeepLast: true}) },
		"Workers, Ahead":        func() { tiny().Pictures().Loader(LoaderConfig{Batch: 1, Workers: -1}) },
		"not 5":                 func() { tiny().Pictures().Loader(LoaderConfig{Batch: 5}) },
		"from 1 to all 3 pictu": func() { tiny().Pictures().Loader(LoaderConfig{Batch: 0, KeepLast: true}) },
	} {
		if got := mistakeOf(wrong); !strings.Contains(got, want) {
			t.Errorf("got %q, want something with %q", got, want)
		}
	}
	if l := tiny().Pictures().Loader(LoaderConfig{Batch: 5, KeepLast: true}); l.StepsPerEpoch() != 1 {
		t.Errorf("%v", l)
	}
}

// BenchmarkLoader deals pictures as a training takes them: photographs of 375 by
// 500 from a folder to 224 by 224, and small ones from memory.
func BenchmarkLoader(b *testing.B) {
	root := b.TempDir()
	picture := Noise(NoiseConfig{N: 1, H: 47, W: 63, C: 3}).Picture(0)
	large := encoded(b, "jpeg", Resize(375, 500).Apply(picture, nil).Image())
	for i := range 64 {
		writeFile(b, filepath.Join(root, fmt.Sprint("class", i%2), fmt.Sprint(i, ".jpg")), large)
	}
	folder, err := Folder(root, SplitConfig{})
	if err != nil {
		b.Fatal(err)
	}
	small := Noise(NoiseConfig{N: 5000, H: 32, W: 32, C: 3}).Pictures()
	for _, c := range []struct {
		name     string
		pictures *Pictures
		list     Pipeline
	}{
		{"photographs", folder.Train, Pipeline{RandomResizedCrop(224, 224, 0.08), Flip()}},
		{"cached", folder.Train.With(Pipeline{ResizeShort(256)}).Cached(64 << 20), Pipeline{RandomResizedCrop(224, 224, 0.08), Flip()}},
		{"small", small, Pipeline{PadAndCrop(4, 32, 32), Flip()}},
	} {
		for _, workers := range []int{0, runtime.GOMAXPROCS(0)} {
			b.Run(fmt.Sprintf("%s/workers=%d", c.name, workers), func(b *testing.B) {
				l := c.pictures.Loader(LoaderConfig{Batch: 32, Transforms: c.list, Workers: workers})
				defer l.Close()
				step := 0
				for b.Loop() {
					l.Batch(step)
					step++
				}
				if l.Err() != nil {
					b.Fatal(l.Err())
				}
				b.ReportMetric(float64(32*b.N)/b.Elapsed().Seconds(), "pictures/s")
			})
		}
	}
}
