package beyond

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type onDiskFunc = func(r, c, i, o, kernel, in, out int) int

// A spot is a question for onDisk: a weight of a convolution.
type spot struct{ r, c, i, o, kernel, in, out int }

// The first ones move along one axis each.
var spots = []spot{
	{0, 1, 0, 0, 3, 2, 4}, {1, 0, 0, 0, 3, 2, 4}, {0, 0, 1, 0, 3, 2, 4}, {0, 0, 0, 1, 3, 2, 4},
	{0, 0, 0, 0, 3, 2, 4}, {2, 1, 1, 3, 3, 2, 4}, {1, 2, 4, 1, 5, 6, 2}, {0, 0, 7, 8, 1, 16, 9}, {2, 2, 0, 2, 3, 1, 3},
}

var onDiskSlips = []slip.Slip[onDiskFunc]{
	{Advice: "That is the place in memory: row, column, input, output. In the file the output stands first, then the input, then row and column.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((r*kernel+c)*in+i)*out + o
	}},
	{Advice: "Row and column are swapped: the columns of a row stand side by side.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((o*in+i)*kernel+c)*kernel + r
	}},
	{Advice: "Input and output are swapped: the outputs come first, and each has all its inputs inside.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((i*out+o)*kernel+r)*kernel + c
	}},
	{Advice: "The order of the axes is right, but o is multiplied by out. Before output o stand o kernels of in channels each.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((o*out+i)*kernel+r)*kernel + c
	}},
	{Advice: "That is output, row, column, input: the channels stand side by side. In the file a whole window of one channel stands side by side.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((o*kernel+r)*kernel+c)*in + i
	}},
	{Advice: "That counts bytes: a float has four. Count numbers.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return 4 * onDisk(r, c, i, o, kernel, in, out)
	}},
	{Advice: "The first weight has the number 0: do not add one.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return onDisk(r, c, i, o, kernel, in, out) + 1
	}},
	{Advice: "The input channel is left out: each output has a window for every channel.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return (o*kernel+r)*kernel + c
	}},
	{Advice: "The indices are added up as they are. Each has to be multiplied by how many numbers one step of it skips.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return r + c + i + o
	}},
	{Advice: "Yours works for windows of 3 by 3 only: take kernel.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((o*in+i)*3+r)*3 + c
	}},
	{Advice: "A row of the window is kernel numbers: before row r stand r*kernel of them.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return (o*in+i)*kernel*kernel + r + c
	}},
	{Advice: "The first axis, o, has to be multiplied by the most. In yours the last one is: the axes are read from the back.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return ((c*kernel+r)*in+i)*out + o
	}},
	{Advice: "A window is kernel rows of kernel numbers: kernel*kernel in all, and a channel skips that many.", Wrong: func(r, c, i, o, kernel, in, out int) int {
		return (o*in+i)*kernel + r*kernel + c
	}},
}

// checkOnDisk asks for the places of some weights.
func checkOnDisk(yours onDiskFunc) string {
	for _, s := range spots {
		given := fmt.Sprintf("For row %d, column %d, from channel %d to channel %d of a %dx%d convolution of %d to %d channels", s.r, s.c, s.i, s.o, s.kernel, s.kernel, s.in, s.out)
		got := 0
		if sentence := lab.Panics(func() { got = s.ask(yours) }); sentence != "" {
			return fmt.Sprintf("%s yours panics: %s.", given, strings.TrimSuffix(sentence, "."))
		}
		if want := s.ask(onDisk); got != want {
			advice := slip.Find(yours, onDiskSlips, spots, func(f onDiskFunc, s spot) string { return fmt.Sprint(s.ask(f)) })
			return strings.TrimSpace(fmt.Sprintf("%s yours gives %d. By hand: before it stand %s of %d numbers, %s of %d, %s of %d, and %d more: %d. %s",
				given, got, slip.Plural(s.o, "output"), s.in*s.kernel*s.kernel, slip.Plural(s.i, "input"), s.kernel*s.kernel, slip.Plural(s.r, "row"), s.kernel, s.c, want, advice))
		}
	}
	return ""
}

func (s spot) ask(f onDiskFunc) int { return f(s.r, s.c, s.i, s.o, s.kernel, s.in, s.out) }
