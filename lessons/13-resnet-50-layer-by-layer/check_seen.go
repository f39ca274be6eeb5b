package resnet50

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type seenFunc = func(kernels, strides, pads []int, i int) (first, last int)

// A road is a question for seen: windows one behind the other, and a place behind
// them.
type road struct {
	kernels, strides, pads []int
	i                      int
}

var roads = []road{
	{[]int{3}, []int{1}, []int{0}, 2},
	{[]int{3}, []int{1}, []int{1}, 2},
	{[]int{3}, []int{2}, []int{1}, 3},
	{[]int{3, 3}, []int{1, 2}, []int{1, 1}, 1},
	{[]int{5, 2}, []int{1, 2}, []int{0, 0}, 4},
	{[]int{7, 3}, []int{2, 2}, []int{3, 1}, 0},
	{[]int{7, 3, 1, 3, 1}, []int{2, 2, 1, 2, 1}, []int{3, 1, 0, 1, 0}, 14},
	{nil, nil, nil, 6},
}

func (r road) String() string {
	return fmt.Sprintf("kernels=%v strides=%v pads=%v i=%d", r.kernels, r.strides, r.pads, r.i)
}

// ask gives copies away, so that nobody can change the question.
func (r road) ask(f seenFunc) (first, last int) {
	return f(slices.Clone(r.kernels), slices.Clone(r.strides), slices.Clone(r.pads), r.i)
}

// byHand goes back window by window, in words.
func (r road) byHand() string {
	if len(r.kernels) == 0 {
		return fmt.Sprintf("there is no window, so place %d is row %d of the picture", r.i, r.i)
	}
	var steps []string
	first, last := r.i, r.i
	for l := len(r.kernels) - 1; l >= 0; l-- {
		k, s, p := r.kernels[l], r.strides[l], r.pads[l]
		steps = append(steps, fmt.Sprintf("the window of %d reads from %d*%d - %d = %d to %d*%d - %d + %d = %d", k, first, s, p, first*s-p, last, s, p, k-1, last*s-p+k-1))
		first, last = first*s-p, last*s-p+k-1
	}
	return strings.Join(steps, "; before it, ")
}

// back is seen with a step that may be wrong.
func back(step func(first, last, k, s, p int) (int, int)) seenFunc {
	return func(kernels, strides, pads []int, i int) (first, last int) {
		first, last = i, i
		for l := len(kernels) - 1; l >= 0; l-- {
			first, last = step(first, last, kernels[l], strides[l], pads[l])
		}
		return first, last
	}
}

// forwards goes through the windows in the wrong order.
func forwards(kernels, strides, pads []int, i int) (first, last int) {
	first, last = i, i
	for l := range kernels {
		first, last = right(first, last, kernels[l], strides[l], pads[l])
	}
	return first, last
}

// right is the step of seen.
func right(first, last, k, s, p int) (int, int) { return first*s - p, last*s - p + k - 1 }

