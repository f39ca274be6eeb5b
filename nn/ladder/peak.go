package ladder

import (
	"sync"

	"reslab/nn/internal/kernel"
)

// Peak measures how many billion multiplications and additions a second so many
// cores do at most, all at once, with the arithmetic of the kernels in use:
// nothing but multiply-adds on registers. It takes some tens of milliseconds.
func Peak(cores int) (gflops float64) { return onAll(cores, kernel.PeakGFLOPS) }

// peakTrial measures it once, for a few milliseconds.
func peakTrial(cores int) (gflops float64) { return onAll(cores, kernel.PeakTrial) }

// onAll measures on so many cores at once, and adds up.
func onAll(cores int, measure func() float64) (gflops float64) {
	each := make([]float64, cores)
	var wait sync.WaitGroup
	for i := range each {
		wait.Go(func() { each[i] = measure() })
	}
	wait.Wait()
	for _, g := range each {
		gflops += g
	}
	return gflops
}

// PlainPeak measures what plain Go can do at most on one core, with one number
// at a time: multiplications and additions of numbers that are in registers
// already, in billions a second.
func PlainPeak() (gflops float64) { return kernel.PlainPeakGFLOPS() }
