package viz

import (
	"encoding/xml"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A shape is one element of an SVG that the tests look at, y downwards.
type shape struct {
	name, style string
	points      [][2]float64 // of a path
	text        string       // of a text
	x, y        float64
}

var pathPoint = regexp.MustCompile(`[ML]([-0-9.e+]+),([-0-9.e+]+)`)

// shapes reads an SVG and fails the test if it is not well-formed XML. gonum flips the y axis of
// everything once, and of texts back again.
func shapes(t *testing.T, svg []byte, height float64) []shape {
	t.Helper()
	var list []shape
	decoder := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("the SVG is not XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			list = append(list, newShape(token, height))
		case xml.CharData:
			if len(list) > 0 && list[len(list)-1].name == "text" {
				list[len(list)-1].text += strings.TrimSpace(string(token))
			}
		}
	}
}

func newShape(e xml.StartElement, height float64) shape {
	s := shape{name: e.Name.Local}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "style":
			s.style = a.Value
		case "x":
			s.x = number(a.Value)
		case "y":
			s.y = height + number(a.Value)
		case "d":
			for _, m := range pathPoint.FindAllStringSubmatch(a.Value, -1) {
				s.points = append(s.points, [2]float64{number(m[1]), height - number(m[2])})
			}
		}
	}
	return s
}

func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return v
}

// drawn is the picture as SVG, read back.
func drawn(t *testing.T, p Picture) []shape {
	t.Helper()
	svg, err := SVG(p)
	if err != nil {
		t.Fatal(err)
	}
	return shapes(t, svg, p.layout(true).h)
}

// curve is the longest line of a colour.
func curve(t *testing.T, list []shape, role Role) [][2]float64 {
	t.Helper()
	var longest [][2]float64
	for _, s := range list {
		if strings.Contains(s.style, "stroke:"+string(role)) && len(s.points) > len(longest) {
			longest = s.points
		}
	}
	if longest == nil {
		t.Fatalf("no line is drawn in %s", role)
	}
	return longest
}

// filled lists the areas of a colour.
func filled(list []shape, role Role) (areas [][][2]float64) {
	for _, s := range list {
		if strings.Contains(s.style, "fill:"+string(role)) && s.points != nil {
			areas = append(areas, s.points)
		}
	}
	return areas
}

// span is the lowest and highest y of an area.
func span(points [][2]float64) (top, bottom float64) {
	top, bottom = math.Inf(1), math.Inf(-1)
	for _, p := range points {
		top, bottom = min(top, p[1]), max(bottom, p[1])
	}
	return top, bottom
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// gradients is a figure such as the experiments draw: an explosion over a flat line.
func gradients() *Figure {
	plain, residual, layer := make([]float64, 55), make([]float64, 55), make([]float64, 55)
	for i := range layer {
		layer[i] = float64(i + 1)
		depth := 1 - float64(i)/54
		plain[i] = 0.3 * math.Pow(2300, depth)
		residual[i] = 0.3 * math.Pow(7, depth)
	}
	return NewFigure("The first layer of plain-56 gets 2,300 times the gradient of the last").
		Axes("weight layer, counted from the input", "L2 norm of the weight gradient").LogY().
		Line("plain-56", Plain, layer, plain).
		Line("residual-56", Residual, layer, residual)
}

// ramps is a heat map of powers of ten, from 10^low on, a row each.
func ramps(low, rows, columns int) *HeatMap {
	values := make([][]float64, rows)
	for r := range values {
		for range columns {
			values[r] = append(values[r], math.Pow(10, float64(low+r)))
		}
	}
	return NewHeatMap("Every row ten times the one above", values).Axes("layer", "step", "norm").LogValue()
}
