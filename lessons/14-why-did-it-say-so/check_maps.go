package whydiditsayso

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type classMapFunc = func(maps [][]float64, weights []float64) []float64

// A weighing is a question for classMap.
type weighing struct {
	maps    [][]float64
	weights []float64
}

var weighings = []weighing{
	{[][]float64{{4, 0}, {0, 2}, {0, 0}, {0, 0}}, []float64{3, -2}},
	{[][]float64{{1, 2, 3}, {2, 0, 1}}, []float64{1, 10, -1}},
	{[][]float64{{2, 5}}, []float64{-1, 0.5}},
	{[][]float64{{1}, {3}, {2}}, []float64{2}},
	{[][]float64{{-1, 2}, {3, -4}, {5, 1}}, []float64{1, 2}},
}

func (w weighing) String() string { return fmt.Sprintf("maps=%v weights=%v", w.maps, w.weights) }

func (w weighing) ask(f classMapFunc) []float64 {
	return f(deepClone(w.maps), slices.Clone(w.weights))
}

// byHand weighs one place, in words.
func (w weighing) byHand(place int) string {
	var terms []string
	for c, v := range w.maps[place] {
		terms = append(terms, fmt.Sprintf("%v*%v", w.weights[c], v))
	}
	return fmt.Sprintf("at maps[%d] %s = %v", place, strings.Join(terms, " + "), w.ask(classMap)[place])
}

// weighed is classMap with a term and an end that may be wrong.
func weighed(term func(w, v float64) float64, end func(sum float64, channels, places int) float64) classMapFunc {
	return func(maps [][]float64, weights []float64) []float64 {
		heat := make([]float64, len(maps))
		for i, channels := range maps {
			for c, v := range channels {
				heat[i] += term(weights[c], v)
			}
			heat[i] = end(heat[i], len(channels), len(maps))
		}
		return heat
	}
}

func product(w, v float64) float64                { return w * v }
func asItIs(sum float64, _, _ int) float64        { return sum }
func cutAtZero(sum float64, _, _ int) float64     { return max(0, sum) }
func meanOf(sum float64, channels, _ int) float64 { return sum / float64(channels) }

var classMapSlips = []slip.Slip[classMapFunc]{
	{Advice: "The map is still empty: add up over the channels, at each place.", Wrong: func(maps [][]float64, _ []float64) []float64 { return make([]float64, len(maps)) }},
	{Advice: "The channels are added up without their weights. What fires much need not count much: the class decides by its weights.", Wrong: weighed(func(_, v float64) float64 { return v }, asItIs)},
	{Advice: "Do not cut at zero: a place may speak against the class, and only with it the mean is the score.", Wrong: weighed(product, cutAtZero)},
	{Advice: "Each term is cut at zero. A channel with a weight below zero speaks against the class, and belongs into the sum.", Wrong: weighed(func(w, v float64) float64 { return max(0, w*v) }, asItIs)},
	{Advice: "Take the sum over the channels, not their mean.", Wrong: weighed(product, meanOf)},
	{Advice: "The division by the number of places belongs to the score, which is the mean of the map. The map itself is the sum.", Wrong: weighed(product, func(sum float64, _, places int) float64 { return sum / float64(places) })},
	{Advice: "The sign of the weights is lost: a weight below zero speaks against the class.", Wrong: weighed(func(w, v float64) float64 { return max(w, -w) * v }, asItIs)},
	{Advice: "Weights and channels are multiplied, not added.", Wrong: weighed(func(w, v float64) float64 { return w + v }, asItIs)},
	{Advice: "Channels with a weight below zero are left out. They speak against the class, and belong into the sum.", Wrong: weighed(func(w, v float64) float64 { return max(0, w) * v }, asItIs)},
	{Advice: "Each place gets what the first place gets: read maps[i].", Wrong: firstPlace},
	{Advice: "The sum goes on from place to place. Begin at 0 at each.", Wrong: runningSum},
	{Advice: "That is one number, the score. The map keeps a number for each place.", Wrong: func(maps [][]float64, weights []float64) []float64 { return meanFirst(maps, weights)[:1] }},
	{Advice: "That is a number for each channel: you add up over the places. Add up over the channels, for each place.", Wrong: byChannel},
	{Advice: "That is the score at every place: you take the mean first, and then the places are gone.", Wrong: meanFirst},
	{Advice: "Only the last channel is left: add up with +=.", Wrong: lastChannel},
	{Advice: "That is the strongest channel alone. All of them are added up.", Wrong: strongest},
}

// meanFirst has forgotten where anything was.
func meanFirst(maps [][]float64, weights []float64) []float64 {
	score := 0.0
	for _, v := range classMap(maps, weights) {
		score += v / float64(len(maps))
	}
	return slices.Repeat([]float64{score}, len(maps))
}

func firstPlace(maps [][]float64, weights []float64) []float64 {
	return slices.Repeat(classMap(maps, weights)[:1], len(maps))
}

func runningSum(maps [][]float64, weights []float64) []float64 {
	heat := classMap(maps, weights)
	for i := range heat[1:] {
		heat[i+1] += heat[i]
	}
	return heat
}

// byChannel adds up over the places.
func byChannel(maps [][]float64, weights []float64) []float64 {
	heat := make([]float64, len(weights))
	for _, channels := range maps {
		for c, v := range channels {
			heat[c] += weights[c] * v
		}
	}
	return heat
}

func lastChannel(maps [][]float64, weights []float64) (heat []float64) {
	for _, channels := range maps {
		last := len(channels) - 1
		heat = append(heat, weights[last]*channels[last])
	}
	return heat
}

func strongest(maps [][]float64, weights []float64) (heat []float64) {
	for _, channels := range maps {
		best := weights[0] * channels[0]
		for c, v := range channels {
			best = max(best, weights[c]*v)
		}
		heat = append(heat, best)
	}
	return heat
}

// checkClassMap compares yours with the weighted sum at each place.
func checkClassMap(yours classMapFunc) string {
	for _, w := range weighings {
		maps := deepClone(w.maps)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(maps, slices.Clone(w.weights)) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s. maps has a row for each place, weights a number for each channel.", w, sentence)
		}
		if want := w.ask(classMap); !alike(got, want) {
			advice := slip.Find(yours, classMapSlips, weighings, func(f classMapFunc, w weighing) string { return inDigits(w.ask(f)) })
			if advice == "" && len(got) != len(want) {
				advice = fmt.Sprintf("Yours has %s; the map has one for each place, so %d.", slip.Plural(len(got), "number"), len(want))
			}
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %v. By hand: %s. So %v. %s", w, got, w.byHand(firstApart(got, want)), want, advice))
		}
		if fmt.Sprint(maps) != fmt.Sprint(w.maps) {
			return fmt.Sprintf("The map is right, but maps was %v and is %v afterwards. Write into a slice of your own.", w.maps, maps)
		}
	}
	return ""
}
