package convolution

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

// size is a question for stops.
type size struct{ in, kernel, stride, pad int }

// sizes lists the questions, easy ones first: the first wrong answer is the one
// that the learner hears about.
func sizes() []size {
	all := []size{{3, 3, 1, 0}, {5, 3, 1, 0}, {7, 3, 2, 0}, {7, 3, 1, 1}, {7, 3, 2, 1}, {8, 3, 2, 0}, {224, 7, 2, 3}, {2, 3, 1, 0}}
	for in := 1; in <= 12; in++ {
		for kernel := 1; kernel <= 5; kernel++ {
			for stride := 1; stride <= 4; stride++ {
				for pad := range 3 {
					all = append(all, size{in, kernel, stride, pad})
				}
			}
		}
	}
	return all
}

// starts lists where the windows start, found by sliding and not by a formula.
func (s size) starts() []int {
	var at []int
	for start := -s.pad; start+s.kernel <= s.in+s.pad; start += s.stride {
		at = append(at, start)
	}
	return at
}

// byHand tells the right answer as one finds it with a finger.
func (s size) byHand() string {
	at := s.starts()
	switch n := len(at); {
	case n == 0:
		return "The window is longer than the row with its zeros, so it stops nowhere: 0."
	case n == 1:
		return fmt.Sprintf("By hand: one window starts at %d and the next would fall off the end, so 1.", at[0])
	case n > 6:
		return fmt.Sprintf("By hand: windows start at %d, %d, %d and so on up to %d, so %d.", at[0], at[1], at[2], at[n-1], n)
	default:
		words := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(at[:n-1])), ", "), "[]")
		return fmt.Sprintf("By hand: windows start at %s and %d, so %d.", words, at[n-1], n)
	}
}

// sizeSlips are usual mistakes.
var sizeSlips = []slip.Slip[func(s size) int]{
	{Advice: "Did you count the window at the start?", Wrong: func(s size) int { return max(0, s.room()) / s.stride }},
	{Advice: "There are zeros on both sides of the row.", Wrong: func(s size) int { return formula(s.in+s.pad-s.kernel, s.stride) }},
	{Advice: "Where did the padding go?", Wrong: func(s size) int { return formula(s.in-s.kernel, s.stride) }},
	{Advice: "Where did the stride go?", Wrong: func(s size) int { return formula(s.room(), 1) }},
	{Advice: "Hole 2 is right. Now hole 1: the window covers kernel pixels itself.", Wrong: func(s size) int { return formula(s.in, s.stride) }},
	{Advice: "The first stop is not a move: add 1 after the division.", Wrong: func(s size) int {
		return whenItFits(s, (s.room()+1)/s.stride)
	}},
	{Advice: "A window that ends exactly at the last pixel still fits: use <=.", Wrong: func(s size) int {
		return whenItFits(s, (s.room()+s.stride-1)/s.stride)
	}},
	{Advice: "Half a move is no move: round down, not to the nearest.", Wrong: func(s size) int {
		return whenItFits(s, int(math.Round(float64(s.room())/float64(s.stride)))+1)
	}},
	{Advice: "A last step that does not fit whole is not made: round down.", Wrong: func(s size) int {
		return whenItFits(s, (s.room()+s.stride-1)/s.stride+1)
	}},
	{Advice: "The window itself needs room too.", Wrong: func(s size) int { return formula(s.in+2*s.pad, s.stride) }},
	{Advice: "A last step that does not fit whole is not made: round down.", Wrong: func(s size) int {
		return formula(s.room()+s.stride-1, s.stride)
	}},
	{Advice: "Go's division rounds towards zero: -1/2 is 0, and a window that does not fit gets a stop.", Wrong: func(s size) int {
		return s.room()/s.stride + 1
	}},
}

// room is how far the first window can move; below zero it does not fit.
func (s size) room() int { return s.in + 2*s.pad - s.kernel }

// whenItFits is n, and 0 if the window is longer than the row: the lesson gives
// the learner that much.
func whenItFits(s size, n int) int {
	if s.room() < 0 {
		return 0
	}
	return n
}

// formula is the size formula with the room for moving given.
func formula(room, stride int) int {
	if room < 0 {
		return 0
	}
	return room/stride + 1
}

// checkStops compares yours with sliding a finger along many rows.
func checkStops(yours func(in, kernel, stride, pad int) int) string {
	ask := func(s size) int { return yours(s.in, s.kernel, s.stride, s.pad) }
	for _, s := range sizes() {
		var got int
		if sentence := lab.Panics(func() { got = ask(s) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", s, sentence)
		}
		if got != len(s.starts()) {
			advice := slip.Find(ask, sizeSlips, sizes(), func(f func(s size) int, s size) string { return fmt.Sprint(f(s)) })
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %d. %s %s", s, got, s.byHand(), advice))
		}
	}
	return ""
}

func (s size) String() string {
	return fmt.Sprintf("in=%d kernel=%d stride=%d pad=%d", s.in, s.kernel, s.stride, s.pad)
}
