package first

import "math"

// curve is the training loss of each step.
type curve []float64

// window is over how many steps a curve is smoothed.
const window = 10

// smooth is the mean loss of the steps up to one, and not before first: a jump
// must not be blurred into what was before it.
func (c curve) smooth(step, first int) float64 {
	from := max(first, step+1-window)
	sum := 0.0
	for _, loss := range c[from : step+1] {
		sum += loss
	}
	return sum / float64(step+1-from)
}

// end is the loss at the end, smoothed.
func (c curve) end(first int) float64 { return c.smooth(len(c)-1, first) }

// lowest is the smallest smoothed loss of the steps before end.
func (c curve) lowest(end int) float64 {
	least := math.Inf(1)
	for step := max(0, min(window, end)-1); step < end; step++ {
		least = min(least, c.smooth(step, 0))
	}
	return least
}

// highest is the largest loss from a step on.
func (c curve) highest(from int) (loss float64) {
	for _, l := range c[from:] {
		loss = max(loss, l)
	}
	return loss
}

// below is the step from which on the smoothed loss stays under a level, -1 if
// it is not under it at the end. A full window after from is asked for.
func (c curve) below(level float64, from int) int {
	at := -1
	for step := len(c) - 1; step >= from+window-1 && c.smooth(step, from) < level; step-- {
		at = step
	}
	return at
}
