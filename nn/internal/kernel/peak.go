package kernel

import (
	"runtime"
	"time"
)

// peak is a routine that does nothing but multiply-adds on registers, so many
// in each of n rounds.
type peak struct {
	run   func(n int)
	fused int // multiply-adds of a round
}

// PeakGFLOPS measures what one core can do at most with the kind of arithmetic
// that the tiles in use consist of: billions of multiplications and additions
// in a second. It takes some tens of milliseconds; what else runs on the machine
// lowers it.
func PeakGFLOPS() float64 { return kernels.peak.best() }

// PlainPeakGFLOPS measures the same for plain Go, which works on one number at a
// time.
func PlainPeakGFLOPS() float64 { return genericTiles.peak.best() }

// PeakTrial measures the peak once, for a few milliseconds.
func PeakTrial() float64 { return kernels.peak.trial() }

func (p peak) best() (gflops float64) {
	for range 10 {
		gflops = max(gflops, p.trial())
	}
	return gflops
}

func (p peak) trial() float64 {
	const shortest = 2 * time.Millisecond
	for rounds := 1000; ; rounds *= 2 {
		begin := time.Now()
		p.run(rounds)
		if took := time.Since(begin); took >= shortest {
			return 2 * float64(rounds) * float64(p.fused) / took.Seconds() / 1e9
		}
	}
}

// peakGeneric is what the compiler makes of multiply-adds; each converges to 1.
func peakGeneric(n int) {
	var s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11 float32
	const a = 0.5
	for range n {
		s0, s1, s2, s3 = s0*a+a, s1*a+a, s2*a+a, s3*a+a
		s4, s5, s6, s7 = s4*a+a, s5*a+a, s6*a+a, s7*a+a
		s8, s9, s10, s11 = s8*a+a, s9*a+a, s10*a+a, s11*a+a
	}
	runtime.KeepAlive(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11) // else nothing would be computed
}
