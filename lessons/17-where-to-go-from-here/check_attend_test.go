package beyond

import (
	"math"

	"reslab/lessons/lab/labtest"
)

func attendAnswers() labtest.Exercise {
	f := func(f attendFunc) attendFunc { return f }
	shares := func(query []float64, keys [][]float64) []float64 {
		return attend(query, keys, identity(len(keys)))
	}
	give := func(value func(values [][]float64, j, c int) float64) attendFunc {
		return func(query []float64, keys, values [][]float64) []float64 {
			y := make([]float64, len(values[0]))
			for j, share := range shares(query, keys) {
				for c := range y {
					y[c] += share * value(values, j, c)
				}
			}
			return y
		}
	}
	return labtest.Exercise{
		Name: "attend",
		Right: map[string]any{
			"the solution": f(attend),
			"one sum and one division": f(func(query []float64, keys, values [][]float64) []float64 {
				y, sum := make([]float64, len(values[0])), 0.0
				for j, key := range keys {
					score := 0.0
					for c, v := range query {
						score += v * key[c]
					}
					weight := math.Exp(score / math.Sqrt(float64(len(key))))
					sum += weight
					for c, v := range values[j] {
						y[c] += weight * v
					}
				}
				for c := range y {
					y[c] /= sum
				}
				return y
			}),
			"the root in the query": f(func(query []float64, keys, values [][]float64) []float64 {
				for c := range query {
					query[c] /= math.Sqrt(float64(len(query)))
				}
				scores := make([]float64, len(keys))
				for j := range keys {
					for c, v := range query {
						scores[j] += v * keys[j][c]
					}
				}
				y := make([]float64, len(values[0]))
				for c := range y {
					for j, p := range softmax(scores) {
						y[c] += p * values[j][c]
					}
				}
				return y
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the query alone":              labtest.Refused(slipOf(product(func(q, k float64) float64 { return q }), softmax), "or without the key"),
			"the stub":                     labtest.Refused(f(func(query []float64, keys, values [][]float64) []float64 { return make([]float64, len(values[0])) }), "yours gives [0], and should give [5]. By hand: the scores are 0 and 2.197/2 = 1.099, so the shares are 0.25 and 0.75, and 0.25*8 + 0.75*4 = 5. Hole 2 is still empty: nobody gives anything."),
			"hole 1 alone":                 labtest.Refused(give(func(values [][]float64, j, c int) float64 { return 0 }), "What hole 1 does shows only when hole 2 is filled"),
			"the mean of all":              labtest.Refused(slipOf(product(func(q, k float64) float64 { return 0 }), softmax), "All tokens count alike in yours, whatever the query is."),
			"added in place of multiplied": labtest.Refused(slipOf(product(func(q, k float64) float64 { return q + k }), softmax), "or adds the query to it"),
			"the key alone":                labtest.Refused(slipOf(product(func(q, k float64) float64 { return k }), softmax), "All queries look at the same"),
			"the query twice":              labtest.Refused(slipOf(product(func(q, k float64) float64 { return q * q }), softmax), "All tokens count alike"),
			"a distance":                   labtest.Refused(slipOf(product(func(q, k float64) float64 { return (q - k) * (q - k) }), softmax), "the farther, the louder"),
			"a distance, not squared":      labtest.Refused(slipOf(product(func(q, k float64) float64 { return math.Abs(q - k) }), softmax), "the farther, the louder"),
			"a distance with a minus":      labtest.Refused(slipOf(product(func(q, k float64) float64 { return -(q - k) * (q - k) }), softmax), "the nearer, the louder"),
			"the query by token":           labtest.Refused(f(queryOfToken), "not by token: query[c]"),
			"the share counts twice": labtest.Refused(slipOf(rightScore, func(scores []float64) []float64 {
				shares := softmax(scores)
				for j := range shares {
					shares[j] *= shares[j]
				}
				return shares
			}), "by its share twice"),
			"without the root":         labtest.Refused(slipOf(loud, softmax), "The root of the length is missing"),
			"divided by the length":    labtest.Refused(slipOf(func(q, k []float64) float64 { return loud(q, k) / float64(len(q)) }, softmax), "not by its root"),
			"the largest takes it all": labtest.Refused(slipOf(rightScore, hardest), "leaves something to the others"),
			"no softmax":               labtest.Refused(slipOf(rightScore, asTheyAre), "the softmax is missing"),
			"the keys are given": labtest.Refused(f(func(query []float64, keys, values [][]float64) []float64 {
				y := make([]float64, len(values[0]))
				for j, share := range shares(query, keys) {
					for c := range y {
						y[c] += share * keys[j][min(c, len(keys[j])-1)]
					}
				}
				return y
			}), "The keys are given away."),
			"j and c swapped":             labtest.Refused(give(func(values [][]float64, j, c int) float64 { return values[c][j] }), "Token j gives, and c says which number."),
			"the first number for all":    labtest.Refused(give(func(values [][]float64, j, c int) float64 { return values[j][0] }), "Each token gives its first value"),
			"the values are not taken":    labtest.Refused(give(func(values [][]float64, j, c int) float64 { return 1 }), "The shares add up to 1"),
			"the values are added up":     labtest.Refused(f(func(query []float64, keys, values [][]float64) []float64 { return sumOf(values) }), "each counts by its share"),
			"a number in place of a list": labtest.Refused(f(func(query []float64, keys, values [][]float64) []float64 { return []float64{5, 5} }), "yours gives 2 numbers. A value has 1"),
		},
	}
}

// identity is a table with ones on its diagonal: as values, they show the shares.
func identity(n int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
		rows[i][i] = 1
	}
	return rows
}

func sumOf(values [][]float64) []float64 {
	sum := make([]float64, len(values[0]))
	for _, row := range values {
		for c, v := range row {
			sum[c] += v
		}
	}
	return sum
}
