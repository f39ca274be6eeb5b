package fast

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type times = func(a, b float64) float64

type twoFunc = func(x, g []float64, times times) (y0, y1 float64)

// A piece is a question for two: four numbers of a row, and a filter of three.
type piece struct{ x, g []float64 }

var pieces = []piece{
	{[]float64{1, 2, 4, 3}, []float64{1, 3, 2}},
	{[]float64{5, 0, 0, 0}, []float64{2, 4, 8}}, {[]float64{0, 5, 0, 0}, []float64{2, 4, 8}},
	{[]float64{0, 0, 5, 0}, []float64{2, 4, 8}}, {[]float64{0, 0, 0, 5}, []float64{2, 4, 8}},
	{[]float64{-1, 2, -3, 7}, []float64{-2, 0, 6}},
}

// products are the four of them, for slips to put together in a wrong way.
func products(x, g []float64, times times) (m1, m2, m3, m4 float64) {
	return times(x[0]-x[2], g[0]), times(x[1]+x[2], (g[0]+g[1]+g[2])/2), times(x[2]-x[1], (g[0]-g[1]+g[2])/2), times(x[1]-x[3], g[2])
}

var twoSlips = []slip.Slip[twoFunc]{
	{Advice: "y0 and y1 are the wrong way round.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		y0, y1 = two(x, g, times)
		return y1, y0
	}},
	{Advice: "y1 is m2 minus m3 minus m4: two signs are minus.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, m4 := products(x, g, times)
		return m1 + m2 + m3, m2 + m3 + m4
	}},
	{Advice: "y1 is m2 minus m3 minus m4: the sign of m4 is minus.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, m4 := products(x, g, times)
		return m1 + m2 + m3, m2 - m3 + m4
	}},
	{Advice: "y1 is m2 minus m3 minus m4: the sign of m3 is minus.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, m4 := products(x, g, times)
		return m1 + m2 + m3, m2 + m3 - m4
	}},
	{Advice: "The halves are missing: the sums over the filter in m2 and m3 are divided by 2.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, m4 := products(x, g, times)
		return m1 + 2*m2 + 2*m3, 2*m2 - 2*m3 - m4
	}},
	{Advice: "m4 is missing in y1: without it x3 is not used at all.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, _ := products(x, g, times)
		return m1 + m2 + m3, m2 - m3
	}},
	{Advice: "In m1 the difference is x0 - x2.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		_, m2, m3, m4 := products(x, g, times)
		return times(x[0]+x[2], g[0]) + m2 + m3, m2 - m3 - m4
	}},
	{Advice: "In m3 the difference is x2 - x1, not x1 - x2.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, m4 := products(x, g, times)
		return m1 + m2 - m3, m2 + m3 - m4
	}},
	{Advice: "In m4 the difference is x1 - x3, not x3 - x1.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		m1, m2, m3, m4 := products(x, g, times)
		return m1 + m2 + m3, m2 - m3 + m4
	}},
	{Advice: "Only y0 is computed.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		y0, _ = two(x, g, times)
		return y0, 0
	}},
	{Advice: "The window of y1 begins at x1. Yours begins at x0 both times.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		y0, _ = two(x, g, times)
		return y0, y0
	}},
	{Advice: "The filter is turned round. A network's convolution lays g0 on the first number.", Wrong: func(x, g []float64, times times) (y0, y1 float64) {
		return two(x, []float64{g[2], g[1], g[0]}, times)
	}},
}

// checkTwo asks for the right sums, then counts the products, and then has times
// return twice as much: what was multiplied in another way stays as it was.
func checkTwo(yours twoFunc) string {
	once := func(a, b float64) float64 { return a * b }
	for _, p := range pieces {
		given := fmt.Sprintf("For x=%v g=%v", p.x, p.g)
		count := 0
		var y0, y1 float64
		if sentence := lab.Panics(func() {
			y0, y1 = yours(p.x, p.g, func(a, b float64) float64 { count++; return a * b })
		}); sentence != "" {
			return fmt.Sprintf("%s yours panics: %s.", given, strings.TrimSuffix(sentence, "."))
		}
		want0, want1 := two(p.x, p.g, once)
		if !(math.Abs(y0-want0)+math.Abs(y1-want1) <= 1e-9) {
			advice := slip.Find(yours, twoSlips, pieces, func(f twoFunc, p piece) string {
				y0, y1 := f(p.x, p.g, once)
				return fmt.Sprintf("%.9g %.9g", y0+0, y1+0)
			})
			return strings.TrimSpace(fmt.Sprintf("%s yours gives %v and %v. By hand: %s. %s", given, y0, y1, p.byHand(), advice))
		}
		if count > 4 {
			return fmt.Sprintf("%s the sums are right, with %d products. Four are enough: add and subtract before you multiply, as in the drawing.", given, count)
		}
		y0, y1 = yours(p.x, p.g, func(a, b float64) float64 { return 2 * a * b })
		if !(math.Abs(y0-2*want0)+math.Abs(y1-2*want1) <= 1e-9) {
			return fmt.Sprintf("%s the sums are right, but times was called %s: something was multiplied with * beside it. Every product of an x with a g goes through times. (Halves and sums may be taken as you like.)", given, slip.Plural(count, "time"))
		}
	}
	return ""
}

// byHand is the formula with its numbers.
func (p piece) byHand() string {
	line := func(i int) string {
		sum := 0.0
		var terms []string
		for k, g := range p.g {
			sum += p.x[i+k] * g
			terms = append(terms, fmt.Sprintf("%s*%s", signed(p.x[i+k]), signed(g)))
		}
		return fmt.Sprintf("%s = %v", strings.Join(terms, " + "), sum)
	}
	return line(0) + " and " + line(1)
}

// signed puts a negative number into brackets.
func signed(v float64) string {
	if v < 0 {
		return fmt.Sprintf("(%v)", v)
	}
	return fmt.Sprint(v)
}
