package data

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"reslab/nn"
	"reslab/nn/data/internal/spring"
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
	if cfg.N < 1 || cfg.Edge < 8 {
		panic(mistake("Spring", "there must be 1 picture at least, of 8 pixels at least, got %d of %d", cfg.N, cfg.Edge))
	}
	s := &Set{Name: "spring", H: cfg.Edge, W: cfg.Edge, C: 3, Classes: slices.Clone(spring.Kinds)}
	s.Pixels, s.Labels = make([]uint8, cfg.N*s.size()), make([]int, cfg.N)
	onAllCores(cfg.N, func(i int) {
		random := nn.NewRandomAt(cfg.Seed, fmt.Sprint("spring ", i))
		s.Labels[i] = random.Intn(len(s.Classes))
		copy(s.picture(i), spring.Draw(s.Labels[i], cfg.Edge, random))
	})
	Standardise(s)
	return s
}

// onAllCores calls work(0) to work(n-1), in any order.
func onAllCores(n int, work func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				work(int(i))
			}
		})
	}
	workers.Wait()
}
