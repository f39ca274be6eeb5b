package fast

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type fetchesFunc = func(rows, columns int) float64

// A size is a question for fetches.
type size struct{ rows, columns int }

var sizes = []size{{2, 4}, {1, 1}, {4, 4}, {1, 3}, {5, 2}, {16, 16}}

var fetchesSlips = []slip.Slip[fetchesFunc]{
	{Advice: "Both holes are still empty.", Wrong: func(r, c int) float64 { return 0 }},
	{Advice: "That is what all of a turn fetches. How many products are made of it? Hole 2 is still empty.", Wrong: func(r, c int) float64 { return float64(r + c) }},
	{Advice: "That is two for each product, as if each had numbers of its own. In a tile a number of a row serves every column: count what is fetched once.", Wrong: func(r, c int) float64 { return 2 }},
	{Advice: "Each number is fetched once in a turn: one for each row and one for each column, added, not multiplied.", Wrong: func(r, c int) float64 { return 1 }},
	{Advice: "Only the numbers of the rows are counted. Those of the columns are fetched, too.", Wrong: func(r, c int) float64 { return 1 / float64(c) }},
	{Advice: "Only the numbers of the columns are counted. Those of the rows are fetched, too.", Wrong: func(r, c int) float64 { return 1 / float64(r) }},
	{Advice: "That is products for each fetch: the other way round.", Wrong: func(r, c int) float64 { return float64(r*c) / float64(r+c) }},
	{Advice: "The sums are counted as if they were fetched. They stay in registers: that is the point of a tile.", Wrong: func(r, c int) float64 { return float64(r+c+r*c) / float64(r*c) }},
	{Advice: "The sums are counted as if they were fetched and stored. They stay in registers: that is the point of a tile.", Wrong: func(r, c int) float64 { return float64(r+c+2*r*c) / float64(r*c) }},
	{Advice: "Two whole numbers were divided, and Go drops the rest. Make them float64 first.", Wrong: func(r, c int) float64 { return float64((r + c) / (r * c)) }},
	{Advice: "That holds for square tiles only.", Wrong: func(r, c int) float64 { return 2 / float64(r) }},
	{Advice: "That holds for square tiles only.", Wrong: func(r, c int) float64 { return 2 / float64(c) }},
	{Advice: "That is the way around the tile. A row has one number in a turn, not one at either end.", Wrong: func(r, c int) float64 { return 2 * float64(r+c) / float64(r*c) }},
	{Advice: "Every row meets every column: the products are rows times columns. You count one for each row.", Wrong: func(r, c int) float64 { return float64(r+c) / float64(r) }},
	{Advice: "Every row meets every column: the products are rows times columns. You count one for each column.", Wrong: func(r, c int) float64 { return float64(r+c) / float64(c) }},
	{Advice: "The larger of the two sides is counted alone. The numbers of both are fetched: rows plus columns.", Wrong: func(r, c int) float64 { return float64(max(r, c)) / float64(r*c) }},
	{Advice: "Every row meets every column: the products are rows times columns, not their sum.", Wrong: func(r, c int) float64 { return float64(r*c) / float64(r+c) }},
}

// checkFetches compares yours with rows + columns for rows * columns.
func checkFetches(yours fetchesFunc) string {
	for _, s := range sizes {
		var got float64
		given := fmt.Sprintf("For a tile of %dx%d", s.rows, s.columns)
		if sentence := lab.Panics(func() { got = yours(s.rows, s.columns) }); sentence != "" {
			return fmt.Sprintf("%s yours panics: %s.", given, sentence)
		}
		if want := fetches(s.rows, s.columns); !(math.Abs(got-want) <= 1e-6) {
			advice := slip.Find(yours, append(slices.Clone(fetchesSlips), always(got)), sizes, func(f fetchesFunc, s size) string { return fmt.Sprintf("%.6g", f(s.rows, s.columns)) })
			return strings.TrimSpace(fmt.Sprintf("%s yours gives %.4g. By hand: in a turn %d + %d = %d numbers are fetched, and %d * %d = %d products are made: %.4g. %s",
				given, got, s.rows, s.columns, s.rows+s.columns, s.rows, s.columns, s.rows*s.columns, want, advice))
		}
	}
	return ""
}

func always(got float64) slip.Slip[fetchesFunc] {
	return slip.Slip[fetchesFunc]{Advice: "Yours gives that for every tile.", Wrong: func(r, c int) float64 { return got }}
}
