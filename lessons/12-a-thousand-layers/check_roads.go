package thousand

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type roadsFunc = func(blocks int) []float64

// depths are how many blocks roads is asked about. Of 500 there are more roads than an
// int or a factorial can hold.
var depths = []int{1, 2, 3, 0, 4, 10, 500}

// table makes a wrong roads of a rule for the number of roads through k bodies.
func table(rule func(n, k int) float64) roadsFunc {
	return func(n int) []float64 {
		counts := make([]float64, n+1)
		for k := range counts {
			counts[k] = rule(n, k)
		}
		return counts
	}
}

// recurrence is roads with other places in the two holes.
func recurrence(over, through func(k int) int) roadsFunc {
	return func(blocks int) []float64 {
		counts := []float64{1}
		for range blocks {
			next := make([]float64, len(counts)+1)
			for k, n := range counts {
				next[over(k)] += n
				next[through(k)] += n
			}
			counts = next
		}
		return counts
	}
}

func always(place int) func(int) int { return func(int) int { return place } }
func stays(k int) int                { return k }
func oneMore(k int) int              { return k + 1 }
func twice(k int) int                { return 2 * k }

var roadsSlips = []slip.Slip[roadsFunc]{
	{Advice: "No road leads through a body yet. Is hole 2 empty? Through the body there is one more than k.", Wrong: recurrence(stays, stays)},
	{Advice: "Hole 1 is still empty. Over the shortcut the number of bodies stays what it was, k, and does not begin again at 0.", Wrong: recurrence(always(0), oneMore)},
	{Advice: "Through the body there is one more than before, k+1, and not 1 in all.", Wrong: recurrence(stays, always(1))},
	{Advice: "Those are places 0 and 1 whatever came before: add to k.", Wrong: recurrence(always(0), always(1))},
	{Advice: "The two roads of a block differ: over the shortcut there is no body, so k stays k.", Wrong: recurrence(oneMore, oneMore)},
	{Advice: "The number of roads doubles, and not the number of bodies on them: k+1, not 2*k.", Wrong: recurrence(stays, twice)},
	{Advice: "That is one road alone, through all bodies, as in a plain net. Each shortcut makes two roads of one.", Wrong: table(func(n, k int) float64 {
		if k == n {
			return 1
		}
		return 0
	})},
	{Advice: "That is one road of each length. There are as many as there are ways to choose the bodies.", Wrong: table(func(n, k int) float64 { return 1 })},
	{Advice: "That is the number of all roads, at each place. Together they are so many.", Wrong: table(func(n, k int) float64 { return math.Pow(2, float64(n)) })},
	{Advice: "All roads have not the same share: there is one way to go through no body, and many to go through half of them.", Wrong: table(func(n, k int) float64 { return math.Pow(2, float64(n)) / float64(n+1) })},
	{Advice: "The order on a road is fixed. Do not count the orders: divide by the factorial of k.", Wrong: table(func(n, k int) float64 {
		orders := 1.0
		for i := range k {
			orders *= float64(n - i)
		}
		return orders
	})},
	{Advice: "Place 0 is missing: one road leads over all shortcuts.", Wrong: func(blocks int) []float64 { return roads(blocks)[1:] }},
	{Advice: "The last place is missing: one road leads through all bodies.", Wrong: func(blocks int) []float64 { return roads(blocks)[:blocks] }},
	{Advice: "There is a place too many at the end: of so many blocks, no road leads through more bodies.", Wrong: func(blocks int) []float64 { return append(roads(blocks), 0) }},
	{Advice: "That is a net with one block less.", Wrong: func(blocks int) []float64 { return roads(max(blocks-1, 0)) }},
	{Advice: "That is a net with one block more.", Wrong: func(blocks int) []float64 { return roads(blocks + 1) }},
}

func checkRoads(yours roadsFunc) string {
	for _, n := range depths {
		var got []float64
		if sentence := lab.Panics(func() { got = yours(n) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %s yours panics: %s. By hand: %s. %s", slip.Plural(n, "block"), sentence, brief(roads(n)), roadsAdvice(yours)))
		}
		want := roads(n)
		if len(got) != len(want) {
			return strings.TrimSpace(fmt.Sprintf("For %s yours gives %s. By hand: %s, a number for each length from 0 to %d. %s", slip.Plural(n, "block"), brief(got), brief(want), n, roadsAdvice(yours)))
		}
		for k, w := range want {
			if !(math.Abs(got[k]-w) <= 1e-9*w) {
				return strings.TrimSpace(fmt.Sprintf("For %s yours gives %s. By hand: %s. %s", slip.Plural(n, "block"), brief(got), brief(want), atLength(yours, got[k], k, n)))
			}
		}
	}
	return ""
}

// atLength says what is wrong with the number of roads of a length.
func atLength(yours roadsFunc, got float64, k, n int) string {
	switch advice := roadsAdvice(yours); {
	case advice != "":
		return advice
	case n >= 100 && (math.IsNaN(got) || math.IsInf(got, 0)):
		return fmt.Sprintf("At length %d that is no number: the factorial of more than 170 is too large for a float64. Build the counts block by block.", k)
	case n >= 100:
		return fmt.Sprintf("Length %d is wrong, and with few blocks all was right: the numbers are too large for an int. Count in float64 from the start.", k)
	}
	return fmt.Sprintf("Length %d is wrong. Put what came by roads of that length into two places of next.", k)
}

func roadsAdvice(yours roadsFunc) string {
	return slip.Find(yours, roadsSlips, depths[:6], func(f roadsFunc, n int) string { return fmt.Sprintf("%.9g", f(n)) })
}

// brief writes a few numbers, and of many the first ones.
func brief(counts []float64) string {
	const most = 6
	text := strings.Fields(strings.Trim(fmt.Sprintf("%.4g", counts[:min(most, len(counts))]), "[]"))
	if len(counts) > most {
		text = slices.Concat(text, []string{"..."})
	}
	return "[" + strings.Join(text, " ") + "]"
}
