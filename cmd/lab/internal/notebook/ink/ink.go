// Package ink reads what is drawn on a page, as the pad of page/first/pad.js
// sends it.
package ink

import (
	"fmt"
	"slices"

	"reslab/nn/data"
)

// Size is the edge of a drawing as a page sends it: three times as fine as the
// net sees, so that centring loses little.
const Size = 84

// Digit makes of a drawing, Size x Size bytes of which 255 is ink, a digit as
// those of MNIST are. It is nil where there is no ink.
func Digit(drawing []byte) (*data.Picture, error) {
	if len(drawing) != Size*Size {
		return nil, fmt.Errorf("a drawing has %d pixels, not %d: load the page again", Size*Size, len(drawing))
	}
	if !slices.ContainsFunc(drawing, func(v uint8) bool { return v > 0 }) {
		return nil, nil
	}
	return data.CentreDigit(&data.Picture{H: Size, W: Size, C: 1, Pixels: drawing}), nil
}
