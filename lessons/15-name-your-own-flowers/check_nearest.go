package flowers

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type nearestFunc = func(rows [][]float64, x []float64) int

// A search is a question for nearest.
type search struct {
	rows [][]float64
	x    []float64
}

var searches = []search{
	{[][]float64{{1, 1}, {4, 5}}, []float64{4, 4}},
	{[][]float64{{1, 1}, {9, 9}, {5, 5}}, []float64{2, 2}},
	{[][]float64{{-3, 0}, {0, 1}}, []float64{0, 0}},
	{[][]float64{{2, 9}, {3, 3}}, []float64{2, 3}},
	{[][]float64{{3, 3}, {4, 0}}, []float64{0, 0}},
	{[][]float64{{0, 6}, {4, 4}}, []float64{0, 0}},
	{[][]float64{{5, 5}, {1, 2}, {3, 3}, {2, 4}}, []float64{1, 1}},
	{[][]float64{{7, 0}, {2, 2}, {2, 2}}, []float64{2, 2}},
	{[][]float64{{5, 1}, {1, 5}}, []float64{5, -1}},
	{[][]float64{{2, 2}, {1, 6}}, []float64{2, 6}},
	{[][]float64{{100, 100, 100}}, []float64{0, 0, 0}},
}

func (s search) String() string { return fmt.Sprintf("rows=%v x=%v", s.rows, s.x) }

// byHand adds up the squared distances, in words.
func (s search) byHand() string {
	var words []string
	for i, row := range s.rows {
		var parts []string
		sum := 0.0
		for k, v := range row {
			apart := v - s.x[k]
			parts = append(parts, fmt.Sprint(apart*apart))
			sum += apart * apart
		}
		words = append(words, fmt.Sprintf("row %d is %s = %g away, squared", i, strings.Join(parts, " + "), sum))
	}
	return fmt.Sprintf("By hand: %s. So row %d.", strings.Join(words, "; "), nearest(s.rows, s.x))
}

// by returns a search that measures otherwise and takes the row that better
// prefers to the best so far.
func by(far func(row, x []float64) float64, better func(now, best float64) bool) nearestFunc {
	return func(rows [][]float64, x []float64) int {
		best, least := -1, math.Inf(1)
		for i, row := range rows {
			if now := far(row, x); better(now, least) {
				best, least = i, now
			}
		}
		return best
	}
}

func less(now, best float64) bool { return now < best }

// added adds up what each pair of numbers gives.
func added(term func(v, x float64) float64) func(row, x []float64) float64 {
	return func(row, x []float64) (sum float64) {
		for k, v := range row {
			sum += term(v, x[k])
		}
		return sum
	}
}

func square(v, x float64) float64 { return (v - x) * (v - x) }

// emptySearch is nearest as a learner finds it.
func emptySearch([][]float64, []float64) int { return -1 }

// fromZero is nearest with hole 1 still empty.
var fromZero = by(added(func(v, x float64) float64 { return v * v }), less)

// most takes the row with the largest number.
func most(far func(row, x []float64) float64) nearestFunc {
	return by(func(row, x []float64) float64 { return -far(row, x) }, less)
}

var nearestSlips = []slip.Slip[nearestFunc]{
	{Advice: "Yours never takes a row. Is hole 2 still empty, or the wrong way round? The first row is nearer than infinity.", Wrong: emptySearch},
	{Advice: "Hole 1 is still empty: that is the row nearest to zero, and x is not asked.", Wrong: fromZero},
	{Advice: "That is the row furthest from x: the sum has to be smaller than the least so far.", Wrong: most(added(square))},
	{Advice: "Yours takes each row, so the last one stays. A row has to be nearer than the nearest so far.", Wrong: func(rows [][]float64, x []float64) int { return len(rows) - 1 }},
	{Advice: "That is always the first row. Is v compared with itself? It belongs to number k of x.", Wrong: func(rows [][]float64, x []float64) int { return 0 }},
	{Advice: "Of rows that are equally far, take the first: smaller, not smaller or equal.", Wrong: by(added(square), func(now, best float64) bool { return now <= best })},
	{Advice: "You add the differences, not their squares: what is far below counts as very near.", Wrong: by(added(func(v, x float64) float64 { return v - x }), less)},
	{Advice: "You add the differences, not their squares, and take x minus v: what is far above counts as very near.", Wrong: by(added(func(v, x float64) float64 { return x - v }), less)},
	{Advice: "You add the sizes of the differences. Add their squares.", Wrong: by(added(func(v, x float64) float64 { return math.Abs(v - x) }), less)},
	{Advice: "Hole 1 is v minus the number of x, not plus.", Wrong: by(added(func(v, x float64) float64 { return (v + x) * (v + x) }), less)},
	{Advice: "Hole 1 is a difference, not a product.", Wrong: by(added(func(v, x float64) float64 { return v * x * v * x }), less)},
	{Advice: "You take every number from the first of x: number k of the row belongs to number k of x.", Wrong: by(func(row, x []float64) (sum float64) {
		for _, v := range row {
			sum += square(v, x[0])
		}
		return sum
	}, less)},
	{Advice: "Only the last number of each row counts in yours: the squares have to be added up.", Wrong: by(func(row, x []float64) float64 { return square(row[len(row)-1], x[len(x)-1]) }, less)},
	{Advice: "Only the first number of each row counts in yours: all of them do.", Wrong: by(func(row, x []float64) float64 { return square(row[0], x[0]) }, less)},
	{Advice: "Only the largest difference counts in yours: all squares are added up.", Wrong: by(func(row, x []float64) (far float64) {
		for k, v := range row {
			far = max(far, math.Abs(v-x[k]))
		}
		return far
	}, less)},
}

// checkNearest compares yours with the row whose squared distance is least.
func checkNearest(yours nearestFunc) string {
	for _, s := range searches {
		var got int
		if sentence := lab.Panics(func() { got = yours(s.rows, s.x) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", s, sentence)
		}
		if got != nearest(s.rows, s.x) {
			advice := slip.Find(yours, nearestSlips, searches, func(f nearestFunc, s search) string { return fmt.Sprint(f(s.rows, s.x)) })
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %d. %s %s", s, got, s.byHand(), advice))
		}
	}
	return ""
}
