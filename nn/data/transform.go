package data

import (
	"fmt"
	"strings"

	"reslab/nn"
)

// Transform makes another picture of a picture. Any func will do:
//
//	invert := data.Transform{Name: "invert", Apply: func(p *data.Picture, r *nn.Random) *data.Picture {
//		q := data.NewPicture(p.H, p.W, p.C)
//		for i, v := range p.Pixels {
//			q.Pixels[i] = 255 - v
//		}
//		return q
//	}}
type Transform struct {
	Name string // in a few words, as "flip"

	// Random says that Apply draws by chance: each epoch sees other pictures.
	// All chance comes from r, so that the same seed gives the same pictures.
	Random bool

	// Apply never writes to p, which others may share; it may return it. Many
	// goroutines call it at once, each with a picture and an r of its own.
	Apply func(p *Picture, r *nn.Random) *Picture
}

// String is the name.
func (t Transform) String() string { return t.Name }

// Pipeline is a list of transforms; the first is applied first.
type Pipeline []Transform

// Apply applies all transforms.
func (l Pipeline) Apply(p *Picture, r *nn.Random) *Picture {
	for _, t := range l {
		p = t.Apply(p, r)
	}
	return p
}

// Random says whether some transform draws by chance.
func (l Pipeline) Random() bool {
	for _, t := range l {
		if t.Random {
			return true
		}
	}
	return false
}

// String lists the names.
func (l Pipeline) String() string {
	if len(l) == 0 {
		return "as it is"
	}
	names := make([]string, len(l))
	for i, t := range l {
		names[i] = t.Name
	}
	return strings.Join(names, ", ")
}

// Compose makes one transform of several.
func Compose(list ...Transform) Transform {
	l := Pipeline(list)
	return Transform{Name: l.String(), Random: l.Random(), Apply: l.Apply}
}

// Flip mirrors every second picture, by chance, so that left becomes right. Not
// for digits and letters.
func Flip() Transform {
	return Transform{Name: "flip", Random: true, Apply: func(p *Picture, r *nn.Random) *Picture {
		if r.Intn(2) == 0 {
			return p
		}
		q := NewPicture(p.H, p.W, p.C)
		for y := range p.H {
			for x := range p.W {
				copy(q.At(y, p.W-1-x), p.At(y, x))
			}
		}
		return q
	}}
}

// Channels makes every picture grey (1) or coloured (3); a grey one becomes
// coloured by being repeated.
func Channels(c int) Transform {
	if c != 1 && c != 3 {
		panic(mistake("Channels", "pictures have 1 channel or 3, not %d", c))
	}
	return Transform{Name: fmt.Sprintf("%d channels", c), Apply: func(p *Picture, _ *nn.Random) *Picture {
		if p.C == c {
			return p
		}
		q := NewPicture(p.H, p.W, c)
		for i := range p.H * p.W {
			if c == 1 {
				q.Pixels[i] = grey(p.Pixels[i*3 : i*3+3])
			} else {
				v := p.Pixels[i]
				copy(q.Pixels[i*3:], []uint8{v, v, v})
			}
		}
		return q
	}}
}
