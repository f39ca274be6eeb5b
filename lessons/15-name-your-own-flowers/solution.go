// Package flowers holds the solutions of lesson 15 and the checks that judge a
// learner's.
package flowers

import (
	"math"

	"reslab/nn"
)

// nearest returns the number of the row that lies nearest to x, the first
// of equals; -1 if there is no row.
func nearest(rows [][]float64, x []float64) int {
	best, least := -1, math.Inf(1)
	for i, row := range rows {
		sum := 0.0
		for k, v := range row {
			apart := v - x[k]
			sum += apart * apart
		}
		nearer := sum < least
		if nearer {
			best, least = i, sum
		}
	}
	return best
}

// hold freezes a body: whatever is trained behind it, it gives the same
// features for the same picture.
func hold(body nn.Layer) {
	for _, p := range body.Params() {
		p.Trainable = false
	}
	nn.Walk(body, func(path string, l nn.Layer) {
		if norm, ok := l.(*nn.BatchNorm2D); ok {
			norm.Frozen = true
		}
	})
}

// byPlant deals photos: every n-th plant, in the order in which plants
// first appear, goes to the test with all its photos. plants[i] is the
// plant on photo i. It returns the numbers of the photos, in their order.
func byPlant(plants []string, n int) (learn, test []int) {
	number := map[string]int{} // of each plant, from 1 on
	for i, plant := range plants {
		if number[plant] == 0 {
			number[plant] = len(number) + 1
		}
		if number[plant]%n == 0 {
			test = append(test, i)
		} else {
			learn = append(learn, i)
		}
	}
	return learn, test
}
