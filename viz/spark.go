package viz

import (
	"math"
	"strings"
)

// Spark draws the values as one line of blocks, the least as ▁ and the greatest as █. What is
// infinite or NaN is ×.
func Spark(values []float64) string {
	const blocks = "▁▂▃▄▅▆▇█"
	low, high := extent(values)
	var b strings.Builder
	for _, v := range values {
		switch {
		case !finite(v):
			b.WriteRune('×')
		case high == low:
			b.WriteRune('▄')
		default:
			i := int(math.Round((v - low) / (high - low) * 7))
			b.WriteRune([]rune(blocks)[i])
		}
	}
	return b.String()
}

// extent is the least and greatest of the finite values, 0 and 0 if there is none.
func extent(values []float64) (low, high float64) {
	some := false
	for _, v := range values {
		if finite(v) {
			if !some {
				low, high, some = v, v, true
			}
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}
