package viz

import "testing"

// TestNarrow: what is wider than a phone is laid out anew; its letters are as large as before.
func TestNarrow(t *testing.T) {
	curves := NewFigure("Curves").Axes("step", "loss").Line("plain-56", Plain, nil, []float64{3, 2, 1})
	heat := NewHeatMap("Heat", [][]float64{{1, 2}, {3, 4}})
	panels := NewPanels("Two").Add(curves).Add(curves)
	for _, p := range []Picture{curves, heat, panels} {
		narrow, err := Inline(Narrow(p, 360))
		if err != nil {
			t.Fatal(err)
		}
		wide, err := Inline(p)
		if err != nil {
			t.Fatal(err)
		}
		if narrow.Width != 360 || wide.Width <= 360 || narrow.Description != wide.Description {
			t.Errorf("%s: %d wide, and %d for a phone\n%s\n%s", p, wide.Width, narrow.Width, wide.Description, narrow.Description)
		}
		sheet := Narrow(p, 360).layout(false)
		for _, text := range sheet.texts {
			if right := text.x + (1-text.align)*text.style.width(text.text); right > 360 {
				t.Errorf("%s: %q reaches to %.0f", p, text.text, right)
			}
		}
	}
	if columns := Narrow(panels, 360).(*Panels).Columns; columns != 1 || panels.Columns != 0 || panels.Width != 0 {
		t.Errorf("panels in %d columns; the caller's are %+v now", columns, panels)
	}
	curves.Width = 300
	if p := Narrow(curves, 360); p != Picture(curves) {
		t.Errorf("a picture of 300 became %+v", p)
	}
}
