package data

import (
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
	if cfg.Edge == 0 {
		cfg.Edge = 32
	}
	if cfg.N < 1 || cfg.Edge < leastSpring {
		panic(mistake("Spring", "there must be 1 picture at least, of %d pixels at least, got %d of %d", leastSpring, cfg.N, cfg.Edge))
	}
	s := &Set{Name: "spring", H: cfg.Edge, W: cfg.Edge, C: 3, Classes: slices.Clone(spring.Kinds)}
	s.Pixels, s.Labels = make([]uint8, cfg.N*s.size()), make([]int, cfg.N)
	kernel.Parallel(cfg.N, func(i int) {
		random := nn.NewRandomAt(cfg.Seed, fmt.Sprint("spring ", i))
		s.Labels[i] = random.Intn(len(s.Classes))
		copy(s.picture(i), spring.Draw(s.Labels[i], cfg.Edge, random))
	})
	Standardise(s)
	return s
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

var springSource = source{
	info: Info{
		Name:    "spring",
		About:   "flowers and insects in a garden",
		Source:  "drawn by code",
		Licence: "none needed",
		Classes: slices.Clone(spring.Kinds),
		Train:   10000, Test: 2000, H: 32, W: 32, C: 3,
	},
	draw: func(info Info) (train, test *Set) {
		all := Spring(SpringConfig{N: info.Train + info.Test, Edge: info.H})
		train, test = all.First(info.Train), all.Subset(span(info.Train, all.Len()))
		train.Name, test.Name = "spring train", "spring test"
		Standardise(train, test)
		return train, test
	},
}
