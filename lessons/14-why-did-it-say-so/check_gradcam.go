package whydiditsayso

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type gradCAMFunc = func(maps, gradients [][]float64) []float64

// A slopes is a question for gradCAM.
type slopes struct{ maps, gradients [][]float64 }

var slopesAsked = []slopes{
	{[][]float64{{2, 3}, {1, 0}}, [][]float64{{2, -1}, {2, -1}}},
	{[][]float64{{1, 2}, {3, 4}}, [][]float64{{4, 0}, {0, 2}}},
	{[][]float64{{1, 5}, {2, 1}, {0, 1}}, [][]float64{{3, -3}, {0, 0}, {3, 0}}},
	{[][]float64{{2}, {1}}, [][]float64{{-1}, {-3}}},
	{[][]float64{{-2, 1}, {3, -1}}, [][]float64{{-1, 2}, {-3, 2}}},
	{[][]float64{{1, 1, 4}}, [][]float64{{1, 2, -0.5}}},
	{[][]float64{{1, 2}, {2, 0}}, [][]float64{{3, -1}, {-1, -3}}},
	{[][]float64{{3, 2}, {0, 1}}, [][]float64{{-1, 2}, {-1, 2}}}, // what is cut early speaks first
}

func (s slopes) String() string { return fmt.Sprintf("maps=%v gradients=%v", s.maps, s.gradients) }

func (s slopes) ask(f gradCAMFunc) []float64 { return f(deepClone(s.maps), deepClone(s.gradients)) }

// byHand computes one place, in words.
func (s slopes) byHand(place int) string {
	var terms []string
	sum := 0.0
	for c := range s.maps[0] {
		alpha := 0.0
		for _, g := range s.gradients {
			alpha += g[c] / float64(len(s.gradients))
		}
		terms = append(terms, fmt.Sprintf("%.3g*%v", alpha, s.maps[place][c]))
		sum += alpha * s.maps[place][c]
	}
	return fmt.Sprintf("the mean gradients times the numbers of maps[%d] give %s = %.3g, and above zero that is %.3g", place, strings.Join(terms, " + "), sum, max(0, sum))
}

// A bend is what a wrong Grad-CAM does otherwise; nil is right.
type bend struct {
	alpha func(gradients [][]float64, c int) float64
	term  func(v float64) float64
	end   func(v float64) float64
}

func keep(v float64) float64     { return v }
func positive(v float64) float64 { return max(0, v) }

func meanGradient(gradients [][]float64, c int) (mean float64) {
	for _, g := range gradients {
		mean += g[c] / float64(len(gradients))
	}
	return mean
}

func bent(b bend) gradCAMFunc {
	if b.alpha == nil {
		b.alpha = meanGradient
	}
	if b.term == nil {
		b.term = keep
	}
	if b.end == nil {
		b.end = positive
	}
	return func(maps, gradients [][]float64) []float64 {
		heat := make([]float64, len(maps))
		for i, channels := range maps {
			for c, v := range channels {
				heat[i] += b.term(b.alpha(gradients, c) * v)
			}
			heat[i] = b.end(heat[i])
		}
		return heat
	}
}

// placeByPlace multiplies each number by its own gradient.
func placeByPlace(maps, gradients [][]float64) []float64 {
	heat := make([]float64, len(maps))
	for i, channels := range maps {
		for c, v := range channels {
			heat[i] += v * gradients[i][c]
		}
		heat[i] = max(0, heat[i])
	}
	return heat
}

// cutEarly cuts the sum at zero whenever a channel has been added.
func cutEarly(maps, gradients [][]float64) []float64 {
	heat := make([]float64, len(maps))
	for c := range maps[0] {
		for i := range maps {
			heat[i] = max(0, heat[i]+meanGradient(gradients, c)*maps[i][c])
		}
	}
	return heat
}

var gradCAMSlips = []slip.Slip[gradCAMFunc]{
	{Advice: "Each channel is cut at zero on its own, so none can speak against another. Cut once, when all channels of a place are added up.", Wrong: bent(bend{term: positive})},
	{Advice: "Yours cuts at zero after each channel, so what a channel speaks against is forgotten when the next one comes. Cut once, when all channels of a place are added up.", Wrong: cutEarly},
	{Advice: "Each gradient is cut at zero before the mean is taken. Take the mean of all of them.", Wrong: bent(bend{alpha: func(g [][]float64, c int) (mean float64) {
		for _, row := range g {
			mean += max(0, row[c]) / float64(len(g))
		}
		return mean
	}})},
	{Advice: "Now nothing is cut at zero. Cut the sum at each place, when it is complete.", Wrong: bent(bend{end: keep})},
	{Advice: "The means of the gradients are cut at zero, so no channel can speak against the class.", Wrong: bent(bend{alpha: func(g [][]float64, c int) float64 { return max(0, meanGradient(g, c)) }})},
	{Advice: "The gradients are added up, but not divided by the number of places.", Wrong: bent(bend{alpha: func(g [][]float64, c int) float64 { return meanGradient(g, c) * float64(len(g)) }})},
	{Advice: "Each place is multiplied by its own gradient. In Grad-CAM a channel has one weight: the mean of its gradient over all places.", Wrong: placeByPlace},
	{Advice: "The gradient is taken from the first place alone, not the mean over all.", Wrong: bent(bend{alpha: func(g [][]float64, c int) float64 { return g[0][c] }})},
	{Advice: "The size of the sum is not what is asked for: below zero it becomes zero.", Wrong: bent(bend{end: func(v float64) float64 { return max(v, -v) }})},
	{Advice: "That keeps what speaks against the class, and cuts what speaks for it.", Wrong: bent(bend{end: func(v float64) float64 { return min(0, v) }})},
	{Advice: "The gradients play no part: these are the channels added up.", Wrong: bent(bend{alpha: func([][]float64, int) float64 { return 1 }})},
}

// checkGradCAM compares yours with the formula.
func checkGradCAM(yours gradCAMFunc) string {
	for _, s := range slopesAsked {
		maps, gradients := deepClone(s.maps), deepClone(s.gradients)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(maps, gradients) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", s, sentence)
		}
		if want := s.ask(gradCAM); !alike(got, want) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %v. By hand: %s. So %v. %s", s, got, s.byHand(firstApart(got, want)), want,
				slip.Find(yours, gradCAMSlips, slopesAsked, func(f gradCAMFunc, s slopes) string { return inDigits(s.ask(f)) })))
		}
		if fmt.Sprint(maps, gradients) != fmt.Sprint(s.maps, s.gradients) {
			return fmt.Sprintf("The map is right, but what you were given has changed, for %v. Write into a slice of your own.", s)
		}
	}
	return ""
}
