package lab

import (
	"fmt"
	"math"
	"slices"
)

// Slider shows a slider and returns the number that it stands at: start, until
// somebody moves it. Moving it runs again the cells that use what the slider's
// cell declares. A slider that spans a factor of 100 or more goes in powers of
// ten.
//
//	temperature := lab.Slider("temperature", 0.1, 10, 1)
func Slider(name string, from, to, start float64) float64 {
	checkSpan("Slider", name, from, to)
	value := within(read(name, start), from, to)
	Show(Control{Kind: "slider", Name: name, Value: value, Start: start, From: from, To: to, Log: inPowers(from, to)})
	return value
}

// Count is a slider of whole numbers, with a button for one more and one less.
func Count(name string, from, to, start int) int {
	checkSpan("Count", name, float64(from), float64(to))
	n := int(math.Round(within(read(name, float64(start)), float64(from), float64(to))))
	Show(Control{Kind: "count", Name: name, Value: n, Start: start, From: float64(from), To: float64(to)})
	return n
}

// Choice shows the options and returns the one that is chosen: the first, until
// somebody chooses another.
func Choice(name string, options []string) string {
	if len(options) == 0 {
		panic(fmt.Sprintf("lab.Choice(%q) needs an option at least", name))
	}
	value := read(name, options[0])
	if !slices.Contains(options, value) {
		value = options[0]
	}
	Show(Control{Kind: "choice", Name: name, Value: value, Start: options[0], Options: slices.Clone(options)})
	return value
}

// Switch shows a switch and tells whether it is on.
func Switch(name string, start bool) bool {
	value := read(name, start)
	Show(Control{Kind: "switch", Name: name, Value: value, Start: start})
	return value
}

// Paint shows a table of numbers, each to be typed, dragged or painted, and
// returns them row by row. Start has rows x columns numbers.
//
//	kernel := lab.Paint("kernel", 3, 3, []float64{-1, 0, 1, -1, 0, 1, -1, 0, 1})
func Paint(name string, rows, columns int, start []float64) []float64 {
	const mostCells = 400
	switch {
	case rows < 1 || columns < 1 || rows*columns > mostCells:
		panic(fmt.Sprintf("lab.Paint(%q) shows from 1 to %d numbers, not %d rows of %d", name, mostCells, rows, columns))
	case len(start) != rows*columns:
		panic(fmt.Sprintf("lab.Paint(%q) of %d rows and %d columns needs %d numbers to start with, not %d", name, rows, columns, rows*columns, len(start)))
	}
	value := list(name, start)
	Show(Control{Kind: "paint", Name: name, Value: value, Start: slices.Clone(start), Rows: rows, Columns: columns})
	return slices.Clone(value)
}

// Bars shows a bar for each label, to be dragged up and down, and returns their
// heights. A bar reaches as far below zero as above: to twice the largest
// number to start with, and at least to 1.
//
//	scores := lab.Bars("scores", []string{"cat", "dog", "frog"}, []float64{2, 1, -1})
func Bars(name string, labels []string, start []float64) []float64 {
	if len(start) != len(labels) || len(labels) == 0 {
		panic(fmt.Sprintf("lab.Bars(%q) has %d labels and %d numbers to start with: give each label one", name, len(labels), len(start)))
	}
	reach := 0.5
	for _, v := range start {
		reach = max(reach, math.Abs(v))
	}
	value := list(name, start)
	for i := range value {
		value[i] = within(value[i], -2*reach, 2*reach)
	}
	Show(Control{Kind: "bars", Name: name, Value: value, Start: slices.Clone(start), From: -2 * reach, To: 2 * reach, Options: slices.Clone(labels)})
	return slices.Clone(value)
}

// list returns the numbers of a control, or start if it has not as many.
func list(name string, start []float64) []float64 {
	value := read(name, start)
	if len(value) != len(start) {
		value = start
	}
	return slices.Clone(value)
}

// within returns v, or the end of the span that it is beyond.
func within(v, from, to float64) float64 { return min(max(v, from), to) }

// inPowers tells a span that is better cut by ratio than by distance.
func inPowers(from, to float64) bool { return from > 0 && to >= 100*from }

func checkSpan(what, name string, from, to float64) {
	if !(from < to) {
		panic(fmt.Sprintf("lab.%s(%q) goes from %v to %v: the second must be larger", what, name, from, to))
	}
}
