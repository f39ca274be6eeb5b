package lab

import (
	"fmt"
	"math"
	"slices"

	"reslab/nn"
)

// Slider shows a slider and returns the number that it stands at: start, until
// somebody moves it. Moving it runs again the cells that use what the slider's
// cell declares.
//
//	temperature := lab.Slider("temperature", 0.1, 10, 1)
func Slider(name string, from, to, start float64) float64 {
	value := start
	read(name, &value)
	value = min(max(value, from), to)
	Show(Control{Kind: "slider", Name: name, Value: value, Start: start, From: from, To: to})
	return value
}

// Count is a slider of whole numbers, with a button for one more and one less.
func Count(name string, from, to, start int) int {
	value := float64(start)
	read(name, &value)
	n := min(max(int(math.Round(value)), from), to)
	Show(Control{Kind: "count", Name: name, Value: n, Start: start, From: float64(from), To: float64(to)})
	return n
}

// Choice shows the options and returns the one that is chosen: the first, until
// somebody chooses another.
func Choice(name string, options []string) string {
	if len(options) == 0 {
		panic("lab.Choice needs an option at least")
	}
	value := options[0]
	read(name, &value)
	if !slices.Contains(options, value) {
		value = options[0]
	}
	Show(Control{Kind: "choice", Name: name, Value: value, Start: options[0], Options: options})
	return value
}

// Switch shows a switch and tells whether it is on.
func Switch(name string, start bool) bool {
	value := start
	read(name, &value)
	Show(Control{Kind: "switch", Name: name, Value: value, Start: start})
	return value
}

// Paint shows a table of numbers, each to be typed, dragged or painted, and
// returns them row by row. Start has rows x columns numbers.
//
//	kernel := lab.Paint("kernel", 3, 3, []float64{-1, 0, 1, -1, 0, 1, -1, 0, 1})
func Paint(name string, rows, columns int, start []float64) []float64 {
	if len(start) != rows*columns {
		panic(fmt.Sprintf("lab.Paint of %d rows and %d columns needs %d numbers to start with, not %d", rows, columns, rows*columns, len(start)))
	}
	value := list(name, start)
	Show(Control{Kind: "paint", Name: name, Value: value, Start: start, Rows: rows, Columns: columns})
	return slices.Clone(value)
}

// Bars shows a bar for each label, to be dragged up and down, and returns their
// heights.
//
//	scores := lab.Bars("scores", []string{"cat", "dog", "frog"}, []float64{2, 1, -1})
func Bars(name string, labels []string, start []float64) []float64 {
	if len(start) != len(labels) {
		panic(fmt.Sprintf("lab.Bars has %d labels and %d numbers to start with: make them as many", len(labels), len(start)))
	}
	value := list(name, start)
	Show(Control{Kind: "bars", Name: name, Value: value, Start: start, Options: labels})
	return slices.Clone(value)
}

// list returns the numbers of a control, or start if it has not as many.
func list(name string, start []float64) []float64 {
	var value []float64
	read(name, &value)
	if len(value) != len(start) {
		return slices.Clone(start)
	}
	return value
}

// padSize is the edge of a DrawPad, that of MNIST's digits.
const padSize = 28

// DrawPad shows an empty pad to draw on and returns the drawing as a picture
// [1, 28, 28, 1], from 0 (nothing) to 1 (ink), as it was drawn.
func DrawPad(name string) *nn.Tensor {
	picture := nn.NewTensor(1, padSize, padSize, 1)
	var drawn []float32
	read(name, &drawn)
	if len(drawn) == len(picture.Data) {
		copy(picture.Data, drawn)
	}
	Show(Control{Kind: "pad", Name: name, Value: picture.Data, Rows: padSize, Columns: padSize})
	return picture
}

// Drag shows a picture [1, H, W, 1] that can be moved within its frame, and
// returns it where it stands. What leaves the frame is gone, what comes in is 0.
func Drag(name string, picture *nn.Tensor) *nn.Tensor {
	h, w := picture.Shape[1], picture.Shape[2]
	at := [2]int{} // rows down, columns to the right
	read(name, &at)
	Show(Control{Kind: "drag", Name: name, Value: at, Rows: h, Columns: w, Picture: picture.Data})
	return moved(picture, at[0], at[1])
}

// moved returns a picture [1, H, W, C] moved down and right, zeros coming in.
func moved(picture *nn.Tensor, down, right int) *nn.Tensor {
	h, w, channels := picture.Shape[1], picture.Shape[2], picture.Shape[3]
	out := nn.NewTensor(picture.Shape...)
	for i := max(down, 0); i < min(h, h+down); i++ {
		for j := max(right, 0); j < min(w, w+right); j++ {
			for c := range channels {
				out.Set(picture.At(0, i-down, j-right, c), 0, i, j, c)
			}
		}
	}
	return out
}
