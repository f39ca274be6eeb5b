package firstnet

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type confusionFunc = func(truth, guess []int, classes int) [][]int

// An exam is a question for confusion.
type exam struct {
	truth, guess []int
	classes      int
}

var exams = []exam{
	{[]int{0, 1}, []int{0, 0}, 2},
	{[]int{2, 2, 1}, []int{0, 2, 1}, 3},
	{[]int{1, 1, 1, 0}, []int{0, 0, 1, 1}, 2},
	{nil, nil, 2},
	{[]int{0}, []int{0}, 4},
}

// counted returns a table counted in another way.
func counted(size func(e exam) int, count func(table [][]int, truth, guess int)) confusionFunc {
	return func(truth, guess []int, classes int) [][]int {
		table := make([][]int, size(exam{truth, guess, classes}))
		for i := range table {
			table[i] = make([]int, len(table))
		}
		for i, t := range truth {
			count(table, t, guess[i])
		}
		return table
	}
}

func allClasses(e exam) int { return e.classes }

var confusionSlips = []slip.Slip[confusionFunc]{
	{Advice: "All are zero: nothing has been counted yet.", Wrong: counted(allClasses, func(table [][]int, t, g int) {})},
	{Advice: "Rows and columns have changed places: the row is the truth, the column the guess.", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[g][t]++ })},
	{Advice: "Each place counts, and not only whether it happened: ++, not = 1.", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[t][g] = 1 })},
	{Advice: "The right ones count, too: they stand on the diagonal.", Wrong: counted(allClasses, func(table [][]int, t, g int) {
		if t != g {
			table[t][g]++
		}
	})},
	{Advice: "The wrong ones are missing: they are what the table is for.", Wrong: counted(allClasses, func(table [][]int, t, g int) {
		if t == g {
			table[t][g]++
		}
	})},
	{Advice: "A class that was not in the exam has its row and column, too: the size is classes.", Wrong: counted(func(e exam) int { return 1 + max(0, highest(e.truth), highest(e.guess)) }, func(table [][]int, t, g int) { table[t][g]++ })},
}

func highest(v []int) int {
	if len(v) == 0 {
		return 0
	}
	return slices.Max(v)
}

func checkConfusion(yours confusionFunc) string {
	for _, e := range exams {
		var got [][]int
		if sentence := lab.Panics(func() { got = yours(slices.Clone(e.truth), slices.Clone(e.guess), e.classes) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", e, sentence)
		}
		if want := confusion(e.truth, e.guess, e.classes); fmt.Sprint(got) != fmt.Sprint(want) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %v. By hand: %v.%s %s", e, got, want, e.byHand(),
				slip.Find(yours, confusionSlips, exams, func(f confusionFunc, e exam) string { return fmt.Sprint(f(e.truth, e.guess, e.classes)) })))
		}
	}
	return ""
}

func (e exam) String() string {
	return fmt.Sprintf("truth=%v guess=%v classes=%d", e.truth, e.guess, e.classes)
}

// byHand tells where the last picture is counted.
func (e exam) byHand() string {
	if len(e.truth) == 0 {
		return ""
	}
	last := len(e.truth) - 1
	return fmt.Sprintf(" The last picture is a %d and was called a %d: row %d, column %d.", e.truth[last], e.guess[last], e.truth[last], e.guess[last])
}
