package train

import (
	"context"
	"fmt"
	"image"
	"runtime"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
)

const (
	testShare  = 0.2       // of a folder that has no test folder
	cacheBytes = 256 << 20 // pictures of a folder that stay decoded, in all parts together
	measured   = 1000      // pictures of a folder that Mean and Std are measured on
	examBatch  = 100
)

// dataset is what a training learns from and is examined with. All parts have
// the same classes, sizes and normalisation.
type dataset struct {
	learn, validation, test *data.Pictures // the last two may be nil
	folder                  bool           // pictures are files
	edge                    int            // that pictures are brought to unless the settings say
	say                     func(format string, args ...any)
	skipped                 map[string]bool // names of pictures that cannot be read
}

// openData opens a data set or a folder, and brings the pictures to one size and
// to the channels of the weights to start from, if there are any.
func openData(ctx context.Context, s *Settings, net net, from *weights.Metadata, say func(format string, args ...any)) (*dataset, error) {
	usual(&s.Seed, 1)
	splits, err := data.Open(s.Data, data.SplitConfig{Test: testShare, Seed: *s.Seed})
	if err != nil {
		return nil, err
	}
	for _, note := range splits.Notes {
		say("%s", note)
	}
	d := &dataset{learn: splits.Train, validation: splits.Validation, test: splits.Test, folder: splits.Train.H == 0, say: say, skipped: map[string]bool{}}
	if s.Strict {
		if err := d.verify(ctx); err != nil {
			return nil, err
		}
	}
	channels := d.learn.C
	d.edge = d.learn.H
	switch {
	case from != nil:
		d.edge, channels = from.Input[0], from.Input[2]
	case d.folder:
		d.edge = net.edge()
	}
	usual(&s.Size, d.edge)
	d.shape(*s.Size, *s.Size, channels)
	return d, d.normalise(ctx, from)
}

// parts are those that there are.
func (d *dataset) parts() (all []**data.Pictures) {
	for _, p := range []**data.Pictures{&d.learn, &d.validation, &d.test} {
		if *p != nil {
			all = append(all, p)
		}
	}
	return all
}

// verify reads every picture and refuses a broken one.
func (d *dataset) verify(ctx context.Context) error {
	for _, p := range d.parts() {
		broken, err := (*p).Verify(ctx, nil)
		if err != nil {
			return err
		}
		if len(broken) > 0 {
			return fmt.Errorf("%s cannot be read: %w; mend or remove it, or leave out --strict", plural(len(broken), "picture"), broken[0])
		}
	}
	return nil
}

// shape brings all pictures to a size. Of a folder they are kept in memory then,
// as far as there is room.
func (d *dataset) shape(h, w, channels int) {
	for _, p := range d.parts() {
		if d.folder || (*p).H != h || (*p).W != w {
			*p = (*p).Fit(h, w)
		}
		if (*p).C != channels {
			*p = (*p).With(data.Pipeline{data.Channels(channels)})
			(*p).C, (*p).Mean, (*p).Std = channels, nil, nil
		}
		if d.folder {
			*p = (*p).Cached(cacheBytes / len(d.parts()))
		}
	}
}

// like brings all pictures to what weights learned from, or, of published ones,
// to what they are examined with.
func (d *dataset) like(ctx context.Context, meta *weights.Metadata) error {
	h, w := meta.Input[0], meta.Input[1]
	if meta.Shorter > 0 {
		for _, p := range d.parts() {
			*p = (*p).With(data.Pipeline{data.ResizeShort(meta.Shorter), data.CentreCrop(h, w)})
			(*p).H, (*p).W = h, w
		}
	}
	d.shape(h, w, meta.Input[2])
	return d.normalise(ctx, meta)
}

