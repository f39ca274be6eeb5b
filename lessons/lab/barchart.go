package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A BarChart shows a bar for each label, and arrows at the bars' ends: the
// shares of a softmax and where the gradient pushes them, say.
//
//	chart := lab.NewBarChart("What each score is told", labels, p)
//	lab.Show(chart.Arrows(dscores).Between(0, 1))
type BarChart struct {
	Title  string   `json:"title"`
	Labels []string `json:"labels"`
	Values []Number `json:"values"`
	Pushes []Number `json:"arrows,omitempty"` // how far each arrow points, up if above zero
	From   float64  `json:"from"`
	To     float64  `json:"to"`
}

// NewBarChart makes a chart with a bar for each label.
func NewBarChart(title string, labels []string, values []float64) *BarChart {
	c := &BarChart{Title: title, Labels: slices.Clone(labels), Values: ForPage(values)}
	c.checkAsMany(values)
	c.widen()
	return c
}

// Arrows puts an arrow at the end of each bar, as long as the number says in
// the bars' own measure: up if it is above zero, down if below.
func (c *BarChart) Arrows(pushes []float64) *BarChart {
	c.checkAsMany(pushes)
	c.Pushes = ForPage(pushes)
	c.widen()
	return c
}

func (c *BarChart) checkAsMany(numbers []float64) {
	if len(numbers) != len(c.Labels) || len(numbers) == 0 {
		panic(fmt.Sprintf("lab.BarChart has %d labels and %d numbers: give each label one", len(c.Labels), len(numbers)))
	}
}

// widen lets the scale reach all bars and arrows, and zero.
func (c *BarChart) widen() {
	for i, v := range c.Values {
		end := float64(v)
		if c.Pushes != nil {
			end += float64(c.Pushes[i])
		}
		for _, v := range []float64{float64(v), end} {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				c.From, c.To = min(c.From, v), max(c.To, v)
			}
		}
	}
}

// Between fixes the scale, so that it does not jump when the numbers change.
func (c *BarChart) Between(from, to float64) *BarChart {
	checkSpan("BarChart.Between", c.Title, from, to)
	c.From, c.To = from, to
	return c
}

// PageKind is the kind of display that draws a BarChart on a page.
func (c *BarChart) PageKind() string { return "bars" }

// String is a line for each bar.
func (c *BarChart) String() string {
	widest := 0
	for _, label := range c.Labels {
		widest = max(widest, len([]rune(label)))
	}
	lines := []string{c.Title}
	for i, label := range c.Labels {
		share := math.Abs(float64(c.Values[i])) / max(c.To, -c.From)
		bar := strings.Repeat("█", int(math.Round(20*min(max(share, 0), 1))))
		line := fmt.Sprintf("%*s  %8v  %s", widest, label, c.Values[i], bar)
		if c.Pushes != nil {
			line = fmt.Sprintf("%*s  %8v  %-20s  %s", widest, label, c.Values[i], bar, arrow(c.Pushes[i]))
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.Join(lines, "\n")
}

func arrow(push Number) string {
	switch {
	case push > 0:
		return "↑ " + push.String()
	case push < 0:
		return "↓ " + push.String()
	}
	return "· 0"
}
