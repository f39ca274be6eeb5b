package beyond

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type attendFunc = func(query []float64, keys, values [][]float64) []float64

// A look is a question for attend.
type look struct {
	query        []float64
	keys, values [][]float64
	byHand       string
}

// In the first one queries and keys have four numbers, so the root is 2 and
// the scores are 0 and the logarithm of 3: shares of a quarter and three.
var looksAt = []look{
	{[]float64{0, math.Log(3), 0, 0}, [][]float64{{1, 0, 0, 0}, {0, 2, 0, 0}}, [][]float64{{8}, {4}}, "the scores are 0 and 2.197/2 = 1.099, so the shares are 0.25 and 0.75, and 0.25*8 + 0.75*4 = 5"},
	{[]float64{0, 0}, [][]float64{{1, 2}, {3, -1}, {0, 5}}, [][]float64{{3, 0}, {6, 3}, {0, 9}}, "all scores are 0, so each token has a third, and the result is the mean of the values"},
	{[]float64{2, -1}, [][]float64{{1, 1}, {-1, 0.5}, {0.5, 2}}, [][]float64{{1, 10, 0}, {2, 20, 1}, {3, 30, -1}}, ""},
	{[]float64{1}, [][]float64{{2}}, [][]float64{{7, 8}}, "one token alone has the share 1"},
	{[]float64{40, 0}, [][]float64{{1, 0}, {0, 1}, {1, 0}}, [][]float64{{10}, {20}, {30}}, "tokens 0 and 2 have the score 40/1.414, and share it all: the mean of 10 and 30"},
}

// attention is attend with other scores and another way to sum up: slips are
// made of it.
func attention(l look, score func(q, k []float64) float64, shares func([]float64) []float64, gives func(j, c int) float64) []float64 {
	scores := make([]float64, len(l.keys))
	for j, key := range l.keys {
		scores[j] = score(l.query, key)
	}
	y := make([]float64, len(l.values[0]))
	for j, share := range shares(scores) {
		for c := range y {
			y[c] += share * gives(j, c)
		}
	}
	return y
}

// product is a score: of each pair of numbers, what f makes of it, over the root.
func product(f func(q, k float64) float64) func(q, k []float64) float64 {
	return func(q, k []float64) (s float64) {
		for c := range k {
			s += f(q[c], k[c]) / math.Sqrt(float64(len(q)))
		}
		return s
	}
}

// loud is the product without the root.
func loud(q, k []float64) float64 {
	return product(func(q, k float64) float64 { return q * k })(q, k) * math.Sqrt(float64(len(q)))
}

var rightScore = product(func(q, k float64) float64 { return q * k })

// hardest gives all to the largest score.
func hardest(scores []float64) []float64 {
	shares := make([]float64, len(scores))
	shares[slices.Index(scores, slices.Max(scores))] = 1
	return shares
}

func asTheyAre(scores []float64) []float64 { return scores }

func slipOf(score func(q, k []float64) float64, shares func([]float64) []float64) attendFunc {
	return func(query []float64, keys, values [][]float64) []float64 {
		return attention(look{query: query, keys: keys, values: values}, score, shares, func(j, c int) float64 { return values[j][c] })
	}
}

// queryOfToken reads the query by token.
func queryOfToken(query []float64, keys, values [][]float64) []float64 {
	j := -1
	return slipOf(func(q, k []float64) (s float64) {
		j++
		for _, v := range k {
			s += q[j] * v / math.Sqrt(float64(len(q)))
		}
		return s
	}, softmax)(query, keys, values)
}