// normalise gives all parts the figures of the weights to start from, or those
// of the pictures to learn from.
func (d *dataset) normalise(ctx context.Context, from *weights.Metadata) (err error) {
	var mean, std []float32
	switch {
	case from != nil:
		mean, std = from.Mean, from.Std
	case len(d.learn.Mean) > 0:
		mean, std = d.learn.Mean, d.learn.Std
	default:
		if mean, std, err = d.learn.Spread(measured).Measure(ctx); err != nil {
			return err
		}
	}
	for _, p := range d.parts() {
		(*p).Mean, (*p).Std = mean, std
	}
	return nil
}

func (d *dataset) pictures() int     { return d.learn.Len() }
func (d *dataset) colour() bool      { return d.learn.C == 3 }
func (d *dataset) classes() []string { return d.learn.Classes }
func (d *dataset) input() [3]int     { return [3]int{d.learn.H, d.learn.W, d.learn.C} }

// divide keeps pictures apart for validation, unless a folder has them.
func (d *dataset) divide(s *Settings) error {
	if d.validation == nil && *s.Validation > 0 {
		apart, rest := d.learn.Split(*s.Validation, *s.Seed, splitValidation)
		if apart.Len() > 0 {
			d.validation, d.learn = apart, rest
		} else {
			d.say("no picture is kept apart for %s, so that the last epoch counts: no class has two of them", splitValidation)
		}
	}
	if n := d.learn.Len(); n < *s.Batch {
		return run.WrongSetting("a batch of %d needs as many pictures to learn from, and beside those for tests there are %d; choose a smaller --batch", *s.Batch, n)
	}
	return nil
}

// loader deals the pictures to learn from, changed at random as the settings say.
func (d *dataset) loader(s *Settings) *data.Loader {
	return d.learn.Loader(data.LoaderConfig{Batch: *s.Batch, Seed: *s.Seed, Transforms: s.transforms(), Workers: runtime.GOMAXPROCS(0), Skip: d.skip})
}

// skip tells of a picture that is left out, once.
func (d *dataset) skip(err *data.PictureError) {
	if !d.skipped[err.Name] {
		d.skipped[err.Name] = true
		d.say("left out: %v", err)
	}
}

// transforms are the changes that Augment names. The crop is that of CIFAR-10,
// in proportion to the picture.
func (s *Settings) transforms() (list data.Pipeline) {
	for _, change := range []struct {
		name      string
		transform data.Transform
	}{
		{"crop", data.PadAndCrop(*s.Size/8, *s.Size, *s.Size)},
		{"flip", data.Flip()},
		{"jitter", data.ColourJitter(data.JitterConfig{Brightness: 0.3, Contrast: 0.3, Saturation: 0.3})},
	} {
		if s.augments(change.name) {
			list = append(list, change.transform)
		}
	}
	return list
}

// paper deals the pictures of an examination: each once, in order, as they are.
type paper struct {
	pictures *data.Pictures
	loader   *data.Loader
	skipped  map[string]bool // names of pictures that could not be read
	places   []int           // of the pictures dealt until now
	next     int
}

func newPaper(pictures *data.Pictures, skip func(err *data.PictureError)) *paper {
	p := &paper{pictures: pictures, skipped: map[string]bool{}}
	p.loader = pictures.Loader(data.LoaderConfig{Batch: examBatch, InOrder: true, KeepLast: true, Epochs: 1, Workers: runtime.GOMAXPROCS(0), Skip: func(err *data.PictureError) {
		p.skipped[err.Name] = true
		skip(err)
	}})
	return p
}

// batch is the nn.Batches of an examination. It notes which pictures it deals.
func (p *paper) batch(step int) (x *nn.Tensor, labels []int) {
	x, labels = p.loader.Batch(step)
	for n := 0; n < len(labels); p.next++ {
		if !p.skipped[p.pictures.NameOf(p.next)] {
			p.places = append(p.places, p.next)
			n++
		}
	}
	return x, labels
}

// shown returns a picture for a reader; one that cannot be read any more is
// black.
func shown(pictures *data.Pictures, i int) image.Image {
	picture, err := pictures.Open(i)
	if err != nil {
		picture = data.NewPicture(pictures.H, pictures.W, 1)
	}
	return picture.Image()
}
