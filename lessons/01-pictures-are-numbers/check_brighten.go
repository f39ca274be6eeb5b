package pictures

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

// lamp is a question for brighten.
type lamp struct {
	pixel uint8
	by    int
}

func (l lamp) String() string { return fmt.Sprintf("pixel=%d and by=%d", l.pixel, l.by) }

// lamps lists the questions: easy ones first, then all there are.
func lamps() []lamp {
	all := []lamp{{100, 50}, {230, 50}, {206, 50}, {20, -50}, {50, -20}, {0, 300}, {255, -300}}
	for pixel := 0; pixel <= 255; pixel += 5 {
		for by := -600; by <= 600; by += 25 {
			all = append(all, lamp{uint8(pixel), by})
		}
	}
	return all
}

// byHand says the sum, and what a byte makes of it.
func (l lamp) byHand() string {
	switch sum := int(l.pixel) + l.by; {
	case sum > 255:
		return fmt.Sprintf("By hand: %d%+d = %d, which is more than 255, so 255: brighter than white there is nothing.", l.pixel, l.by, sum)
	case sum < 0:
		return fmt.Sprintf("By hand: %d%+d = %d, which is less than 0, so 0: darker than black there is nothing.", l.pixel, l.by, sum)
	default:
		return fmt.Sprintf("By hand: %d%+d = %d.", l.pixel, l.by, sum)
	}
}

type brightenFunc = func(pixel uint8, by int) uint8

// brightenSlips are usual mistakes.
var brightenSlips = []slip.Slip[brightenFunc]{
	{Advice: "A byte has no room for more than 255 and begins again at 0: add as int, look, and only then make it a byte.", Wrong: func(pixel uint8, by int) uint8 { return pixel + uint8(by) }},
	{Advice: "The sign is the wrong way round.", Wrong: func(pixel uint8, by int) uint8 { return brighten(pixel, -by) }},
	{Advice: "256 is no byte any more: it begins again at 0. The largest is 255.", Wrong: func(pixel uint8, by int) uint8 { return uint8(min(max(int(pixel)+by, 0), 256)) }},
	{Advice: "White is right. Now black: by may be below zero, and so may the sum.", Wrong: func(pixel uint8, by int) uint8 { return uint8(min(int(pixel)+by, 255)) }},
	{Advice: "Black is right. Now white: the sum may be more than 255.", Wrong: func(pixel uint8, by int) uint8 { return uint8(max(int(pixel)+by, 0)) }},
	{Advice: "The steps of by that are too large for a byte are lost: keep by an int.", Wrong: func(pixel uint8, by int) uint8 { return uint8(min(int(pixel)+int(uint8(by)), 255)) }},
	{Advice: "A lamp that is too strong makes white, it does not leave the pixel as it was.", Wrong: func(pixel uint8, by int) uint8 {
		if sum := int(pixel) + by; sum >= 0 && sum <= 255 {
			return uint8(sum)
		}
		return pixel
	}},
}

// checkBrighten compares yours with sums made as int.
func checkBrighten(yours brightenFunc) string {
	for _, l := range lamps() {
		var got uint8
		if sentence := lab.Panics(func() { got = yours(l.pixel, l.by) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", l, sentence)
		}
		if got != brighten(l.pixel, l.by) {
			advice := slip.Find(yours, brightenSlips, lamps(), func(f brightenFunc, l lamp) string { return fmt.Sprint(f(l.pixel, l.by)) })
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %d. %s %s", l, got, l.byHand(), advice))
		}
	}
	return ""
}
