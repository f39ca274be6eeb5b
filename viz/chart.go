package viz

import "encoding/json"

// A Chart is a picture ready for a page: the drawing, and for the pictures that can answer the
// mouse what ECharts needs to draw the same. Title, Subtitle and Source are for the page to write.
type Chart struct {
	Title       string          `json:"title"`
	Subtitle    string          `json:"subtitle"`
	Source      string          `json:"source"`
	Description string          `json:"description"` // the picture in words
	Width       int             `json:"width"`       // of the drawing, in CSS pixels
	Height      int             `json:"height"`
	SVG         string          `json:"svg"`    // in the page's colours, see [PageStyle]
	Option      json.RawMessage `json:"option"` // of ECharts; null for a picture that stays still
}

// String is the title, short.
func (c Chart) String() string { return "chart: " + c.Title }

// Inline makes the picture ready for a page.
func Inline(p Picture) (Chart, error) {
	svg, s, err := inlineSVG(p)
	if err != nil {
		return Chart{}, err
	}
	c := Chart{Description: p.Description(), Width: int(s.w), Height: int(s.h), SVG: svg}
	switch p := p.(type) {
	case *Figure:
		c.Title, c.Subtitle, c.Source = p.Title, p.Subtitle, p.Source
	case *Panels:
		c.Title, c.Subtitle, c.Source = p.Title, p.Subtitle, p.Source
	case *HeatMap:
		c.Title, c.Subtitle, c.Source = p.Title, p.Subtitle, p.Source
	case *ImageGrid:
		c.Title, c.Subtitle, c.Source = p.Title, p.Subtitle, p.Source
	}
	c.Option, err = option(p, s)
	return c, err
}

// Option is the picture as ECharts' option, in JSON without functions: setOption takes it as it
// is, and [PageScript] polishes it. It is null for an image grid, which has nothing to answer.
func Option(p Picture) ([]byte, error) {
	s, err := arrange(p, false)
	if err != nil {
		return nil, err
	}
	return option(p, s)
}
