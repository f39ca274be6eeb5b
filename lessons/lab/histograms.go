package lab

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"reslab/viz"
)

// Histograms show how numbers are spread: one row for each lot, all on the same
// scale, so that fifty layers can be seen at once.
//
//	h := lab.NewHistograms("The signal dies on its way")
//	for i, t := range outputs { h.Add(fmt.Sprint("layer ", i), t) }
//	lab.Show(h)
type Histograms struct {
	Title string
	rows  []lot
	span  [2]float64 // both zero: from the least to the greatest number
}

type lot struct {
	name   string
	values []float64
}

const (
	bins     = 60
	mostLots = 200
)

// NewHistograms starts under a title that says what was found.
func NewHistograms(title string) *Histograms { return &Histograms{Title: title} }

// Histogram shows how numbers are spread: a slice of float64, float32 or int, or
// a tensor.
func Histogram(title string, v any) { Show(NewHistograms(title).Add("", v)) }

// Add adds a row: a slice of float64, float32 or int, or a tensor.
func (h *Histograms) Add(name string, v any) *Histograms {
	y, ok := numbers(v)
	switch {
	case !ok:
		panic(fmt.Sprintf("a histogram counts a []float64, []float32, []int or *nn.Tensor, not a %T", v))
	case len(y) == 0:
		panic("a histogram needs a number at least")
	case len(h.rows) == mostLots:
		panic(fmt.Sprintf("more than %d histograms cannot be told apart", mostLots))
	}
	h.rows = append(h.rows, lot{name, append([]float64(nil), y...)})
	return h
}

// Between fixes the scale. Numbers beyond it are counted at its ends.
func (h *Histograms) Between(from, to float64) *Histograms {
	checkSpan("Histograms.Between", h.Title, from, to)
	h.span = [2]float64{from, to}
	return h
}

// A Spread is a row of Histograms, counted.
type Spread struct {
	Name   string `json:"name"`
	Counts []int  `json:"counts"` // of numbers in each of the equal parts of the scale
	Below  int    `json:"below,omitempty"`
	Above  int    `json:"above,omitempty"` // beyond the scale, or no number
	Mean   Number `json:"mean"`
	Std    Number `json:"std"`
}

// String is the row's name and its mean.
func (s Spread) String() string {
	return fmt.Sprintf("%s: mean %v, deviation %v", s.Name, s.Mean, s.Std)
}

// Counted returns the rows, counted, and the scale.
func (h *Histograms) Counted() (rows []Spread, from, to float64) {
	from, to = h.scale()
	for _, r := range h.rows {
		rows = append(rows, r.spread(from, to))
	}
	return rows, from, to
}

func (h *Histograms) scale() (from, to float64) {
	if h.span != [2]float64{} {
		return h.span[0], h.span[1]
	}
	from, to = math.Inf(1), math.Inf(-1)
	for _, r := range h.rows {
		for _, v := range r.values {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				from, to = min(from, v), max(to, v)
			}
		}
	}
	switch {
	case from > to:
		return 0, 1 // no number at all
	case from == to:
		return from - 0.5, to + 0.5
	}
	return from, to
}

func (r lot) spread(from, to float64) Spread {
	s := Spread{Name: r.name, Counts: make([]int, bins)}
	sum, squares := 0.0, 0.0
	for _, v := range r.values {
		sum += v
		switch at := (v - from) / (to - from); {
		case at < 0:
			s.Below++
		case at <= 1:
			s.Counts[min(int(at*bins), bins-1)]++
		default:
			s.Above++
		}
	}
	mean := sum / float64(len(r.values))
	for _, v := range r.values {
		squares += (v - mean) * (v - mean)
	}
	s.Mean, s.Std = Number(mean), Number(math.Sqrt(squares/float64(len(r.values))))
	return s
}

// PageKind is the kind of display that draws Histograms on a page.
func (h *Histograms) PageKind() string { return "histograms" }

// MarshalJSON writes the counts, not the numbers.
func (h *Histograms) MarshalJSON() ([]byte, error) {
	rows, from, to := h.Counted()
	return json.Marshal(map[string]any{"title": h.Title, "from": Number(from), "to": Number(to), "rows": rows})
}

// String is a line for each row: its shape, mean and deviation.
func (h *Histograms) String() string {
	rows, from, to := h.Counted()
	widest := 0
	for _, r := range rows {
		widest = max(widest, len([]rune(r.Name)))
	}
	lines := []string{fmt.Sprintf("%s (from %s to %s)", h.Title, short(from), short(to))}
	for _, r := range rows {
		counts := make([]float64, bins/3)
		for i, n := range r.Counts {
			counts[i/3] += float64(n)
		}
		line := fmt.Sprintf("%s  mean %.3g, deviation %.3g", viz.Spark(counts), float64(r.Mean), float64(r.Std))
		if widest > 0 {
			line = fmt.Sprintf("%*s  %s", widest, r.Name, line)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
