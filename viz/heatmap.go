package viz

import (
	"fmt"
	"math"
	"strconv"
)

// A HeatMap shows a number for each row and column as a colour: one row a layer and one column a
// step, for example. Row 0 is on top, as in the matrix.
type HeatMap struct {
	Title, Subtitle, Source string

	Values                [][]float64 // one slice a row, all of the same length
	Rows, Columns         Axis        // what they count; only Label and Unit matter
	RowNames, ColumnNames []string    // empty: 0, 1, 2, ...

	Value  Axis // what the colour measures; Log, Floor, From and To as for an axis
	Signed bool // blue below zero, white at zero, red above; else viridis
	Counts bool // the values are counts: each stands in its cell, to the last digit, where there is room

	Width  int // of the whole picture in CSS pixels; zero: 760
	Height int // of the plotting area alone; zero: by the number of rows
}

// NewHeatMap starts a heat map under a title that says what was found.
func NewHeatMap(title string, values [][]float64) *HeatMap {
	return &HeatMap{Title: title, Values: values}
}

// Axes labels the rows, the columns and what the colour measures.
func (h *HeatMap) Axes(rows, columns, value string) *HeatMap {
	h.Rows.Label, h.Columns.Label, h.Value.Label = rows, columns, value
	return h
}

// LogValue colours by powers of ten.
func (h *HeatMap) LogValue() *HeatMap {
	h.Value.Log = true
	return h
}

// String is the title, short.
func (h *HeatMap) String() string {
	return fmt.Sprintf("heat map %q, %d rows of %d", h.Title, len(h.Values), h.columns())
}

// Description tells the extremes and where they are.
func (h *HeatMap) Description() string {
	low, high := math.Inf(1), math.Inf(-1)
	var lowAt, highAt string
	for r, row := range h.Values {
		for c, v := range row {
			if v < low {
				low, lowAt = v, h.where(r, c)
			}
			if v > high {
				high, highAt = v, h.where(r, c)
			}
		}
	}
	return fmt.Sprintf("%s. Heat map of %s by %s and %s. Least: %s at %s. Greatest: %s at %s.", h.Title,
		h.Value, h.Rows, h.Columns, h.words(low), lowAt, h.words(high), highAt)
}

// words is a value as a reader should hear it: of a count every digit.
func (h *HeatMap) words(v float64) string {
	if h.Counts && h.Value.side(v) == on {
		return grouped(int(v))
	}
	return h.Value.words(v)
}

// where names a cell.
func (h *HeatMap) where(row, column int) string {
	return fmt.Sprintf("%s %s, %s %s", h.Rows.Label, h.rowName(row), h.Columns.Label, h.columnName(column))
}

func (h *HeatMap) columns() int {
	if len(h.Values) == 0 {
		return 0
	}
	return len(h.Values[0])
}

func (h *HeatMap) rowName(i int) string    { return nameOf(h.RowNames, i) }
func (h *HeatMap) columnName(i int) string { return nameOf(h.ColumnNames, i) }

func nameOf(names []string, i int) string {
	if len(names) == 0 {
		return strconv.Itoa(i)
	}
	return names[i]
}

func (h *HeatMap) flat() []float64 {
	var all []float64
	for _, row := range h.Values {
		all = append(all, row...)
	}
	return all
}

func (h *HeatMap) check() error {
	if h.columns() == 0 {
		return fmt.Errorf("heat map %q has no values: give it at least one row", h.Title)
	}
	if h.Signed && h.Value.Log {
		return fmt.Errorf("heat map %q is both signed and logarithmic: choose one", h.Title)
	}
	if n := len(h.RowNames); n != 0 && n != len(h.Values) {
		return fmt.Errorf("heat map %q has %d row names for %d rows: give one for each, or none", h.Title, n, len(h.Values))
	}
	if n := len(h.ColumnNames); n != 0 && n != h.columns() {
		return fmt.Errorf("heat map %q has %d column names for %d columns: give one for each, or none", h.Title, n, h.columns())
	}
	for r, row := range h.Values {
		if len(row) != h.columns() {
			return fmt.Errorf("heat map %q has %d values in row %d, but %d in row 0: all rows must be of one length", h.Title, len(row), r, h.columns())
		}
		for c, v := range row {
			if h.Counts && (v < 0 || v != math.Trunc(v)) {
				return fmt.Errorf("heat map %q has the value %g in row %d, column %d, which is no count", h.Title, v, r, c)
			}
			if h.Value.Log && v < 0 {
				return fmt.Errorf("heat map %q has the value %g in row %d, column %d, but a log scale shows only magnitudes", h.Title, v, r, c)
			}
		}
	}
	return nil
}
