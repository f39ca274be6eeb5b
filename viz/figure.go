package viz

import (
	"fmt"
	"math"
	"strings"
)

// Float32 is the smallest number above zero that a float32 holds: 2^-149, about 1.4e-45.
const Float32 = 0x1p-149

// A Picture is what both back ends draw: a *Figure, *Panels, a *HeatMap or an *ImageGrid.
type Picture interface {
	String() string      // what it is and its title
	Description() string // the picture in words, for those who cannot see it

	check() error
	layout(header bool) *sheet
}

// Check tells why a picture cannot be drawn, nil if it can. Who draws pictures in another way
// than this package asks first.
func Check(p Picture) error {
	if p == nil {
		return fmt.Errorf("there is no picture to draw: it is nil")
	}
	return p.check()
}

// An Axis says what one direction of a picture measures.
type Axis struct {
	Label string // what is measured
	Unit  string // shown in brackets after the label; empty for a mere count
	Log   bool   // in powers of ten

	// The axis reaches at least from From to To; data beyond widen it, so that nothing is cut
	// off. Both zero: the data alone decide.
	From, To float64

	// A log axis cannot show zero. What is smaller than Floor is drawn on a marked band at its
	// bottom, named FloorLabel. Zero values mean [Float32] and "too small for float32".
	Floor      float64
	FloorLabel string
}

// String is the label with its unit.
func (a Axis) String() string {
	if a.Unit == "" {
		return a.Label
	}
	return a.Label + " (" + a.Unit + ")"
}

func (a Axis) floor() float64 {
	if a.Floor == 0 {
		return Float32
	}
	return a.Floor
}

func (a Axis) floorLabel() string {
	switch {
	case a.FloorLabel != "":
		return a.FloorLabel
	case a.Floor == 0 || a.Floor == Float32:
		return "too small for float32"
	}
	return "below " + Number(a.Floor)
}

// A Series is one curve: Y[i] over X[i]. A value that its axis cannot show (zero on a log axis,
// an infinity, NaN) is drawn on a band at the bottom or at the top, never left out.
type Series struct {
	Name   string
	Role   Role
	X, Y   []float64
	Dashed bool
	Dots   bool // a dot at every point
	Loose  bool // dots and no curve: the points have no order
}

// String is the name and the number of points.
func (s Series) String() string { return fmt.Sprintf("%s: %d points", s.Name, len(s.Y)) }

// A Reference is somebody else's number, drawn as a grey dashed line across the figure.
type Reference struct {
	Y      float64
	Source string // what it is and who published it
}

// String is the number with its source.
func (r Reference) String() string { return r.Source + ": " + Number(r.Y) }

// A Figure shows curves over a common pair of axes.
type Figure struct {
	Title    string // what was found, as a sentence
	Subtitle string // how it was measured
	Source   string // where the numbers come from, in small print below

	X, Y       Axis
	Series     []Series
	References []Reference

	Width  int // of the whole picture in CSS pixels; zero: 760
	Height int // of the plotting area alone; zero: 300
}

// NewFigure starts a figure under a title that says what was found.
func NewFigure(title string) *Figure { return &Figure{Title: title} }

// Axes labels both axes. Write units in brackets: "loss (nats)".
func (f *Figure) Axes(x, y string) *Figure {
	f.X.Label, f.Y.Label = x, y
	return f
}

// LogY measures the vertical axis in powers of ten.
func (f *Figure) LogY() *Figure {
	f.Y.Log = true
	return f
}

// Line adds a curve. A nil x counts the points: 0, 1, 2, ...
func (f *Figure) Line(name string, role Role, x, y []float64) *Figure {
	return f.Add(Series{Name: name, Role: role, X: x, Y: y})
}

// Dashed adds a dashed curve.
func (f *Figure) Dashed(name string, role Role, x, y []float64) *Figure {
	return f.Add(Series{Name: name, Role: role, X: x, Y: y, Dashed: true})
}

// Points adds loose points.
func (f *Figure) Points(name string, role Role, x, y []float64) *Figure {
	return f.Add(Series{Name: name, Role: role, X: x, Y: y, Loose: true})
}

// Add adds a curve of any style.
func (f *Figure) Add(s Series) *Figure {
	if s.X == nil {
		s.X = make([]float64, len(s.Y))
		for i := range s.X {
			s.X[i] = float64(i)
		}
	}
	f.Series = append(f.Series, s)
	return f
}

// Reference adds somebody else's number with its source.
func (f *Figure) Reference(y float64, source string) *Figure {
	f.References = append(f.References, Reference{y, source})
	return f
}

// String is the title, short.
func (f *Figure) String() string { return fmt.Sprintf("figure %q, %d curves", f.Title, len(f.Series)) }

// Description tells where each curve starts and ends.
func (f *Figure) Description() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s. Chart of %s against %s", strings.TrimSuffix(f.Title, "."), f.Y, f.X)
	if f.Y.Log {
		b.WriteString(", in powers of ten")
	}
	for _, s := range f.Series {
		last := len(s.Y) - 1
		fmt.Fprintf(&b, ". %s: %s at %s, %s at %s", s.Name,
			f.Y.words(s.Y[0]), Number(s.X[0]), f.Y.words(s.Y[last]), Number(s.X[last]))
	}
	for _, r := range f.References {
		fmt.Fprintf(&b, ". Reference: %s", r)
	}
	b.WriteString(".")
	return b.String()
}

// words is v as a reader should hear it, which for an underflow is not "0".
func (a Axis) words(v float64) string {
	if a.Log && v < a.floor() {
		return a.floorLabel()
	}
	return Number(v)
}

// check finds what cannot be drawn.
func (f *Figure) check() error {
	if len(f.Series) == 0 {
		return fmt.Errorf("figure %q has no curves: add one with Line", f.Title)
	}
	for _, s := range f.Series {
		if err := s.check(f.X, f.Y); err != nil {
			return fmt.Errorf("figure %q: %w", f.Title, err)
		}
	}
	for _, r := range f.References {
		if !finite(r.Y) || f.Y.Log && r.Y < f.Y.floor() {
			return fmt.Errorf("figure %q: its axis cannot show the reference line at %g", f.Title, r.Y)
		}
	}
	return nil
}

func (s Series) check(x, y Axis) error {
	switch {
	case len(s.X) != len(s.Y):
		return fmt.Errorf("curve %q has %d x values for %d y values: give one for each", s.Name, len(s.X), len(s.Y))
	case len(s.Y) == 0:
		return fmt.Errorf("curve %q has no points: leave it out", s.Name)
	case !s.Role.valid():
		return fmt.Errorf("curve %q has the colour %q: use viz.Plain, viz.Residual or another #RRGGBB", s.Name, string(s.Role))
	}
	for i := range s.X {
		if !finite(s.X[i]) || x.Log && s.X[i] <= 0 {
			return fmt.Errorf("curve %q has the point x = %g, which its axis cannot show", s.Name, s.X[i])
		}
		if y.Log && s.Y[i] < 0 {
			return fmt.Errorf("curve %q has the value %g, but a log axis shows only magnitudes: take math.Abs, or a linear axis", s.Name, s.Y[i])
		}
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
