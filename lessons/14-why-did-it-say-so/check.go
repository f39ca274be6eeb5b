package whydiditsayso

import (
	"fmt"
	"math"
	"slices"

	"reslab/lessons/lab"
)

func init() {
	lab.Register("occlude", checkOcclude)
	lab.Register("class-map", checkClassMap)
	lab.Register("grad-cam", checkGradCAM)
}

// alike tells whether two answers agree, up to rounding.
func alike(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*(1+math.Abs(y)) })
}

// firstApart is the first place where two answers differ: the one to work by
// hand. Where yours is too long, that is the first place.
func firstApart(yours, want []float64) int {
	for i, v := range want {
		if i >= len(yours) || !alike(yours[i:i+1], []float64{v}) {
			return i
		}
	}
	return 0
}

// inDigits is an answer to compare others with, whatever the order of their sums.
func inDigits(answer []float64) string {
	text := make([]string, len(answer))
	for i, v := range answer {
		text[i] = fmt.Sprintf("%.6g", v+0) // no minus before a zero
	}
	return fmt.Sprint(text)
}

// deepClone copies rows, so that nobody can change the question.
func deepClone(rows [][]float64) [][]float64 {
	out := make([][]float64, len(rows))
	for i, row := range rows {
		out[i] = slices.Clone(row)
	}
	return out
}
