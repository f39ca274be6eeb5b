package viz

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text draws the figure with letters, width by height of them, for the terminal. Every curve has
// a sign of its own, and its name where it ends; with colour, in escape codes that a terminal
// understands.
func Text(f *Figure, width, height int, colour bool) (string, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	c := curveCells([]*Figure{f}, 0, false, false)[0].(curveCell)
	return newScreen(c, max(width, 40), max(height, 6), colour).String(), nil
}

// A screen is a figure in letters: the rows of its main area, with one more for each band.
type screen struct {
	curveCell
	cells  [][]string // rows of letters, each with its colour
	names  []string   // to the right of each row
	colour bool
	top    int // row of the axis's upper end
	bottom int // row of its lower end
}

func newScreen(c curveCell, width, height int, colour bool) *screen {
	s := &screen{curveCell: c, colour: colour, bottom: height - 1}
	if c.over > 0 {
		s.top = 1
	}
	if c.under > 0 {
		s.bottom--
	}
	longest := 0
	for _, series := range c.fig.Series {
		longest = max(longest, utf8.RuneCountInString(series.Name))
	}
	columns := max(width/2, width-s.gutter()-longest-5)
	s.names = make([]string, height)
	for range height {
		s.cells = append(s.cells, slices.Repeat([]string{" "}, columns))
	}
	for _, r := range c.fig.References {
		for x := range columns {
			s.cells[s.row(r.Y)][x] = s.paint("-", faint)
		}
		s.name(s.row(r.Y), r.Source, muted)
	}
	signs := signs(c.fig.Series)
	for i, series := range c.fig.Series {
		s.plot(series, signs[i])
	}
	return s
}

// signs gives every curve a letter: x to the first plain one, o to the first residual one, and
// to the others what is left.
func signs(list []Series) []string {
	left := []rune("+*#%@&$=^~ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	special := map[Role]string{Plain: "x", Residual: "o"}
	out := make([]string, len(list))
	for i, s := range list {
		if out[i] = special[s.Role]; out[i] == "" {
			out[i] = string(left[0])
			left = append(left[1:], left[0])
		}
		delete(special, s.Role)
	}
	return out
}

func (s *screen) plot(series Series, sign string) {
	columns := len(s.cells[0])
	for k, v := range series.Y {
		x := (s.x.axis.unit(series.X[k]) - s.x.lo) / (s.x.hi - s.x.lo)
		s.cells[s.row(v)][int(math.Round(x*float64(columns-1)))] = s.paint(sign, series.Role)
	}
	s.name(s.row(series.Y[len(series.Y)-1]), sign+" "+series.Name, series.Role)
}

// row of a value: bands are the very first and the very last one.
func (s *screen) row(v float64) int {
	switch s.y.axis.side(v) {
	case under:
		return len(s.cells) - 1
	case beyond:
		return 0
	}
	t := (s.y.axis.unit(v) - s.y.lo) / (s.y.hi - s.y.lo)
	return s.bottom - int(math.Round(t*float64(s.bottom-s.top)))
}

// name writes a curve's name beside its row, or beside the next free one.
func (s *screen) name(row int, name string, role Role) {
	for distance := range len(s.names) {
		for _, r := range []int{row + distance, row - distance} {
			if r >= 0 && r < len(s.names) && s.names[r] == "" {
				s.names[r] = s.paint(name, role)
				return
			}
		}
	}
}

func (s *screen) paint(text string, role Role) string {
	if !s.colour {
		return text
	}
	c := role.rgb()
	return fmt.Sprintf("\x1b[38;2;%d;%d;%dm%s\x1b[0m", c.R, c.G, c.B, text)
}

// gutter is the room for the numbers at the left.
func (s *screen) gutter() int {
	widest := 0
	for _, t := range s.y.ticks() {
		widest = max(widest, utf8.RuneCountInString(t.label))
	}
	for _, name := range s.bandNames() {
		widest = max(widest, utf8.RuneCountInString(name))
	}
	return widest
}

func (s *screen) String() string {
	labels := make([]string, len(s.cells))
	for _, t := range s.y.ticks() {
		y := (t.at - s.y.lo) / (s.y.hi - s.y.lo)
		labels[s.bottom-int(math.Round(y*float64(s.bottom-s.top)))] = t.label
	}
	if s.under > 0 {
		labels[len(labels)-1] = s.y.axis.floorLabel()
	}
	if s.over > 0 {
		labels[0] = notFinite
	}
	pad := func(text string) string {
		return strings.Repeat(" ", s.gutter()-utf8.RuneCountInString(text)) + text
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n", s.fig.Title, s.fig.Y)
	for i, row := range s.cells {
		line := fmt.Sprintf("%s │%s %s", pad(labels[i]), strings.Join(row, ""), s.names[i])
		fmt.Fprintln(&out, strings.TrimRight(line, " "))
	}
	columns := len(s.cells[0])
	first, last := Number(s.x.axis.value(s.x.lo)), Number(s.x.axis.value(s.x.hi))
	fmt.Fprintf(&out, "%s └%s\n", pad(""), strings.Repeat("─", columns))
	fmt.Fprintf(&out, "%s  %s%*s\n", pad(""), first, columns-utf8.RuneCountInString(first), last)
	fmt.Fprintf(&out, "%s  %s\n", pad(""), s.fig.X)
	return out.String()
}
