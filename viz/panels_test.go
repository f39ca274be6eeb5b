package viz

import (
	"testing"
)

func TestPanelsShareTheirScale(t *testing.T) {
	low := NewFigure("low").Axes("x", "y").Line("c", Plain, nil, []float64{1, 2})
	high := NewFigure("high").Axes("x", "y").Line("c", Residual, nil, []float64{1, 2000, 3})
	start := func(free bool) (plain, residual [2]float64) {
		p := NewPanels("p").Add(low).Add(high)
		p.FreeX, p.FreeY = free, free
		list := drawn(t, p)
		return curve(t, list, Plain)[0], curve(t, list, Residual)[0]
	}
	if a, b := start(false); a[1] != b[1] {
		t.Errorf("the value 1 stands at %.2f on the left and at %.2f on the right", a[1], b[1])
	} else if a[0] >= b[0] {
		t.Errorf("the first panel begins at %.1f, the second at %.1f: it must stand to the right", a[0], b[0])
	}
	if a, b := start(true); a[1] == b[1] {
		t.Error("with scales of their own, 1 of 2 and 1 of 2000 cannot stand equally high")
	}
}

func TestPanelsOfOneSize(t *testing.T) {
	p := NewPanels("p")
	p.Columns = 2
	for range 3 {
		p.Add(gradients())
	}
	frames := p.layout(true).frames
	first := frames[0].(curveFrame).area
	for i, f := range frames {
		if a := f.(curveFrame).area; a.w != first.w || a.h != first.h {
			t.Errorf("panel %d is %.1f by %.1f pixels, the first one %.1f by %.1f", i, a.w, a.h, first.w, first.h)
		}
	}
	third := frames[2].(curveFrame).area
	if third.x != first.x || third.y < first.bottom() {
		t.Errorf("the third of two columns stands at %v, the first at %v", third, first)
	}
}

func TestHeatMapsShareTheirColours(t *testing.T) {
	small, large := ramps(-3, 2, 2), ramps(-3, 6, 2)
	colour := func(free bool) (a, b any) {
		p := NewPanels("p").Add(small).Add(large)
		p.FreeY = free
		frames := p.layout(true).frames
		return frames[0].(heatFrame).colours.colour(0.01), frames[1].(heatFrame).colours.colour(0.01)
	}
	if a, b := colour(false); a != b {
		t.Errorf("0.01 is %v on the left and %v on the right", a, b)
	}
	if a, b := colour(true); a == b {
		t.Error("with colours of their own, maps of other ranges cannot give 0.01 the same colour")
	}
}
