package convolution

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type costFunc = func(in, out, kernel, rows, columns int) (weights, multiplyAdds int)

// layer is a question for cost.
type layer struct{ in, out, kernel, rows, columns int }

var layers = []layer{
	{3, 16, 3, 32, 32},
	{1, 1, 3, 10, 12},
	{2, 5, 1, 4, 7},
	{64, 64, 3, 56, 56},
	{4, 3, 5, 2, 6},
}

func (c layer) String() string {
	return fmt.Sprintf("in=%d out=%d kernel=%d rows=%d columns=%d", c.in, c.out, c.kernel, c.rows, c.columns)
}

func (c layer) ask(f costFunc) (weights, multiplyAdds int) {
	return f(c.in, c.out, c.kernel, c.rows, c.columns)
}

// weightsByHand counts kernel by kernel.
func (c layer) weightsByHand() string {
	one := c.kernel * c.kernel * c.in
	return fmt.Sprintf("By hand: a kernel covers %d*%d places of %d channels, so it has %d weights, and %d kernels have %d.", c.kernel, c.kernel, c.in, one, c.out, one*c.out)
}

var costSlips = []slip.Slip[costFunc]{
	{Advice: "A kernel has weights of its own for each channel that it reads: where did in go?", Wrong: withStops(func(in, out, kernel int) int { return kernel * kernel * out })},
	{Advice: "Those are the places of one window. At each place it has a weight for each channel, and there are out such kernels.", Wrong: withStops(func(in, out, kernel int) int { return kernel * kernel })},
	{Advice: "That is one kernel. Each map of the output has a kernel of its own: where did out go?", Wrong: withStops(func(in, out, kernel int) int { return kernel * kernel * in })},
	{Advice: "Every kernel reads every channel: multiply in and out, do not add them.", Wrong: withStops(func(in, out, kernel int) int { return kernel * kernel * (in + out) })},
	{Advice: "The window is a square: kernel*kernel places.", Wrong: withStops(func(in, out, kernel int) int { return kernel * in * out })},
	{Advice: "That is one stop of the window. How many stops are there?", Wrong: func(in, out, kernel, rows, columns int) (int, int) {
		weights, _ := cost(in, out, kernel, rows, columns)
		return weights, weights
	}},
	{Advice: "The places of the window are counted twice: they are in the weights already.", Wrong: func(in, out, kernel, rows, columns int) (int, int) {
		weights, adds := cost(in, out, kernel, rows, columns)
		return weights, adds * kernel * kernel
	}},
	{Advice: "Those are the numbers of the output. Each of them takes many multiply-adds.", Wrong: func(in, out, kernel, rows, columns int) (int, int) {
		weights, _ := cost(in, out, kernel, rows, columns)
		return weights, rows * columns * out
	}},
	{Advice: "All stops share the same weights: the size of the picture is not in their number.", Wrong: func(in, out, kernel, rows, columns int) (int, int) {
		_, adds := cost(in, out, kernel, rows, columns)
		return adds, adds
	}},
	{Advice: "The two results have changed places.", Wrong: func(in, out, kernel, rows, columns int) (int, int) {
		weights, adds := cost(in, out, kernel, rows, columns)
		return adds, weights
	}},
}

// withStops is a cost whose weights are wrong, and so its multiply-adds.
func withStops(count func(in, out, kernel int) int) costFunc {
	return func(in, out, kernel, rows, columns int) (weights, multiplyAdds int) {
		weights = count(in, out, kernel)
		return weights, weights * rows * columns
	}
}

// checkCost compares yours with the solution.
func checkCost(yours costFunc) string {
	for _, c := range layers {
		var weights, adds int
		if sentence := lab.Panics(func() { weights, adds = c.ask(yours) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", c, sentence)
		}
		wantWeights, wantAdds := c.ask(cost)
		problem := ""
		switch {
		case weights != wantWeights:
			problem = fmt.Sprintf("For %v yours gives %d weights. %s", c, weights, c.weightsByHand())
		case adds != wantAdds:
			problem = fmt.Sprintf("For %v yours gives %d weights, which is right, and %d multiply-adds. By hand: %d at each of %d*%d stops, so %d.", c, weights, adds, weights, c.rows, c.columns, wantAdds)
		default:
			continue
		}
		return strings.TrimSpace(problem + " " + costAdvice(yours))
	}
	return ""
}

func costAdvice(yours costFunc) string {
	return slip.Find(yours, costSlips, layers, func(f costFunc, c layer) string { return fmt.Sprint(c.ask(f)) })
}
