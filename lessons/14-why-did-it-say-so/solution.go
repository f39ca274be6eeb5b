// Package whydiditsayso holds the solutions of lesson 14 and the checks that
// judge a learner's.
package whydiditsayso

// occlude covers width pixels of a row from each place on, and returns
// how far the score falls.
func occlude(
	score func(row []float64) float64, row []float64,
	width int, grey float64,
) (falls []float64) {
	before := score(row)
	for from := 0; from+width <= len(row); from++ {
		covered := append([]float64{}, row...)
		for i := from; i < from+width; i++ {
			covered[i] = grey
		}
		after := score(covered)
		falls = append(falls, before-after)
	}
	return falls
}

// classMap returns the class activation map: a number for each place.
func classMap(maps [][]float64, weights []float64) []float64 {
	heat := make([]float64, len(maps))
	for i, channels := range maps {
		for c, v := range channels {
			heat[i] += weights[c] * v
		}
	}
	return heat
}

// gradCAM takes the channels at each place, and the gradient of the score
// at the same places.
func gradCAM(maps, gradients [][]float64) []float64 {
	heat := make([]float64, len(maps))
	for c := range maps[0] {
		alpha := 0.0
		for i := range gradients {
			alpha += gradients[i][c] / float64(len(gradients))
		}
		for i := range maps {
			heat[i] += alpha * maps[i][c]
		}
	}
	for i := range heat {
		heat[i] = max(0, heat[i])
	}
	return heat
}
