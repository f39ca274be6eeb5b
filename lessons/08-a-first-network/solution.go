// Package firstnet holds the solutions of lesson 08 and the checks that judge a
// learner's.
package firstnet

// descend goes downhill for so many steps.
func descend(
	gradient func(w float64) float64, w, rate float64, steps int,
) float64 {
	for range steps {
		g := gradient(w)
		w -= rate * g
	}
	return w
}

// push takes one step with momentum: it changes the weights and the velocities.
func push(
	weights, velocities, gradients []float64, rate, momentum float64,
) {
	for i, g := range gradients {
		velocities[i] = momentum*velocities[i] + g
		weights[i] -= rate * velocities[i]
	}
}

// confusion counts: table[truth][guess].
func confusion(truth, guess []int, classes int) [][]int {
	table := make([][]int, classes)
	for i := range table {
		table[i] = make([]int, classes)
	}
	for i, t := range truth {
		table[t][guess[i]]++
	}
	return table
}