var seenSlips = []slip.Slip[seenFunc]{
	{Advice: "That is the place itself: the loop over the windows is missing.", Wrong: func(_, _, _ []int, i int) (int, int) { return i, i }},
	{Advice: "You go from the picture on. Begin with the last window: its places are what the one before has to give.", Wrong: forwards},
	{Advice: "Where did the padding go? The first window begins P places before the first number.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first * s, last*s + k - 1 })},
	{Advice: "The padding moves both ends: the window begins P earlier, so it ends P earlier, too.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s + k - 1 })},
	{Advice: "The padding moves both ends of a window to the front. You add it at the end.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s + p + k - 1 })},
	{Advice: "The padding moves the window to the front: subtract it.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s + p, last*s + p + k - 1 })},
	{Advice: "Where did the stride go? Place i has its window at i times the stride.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first - p, last - p + k - 1 })},
	{Advice: "The window at place i starts at i times the stride, not at i plus the stride.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first + s - p, last + s - p + k - 1 })},
	{Advice: "First the stride, then the padding: the window starts at i*S - P. You subtract the padding before you multiply.", Wrong: back(func(first, last, k, s, p int) (int, int) { return (first - p) * s, (last-p)*s + k - 1 })},
	{Advice: "K - 1 is added behind the multiplication: the places within a window are next to each other, however long its stride.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, (last+k-1)*s - p })},
	{Advice: "The padding is subtracted once from each end. You subtract it twice from the last.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s + k - 1 - 2*p })},
	{Advice: "The window begins at its first place, not in its middle: it ends K - 1 further, not half of K.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s - p + k/2 })},
	{Advice: "Yours is right for place 0 alone: begin with place i.", Wrong: func(kernels, strides, pads []int, i int) (int, int) { return seen(kernels, strides, pads, 0) }},
	{Advice: "i is added too late: each stride on the way multiplies it, so begin the loop with it.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		first, last := seen(kernels, strides, pads, 0)
		return first + i, last + i
	}},
	{Advice: "A window of 3 that starts at 4 covers 4, 5 and 6: it ends K - 1 further, not K.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s - p + k })},
	{Advice: "Only the first of the places was followed. The last place has a window of its own: follow both ends.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - p, first*s - p + k - 1 })},
	{Advice: "first was changed before last was computed from it. Each end is computed from its own old value.", Wrong: back(func(first, last, k, s, p int) (int, int) { first = first*s - p; return first, first*s - p + k - 1 })},
	{Advice: "Do not cut off what lies before the picture: the answer may be below 0. A window may stand with one foot in the padding.", Wrong: back(func(first, last, k, s, p int) (int, int) { return max(0, first*s-p), last*s - p + k - 1 })},
	{Advice: "That is how many rows it sees, counted from 0. Say where they lie: the first and the last.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		first, last := seen(kernels, strides, pads, i)
		return 0, last - first
	}},
	{Advice: "The end is one too far: the last row that is seen, not the one behind it.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		first, last := seen(kernels, strides, pads, i)
		return first, last + 1
	}},
	{Advice: "The window goes to both sides of i only if its padding is half of it. In general it starts at i*S - P, and ends K - 1 further.", Wrong: back(func(first, last, k, s, p int) (int, int) { return first*s - k/2, last*s + k/2 })},
	{Advice: "Only the window next to the picture is as long as that in yours. Each window on the way makes it longer: follow the last place, too.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		first, _ := seen(kernels, strides, pads, i)
		return first, first + kernels[0] - 1
	}},
	{Advice: "The first window, next to the picture, is left out: the loop has to reach 0.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		n := min(1, len(kernels))
		return seen(kernels[n:], strides[n:], pads[n:], i)
	}},
	{Advice: "The last window is left out: the loop begins at len(kernels) - 1.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		n := max(0, len(kernels)-1)
		return seen(kernels[:n], strides[:n], pads[:n], i)
	}},
	{Advice: "The two results have changed places.", Wrong: func(kernels, strides, pads []int, i int) (int, int) {
		first, last := seen(kernels, strides, pads, i)
		return last, first
	}},
}

// checkSeen compares yours with the way back that the lesson goes by hand.
func checkSeen(yours seenFunc) string {
	for _, r := range roads {
		var first, last int
		if sentence := lab.Panics(func() { first, last = r.ask(yours) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", r, sentence, seenPanic(sentence)))
		}
		if wantFirst, wantLast := r.ask(seen); first != wantFirst || last != wantLast {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives rows %d to %d. By hand: %s. So %d to %d. %s", r, first, last, r.byHand(), wantFirst, wantLast,
				slip.Find(yours, seenSlips, roads, func(f seenFunc, r road) string { return fmt.Sprint(r.ask(f)) })))
		}
	}
	return ""
}

func seenPanic(sentence string) string {
	if strings.Contains(sentence, "out of range") {
		return "With n windows the last has the number n - 1: begin there, and end with 0."
	}
	return ""
}
