package whydiditsayso

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type (
	scoreFunc   = func(row []float64) float64
	occludeFunc = func(score scoreFunc, row []float64, width int, grey float64) []float64
)

// A cover is a question for occlude. The score is a weighted sum of the row.
type cover struct {
	weights, row []float64
	width        int
	grey         float64
}

var covers = []cover{
	{[]float64{0, 2, -1, 0}, []float64{1, 5, 2, 0}, 1, 1},
	{[]float64{0, 2, -1, 0}, []float64{1, 5, 2, 0}, 2, 1},
	{[]float64{1, 1, 1}, []float64{3, 4, 5}, 3, 0},
	{[]float64{1, -2, 3, 1, 2}, []float64{2, 1, 4, 3, 7}, 2, 0.5},
	{[]float64{3, 1}, []float64{2, 2}, 1, 0},
	{[]float64{1, 1}, []float64{1, 2}, 3, 0},
}

func (c cover) score(row []float64) (sum float64) {
	for i, w := range c.weights {
		sum += w * row[i]
	}
	return sum
}

func (c cover) String() string {
	return fmt.Sprintf("row=%v width=%d grey=%v and a score with the weights %v", c.row, c.width, c.grey, c.weights)
}

func (c cover) ask(f occludeFunc) []float64 { return f(c.score, slices.Clone(c.row), c.width, c.grey) }

// byHand covers what begins at one place, in words.
func (c cover) byHand(from int) string {
	if c.width > len(c.row) {
		return "the cover is wider than the row, so there is no place for it"
	}
	row := slices.Clone(c.row)
	for i := range c.width {
		row[from+i] = c.grey
	}
	return fmt.Sprintf("the score is %v; covered from %d on the row is %v and the score %v, a fall of %v", c.score(c.row), from, row, c.score(row), c.score(c.row)-c.score(row))
}

// covering is occlude with an end of the loop, a cover and a fall that may be wrong.
func covering(last func(n, width int) int, paint func(old, grey float64) float64, fall func(before, after float64) float64) occludeFunc {
	return func(score scoreFunc, row []float64, width int, grey float64) (falls []float64) {
		for from := 0; from <= last(len(row), width); from++ {
			covered := slices.Clone(row)
			for i := from; i < min(from+width, len(row)); i++ {
				covered[i] = paint(row[i], grey)
			}
			falls = append(falls, fall(score(row), score(covered)))
		}
		return falls
	}
}

func lastPlace(n, width int) int                  { return n - width }
func greyOver(_, grey float64) float64            { return grey }
func uncovered(old, _ float64) float64            { return old }
func fallOf(before, after float64) float64        { return before - after }
func sumOf(before, after float64) float64         { return before + after }
func scoreAfter(_, after float64) float64         { return after }
func riseOf(before, after float64) float64        { return after - before }
func blackOver(_, _ float64) float64              { return 0 }
func sizeOfFall(before, after float64) float64    { return max(before-after, after-before) }
func fallAboveZero(before, after float64) float64 { return max(0, before-after) }

var occludeSlips = []slip.Slip[occludeFunc]{
	{Advice: "Both holes are still empty: nothing is covered, and the two scores are added.", Wrong: covering(lastPlace, uncovered, sumOf)},
	{Advice: "Hole 1 is right. Now hole 2: that adds the two scores. How far did it fall from one to the other?", Wrong: covering(lastPlace, greyOver, sumOf)},
	{Advice: "That is the score with the cover on it. However high it is, it says nothing about the place: how far did it fall?", Wrong: covering(lastPlace, greyOver, scoreAfter)},
	{Advice: "Hole 2 is right. Now hole 1: nothing is covered, so nothing falls.", Wrong: covering(lastPlace, uncovered, fallOf)},
	{Advice: "The sign is turned round: a fall is before minus after.", Wrong: covering(lastPlace, greyOver, riseOf)},
	{Advice: "You cover with 0. The number to cover with is grey.", Wrong: covering(lastPlace, blackOver, fallOf)},
	{Advice: "Grey takes the place of the number. You add it.", Wrong: covering(lastPlace, func(old, grey float64) float64 { return old + grey }, fallOf)},
	{Advice: "You cover with 1, as in the example. The number to cover with is grey.", Wrong: covering(lastPlace, func(_, _ float64) float64 { return 1 }, fallOf)},
	{Advice: "Grey takes the place of the number. You take it off.", Wrong: covering(lastPlace, func(old, grey float64) float64 { return old - grey }, fallOf)},
	{Advice: "Only the first of width pixels is covered: cover number i, not number from.", Wrong: firstAlone},
	{Advice: "That is the fall as a share of the score. Asked for is how far it falls: before minus after.", Wrong: covering(lastPlace, greyOver, func(before, after float64) float64 { return (before - after) / before })},
	{Advice: "That divides the scores. How far it falls is before minus after.", Wrong: covering(lastPlace, greyOver, func(before, after float64) float64 { return before / after })},
	{Advice: "The cover jumps by its width. It slides by one pixel, so some covers overlap.", Wrong: jumping},
	{Advice: "Keep the sign: a part that speaks against the answer has a fall below zero.", Wrong: covering(lastPlace, greyOver, sizeOfFall)},
	{Advice: "Do not cut at zero: a part that speaks against the answer has a fall below zero.", Wrong: covering(lastPlace, greyOver, fallAboveZero)},
	{Advice: "The last place is missing: a cover of width pixels fits up to from = len(row) - width.", Wrong: covering(func(n, width int) int { return n - width - 1 }, greyOver, fallOf)},
	{Advice: "The cover sticks out of the row at the end. Stop where it still fits.", Wrong: covering(func(n, _ int) int { return n - 1 }, greyOver, fallOf)},
	{Advice: "The row stays covered from place to place: take a fresh copy at each.", Wrong: stayCovered},
}

// firstAlone covers one pixel, however wide the cover is.
func firstAlone(score scoreFunc, row []float64, width int, grey float64) []float64 {
	return occlude(score, row, 1, grey)[:max(0, len(row)-width+1)]
}

// jumping slides the cover by its width.
func jumping(score scoreFunc, row []float64, width int, grey float64) (falls []float64) {
	for from, fall := range occlude(score, row, width, grey) {
		if from%width == 0 {
			falls = append(falls, fall)
		}
	}
	return falls
}

// stayCovered never takes the cover away.
func stayCovered(score scoreFunc, row []float64, width int, grey float64) (falls []float64) {
	covered := slices.Clone(row)
	for from := 0; from+width <= len(row); from++ {
		for i := from; i < from+width; i++ {
			covered[i] = grey
		}
		falls = append(falls, score(row)-score(covered))
	}
	return falls
}

// checkOcclude compares yours with covering by hand.
func checkOcclude(yours occludeFunc) string {
	for _, c := range covers {
		var got []float64
		row := slices.Clone(c.row)
		if sentence := lab.Panics(func() { got = yours(c.score, row, c.width, c.grey) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", c, sentence)
		}
		if want := c.ask(occlude); !alike(got, want) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %v. By hand: %s. So %v. %s", c, got, c.byHand(firstApart(got, want)), want,
				slip.Find(yours, occludeSlips, covers, func(f occludeFunc, c cover) string { return inDigits(c.ask(f)) })))
		}
		if !slices.Equal(row, c.row) {
			return fmt.Sprintf("The falls are right, but row was %v and is %v afterwards. Cover a copy: the row is not yours.", c.row, row)
		}
	}
	return ""
}
