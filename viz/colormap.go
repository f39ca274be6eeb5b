package viz

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/palette/brewer"
)

// viridis at 18 equal distances. The map is by Nathaniel Smith and Stéfan van der Walt
// (matplotlib 2015, CC0); between these anchors a straight line stays within 5/255 of it.
var viridis = []Role{
	"#440154", "#481769", "#472A7A", "#433D84", "#3D4E8A", "#355E8D", "#2E6D8E", "#297B8E", "#23898E",
	"#1F978B", "#21A585", "#2EB37C", "#46C06F", "#65CB5E", "#89D548", "#B0DD2F", "#D8E219", "#FDE725",
}

// blueWhiteRed is ColorBrewer's RdBu with eleven colours, turned around: blue is negative.
var blueWhiteRed = func() []Role {
	var anchors []Role
	for _, c := range brewer.RdBu[11].Color {
		anchors = append([]Role{hex(color.RGBAModel.Convert(c).(color.RGBA))}, anchors...)
	}
	return anchors
}()

// grey runs from black to white.
var grey = []Role{"#000000", "#FFFFFF"}

// shade is the colour at t between 0 and 1 along the anchors.
func shade(anchors []Role, t float64) color.RGBA {
	x := min(max(t, 0), 1) * float64(len(anchors)-1)
	i := min(int(x), len(anchors)-2)
	a, b, part := anchors[i].rgb(), anchors[i+1].rgb(), x-float64(i)
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a)*(1-part) + float64(b)*part))
	}
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// A colourScale gives each value its colour.
type colourScale struct {
	scale
	anchors []Role
}

// newColourScale spans the values: viridis for magnitudes, or a map whose white is zero.
func newColourScale(axis Axis, values []float64, signed bool) colourScale {
	if signed {
		reach := 0.0
		for _, v := range append([]float64{axis.From, axis.To}, values...) {
			if finite(v) {
				reach = max(reach, math.Abs(v))
			}
		}
		if reach == 0 {
			reach = 1
		}
		s := newScale(axis, values, true)
		s.lo, s.hi, s.step = -reach, reach, roundStep(reach/2.5)
		return colourScale{s, blueWhiteRed}
	}
	return colourScale{newScale(axis, values, !axis.Log), viridis}
}

// colour of a value. What has no place on the scale has a colour of its own.
func (s colourScale) colour(v float64) color.RGBA {
	switch s.axis.side(v) {
	case under:
		return absent.rgb()
	case beyond:
		return broken.rgb()
	}
	return shade(s.anchors, (s.axis.unit(v)-s.lo)/(s.hi-s.lo))
}
