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
