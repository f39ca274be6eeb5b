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
	{Advice: "The last picture has not been counted: the loop ends one too early.", Wrong: leaveOut(func(e exam) exam {
		last := max(0, len(e.truth)-1)
		return exam{e.truth[:last], e.guess[:last], e.classes}
	})},
	{Advice: "The first picture has not been counted: the loop begins at 0.", Wrong: leaveOut(func(e exam) exam {
		first := min(1, len(e.truth))
		return exam{e.truth[first:], e.guess[first:], e.classes}
	})},
	{Advice: "The loop runs over the classes. Go over the pictures: there are len(truth) of them.", Wrong: func(truth, guess []int, classes int) [][]int {
		table := empty(classes)
		for i := range classes {
			table[truth[i]][guess[i]]++
		}
		return table
	}},
	{Advice: "The row is the number of the picture. It should be the digit that it shows, truth[i].", Wrong: func(truth, guess []int, classes int) [][]int {
		table := empty(classes)
		for i := range truth {
			table[i][guess[i]]++
		}
		return table
	}},
	{Advice: "Row and column are the number of the picture. They should be what it shows and what the net says: truth[i], guess[i].", Wrong: func(truth, guess []int, classes int) [][]int {
		table := empty(classes)
		for i := range truth {
			table[i][i]++
		}
		return table
	}},
	{Advice: "Every truth is counted with every guess. The guess for picture i is guess[i]: one loop, not two.", Wrong: func(truth, guess []int, classes int) [][]int {
		table := empty(classes)
		for _, t := range truth {
			for _, g := range guess {
				table[t][g]++
			}
		}
		return table
	}},
	{Advice: "Each picture is counted twice, once with row and column swapped. It has one place: row truth[i], column guess[i].", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[t][g]++; table[g][t]++ })},
	{Advice: "Counted backwards: ++, not --.", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[t][g]-- })},
	{Advice: "That adds up the digits themselves. Each picture counts one: ++.", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[t][g] += g })},
	{Advice: "That adds up the digits themselves. Each picture counts one: ++.", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[t][g] += t })},
	{Advice: "All rows are one and the same slice. Make a new one for each.", Wrong: func(truth, guess []int, classes int) [][]int {
		table, row := make([][]int, classes), make([]int, classes)
		for i := range table {
			table[i] = row
		}
		for i, t := range truth {
			table[t][guess[i]]++
		}
		return table
	}},
	{Advice: "The digits begin at 0, and so do the rows and columns: nothing is subtracted.", Wrong: counted(allClasses, func(table [][]int, t, g int) { table[t-1][g-1]++ })},
	{Advice: "The loop goes one too far: the last picture has the index len(truth)-1.", Wrong: func(truth, guess []int, classes int) [][]int {
		table := confusion(truth, guess, classes)
		table[truth[len(truth)]][0]++
		return table
	}},
}

func empty(classes int) [][]int { return confusion(nil, nil, classes) }

func leaveOut(some func(e exam) exam) confusionFunc {
	return func(truth, guess []int, classes int) [][]int {
		e := some(exam{truth, guess, classes})
		return confusion(e.truth, e.guess, e.classes)
	}
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
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", e, sentence, why(yours)))
		}
		if want := confusion(e.truth, e.guess, e.classes); fmt.Sprint(got) != fmt.Sprint(want) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %v. By hand: %v.%s %s", e, got, want, e.byHand(), why(yours)))
		}
	}
	return ""
}

func why(yours confusionFunc) string {
	return slip.Find(yours, confusionSlips, exams, func(f confusionFunc, e exam) string {
		return fmt.Sprint(f(slices.Clone(e.truth), slices.Clone(e.guess), e.classes))
	})
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
