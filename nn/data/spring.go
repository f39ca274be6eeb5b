package data

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"reslab/nn"
	"reslab/nn/data/internal/spring"
	"reslab/nn/internal/kernel"
)

// SpringConfig describes a set of drawn pictures.
type SpringConfig struct {
	N    int    // pictures
	Edge int    // pixels in a row and in a column; default 32
	Seed uint64 // other seeds give other pictures
}

// Spring draws pictures of a garden in spring: peach, apricot and pear blossom,
// sunflower, tulip, wild daisy, bee, butterfly, dragonfly, ladybird; each in a
// pose, size, light and background of its own, partly covered, out of focus or
// not. They need no file. Picture i depends on the seed, i and the size alone,
// and has the same bytes on every machine; in another size it shows the same.
func Spring(cfg SpringConfig) *Set {
	p := SpringPictures(cfg)
	s := &Set{Name: p.Name, H: p.H, W: p.W, C: p.C, Classes: p.Classes, Labels: p.Labels}
	s.Pixels = make([]uint8, p.Len()*s.size())
	kernel.Parallel(p.Len(), func(i int) {
		picture, _ := p.Open(i) // drawing never fails
		copy(s.picture(i), picture.Pixels)
	})
	Standardise(s)
	return s
}

// SpringPictures are the pictures of [Spring], each drawn when it is asked for:
// however many and large, they take no memory. They have no Mean and Std.
func SpringPictures(cfg SpringConfig) *Pictures {
	if cfg.Edge == 0 {
		cfg.Edge = 32
	}
	if cfg.N < 1 || cfg.Edge < leastSpring {
		panic(mistake("Spring", "there must be 1 picture at least, of %d pixels at least, got %d of %d", leastSpring, cfg.N, cfg.Edge))
	}
	p := &Pictures{Name: "spring", Classes: slices.Clone(spring.Kinds), Labels: make([]int, cfg.N), H: cfg.Edge, W: cfg.Edge, C: 3}
	dice := func(i int) (label int, rest *nn.Random) {
		rest = nn.NewRandomAt(cfg.Seed, fmt.Sprint("spring ", i))
		return rest.Intn(len(spring.Kinds)), rest
	}
	for i := range p.Labels {
		p.Labels[i], _ = dice(i)
	}
	p.Open = func(i int) (*Picture, error) {
		label, rest := dice(i)
		return &Picture{cfg.Edge, cfg.Edge, 3, spring.Draw(label, cfg.Edge, rest)}, nil
	}
	p.NameOf = func(i int) string { return fmt.Sprint("spring ", i) }
	return p
}

// Photo draws one picture of a kind of [Spring], large enough to look at:
//
//	data.Photo("sunflower", 224).Image()
//
// The same name and size give the same picture on every machine.
func Photo(kind string, edge int) *Picture {
	label := slices.Index(spring.Kinds, kind)
	if label < 0 {
		panic(mistake("Photo", "there is no %q; choose one of %s", kind, strings.Join(spring.Kinds, ", ")))
	}
	if edge < leastSpring || edge > maxSide {
		panic(mistake("Photo", "a picture has from %d to %d pixels, not %d", leastSpring, maxSide, edge))
	}
	return &Picture{edge, edge, 3, spring.Draw(label, edge, nn.NewRandomAt(0, "photo "+kind))}
}

// leastSpring is the smallest edge at which the kinds can be told apart at all.
const leastSpring = 8

// springTrain is the number of pictures to learn from in spring. The larger sets
// show the same pictures and may have fewer; none learns from one that another
// tests with.
const springTrain = 10000

var (
	spring32  = springSource("spring", springTrain, 2000, 32)
	spring64  = springSource("spring64", springTrain, 2000, 64)
	spring224 = springSource("spring224", 2000, 500, 224)
)

func springSource(name string, train, test, edge int) source {
	s := source{info: Info{
		Name:    name,
		About:   "flowers and insects in a garden",
		Source:  "drawn by code",
		Licence: "none needed",
		Classes: slices.Clone(spring.Kinds),
		Train:   train, Test: test, H: edge, W: edge, C: 3,
	}}
	if edge == 32 {
		s.draw = drawSpring
	} else {
		s.open = openSpring
	}
	return s
}

// drawSpring draws all pictures at once: small ones are worth keeping.
func drawSpring(info Info) (train, test *Set) {
	all := Spring(SpringConfig{N: springTrain + info.Test, Edge: info.H})
	train, test = all.First(info.Train), all.Subset(span(springTrain, all.Len()))
	train.Name, test.Name = info.Name+" train", info.Name+" test"
	Standardise(train, test)
	return train, test
}

// springMemory is what drawn pictures may take, in bytes: all of spring64, and
// a part of spring224.
const springMemory = 160 << 20

// openSpring returns pictures to be drawn when they are asked for. Mean and Std
// are those of the same pictures drawn small, which takes little time.
func openSpring(info Info) (train, test *Pictures) {
	small := SpringPictures(SpringConfig{N: info.Train}).Spread(1000)
	mean, std, _ := small.Measure(context.Background()) // drawing never fails
	all := SpringPictures(SpringConfig{N: springTrain + info.Test, Edge: info.H})
	all = all.Cached(springMemory)
	all.Mean, all.Std = mean, std
	train, test = all.First(info.Train), all.Subset(span(springTrain, all.Len()))
	train.Name, test.Name = info.Name+" train", info.Name+" test"
	return train, test
}
