package data

import "math"

// DigitSize is the edge of MNIST's pictures, and digitBox that of the box that
// their digits fill.
const DigitSize, digitBox = 28, 20

// CentreDigit makes a drawn digit look as MNIST's do: it is scaled, keeping its
// shape, to fit a box of 20x20 pixels, and moved by whole pixels so that the
// centre of mass of its ink comes to pixel 14, 14 of 28x28, counted from 0 (LeCun, Bottou, Bengio
// and Haffner 1998, section III.A). A net that learned from MNIST has seen no
// others, and misreads a seven that is drawn high in a corner.
//
// The picture is grey, 0 where there is no ink, and of any size. One without ink
// comes back as 28x28 without ink.
func CentreDigit(p *Picture) *Picture {
	if p.C != 1 {
		panic(mistake("CentreDigit", "a drawn digit has 1 channel, not %d", p.C))
	}
	digit := NewPicture(DigitSize, DigitSize, 1)
	ink := inkOf(p)
	if ink == nil {
		return digit
	}
	if long := max(ink.H, ink.W); long != digitBox {
		ink = resample(ink, scaled(ink.H, long), scaled(ink.W, long), bilinear)
	}
	top, left := settled(ink)
	for y := range ink.H {
		copy(digit.Pixels[(top+y)*DigitSize+left:], ink.Pixels[y*ink.W:(y+1)*ink.W])
	}
	return digit
}

// scaled is the length of a side when the long one gets as long as the box.
func scaled(side, long int) int { return max(1, (side*digitBox+long/2)/long) }

// inkOf cuts out the smallest rectangle that holds all ink, nil if there is none.
func inkOf(p *Picture) *Picture {
	top, bottom, left, right := p.H, 0, p.W, 0
	for y := range p.H {
		for x := range p.W {
			if p.At(y, x)[0] > 0 {
				top, bottom = min(top, y), max(bottom, y+1)
				left, right = min(left, x), max(right, x+1)
			}
		}
	}
	if top >= bottom {
		return nil
	}
	ink := NewPicture(bottom-top, right-left, 1)
	for y := range ink.H {
		copy(ink.Pixels[y*ink.W:(y+1)*ink.W], p.Pixels[(top+y)*p.W+left:])
	}
	return ink
}

// settled is where the upper left corner of the ink has to lie so that its
// centre of mass is in the middle, as far as no ink leaves the picture.
func settled(ink *Picture) (top, left int) {
	var mass, down, right float64
	for y := range ink.H {
		for x := range ink.W {
			v := float64(ink.At(y, x)[0])
			mass, down, right = mass+v, down+v*float64(y), right+v*float64(x)
		}
	}
	place := func(moment float64, side int) int {
		at := int(math.Round(DigitSize/2 - moment/mass))
		return min(max(at, 0), DigitSize-side)
	}
	return place(down, ink.H), place(right, ink.W)
}
