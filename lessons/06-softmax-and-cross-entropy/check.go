package softmax

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
)

func init() {
	lab.Register("softmax", checkSoftmax)
	lab.Register("surprise", checkSurprise)
	lab.Register("score-gradient", checkScoreGradient)
}

// near tells whether two numbers are equal, but for rounding.
func near(got, want float64) bool {
	return math.Abs(got-want) <= 1e-9*max(1, math.Abs(want)) // false for NaN
}

// list writes numbers in few digits, so that answers can be read and compared.
func list(numbers []float64) string {
	words := make([]string, len(numbers))
	for i, v := range numbers {
		words[i] = short(v)
	}
	return "[" + strings.Join(words, " ") + "]"
}

// short writes a number in four digits, and -0 as 0.
func short(v float64) string { return fmt.Sprintf("%.4g", v+0) }

// apart writes two numbers in four digits, or in as many as tell them apart.
func apart(a, b float64) (string, string) {
	for digits := 4; ; digits++ {
		x, y := fmt.Sprintf("%.*g", digits, a+0), fmt.Sprintf("%.*g", digits, b+0)
		if x != y || digits == 17 {
			return x, y
		}
	}
}
