package lab

import (
	"fmt"
	"slices"
	"strings"
)

// A WayBack shows layers in a row and, below them, the gradient on its way from
// the last to the first: an arrow at each, as long as the gradient is large
// beside the largest. One that float32 cannot hold any more is zero, and drawn
// as such.
//
//	lab.Show(lab.NewWayBack("Ten sigmoids", names, gradients))
type WayBack struct {
	Title     string   `json:"title"`
	Layers    []string `json:"layers"`    // from the input to the output
	Gradients []Number `json:"gradients"` // at each layer, in the same order
}

// NewWayBack takes the layers from the input to the output, and the size of the
// gradient at each.
func NewWayBack(title string, layers []string, gradients []float64) *WayBack {
	if len(layers) != len(gradients) || len(layers) == 0 {
		panic(fmt.Sprintf("lab.NewWayBack has %d layers and %d gradients: give each layer one", len(layers), len(gradients)))
	}
	return &WayBack{title, slices.Clone(layers), ForPage(gradients)}
}

// PageKind is the kind of display that draws a WayBack on a page.
func (w *WayBack) PageKind() string { return "wayback" }

// String goes from the output to the input.
func (w *WayBack) String() string {
	const few = 4
	var stops []string
	for i := len(w.Layers) - 1; i >= 0; i-- {
		if hidden := len(w.Layers) - 2*few; hidden > 1 && i >= few && i < len(w.Layers)-few {
			if i == few {
				stops = append(stops, fmt.Sprintf("(%d more)", hidden))
			}
			continue
		}
		stops = append(stops, fmt.Sprintf("%s %v", w.Layers[i], w.Gradients[i]))
	}
	return w.Title + "\n" + strings.Join(stops, " <- ")
}
