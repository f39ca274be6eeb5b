package thousand

import (
	"math"

	"reslab/lessons/lab/labtest"
)

func roadsAnswers() labtest.Exercise {
	f := func(f roadsFunc) roadsFunc { return f }
	factorial := func(n int) float64 {
		product := 1.0
		for i := 2; i <= n; i++ {
			product *= float64(i)
		}
		return product
	}
	return labtest.Exercise{
		Name: "roads",
		Right: map[string]any{
			"the solution":      f(roads),
			"the holes swapped": recurrence(oneMore, stays),
			"each from its neighbour": f(func(blocks int) []float64 {
				counts := []float64{1}
				for k := range blocks {
					counts = append(counts, counts[k]*float64(blocks-k)/float64(k+1))
				}
				return counts
			}),
			"in place, from behind": f(func(blocks int) []float64 {
				counts := make([]float64, blocks+1)
				counts[0] = 1
				for range blocks {
					for k := blocks; k > 0; k-- {
						counts[k] += counts[k-1]
					}
				}
				return counts
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                   labtest.Refused(recurrence(always(0), always(0)), "No road leads through a body yet"),
			"hole 2 is empty":            labtest.Refused(recurrence(stays, always(0)), "Is hole 2 empty?"),
			"hole 1 is empty":            labtest.Refused(recurrence(always(0), oneMore), "Hole 1 is still empty"),
			"1 in place of one more":     labtest.Refused(recurrence(stays, always(1)), "and not 1 in all"),
			"0 and 1":                    labtest.Refused(recurrence(always(0), always(1)), "add to k"),
			"k in both holes":            labtest.Refused(recurrence(stays, stays), "No road leads through a body yet"),
			"one more in both holes":     labtest.Refused(recurrence(oneMore, oneMore), "over the shortcut there is no body"),
			"the length doubles":         labtest.Refused(recurrence(stays, twice), "and not the number of bodies on them"),
			"beyond the end":             labtest.Refused(recurrence(stays, func(k int) int { return k + 2 }), "For 1 block yours panics"),
			"one road through all":       labtest.Refused(f(func(blocks int) []float64 { counts := make([]float64, blocks+1); counts[blocks] = 1; return counts }), "That is one road alone, through all bodies"),
			"one of each length":         labtest.Refused(table(func(n, k int) float64 { return 1 }), "one road of each length"),
			"all at each place":          labtest.Refused(table(func(n, k int) float64 { return math.Exp2(float64(n)) }), "That is the number of all roads"),
			"the same share for each":    labtest.Refused(table(func(n, k int) float64 { return math.Exp2(float64(n)) / float64(n+1) }), "All roads have not the same share"),
			"orders are counted":         labtest.Refused(table(func(n, k int) float64 { return factorial(n) / factorial(n-k) }), "Do not count the orders"),
			"place 0 is missing":         labtest.Refused(f(func(blocks int) []float64 { return roads(blocks)[1:] }), "Place 0 is missing"),
			"the last place is missing":  labtest.Refused(f(func(blocks int) []float64 { return roads(blocks)[:blocks] }), "The last place is missing"),
			"a place too many":           labtest.Refused(f(func(blocks int) []float64 { return append(roads(blocks), 0) }), "a place too many at the end"),
			"one block less":             labtest.Refused(f(func(blocks int) []float64 { return roads(max(blocks-1, 0)) }), "one block less"),
			"one block more":             labtest.Refused(f(func(blocks int) []float64 { return roads(blocks + 1) }), "one block more"),
			"factorials that do not fit": labtest.Refused(table(func(n, k int) float64 { return factorial(n) / factorial(k) / factorial(n-k) }), "the factorial of more than 170 is too large"),
			"counted in int": labtest.Refused(f(func(blocks int) []float64 {
				counts := make([]int, blocks+1)
				counts[0] = 1
				for range blocks {
					for k := blocks; k > 0; k-- {
						counts[k] += counts[k-1]
					}
				}
				out := make([]float64, len(counts))
				for k, n := range counts {
					out[k] = float64(n)
				}
				return out
			}), "too large for an int"),
			"nothing is returned": labtest.Refused(f(func(blocks int) []float64 { return nil }), "For 1 block yours gives []. By hand: [1 1]"),
		},
	}
}
