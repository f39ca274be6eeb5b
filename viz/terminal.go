package viz

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Spark draws the values as one line of blocks, the least as ▁ and the greatest as █. What is
// infinite or NaN is ×.
func Spark(values []float64) string {
	const blocks = "▁▂▃▄▅▆▇█"
	low, high := extent(values)
	var b strings.Builder
	for _, v := range values {
		switch {
		case !finite(v):
			b.WriteRune('×')
		case high == low:
			b.WriteRune('▄')
		default:
			i := int(math.Round((v - low) / (high - low) * 7))
			b.WriteRune([]rune(blocks)[i])
		}
	}
	return b.String()
}

// extent is the least and greatest of the finite values, 0 and 0 if there is none.
func extent(values []float64) (low, high float64) {
	some := false
	for _, v := range values {
		if finite(v) {
			if !some {
				low, high, some = v, v, true
			}
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

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
	if s.under > 0 {
		widest = max(widest, utf8.RuneCountInString(s.y.axis.floorLabel()))
	}
	if s.over > 0 {
		widest = max(widest, utf8.RuneCountInString(notFinite))
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

// value undoes unit.
func (a Axis) value(unit float64) float64 {
	if a.Log {
		return math.Pow(10, unit)
	}
	return unit
}

// Blocks draws a matrix as a small picture for the terminal. With colour, two rows share a line of
// half blocks, grey, or blue and red where some number is negative. Without, each number is a
// pair of letters from light to dense; the greatest is the densest.
func Blocks(values [][]float64, colour bool) string {
	var all []float64
	for _, row := range values {
		all = append(all, row...)
	}
	low, high := extent(all)
	if colour {
		return halfBlocks(values, low, high)
	}
	const ramp = " .:-=+*#%@"
	var b strings.Builder
	for _, row := range values {
		for _, v := range row {
			letter := byte('?')
			if finite(v) {
				letter = ramp[int(math.Round(part(v, low, high)*float64(len(ramp)-1)))]
			}
			b.WriteByte(letter)
			b.WriteByte(letter)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// part is where v lies between low and high, from 0 to 1.
func part(v, low, high float64) float64 {
	if high == low {
		return 0.5
	}
	return (v - low) / (high - low)
}

func halfBlocks(values [][]float64, low, high float64) string {
	g := &ImageGrid{Signed: low < 0}
	code := func(layer int, row []float64, x int) string {
		if x >= len(row) {
			return ""
		}
		r, g, b, _ := g.shade(row[x], low, high).RGBA()
		return fmt.Sprintf("\x1b[%d;2;%d;%d;%dm", layer, r>>8, g>>8, b>>8)
	}
	const foreground, background = 38, 48
	var out strings.Builder
	for y := 0; y < len(values); y += 2 {
		var lower []float64
		if y+1 < len(values) {
			lower = values[y+1]
		}
		for x := range values[y] {
			out.WriteString(code(foreground, values[y], x) + code(background, lower, x) + "▀\x1b[0m")
		}
		out.WriteByte('\n')
	}
	return out.String()
}
