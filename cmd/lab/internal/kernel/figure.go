package kernel

import (
	"reslab/lessons/lab"
	"reslab/viz"
)

// mostDrawn is how many points of a curve a page gets: it draws them itself, at
// ten updates a second.
const mostDrawnPoints = 1000

// pictureData is a picture as the numbers that a page needs to draw it itself;
// empty if there is no such way.
func pictureData(p viz.Picture, kind Kind) (string, error) {
	grid, isGrid := p.(*viz.ImageGrid)
	if kind != Figure && kind != Images || isGrid != (kind == Images) {
		return "", nil
	}
	if err := viz.Check(p); err != nil {
		return "", err
	}
	if isGrid {
		return imagesData(grid)
	}
	return asJSON(figureOf(viz.Thin(p, mostDrawnPoints))), nil
}

// A figure is a *viz.Figure, a *viz.HeatMap or *viz.Panels of them as JSON.
type figure struct {
	Title       string `json:"title"`
	Subtitle    string `json:"subtitle,omitempty"`
	Source      string `json:"source,omitempty"`
	Description string `json:"description"` // in words
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`

	X          *axis       `json:"x,omitempty"` // of curves; of a heat map its columns
	Y          *axis       `json:"y,omitempty"` // and its rows
	Curves     []curve     `json:"curves,omitempty"`
	References []reference `json:"references,omitempty"`

	Heat *heat `json:"heat,omitempty"`

	Panels  []figure `json:"panels,omitempty"`
	Columns int      `json:"columns,omitempty"`
	FreeX   bool     `json:"free_x,omitempty"`
	FreeY   bool     `json:"free_y,omitempty"`
}

type axis struct {
	Label      string     `json:"label"` // with its unit
	Log        bool       `json:"log,omitempty"`
	From       lab.Number `json:"from,omitempty"`
	To         lab.Number `json:"to,omitempty"`
	Floor      lab.Number `json:"floor"`
	FloorLabel string     `json:"floor_label"`
}

type curve struct {
	Name   string       `json:"name"`
	Colour string       `json:"colour"`
	X      []lab.Number `json:"x"`
	Y      []lab.Number `json:"y"`
	Dashed bool         `json:"dashed,omitempty"`
	Dots   bool         `json:"dots,omitempty"`
	Loose  bool         `json:"loose,omitempty"`
}

type reference struct {
	Y      lab.Number `json:"y"`
	Source string     `json:"source"`
}

type heat struct {
	Rows        int         `json:"rows"`
	Columns     int         `json:"columns"`
	Values      lab.Numbers `json:"values"` // row by row
	RowNames    []string    `json:"row_names,omitempty"`
	ColumnNames []string    `json:"column_names,omitempty"`
	Value       *axis       `json:"value"`
	Signed      bool        `json:"signed,omitempty"`
	Counts      bool        `json:"counts,omitempty"`
}

func figureOf(p viz.Picture) figure {
	switch p := p.(type) {
	case *viz.Figure:
		return curvesOf(p)
	case *viz.HeatMap:
		return heatOf(p)
	case *viz.Panels:
		f := figure{Title: p.Title, Subtitle: p.Subtitle, Source: p.Source, Description: p.Description(), Width: p.Width, Height: p.Height,
			Columns: p.Columns, FreeX: p.FreeX, FreeY: p.FreeY}
		for _, inner := range p.Pictures {
			f.Panels = append(f.Panels, figureOf(inner))
		}
		return f
	}
	panic("no picture of viz") // Check has looked
}

func curvesOf(p *viz.Figure) figure {
	f := figure{Title: p.Title, Subtitle: p.Subtitle, Source: p.Source, Description: p.Description(), Width: p.Width, Height: p.Height,
		X: axisOf(p.X), Y: axisOf(p.Y)}
	for _, s := range p.Series {
		f.Curves = append(f.Curves, curve{s.Name, string(s.Role), lab.ForPage(s.X), lab.ForPage(s.Y), s.Dashed, s.Dots, s.Loose})
	}
	for _, r := range p.References {
		f.References = append(f.References, reference{lab.Number(r.Y), r.Source})
	}
	return f
}

func axisOf(a viz.Axis) *axis {
	floor, label := a.Floor, a.FloorLabel
	if floor == 0 {
		floor = viz.Float32
	}
	if label == "" && floor == viz.Float32 {
		label = "too small for float32"
	}
	if label == "" {
		label = "below " + viz.Number(floor)
	}
	return &axis{Label: a.String(), Log: a.Log, From: lab.Number(a.From), To: lab.Number(a.To), Floor: lab.Number(floor), FloorLabel: label}
}

func heatOf(h *viz.HeatMap) figure {
	m := &heat{Rows: len(h.Values), Columns: len(h.Values[0]), RowNames: h.RowNames, ColumnNames: h.ColumnNames, Value: axisOf(h.Value), Signed: h.Signed, Counts: h.Counts}
	for _, row := range h.Values {
		for _, v := range row {
			m.Values = append(m.Values, float32(v))
		}
	}
	return figure{Title: h.Title, Subtitle: h.Subtitle, Source: h.Source, Description: h.Description(), Width: h.Width, Height: h.Height,
		X: axisOf(h.Columns), Y: axisOf(h.Rows), Heat: m}
}

// images are a *viz.ImageGrid as JSON.
type images struct {
	Title       string      `json:"title"`
	Subtitle    string      `json:"subtitle,omitempty"`
	Source      string      `json:"source,omitempty"`
	Description string      `json:"description"`
	Columns     int         `json:"columns,omitempty"`
	Scale       int         `json:"scale,omitempty"` // page pixels for each pixel
	Signed      bool        `json:"signed,omitempty"`
	Low         lab.Number  `json:"low"` // of all matrices
	High        lab.Number  `json:"high"`
	Tiles       []imageTile `json:"tiles"`
}

// An imageTile is a matrix, or a picture with colours of its own.
type imageTile struct {
	Caption string      `json:"caption,omitempty"`
	Height  int         `json:"height"`
	Width   int         `json:"width"`
	Values  lab.Numbers `json:"values,omitempty"`
	PNG     string      `json:"png,omitempty"` // in base64
}

func imagesData(g *viz.ImageGrid) (string, error) {
	out := images{Title: g.Title, Subtitle: g.Subtitle, Source: g.Source, Description: g.Description(), Columns: g.Columns, Scale: g.Scale, Signed: g.Signed}
	var all []float32
	for i := range g.Len() {
		caption, values, picture := g.Tile(i)
		tile := imageTile{Caption: caption}
		if picture != nil {
			size := picture.Bounds().Size()
			var err error
			if tile.PNG, err = drawImage(picture); err != nil {
				return "", err
			}
			tile.Height, tile.Width = size.Y, size.X
		} else {
			tile.Height, tile.Width = len(values), len(values[0])
			for _, row := range values {
				for _, v := range row {
					tile.Values = append(tile.Values, float32(v))
				}
			}
			all = append(all, tile.Values...)
		}
		out.Tiles = append(out.Tiles, tile)
	}
	low, high := spanOf(all)
	if g.From != g.To {
		low, high = g.From, g.To
	}
	out.Low, out.High = lab.Number(low), lab.Number(high)
	return asJSON(out), nil
}
