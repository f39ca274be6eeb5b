package data

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"reslab/nn"
	"reslab/nn/internal/kernel"
)

// Pictures is a list of labelled pictures that are made when they are asked for:
// read from files, drawn, or taken from a Set. However long it is, it takes no
// more memory than its labels.
type Pictures struct {
	Name    string   // as "garden train"
	Classes []string // their names; a label is a place in this list
	Labels  []int    // one a picture

	// H, W, C are rows, columns and channels of every picture; H and W are 0
	// where they differ, as they do in a folder. Resize makes them the same.
	H, W, C int

	// Mean and Std, one number a channel, as in a Set: a Loader deals
	// (pixel/255 - Mean) / Std. Both empty: pixel/255.
	Mean, Std []float32

	// Open returns picture i. Nobody writes to it: it may be shared. Many
	// goroutines call Open at once.
	Open func(i int) (*Picture, error)

	// NameOf returns what picture i is called: the path of its file below the
	// folder, or the name of the set and the number.
	NameOf func(i int) string
}

// Len returns the number of pictures.
func (p *Pictures) Len() int { return len(p.Labels) }

// Class returns the name of the class of picture i.
func (p *Pictures) Class(i int) string { return p.Classes[p.Labels[i]] }

// String says name, number, size and classes in a line.
func (p *Pictures) String() string {
	if p == nil {
		return "no pictures"
	}
	size := "of many sizes"
	if p.H > 0 {
		size = fmt.Sprintf("of %dx%dx%d", p.H, p.W, p.C)
	}
	return fmt.Sprintf("%s: %d pictures %s in %d classes", p.Name, p.Len(), size, len(p.Classes))
}

// PictureError says which picture could not be read, and why.
type PictureError struct {
	Name string // as Pictures.NameOf has it
	Err  error
}

func (e *PictureError) Error() string { return fmt.Sprintf("%s: %v", e.Name, e.Err) }

// Unwrap returns the reason.
func (e *PictureError) Unwrap() error { return e.Err }

// picture is Open with the picture's name in the error.
func (p *Pictures) picture(i int) (*Picture, error) {
	picture, err := p.Open(i)
	if err != nil {
		return nil, &PictureError{p.NameOf(i), err}
	}
	return picture, nil
}

// Pictures returns the set's pictures one by one. They share memory with it.
func (s *Set) Pictures() *Pictures {
	s.check()
	return &Pictures{
		Name: s.Name, Classes: s.Classes, Labels: s.Labels,
		H: s.H, W: s.W, C: s.C, Mean: s.Mean, Std: s.Std,
		Open:   func(i int) (*Picture, error) { return s.Picture(i), nil },
		NameOf: func(i int) string { return fmt.Sprintf("%s %d", s.Name, i) },
	}
}

// Subset returns the pictures at indices, in their order.
func (p *Pictures) Subset(indices []int) *Pictures {
	subset := *p
	subset.Labels = make([]int, len(indices))
	for k, i := range indices {
		subset.Labels[k] = p.Labels[i]
	}
	subset.Open = func(k int) (*Picture, error) { return p.Open(indices[k]) }
	subset.NameOf = func(k int) string { return p.NameOf(indices[k]) }
	return &subset
}

// First returns the first n pictures, or all if there are fewer.
func (p *Pictures) First(n int) *Pictures { return p.Subset(span(0, max(0, min(n, p.Len())))) }

// Spread returns n pictures taken at even distances, or all if there are fewer:
// a fair sample of a list that is sorted by class.
func (p *Pictures) Spread(n int) *Pictures {
	n = max(0, min(n, p.Len()))
	indices := make([]int, n)
	for k := range indices {
		indices[k] = k * p.Len() / n
	}
	return p.Subset(indices)
}

// With returns the pictures as the transforms make them, each time they are
// asked for. Chance has no place here, as the same picture is always the same:
// transforms that draw by chance go into LoaderConfig.Transforms.
func (p *Pictures) With(list Pipeline) *Pictures {
	if list.Random() {
		panic(mistake("With", "%q draws by chance; give it to the Loader, which knows the epoch", list))
	}
	with := *p
	with.Open = func(i int) (*Picture, error) {
		picture, err := p.Open(i)
		if err != nil {
			return nil, err
		}
		return list.Apply(picture, nil), nil
	}
	if p.H > 0 {
		blank := list.Apply(NewPicture(p.H, p.W, p.C), nil)
		with.H, with.W, with.C = blank.H, blank.W, blank.C
	}
	return &with
}

// Fit returns the pictures at one size: resized until they cover h rows and w
// columns, and cut to the middle.
func (p *Pictures) Fit(h, w int) *Pictures {
	fit := p.With(Pipeline{fit(h, w)})
	fit.H, fit.W = h, w
	return fit
}

