package viz

import (
	"fmt"
	"image/color"
	"strconv"
)

// A Role says what a colour stands for. Its value is the colour itself, #RRGGBB.
type Role string

// The two colours that mean the same thing everywhere.
const (
	Plain    Role = "#D55E00" // vermilion: a plain net
	Residual Role = "#0072B2" // blue: a residual net
)

// The rest of the palette of Okabe and Ito ("Color Universal Design", 2008), which readers with
// any kind of colour vision tell apart. Ink stands in for its black.
const (
	Green  Role = "#009E73"
	Purple Role = "#CC79A7"
	Orange Role = "#E69F00"
	Sky    Role = "#56B4E9"
	Yellow Role = "#F0E442"
	Ink    Role = "#1F2328"
)

// Others lists the colours for what is neither plain nor residual, in the order to take them.
func Others() []Role { return []Role{Green, Purple, Orange, Sky, Ink, Yellow} }

// What a picture is made of besides its data. Each is written in exactly one way into SVG and JSON,
// so that a page can replace it for a dark background (see [inks]).
const (
	paper Role = "#FEFEFE" // behind everything
	muted Role = "#57606A" // labels of axes, sources
	faint Role = "#8C959F" // references, axis lines, leaders
	rule  Role = "#E3E6EA" // grid lines
	band  Role = "#EDF0F3" // behind values that the axis cannot show

	absent Role = "#B9C0C8" // a cell below its floor
	broken Role = "#E6007E" // a cell that is infinite or NaN: in no other map
)

// An ink is a colour with its CSS name and what it becomes on a dark page.
type ink struct {
	Name string
	Role Role
	Dark Role
}

// inks are the colours that depend on the page. The blue of residual is too dark to read as text
// on a dark page: there it is the same hue, lighter.
var inks = []ink{
	{"--viz-paper", paper, "#15181C"},
	{"--viz-ink", Ink, "#E6E9ED"},
	{"--viz-muted", muted, "#A3ACB6"},
	{"--viz-faint", faint, "#78828D"},
	{"--viz-rule", rule, "#2B3138"},
	{"--viz-band", band, "#23282E"},
	{"--viz-plain", Plain, "#E8772A"},
	{"--viz-residual", Residual, "#48A5DE"},
}

func (r Role) valid() bool {
	if len(r) != 7 || r[0] != '#' {
		return false
	}
	_, err := strconv.ParseUint(string(r[1:]), 16, 32)
	return err == nil
}

// rgb is the colour for drawing. The role must be valid.
func (r Role) rgb() color.RGBA {
	v, _ := strconv.ParseUint(string(r[1:]), 16, 32)
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// hex is the role of a colour that has no name.
func hex(c color.RGBA) Role { return Role(fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)) }
