package lab

import (
	"fmt"
	"strings"
)

// A Control is something on the page that a person moves. It is what the Sink
// gets of a Slider, a Choice and the others; Kind says which, and Name is what
// Set calls it.
type Control struct {
	Kind  string `json:"kind"` // slider, count, choice, switch, paint, bars, pad, drag, upload, dial, toggle, turn, predict
	Name  string `json:"name"`
	Value any    `json:"value"`           // what it stands at; of an upload nothing
	Start any    `json:"start,omitempty"` // what it stood at before anybody moved it

	From    float64   `json:"from,omitempty"`
	To      float64   `json:"to,omitempty"`
	Log     bool      `json:"log,omitempty"`     // in powers of ten
	Options []string  `json:"options,omitempty"` // of a choice, or the names of bars
	Rows    int       `json:"rows,omitempty"`
	Columns int       `json:"columns,omitempty"`
	Picture Numbers   `json:"picture,omitempty"` // what is dragged: Rows x Columns x 1 or 3, 0 to 1
	Grid    int       `json:"grid,omitempty"`    // edge of the windows to draw over it, in pixels
	Live    bool      `json:"live,omitempty"`    // it acts on a cell while that runs; moving it runs nothing again
	Ask     *Question `json:"ask,omitempty"`     // of a prediction
	Graph   *Graph    `json:"graph,omitempty"`   // whose nodes are turned
}

// PageKind is the kind of display that draws a Control on a page.
func (c Control) PageKind() string { return "control" }

// String is what a terminal shows in the control's place.
func (c Control) String() string {
	switch c.Kind {
	case "slider", "dial":
		return fmt.Sprintf("%s: %s (from %s to %s)", c.Name, short(c.Value), short(c.From), short(c.To))
	case "count":
		return fmt.Sprintf("%s: %v (from %.0f to %.0f)", c.Name, c.Value, c.From, c.To)
	case "choice":
		return fmt.Sprintf("%s: %v (of %s)", c.Name, c.Value, strings.Join(c.Options, ", "))
	case "switch", "toggle":
		return fmt.Sprintf("%s: %s", c.Name, map[any]string{true: "on", false: "off"}[c.Value])
	case "paint":
		return c.Name + ":\n" + table(c.Value.([]float64), c.Columns)
	case "bars":
		return c.Name + ": " + labelled(c.Options, c.Value.([]float64))
	case "pad":
		return fmt.Sprintf("%s: a pad of %dx%d to draw on, in the notebook", c.Name, c.Rows, c.Columns)
	case "drag":
		at := c.Value.([2]int)
		return fmt.Sprintf("%s: moved down by %d and right by %d", c.Name, at[0], at[1])
	case "upload":
		return fmt.Sprintf("%s: a picture of %dx%d", c.Name, c.Rows, c.Columns)
	case "turn":
		return c.Graph.String()
	case "predict":
		return c.Ask.String()
	}
	return c.Name
}

// short writes a number in four digits at most.
func short(v any) string { return fmt.Sprintf("%.4g", v) }

// table writes numbers right-aligned, so many in a row.
func table(numbers []float64, columns int) string {
	cells, width := make([]string, len(numbers)), 0
	for i, v := range numbers {
		cells[i] = short(v)
		width = max(width, len(cells[i]))
	}
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 && i%columns == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  %*s", width, cell)
	}
	return b.String()
}

// labelled writes numbers with their names: "cat 2, dog 1".
func labelled(names []string, numbers []float64) string {
	parts := make([]string, len(numbers))
	for i, v := range numbers {
		parts[i] = names[i] + " " + short(v)
	}
	return strings.Join(parts, ", ")
}