// Cached keeps pictures in memory once they were made, as long as they fit into
// so many bytes; the others are made anew each time. Which ones are kept changes
// no result.
func (p *Pictures) Cached(bytes int) *Pictures {
	kept := make([]atomic.Pointer[Picture], p.Len())
	var room atomic.Int64
	room.Store(int64(bytes))
	cached := *p
	cached.Open = func(i int) (*Picture, error) {
		if picture := kept[i].Load(); picture != nil {
			return picture, nil
		}
		picture, err := p.Open(i)
		if err != nil {
			return nil, err
		}
		size := int64(len(picture.Pixels))
		if room.Add(-size) < 0 || !kept[i].CompareAndSwap(nil, picture) {
			room.Add(size)
		}
		return picture, nil
	}
	return &cached
}

// Gather makes all pictures and returns them as a Set in memory. They must be
// of one size: see Fit.
func (p *Pictures) Gather(ctx context.Context) (*Set, error) {
	if p.Len() == 0 {
		return nil, fmt.Errorf("%s has no pictures", p.Name)
	}
	list := make([]*Picture, p.Len())
	if err := p.each(ctx, func(i int, picture *Picture) { list[i] = picture }); err != nil {
		return nil, err
	}
	first := list[0]
	s := &Set{Name: p.Name, H: first.H, W: first.W, C: first.C, Classes: p.Classes, Labels: append([]int(nil), p.Labels...), Mean: p.Mean, Std: p.Std}
	for i, picture := range list {
		if err := sameSize(p, i, picture, first); err != nil {
			return nil, err
		}
		s.Pixels = append(s.Pixels, picture.Pixels...)
	}
	return s, nil
}

// sameSize returns an error if picture i is not of the size of another.
func sameSize(p *Pictures, i int, picture, other *Picture) error {
	if picture.H == other.H && picture.W == other.W && picture.C == other.C {
		return nil
	}
	return &PictureError{p.NameOf(i), fmt.Errorf("it is a %v and another one a %v; make them one size with Resize, Fit or a crop", picture, other)}
}

// Measure returns mean and standard deviation of each channel of all pictures'
// pixels, between 0 and 1: what Mean and Std are set to. For a long list, a
// Spread of a thousand pictures tells as much. All pictures have C channels;
// those that cannot be read are left out, unless none can.
func (p *Pictures) Measure(ctx context.Context) (mean, std []float32, err error) {
	var lock sync.Mutex
	all, some := newMoments(p.C), false
	err = p.each(ctx, func(_ int, picture *Picture) {
		m := newMoments(p.C)
		m.add(picture.Pixels)
		lock.Lock()
		defer lock.Unlock()
		all.merge(m)
		some = true
	})
	if ctx.Err() != nil || err != nil && !some {
		return nil, nil, err
	}
	mean, std = all.figures()
	return mean, std, nil
}

// Verify reads every picture and returns an error for each that cannot be read.
// progress, if not nil, hears how many are done.
func (p *Pictures) Verify(ctx context.Context, progress func(done, total int)) (broken []error, err error) {
	var done atomic.Int64
	all := make([]error, p.Len())
	kernel.Parallel(p.Len(), func(i int) {
		if ctx.Err() != nil {
			return
		}
		_, all[i] = p.picture(i)
		if progress != nil {
			progress(int(done.Add(1)), p.Len())
		}
	})
	for _, err := range all {
		if err != nil {
			broken = append(broken, err)
		}
	}
	return broken, ctx.Err()
}

// each calls use with every picture, on many goroutines, and returns the error
// of the first that could not be read.
func (p *Pictures) each(ctx context.Context, use func(i int, picture *Picture)) error {
	all := make([]error, p.Len())
	kernel.Parallel(p.Len(), func(i int) {
		if ctx.Err() != nil {
			return
		}
		var picture *Picture
		if picture, all[i] = p.picture(i); all[i] == nil {
			use(i, picture)
		}
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// fit resizes a picture until it covers h rows and w columns, and cuts out the
// middle.
func fit(h, w int) Transform {
	checkSize("Fit", h, w)
	return Transform{Name: fmt.Sprintf("fit %dx%d", h, w), Apply: func(p *Picture, _ *nn.Random) *Picture {
		// The part of the old picture that has the new one's shape.
		rows, columns := min(p.H, max(1, p.W*h/w)), min(p.W, max(1, p.H*w/h))
		return resample(cut(p, (p.H-rows)/2, (p.W-columns)/2, rows, columns), h, w, bilinear)
	}}
}
