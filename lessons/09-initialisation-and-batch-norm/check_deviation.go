package norm

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type deviationFunc = func(kernel, in int) float64

// A fan is a question for deviation.
type fan struct{ kernel, in int }

var fans = []fan{{1, 2}, {1, 8}, {3, 2}, {3, 16}, {7, 3}, {1, 256}}

func (f fan) size() float64 { return float64(f.kernel * f.kernel * f.in) }

// of returns a deviation computed from the fan alone.
func of(formula func(n float64) float64) deviationFunc {
	return func(kernel, in int) float64 { return formula(fan{kernel, in}.size()) }
}

// byFan returns a deviation with another number of products.
func byFan(products func(kernel, in int) int) deviationFunc {
	return func(kernel, in int) float64 { return math.Sqrt(2 / float64(products(kernel, in))) }
}

var deviationSlips = []slip.Slip[deviationFunc]{
	{Advice: "That is the variance. The deviation is its root.", Wrong: of(func(n float64) float64 { return 2 / n })},
	{Advice: "Without the 2 the signal halves in every layer: the ReLU cuts half of it off.", Wrong: of(func(n float64) float64 { return math.Sqrt(1 / n) })},
	{Advice: "Without the 2 the signal halves in every layer, and the root is missing.", Wrong: of(func(n float64) float64 { return 1 / n })},
	{Advice: "The 2 stands in the denominator. It makes up for what the ReLU cuts off, so it has to make the weights larger.", Wrong: of(func(n float64) float64 { return math.Sqrt(1 / (2 * n)) })},
	{Advice: "It grows with the number of inputs. But the more numbers are added up, the smaller each weight has to be.", Wrong: of(func(n float64) float64 { return math.Sqrt(2 * n) })},
	{Advice: "It grows with the number of inputs. But the more numbers are added up, the smaller each weight has to be.", Wrong: of(func(n float64) float64 { return math.Sqrt(n / 2) })},
	{Advice: "A window of 3 has 3 rows of 3 places: kernel times kernel.", Wrong: func(kernel, in int) float64 { return math.Sqrt(2 / float64(kernel*in)) }},
	{Advice: "The places of the window count, too: kernel times kernel times in.", Wrong: func(kernel, in int) float64 { return math.Sqrt(2 / float64(in)) }},
	{Advice: "The channels that are read count, too: kernel times kernel times in.", Wrong: func(kernel, in int) float64 { return math.Sqrt(2 / float64(kernel*kernel)) }},
	{Advice: "In Go 2/72 of two ints is 0: make the number of inputs a float64 first.", Wrong: func(kernel, in int) float64 { return math.Sqrt(float64(2 / (kernel * kernel * in))) }},
	{Advice: "The root belongs over both: the 2 is divided by n first, then comes the root.", Wrong: of(func(n float64) float64 { return math.Sqrt(2) / n })},
	{Advice: "The root belongs over both: the 2 is divided by n first, then comes the root.", Wrong: of(func(n float64) float64 { return 2 / math.Sqrt(n) })},
	{Advice: "That is the square of the variance. The deviation is its root.", Wrong: of(func(n float64) float64 { return 4 / (n * n) })},
	{Advice: "Hole 1 is still empty: the number of products is not 1.", Wrong: of(func(float64) float64 { return math.Sqrt2 })},
	{Advice: "kernel times kernel times in: multiply them all, do not add.", Wrong: byFan(func(kernel, in int) int { return kernel*kernel + in })},
	{Advice: "kernel times kernel times in: multiply them all, do not add.", Wrong: byFan(func(kernel, in int) int { return kernel + kernel + in })},
	{Advice: "A window of 3 has 3*3 places, not 3+3.", Wrong: byFan(func(kernel, in int) int { return 2 * kernel * in })},
	{Advice: "A window has two directions, not three: kernel times kernel.", Wrong: byFan(func(kernel, in int) int { return kernel * kernel * kernel * in })},
	{Advice: "The channels count once, the side of the window twice: kernel times kernel times in.", Wrong: byFan(func(kernel, in int) int { return kernel * in * in })},
	{Advice: "^ is no power in Go (it compares bits): write kernel*kernel.", Wrong: byFan(func(kernel, in int) int { return kernel ^ 2*in })},
	{Advice: "^ is no power in Go (it compares bits): write kernel*kernel.", Wrong: byFan(func(kernel, in int) int { return (kernel ^ 2) * in })},
	{Advice: "With a deviation of 0 all weights are 0, and the net says nothing.", Wrong: of(func(float64) float64 { return 0 })},
	{Advice: "It is always 1 so far: hole 2 is empty.", Wrong: func(kernel, in int) float64 { return 1 }},
}

func checkDeviation(yours deviationFunc) string {
	for _, f := range fans {
		var got float64
		if sentence := lab.Panics(func() { got = yours(f.kernel, f.in) }); sentence != "" {
			return fmt.Sprintf("For kernel=%d in=%d yours panics: %s.", f.kernel, f.in, sentence)
		}
		if want := deviation(f.kernel, f.in); !(math.Abs(got-want) <= 1e-9) {
			return strings.TrimSpace(fmt.Sprintf("For kernel=%d in=%d yours gives %.4g. By hand: each output adds up %d*%d*%d = %.0f products, so the root of 2/%.0f, which is %.4g. %s",
				f.kernel, f.in, got, f.kernel, f.kernel, f.in, f.size(), f.size(), want,
				slip.Find(yours, deviationSlips, fans, func(d deviationFunc, f fan) string { return fmt.Sprintf("%.6g", d(f.kernel, f.in)) })))
		}
	}
	return ""
}
