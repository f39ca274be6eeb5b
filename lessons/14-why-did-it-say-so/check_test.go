package whydiditsayso

import (
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "14", occludeAnswers(), classMapAnswers(), gradCAMAnswers())
}

func occludeAnswers() labtest.Exercise {
	return labtest.Exercise{
		Name: "occlude",
		Right: map[string]any{
			"the solution": occlude,
			"places counted first": occludeFunc(func(score scoreFunc, row []float64, width int, grey float64) []float64 {
				falls := make([]float64, max(0, len(row)-width+1))
				for from := range falls {
					covered := slices.Concat(row[:from], slices.Repeat([]float64{grey}, width), row[from+width:])
					falls[from] = score(row) - score(covered)
				}
				return falls
			}),
			"the cover is taken away again": occludeFunc(func(score scoreFunc, row []float64, width int, grey float64) (falls []float64) {
				covered := slices.Clone(row)
				before := score(covered)
				for from := 0; from < len(row)-width+1; from++ {
					for i := range width {
						covered[from+i] = grey
					}
					falls = append(falls, before-score(covered))
					copy(covered[from:from+width], row[from:])
				}
				return falls
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                      labtest.Refused(covering(lastPlace, uncovered, sumOf), "Both holes are still empty"),
			"the score is the reason":       labtest.Refused(covering(lastPlace, greyOver, scoreAfter), "nothing about the place"),
			"hole 1 alone":                  labtest.Refused(covering(lastPlace, greyOver, sumOf), "Now hole 2"),
			"hole 2 alone":                  labtest.Refused(covering(lastPlace, uncovered, fallOf), "Now hole 1"),
			"always one, as in the example": labtest.Refused(covering(lastPlace, func(_, _ float64) float64 { return 1 }, fallOf), "You cover with 1"),
			"grey is taken off":             labtest.Refused(covering(lastPlace, func(old, grey float64) float64 { return old - grey }, fallOf), "You take it off"),
			"one pixel of a wide cover":     labtest.Refused(occludeFunc(firstAlone), "Only the first of width"),
			"a share of the score":          labtest.Refused(covering(lastPlace, greyOver, func(before, after float64) float64 { return (before - after) / before }), "a share of the score"),
			"the cover jumps":               labtest.Refused(occludeFunc(jumping), "slides by one"),
			"the sign is turned":            labtest.Refused(covering(lastPlace, greyOver, riseOf), "before minus after"),
			"always black":                  labtest.Refused(covering(lastPlace, blackOver, fallOf), "You cover with 0"),
			"nothing speaks against it":     labtest.Refused(covering(lastPlace, greyOver, fallAboveZero), "Do not cut at zero"),
			"the size of the fall":          labtest.Refused(covering(lastPlace, greyOver, sizeOfFall), "Keep the sign"),
			"the last place is left out":    labtest.Refused(covering(func(n, width int) int { return n - width - 1 }, greyOver, fallOf), "The last place is missing"),
			"the cover sticks out":          labtest.Refused(covering(func(n, _ int) int { return n - 1 }, greyOver, fallOf), "sticks out"),
			"grey is added":                 labtest.Refused(covering(lastPlace, func(old, grey float64) float64 { return old + grey }, fallOf), "You add it"),
			"the cover is never taken off":  labtest.Refused(occludeFunc(stayCovered), "a fresh copy"),
			"the row itself is covered": labtest.Refused(occludeFunc(func(score scoreFunc, row []float64, width int, grey float64) []float64 {
				falls := occlude(score, row, width, grey)
				row[0] = grey
				return falls
			}), "the row is not yours"),
			"out of range": labtest.Refused(occludeFunc(func(score scoreFunc, row []float64, width int, grey float64) []float64 {
				row[len(row)] = grey
				return nil
			}), "yours panics"),
		},
	}
}

func classMapAnswers() labtest.Exercise {
	return labtest.Exercise{
		Name: "class-map",
		Right: map[string]any{
			"the solution": classMap,
			"channels outside": classMapFunc(func(maps [][]float64, weights []float64) []float64 {
				heat := make([]float64, len(maps))
				for c, w := range weights {
					for i := range maps {
						heat[i] += maps[i][c] * w
					}
				}
				return heat
			}),
			"from the last place": classMapFunc(func(maps [][]float64, weights []float64) (heat []float64) {
				for i := len(maps) - 1; i >= 0; i-- {
					sum := 0.0
					for c := range weights {
						sum += weights[c] * maps[i][c]
					}
					heat = append(heat, sum)
				}
				slices.Reverse(heat)
				return heat
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                      labtest.Refused(classMapFunc(func(maps [][]float64, _ []float64) []float64 { return make([]float64, len(maps)) }), "still empty"),
			"what fires much counts much":   labtest.Refused(weighed(func(_, v float64) float64 { return v }, asItIs), "without their weights"),
			"cut at zero":                   labtest.Refused(weighed(product, cutAtZero), "Do not cut at zero"),
			"each term is cut":              labtest.Refused(weighed(func(w, v float64) float64 { return max(0, w*v) }, asItIs), "Each term is cut"),
			"the mean over channels":        labtest.Refused(weighed(product, meanOf), "not their mean"),
			"the mean comes first":          labtest.Refused(classMapFunc(meanFirst), "the places are gone"),
			"divided by the places":         labtest.Refused(weighed(product, func(sum float64, _, places int) float64 { return sum / float64(places) }), "belongs to the score"),
			"the signs of weights are lost": labtest.Refused(weighed(func(w, v float64) float64 { return max(w, -w) * v }, asItIs), "The sign of the weights"),
			"added, not multiplied":         labtest.Refused(weighed(func(w, v float64) float64 { return w + v }, asItIs), "multiplied, not added"),
			"against is left out":           labtest.Refused(weighed(func(w, v float64) float64 { return max(0, w) * v }, asItIs), "are left out"),
			"the first place everywhere":    labtest.Refused(classMapFunc(firstPlace), "read maps[i]"),
			"the sum is never begun anew":   labtest.Refused(classMapFunc(runningSum), "Begin at 0"),
			"the score alone":               labtest.Refused(classMapFunc(func(maps [][]float64, weights []float64) []float64 { return meanFirst(maps, weights)[:1] }), "one number, the score"),
			"a number for each channel":     labtest.Refused(classMapFunc(byChannel), "for each place"),
			"nothing at all":                labtest.Refused(classMapFunc(func([][]float64, []float64) []float64 { return nil }), "Yours has 0 numbers"),
			"the last channel alone":        labtest.Refused(classMapFunc(lastChannel), "Only the last channel"),
			"the strongest channel alone":   labtest.Refused(classMapFunc(strongest), "the strongest channel alone"),
			"places and channels swapped":   labtest.Refused(classMapFunc(func(maps [][]float64, weights []float64) []float64 { _ = maps[len(maps)][0]; return nil }), "a row for each place"),
		},
	}
}

func gradCAMAnswers() labtest.Exercise {
	return labtest.Exercise{
		Name: "grad-cam",
		Right: map[string]any{
			"the solution": gradCAM,
			"by the class map": gradCAMFunc(func(maps, gradients [][]float64) []float64 {
				alphas := make([]float64, len(maps[0]))
				for c := range alphas {
					alphas[c] = meanGradient(gradients, c)
				}
				heat := classMap(maps, alphas)
				for i, v := range heat {
					if v < 0 {
						heat[i] = 0
					}
				}
				return heat
			}),
			"divided at the end": gradCAMFunc(func(maps, gradients [][]float64) (heat []float64) {
				for _, channels := range maps {
					sum := 0.0
					for c, v := range channels {
						for _, g := range gradients {
							sum += v * g[c]
						}
					}
					heat = append(heat, max(0, sum/float64(len(gradients))))
				}
				return heat
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"each channel is cut":    labtest.Refused(bent(bend{term: positive}), "none can speak against another"),
			"cut after each channel": labtest.Refused(gradCAMFunc(cutEarly), "cuts at zero after each channel"),
			"each gradient is cut": labtest.Refused(bent(bend{alpha: func(g [][]float64, c int) (mean float64) {
				for _, row := range g {
					mean += max(0, row[c]) / float64(len(g))
				}
				return mean
			}}), "before the mean is taken"),
			"nothing is cut":             labtest.Refused(bent(bend{end: keep}), "Now nothing is cut"),
			"the weights are cut":        labtest.Refused(bent(bend{alpha: func(g [][]float64, c int) float64 { return max(0, meanGradient(g, c)) }}), "The means of the gradients are cut"),
			"a sum of gradients":         labtest.Refused(bent(bend{alpha: func(g [][]float64, c int) float64 { return meanGradient(g, c) * float64(len(g)) }}), "not divided by the number of places"),
			"place by place":             labtest.Refused(gradCAMFunc(placeByPlace), "a channel has one weight"),
			"the first gradient alone":   labtest.Refused(bent(bend{alpha: func(g [][]float64, c int) float64 { return g[0][c] }}), "from the first place alone"),
			"the size of the sum":        labtest.Refused(bent(bend{end: func(v float64) float64 { return max(v, -v) }}), "below zero it becomes zero"),
			"the wrong half is kept":     labtest.Refused(bent(bend{end: func(v float64) float64 { return min(0, v) }}), "cuts what speaks for it"),
			"the gradients play no part": labtest.Refused(bent(bend{alpha: func([][]float64, int) float64 { return 1 }}), "play no part"),
			"it writes into the maps": labtest.Refused(gradCAMFunc(func(maps, gradients [][]float64) []float64 {
				heat := gradCAM(maps, gradients)
				maps[0][0]++
				return heat
			}), "what you were given has changed"),
		},
	}
}
