package pictures

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

// spot is a question for place.
type spot struct{ i, j, c, height, width, channels int }

// spots lists the questions: first those that ask one thing, then every number
// of some pictures that are not square.
func spots() []spot {
	all := []spot{
		{0, 2, 0, 1, 4, 1}, // a column
		{1, 0, 0, 2, 3, 1}, // a row
		{2, 1, 0, 3, 4, 1},
		{0, 0, 1, 1, 2, 3}, // a channel
		{0, 1, 0, 1, 2, 3},
	}
	for _, s := range []spot{{height: 2, width: 3, channels: 2}, {height: 4, width: 2, channels: 3}} {
		for s.i = range s.height {
			for s.j = range s.width {
				for s.c = range s.channels {
					all = append(all, s)
				}
			}
		}
	}
	return all
}

// want counts the numbers that stand before, one by one.
func (s spot) want() int {
	n := 0
	for i := range s.height {
		for j := range s.width {
			for c := range s.channels {
				if i == s.i && j == s.j && c == s.c {
					return n
				}
				n++
			}
		}
	}
	return -1
}

func (s spot) String() string {
	return fmt.Sprintf("row %d, column %d, channel %d of %s of %s of %s", s.i, s.j, s.c, slip.Plural(s.height, "row"), slip.Plural(s.width, "pixel"), slip.Plural(s.channels, "channel"))
}

// byHand counts as one does with a finger.
func (s spot) byHand() string {
	return fmt.Sprintf("By hand: before it stand %s of %s and %s more, which is %s of %s, and %s of its own pixel: %d.",
		slip.Plural(s.i, "row"), slip.Plural(s.width, "pixel"), slip.Plural(s.j, "pixel"), slip.Plural(s.i*s.width+s.j, "pixel"), slip.Plural(s.channels, "number"), slip.Plural(s.c, "number"), s.want())
}

type placeFunc = func(i, j, c, height, width, channels int) int

// placeSlips are usual mistakes.
var placeSlips = []slip.Slip[placeFunc]{
	{Advice: "A row has width pixels. You counted with the height.", Wrong: func(i, j, c, height, width, channels int) int {
		return (i*height+j)*channels + c
	}},
	{Advice: "Did you swap row and column? The pixels of a row stand side by side.", Wrong: func(i, j, c, height, width, channels int) int {
		return (j*width+i)*channels + c
	}},
	{Advice: "That goes column by column. In Data the pixels of a row stand side by side.", Wrong: func(i, j, c, height, width, channels int) int {
		return (j*height+i)*channels + c
	}},
	{Advice: "That is a whole picture for each channel, one behind the other. Here the channels of a pixel stand side by side.", Wrong: func(i, j, c, height, width, channels int) int {
		return c*height*width + i*width + j
	}},
	{Advice: "A pixel has channels numbers. Multiply before you add c.", Wrong: func(i, j, c, height, width, channels int) int {
		return i*width + j + c
	}},
	{Advice: "Hole 1 is right. Now hole 2: a pixel has channels numbers.", Wrong: func(i, j, c, height, width, channels int) int {
		return i*width + j + c*channels
	}},
	{Advice: "Hole 2 is right. Now hole 1: i whole rows stand before it, and not i pixels.", Wrong: func(i, j, c, height, width, channels int) int {
		return (i+j)*channels + c
	}},
	{Advice: "The rows before it have channels numbers a pixel, too.", Wrong: func(i, j, c, height, width, channels int) int {
		return i*width + j*channels + c
	}},
	{Advice: "The first number stands at 0.", Wrong: func(i, j, c, height, width, channels int) int {
		return place(i, j, c, height, width, channels) + 1
	}},
}

// checkPlace compares yours with counting.
func checkPlace(yours placeFunc) string {
	for _, s := range spots() {
		var got int
		if sentence := lab.Panics(func() { got = s.ask(yours) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", s, sentence)
		}
		if got != s.want() {
			advice := slip.Find(yours, placeSlips, spots(), func(f placeFunc, s spot) string { return fmt.Sprint(s.ask(f)) })
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %d. %s %s", s, got, s.byHand(), advice))
		}
	}
	return ""
}

func (s spot) ask(f placeFunc) int { return f(s.i, s.j, s.c, s.height, s.width, s.channels) }
