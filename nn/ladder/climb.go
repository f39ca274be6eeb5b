package ladder

import (
	"context"
	"math"
	"runtime"
	"time"
)

// Rung is a step with the time that it took.
type Rung struct {
	Step
	Cores   int
	Seconds float64 // of its fastest run
	GFLOPS  float64 // counting two operations for each product of the formula, as is usual
	Share   float64 // of the peak of so many cores; a method that saves multiplications may pass 1
}

// Climb times all steps on a shape, each for about the given time and at least
// three times, in turns with the peak. It calls report, if there is one, after each
// step. It sets GOMAXPROCS while it runs, and returns ctx's error if that ends first.
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
		run, peak := func() { step.Run(s, y, x, w) }, func() { peaks[r.Cores] = max(peaks[r.Cores], peakTrial(r.Cores)) }
		r.Seconds = onCores(r.Cores, func() float64 { return fastest(each, run, peak) })
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

// fastest runs work again and again for about the given time, three times at
// least, and returns the seconds of its fastest run: what else the machine does
// only makes work slower. The peak is measured in the same way. Now and then it
// does what else is to be done meanwhile.
func fastest(about time.Duration, work func(), meanwhile ...func()) float64 {
	turn := min(about, 8*time.Millisecond)
	best := time.Duration(math.MaxInt64)
	for end, runs := time.Now().Add(about), 0; runs < 3 || time.Now().Before(end); {
		for _, other := range meanwhile {
			other()
		}
		for next := time.Now().Add(turn); runs < 3 || time.Now().Before(next); runs++ {
			begin := time.Now()
			work()
			best = min(best, time.Since(begin))
		}
	}
	return max(best, 1).Seconds() // a clock may be too coarse to see it
}
