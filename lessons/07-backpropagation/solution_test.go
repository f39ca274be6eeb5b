package backpropagation

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The tape says of any polynomial what a nudge says.
func TestTapeIsWhatNudgesSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		factors := rapid.SliceOfN(rapid.Float64Range(-2, 2), 1, 6).Draw(t, "factors")
		at := rapid.Float64Range(-2, 2).Draw(t, "x")
		run := func(x float64) (input, result *value) { // ((f0 x + f1) x + f2) x ...
			input = &value{data: x}
			result = &value{}
			for _, f := range factors {
				result = plus(times(result, input), &value{data: f})
			}
			return input, times(result, result)
		}
		input, result := run(at)
		backward(result)
		const h = 1e-5
		_, above := run(at + h)
		_, below := run(at - h)
		if want := (above.data - below.data) / (2 * h); math.Abs(input.grad-want) > 1e-4*(1+math.Abs(want)) {
			t.Errorf("gradient %v, a nudge says %v", input.grad, want)
		}
	})
}
