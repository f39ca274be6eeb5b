package nn

import "math"

// Schedule says the learning rate of a step; the first step is 0.
type Schedule func(step int) float64

// Constant is one rate for all steps.
func Constant(rate float64) Schedule {
	return func(int) float64 { return rate }
}

// Steps starts at a rate and multiplies it by factor at each of the given
// steps. He et al. 2015 divide by ten at step 32,000 and 48,000:
//
//	Steps(0.1, 0.1, []int{32000, 48000})
func Steps(rate, factor float64, at []int) Schedule {
	return func(step int) float64 {
		r := rate
		for _, drop := range at {
			if step >= drop {
				r *= factor
			}
		}
		return r
	}
}

// Cosine falls from a rate to zero along half a wave over so many steps
// (Loshchilov and Hutter 2016, arXiv 1608.03983, without restarts).
func Cosine(rate float64, steps int) Schedule {
	return func(step int) float64 {
		done := min(float64(step)/float64(max(steps, 1)), 1)
		return rate * (1 + math.Cos(math.Pi*done)) / 2
	}
}

// WarmUp multiplies the other schedule by 1/steps, 2/steps and so on up to 1
// over the first steps; from then on it is the other schedule.
func WarmUp(steps int, then Schedule) Schedule {
	return func(step int) float64 {
		rate := then(step)
		if step < steps {
			rate *= float64(step+1) / float64(steps)
		}
		return rate
	}
}
