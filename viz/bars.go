package viz

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Bars is a list of numbers with a bar each, for the terminal.
//
//	layer  1  ██████████████████████████▏ 2,300
//	layer 55  █████▎ 0.97
type Bars struct {
	Title string
	Value Axis // what the bars measure; Log for powers of ten
	Width int  // of the longest bar in letters; zero: 40

	names  []string
	values []float64
}

// NewBars starts a list under a title that says what was found.
func NewBars(title string) *Bars { return &Bars{Title: title} }

// Add adds a bar.
func (b *Bars) Add(name string, value float64) *Bars {
	b.names, b.values = append(b.names, name), append(b.values, value)
	return b
}

// LogValue measures the bars in powers of ten.
func (b *Bars) LogValue() *Bars {
	b.Value.Log = true
	return b
}

// String is the drawing: a line for each bar, and one that says where bars on a log scale begin.
// A negative number has a hollow bar of its size.
func (b *Bars) String() string {
	sizes := make([]float64, len(b.values))
	widest := 0
	for i, v := range b.values {
		sizes[i] = math.Abs(v)
		widest = max(widest, utf8.RuneCountInString(b.names[i]))
	}
	s := newScale(b.Value, sizes, false)
	if !b.Value.Log {
		s.lo = 0
	}
	var out strings.Builder
	if b.Title != "" {
		fmt.Fprintln(&out, b.Title)
	}
	for i, size := range sizes {
		fmt.Fprintf(&out, "%s%s  %s\n", strings.Repeat(" ", widest-utf8.RuneCountInString(b.names[i])), b.names[i], b.bar(s, size, b.values[i]))
	}
	if b.Value.Log {
		fmt.Fprintf(&out, "%*s  log scale: bars begin at %s and end at %s\n", widest, "", s.label(s.lo), s.label(s.hi))
	}
	return out.String()
}

func (b *Bars) bar(s scale, size, value float64) string {
	switch s.axis.side(size) {
	case under:
		return "· " + s.axis.floorLabel()
	case beyond:
		return "× " + Number(value)
	}
	eighths := int(math.Round((s.axis.unit(size) - s.lo) / (s.hi - s.lo) * 8 * or(b.Width, 40)))
	full := "█"
	if value < 0 {
		full = "░"
	}
	drawn := strings.Repeat(full, eighths/8)
	if rest := eighths % 8; rest > 0 && value >= 0 {
		drawn += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return drawn + " " + Number(value)
}
