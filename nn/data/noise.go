package data

import (
	"fmt"

	"reslab/nn"
)

// NoiseConfig describes a set of noise.
type NoiseConfig struct {
	N       int    // pictures
	H, W, C int    // rows, columns, channels of each
	Classes int    // default 10
	Seed    uint64 // other seeds give other pictures
}

// Noise draws pictures of pure chance: each pixel from 0 to 255, each label
// from the classes, all equally likely. There is nothing to learn in them but
// the pictures themselves, and they need no file: right for looking at a net as
// it was initialised, and for tests. The same config gives the same set on every
// machine. It is normalised by its own Mean and Std.
func Noise(cfg NoiseConfig) *Set {
	if cfg.Classes == 0 {
		cfg.Classes = 10
	}
	if cfg.N < 1 || cfg.H < 1 || cfg.W < 1 || cfg.C < 1 || cfg.Classes < 1 {
		panic(mistake("Noise", "every number must be 1 at least, got %d pictures of %dx%dx%d in %d classes", cfg.N, cfg.H, cfg.W, cfg.C, cfg.Classes))
	}
	s := &Set{Name: "noise", H: cfg.H, W: cfg.W, C: cfg.C, Classes: numerals(cfg.Classes)}
	s.Pixels, s.Labels = make([]uint8, cfg.N*s.size()), make([]int, cfg.N)
	pixels, labels := nn.NewRandomAt(cfg.Seed, "pixels"), nn.NewRandomAt(cfg.Seed, "labels")
	for i := range s.Pixels {
		s.Pixels[i] = uint8(pixels.Uint64() >> 56)
	}
	for i := range s.Labels {
		s.Labels[i] = labels.Intn(cfg.Classes)
	}
	Standardise(s)
	return s
}

var noise = source{
	info: Info{
		Name:    "noise",
		About:   "pixels and labels of pure chance, for looking at a net as it was initialised",
		Source:  "drawn by code",
		Licence: "none needed",
		Classes: numerals(10),
		Train:   2048, Test: 512, H: 28, W: 28, C: 1,
	},
	draw: func(info Info) (train, test *Set) {
		all := Noise(NoiseConfig{N: info.Train + info.Test, H: info.H, W: info.W, C: info.C})
		train, test = all.First(info.Train), all.Subset(span(info.Train, all.Len()))
		train.Name, test.Name = "noise train", "noise test"
		return train, test
	},
}

// numerals returns the names "0", "1", ... of n classes.
func numerals(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	return names
}