var attendSlips = []slip.Slip[attendFunc]{
	{Advice: "Hole 2 is still empty: nobody gives anything. What hole 1 does shows only when hole 2 is filled.", Wrong: func(query []float64, keys, values [][]float64) []float64 { return make([]float64, len(values[0])) }},
	{Advice: "All tokens count alike in yours, whatever the query is. Is hole 1 empty, or without the key?", Wrong: slipOf(product(func(q, k float64) float64 { return 0 }), softmax)},
	{Advice: "All queries look at the same in yours. The score takes the key alone, or adds the query to it; and what is added to all scores, a softmax does not see. Multiply query and key.", Wrong: slipOf(product(func(q, k float64) float64 { return k }), softmax)},
	{Advice: "That takes a distance for a score: the farther, the louder. Multiply query and key.", Wrong: slipOf(product(func(q, k float64) float64 { return (q - k) * (q - k) }), softmax)},
	{Advice: "That takes a distance for a score: the farther, the louder. Multiply query and key.", Wrong: slipOf(product(func(q, k float64) float64 { return math.Abs(q - k) }), softmax)},
	{Advice: "That is a distance with a minus: the nearer, the louder. It is another score, and comes later in this lesson; here multiply query and key.", Wrong: slipOf(product(func(q, k float64) float64 { return -(q - k) * (q - k) }), softmax)},
	{Advice: "The query has its numbers by c, not by token: query[c].", Wrong: queryOfToken},
	{Advice: "Each value is multiplied by its share twice: the line below does it already.", Wrong: slipOf(rightScore, func(scores []float64) []float64 {
		shares := softmax(scores)
		for j, share := range shares {
			shares[j] = share * share
		}
		return shares
	})},
	{Advice: "The root of the length is missing: the scores are too loud.", Wrong: slipOf(loud, softmax)},
	{Advice: "The scores are divided by the length, not by its root.", Wrong: slipOf(func(q, k []float64) float64 { return loud(q, k) / float64(len(q)) }, softmax)},
	{Advice: "Yours takes the largest score alone. A softmax leaves something to the others.", Wrong: slipOf(rightScore, hardest)},
	{Advice: "Those are scores, not shares: the softmax is missing.", Wrong: slipOf(rightScore, asTheyAre)},
	{Advice: "The values are added up as they are: each counts by its share.", Wrong: slipOf(rightScore, func(scores []float64) []float64 {
		ones := make([]float64, len(scores))
		for j := range ones {
			ones[j] = 1
		}
		return ones
	})},
	{Advice: "The keys are given away. A key is for being found; what is given is the value.", Wrong: func(query []float64, keys, values [][]float64) []float64 {
		return attention(look{query: query, keys: keys, values: values}, rightScore, softmax, func(j, c int) float64 { return keys[j][min(c, len(keys[j])-1)] })
	}},
	{Advice: "The keys are given away. A key is for being found; what is given is the value.", Wrong: func(query []float64, keys, values [][]float64) []float64 {
		return attention(look{query: query, keys: keys, values: values}, rightScore, softmax, func(j, c int) float64 { return keys[j][c] })
	}},
	{Advice: "Number c of the values is taken from token c. Token j gives, and c says which number.", Wrong: func(query []float64, keys, values [][]float64) []float64 {
		return attention(look{query: query, keys: keys, values: values}, rightScore, softmax, func(j, c int) float64 { return values[c][j] })
	}},
	{Advice: "Each token gives its first value, for all numbers. c says which number of it.", Wrong: func(query []float64, keys, values [][]float64) []float64 {
		return attention(look{query: query, keys: keys, values: values}, rightScore, softmax, func(j, c int) float64 { return values[j][0] })
	}},
	{Advice: "The shares add up to 1, and nothing is taken from the values. Is hole 2 without values[j][c]?", Wrong: func(query []float64, keys, values [][]float64) []float64 {
		return attention(look{query: query, keys: keys, values: values}, rightScore, softmax, func(j, c int) float64 { return 1 })
	}},
}

// checkAttend asks for sums that can be followed by hand.
func checkAttend(yours attendFunc) string {
	for _, l := range looksAt {
		given := fmt.Sprintf("For query=%s keys=%s values=%s", short(l.query), short(l.keys), short(l.values))
		var got []float64
		if sentence := lab.Panics(func() { got = l.ask(yours) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("%s yours panics: %s. %s", given, strings.TrimSuffix(sentence, "."), findAttend(yours)))
		}
		want := l.ask(attend)
		byHand := ""
		if l.byHand != "" {
			byHand = " By hand: " + l.byHand + "."
		}
		switch {
		case len(got) != len(want):
			return fmt.Sprintf("%s yours gives %d numbers. A value has %d, and so has their sum.", given, len(got), len(want))
		case !equal(got, want):
			return strings.TrimSpace(fmt.Sprintf("%s yours gives %s, and should give %s.%s %s", given, short(got), short(want), byHand, findAttend(yours)))
		}
	}
	return ""
}

func findAttend(yours attendFunc) string {
	return slip.Find(yours, attendSlips, looksAt, func(f attendFunc, l look) string { return short(l.ask(f)) })
}

// ask gives f lists of its own.
func (l look) ask(f attendFunc) []float64 {
	copied := func(rows [][]float64) (all [][]float64) {
		for _, r := range rows {
			all = append(all, slices.Clone(r))
		}
		return all
	}
	return f(slices.Clone(l.query), copied(l.keys), copied(l.values))
}

func equal(a, b []float64) bool {
	for i, v := range a {
		if !(math.Abs(v-b[i]) <= 1e-6) {
			return false
		}
	}
	return true
}

// short writes numbers in four digits.
func short(v any) string {
	switch v := v.(type) {
	case []float64:
		words := make([]string, len(v))
		for i, n := range v {
			words[i] = fmt.Sprintf("%.4g", n+0) // no minus before a zero
		}
		return "[" + strings.Join(words, " ") + "]"
	case [][]float64:
		words := make([]string, len(v))
		for i, row := range v {
			words[i] = short(row)
		}
		return "[" + strings.Join(words, " ") + "]"
	}
	return fmt.Sprint(v)
}
