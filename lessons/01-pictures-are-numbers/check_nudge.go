package pictures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

// result is a question for nudge: a function whose results move in a way that
// one can tell by hand.
type result struct {
	words string
	f     func(x *nn.Tensor) float64
	at    []float32
	i     int
	moves float64 // how many times as far
	why   string
}

var results = []result{
	{"the result 3*a", func(x *nn.Tensor) float64 { return 3 * v(x, 0) }, []float32{2}, 0, 3, "3*2.001 - 3*2 = 0.003, and that is 3 times 0.001"},
	{"the result 7 - 2*a", func(x *nn.Tensor) float64 { return 7 - 2*v(x, 0) }, []float32{1}, 0, -2, "the result falls by 0.002, and that is -2 times 0.001"},
	{"the result 10*a + b", func(x *nn.Tensor) float64 { return 10*v(x, 0) + v(x, 1) }, []float32{1, 2}, 1, 1, "a stays as it is, b rises by 0.001, and so does the result: 1 time"},
	{"the result a*b", func(x *nn.Tensor) float64 { return v(x, 0) * v(x, 1) }, []float32{3, 5}, 0, 5, "3.001*5 - 3*5 = 0.005, and that is 5 times 0.001"},
	{"the result a*a", func(x *nn.Tensor) float64 { return v(x, 0) * v(x, 0) }, []float32{-4}, 0, -8, "3.999*3.999 - 4*4 is about -0.008, and that is -8 times 0.001"},
	{"the result b, which a has no part in", func(x *nn.Tensor) float64 { return v(x, 1) }, []float32{9, 4}, 0, 0, "the result does not move: 0 times"},
}

func v(x *nn.Tensor, i int) float64 { return float64(x.Data[i]) }

func (r result) String() string {
	names := []string{"a", "b"}
	var at []string
	for i, v := range r.at {
		at = append(at, fmt.Sprintf("%s=%v", names[i], v))
	}
	return fmt.Sprintf("%s, at %s, number %d (%s)", r.words, strings.Join(at, " and "), r.i, names[r.i])
}

type nudgeFunc = func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64

// near tells whether a result is right: as right as steps of 0.001 in float32 are.
func near(got, want float64) bool { return math.Abs(got-want) <= 0.02 } // false for NaN

// checkNudge tries yours on results that move as told.
func checkNudge(yours nudgeFunc) string {
	for _, r := range results {
		x := nn.FromSlice(slices.Clone(r.at), len(r.at))
		var got float64
		if sentence := lab.Panics(func() { got = yours(r.f, x, r.i) }); sentence != "" {
			return fmt.Sprintf("For %v, yours panics: %s.", r, sentence)
		}
		if !near(got, r.moves) {
			return strings.TrimSpace(fmt.Sprintf("For %v, yours gives %.6g. By hand: %s. %s", r, got, r.why, nudgeAdvice(yours, x.Data[r.i] != r.at[r.i])))
		}
		for i, before := range r.at {
			if math.Abs(float64(x.Data[i]-before)) > 1e-5 {
				return fmt.Sprintf("For %v, yours gives %.6g, which is right. But it leaves %v in x, where %v was: put the number back.", r, got, x.Data[i], before)
			}
		}
	}
	return ""
}

// A nudgeSlip is a usual mistake: what it gives where the result moves so many
// times as far, and at is the number that was to be raised.
type nudgeSlip struct {
	advice string
	gives  func(r result) float64
}

var nudgeSlips = []nudgeSlip{
	{"0 everywhere: f must be asked twice, before and after, with the number raised in between.", func(r result) float64 { return 0 }},
	{"That is how far the result moves. How many times as far as the number? Divide by 0.001.", func(r result) float64 { return r.moves * 0.001 }},
	{"You divide by 0.001 where you should, but multiply once too often.", func(r result) float64 { return r.moves * 1000 }},
	{"The sign is the wrong way round: after minus before.", func(r result) float64 { return -r.moves }},
	{"You raised number 0 and not number i.", func(r result) float64 { return r.slope(0) }},
	{"You raised all numbers. Raise number i alone.", func(r result) float64 {
		sum := 0.0
		for i := range r.at {
			sum += r.slope(i)
		}
		return sum
	}},
	{"You raised the number by a thousandth of itself. Raise it by 0.001, whatever it is.", func(r result) float64 { return r.moves * float64(r.at[r.i]) }},
	{"That is the result itself, after the nudge, and not how far it moved: subtract what it was before.", func(r result) float64 {
		x := nn.FromSlice(slices.Clone(r.at), len(r.at))
		return r.f(x) / 0.001
	}},
}

// slope is how many times as far the result moves if number i does.
func (r result) slope(i int) float64 {
	return nudge(r.f, nn.FromSlice(slices.Clone(r.at), len(r.at)), i)
}

// nudgeAdvice finds the mistake by which all answers can be told. Left tells
// whether x is left with another number in it.
func nudgeAdvice(yours nudgeFunc, left bool) string {
	for _, slip := range nudgeSlips {
		fits := true
		for _, r := range results {
			var got float64
			panics := lab.Panics(func() { got = yours(r.f, nn.FromSlice(slices.Clone(r.at), len(r.at)), r.i) })
			want := slip.gives(r)
			fits = fits && panics == "" && math.Abs(got-want) <= 1e-4+0.005*math.Abs(want)
		}
		if fits && left {
			return slip.advice + " And x is left changed. Did you write y := x? That is the same tensor under another name; x.Clone() is a copy."
		}
		if fits {
			return slip.advice
		}
	}
	return ""
}
