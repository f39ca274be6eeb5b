package viz

import (
	"math"
	"strings"
	"testing"
)

func TestSpark(t *testing.T) {
	for want, values := range map[string][]float64{
		"▁▂▃▄▅▆▇█": {0, 1, 2, 3, 4, 5, 6, 7},
		"█▁":       {3, -3},
		"▄▄":       {2, 2},
		"▁×█×":     {0, math.NaN(), 1, math.Inf(1)},
		"":         nil,
	} {
		if got := Spark(values); got != want {
			t.Errorf("Spark(%v) = %s, want %s", values, got, want)
		}
	}
}

func TestBars(t *testing.T) {
	b := NewBars("Norms").LogValue().Add("1", 100).Add("10", 1).Add("20", 0).Add("30", math.NaN())
	b.Width = 4
	want := `Norms
 1  ████ 100
10   1
20  · too small for float32
30  × NaN
    log scale: bars begin at 10⁰ and end at 10²
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	linear := NewBars("").Add("a", 2).Add("b", -1)
	linear.Width = 4
	if got, want := linear.String(), "a  ████ 2\nb  ░░ −1\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestText(t *testing.T) {
	f := NewFigure("Down to nothing").Axes("layer", "norm").LogY().
		Line("plain", Plain, nil, []float64{0, 1e-4, 1e-2, 1}).
		Line("residual", Residual, nil, []float64{1, 1, 1, 1}).
		Line("other", Residual, nil, []float64{1e-4, 1e-4, 1e-4, 1e-4})
	plain, err := Text(f, 60, 10, false)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(plain, "\n")
	for i, want := range map[int]string{2: "10⁰ │o", 11: "too small for float32 │x", 0: "Down to nothing", 1: "norm"} {
		if !strings.HasPrefix(strings.TrimLeft(lines[i], " "), want) {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	for _, name := range []string{"x plain", "o residual", "+ other"} {
		if !strings.Contains(plain, name) {
			t.Errorf("%q is missing in\n%s", name, plain)
		}
	}
	if strings.Contains(plain, "\x1b") {
		t.Error("there are escape codes without colour")
	}
	colour, err := Text(f, 60, 10, true)
	if err != nil || !strings.Contains(colour, "\x1b[38;2;213;94;0mx plain\x1b[0m") {
		t.Errorf("with colour, plain is not vermilion (error %v)", err)
	}
	if _, err := Text(NewFigure("f"), 60, 10, false); err == nil {
		t.Error("a figure without curves was drawn")
	}
}

func TestBlocks(t *testing.T) {
	if got, want := Blocks([][]float64{{0, 9}, {5, math.NaN()}}, false), "  @@\n++??\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	got := Blocks([][]float64{{0}, {1}, {1}}, true)
	want := "\x1b[38;2;0;0;0m\x1b[48;2;255;255;255m▀\x1b[0m\n\x1b[38;2;255;255;255m▀\x1b[0m\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
