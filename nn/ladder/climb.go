package ladder

import (
	"context"
	"runtime"
	"slices"
	"time"
)

// Step is one way to convolve.
type Step struct {
	Name string
	Idea string // in a few words
	Run  func(s Shape, y, x, w []float32)

	// AllCores is true for the steps that share their work among the cores.
	// Climb runs the others on one.
	AllCores bool
}

// Rung is a step with the time that it took.
type Rung struct {
	Step
	Cores   int
	Seconds float64 // median of its runs
	GFLOPS  float64 // counting two operations for each product of the formula, as is usual
	Share   float64 // of Peak(Cores); a method that saves multiplications may pass 1
}

// Climb times all steps on a shape, each for about the given time and at least
// once. It calls report, if there is one, after each step. It sets GOMAXPROCS
// while it runs, and returns ctx's error if that ends first.
func Climb(ctx context.Context, s Shape, each time.Duration, report func(Rung)) ([]Rung, error) {
	x, w := s.Random(1)
	y := make([]float32, s.Outputs())
	peaks := map[int]float64{}
	var rungs []Rung
	for _, step := range Steps() {
		if err := ctx.Err(); err != nil {
			return rungs, err
		}
		r := Rung{Step: step, Cores: 1}
		if step.AllCores {
			r.Cores = runtime.GOMAXPROCS(0)
		}
		if peaks[r.Cores] == 0 {
			peaks[r.Cores] = Peak(r.Cores)
		}
		r.Seconds = onCores(r.Cores, func() float64 { return median(each, func() { step.Run(s, y, x, w) }) })
		r.GFLOPS = 2 * float64(s.MultiplyAdds()) / r.Seconds / 1e9
		r.Share = r.GFLOPS / peaks[r.Cores]
		rungs = append(rungs, r)
		if report != nil {
			report(r)
		}
	}
	return rungs, nil
}

// onCores runs work with GOMAXPROCS set.
func onCores(n int, work func() float64) float64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	return work()
}

// median runs work again and again for about the given time, after one run to
// warm up, and returns the median of its times in seconds. Others may use the
// machine too: a mean would count their work.
func median(about time.Duration, work func()) float64 {
	var times []float64
	work()
	for end := time.Now().Add(about); len(times) == 0 || time.Now().Before(end); {
		begin := time.Now()
		work()
		times = append(times, time.Since(begin).Seconds())
	}
	slices.Sort(times)
	return times[len(times)/2]
}
