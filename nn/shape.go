package nn

import (
	"fmt"
	"slices"
	"strings"
)

// wantShape panics unless t has the shape.
func wantShape(layer fmt.Stringer, name string, t *Tensor, shape []int) {
	if t == nil {
		panic(mistake(layer.String(), "%s must have the shape %v, got no tensor", name, shape))
	}
	if !slices.Equal(t.Shape, shape) {
		panic(mistake(layer.String(), "%s must have the shape %v, got %v", name, shape, t.Shape))
	}
}

// wantPicture panics unless shape is that of a batch of pictures with so many
// channels; 0 channels stands for any number.
func wantPicture(layer fmt.Stringer, shape []int, channels int) {
	if len(shape) != 4 {
		panic(mistake(layer.String(), "the input must be a batch of pictures [N H W C], got the shape %v", shape))
	}
	if channels > 0 && shape[3] != channels {
		panic(mistake(layer.String(), "the input must have %s, got %d in the shape %v", count(channels, "channel"), shape[3], shape))
	}
}

// wantLast panics unless the last axis has so many numbers.
func wantLast(layer fmt.Stringer, shape []int, features int) {
	if len(shape) < 2 || shape[len(shape)-1] != features {
		panic(mistake(layer.String(), "the input must be a batch with %s on its last axis, got the shape %v", count(features, "number"), shape))
	}
}

// count says a number of things, as "16 channels".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// shapeString writes a shape as people say it: 3x3x16x32.
func shapeString(shape []int) string {
	parts := make([]string, len(shape))
	for i, d := range shape {
		parts[i] = fmt.Sprint(d)
	}
	return strings.Join(parts, "x")
}
