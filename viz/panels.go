package viz

import "fmt"

// Panels are small multiples: figures, or heat maps, side by side. They share their scales, so
// that what looks larger is larger.
type Panels struct {
	Title, Subtitle, Source string

	Pictures []Picture // all *Figure or all *HeatMap; their titles become headings
	Columns  int       // zero: all in one row, up to three

	// FreeX and FreeY give every figure a scale of its own, for panels that measure different
	// things. Heat maps with FreeY have their own colours.
	FreeX, FreeY bool

	Width  int // of the whole picture in CSS pixels; zero: 960
	Height int // of each plotting area; zero: 280
}

// NewPanels starts small multiples under a title that says what was found.
func NewPanels(title string) *Panels { return &Panels{Title: title} }

// Add puts a *Figure or a *HeatMap beside the others.
func (p *Panels) Add(picture Picture) *Panels {
	p.Pictures = append(p.Pictures, picture)
	return p
}

// String is the title, short.
func (p *Panels) String() string { return fmt.Sprintf("%d panels %q", len(p.Pictures), p.Title) }

// Description describes each panel.
func (p *Panels) Description() string {
	text := p.Title + "."
	for _, picture := range p.Pictures {
		text += " " + picture.Description()
	}
	return text
}

func (p *Panels) check() error {
	if len(p.Pictures) == 0 {
		return fmt.Errorf("panels %q are empty: add a figure", p.Title)
	}
	figures, maps := p.split()
	if len(figures) != len(p.Pictures) && len(maps) != len(p.Pictures) {
		return fmt.Errorf("panels %q mix kinds of pictures: take figures only, or heat maps only", p.Title)
	}
	for _, picture := range p.Pictures {
		if err := picture.check(); err != nil {
			return err
		}
	}
	for _, f := range figures {
		if !p.FreeX && f.X.Log != figures[0].X.Log || !p.FreeY && f.Y.Log != figures[0].Y.Log {
			return fmt.Errorf("panels %q share an axis that is logarithmic in some of them only: set FreeX or FreeY", p.Title)
		}
	}
	for _, h := range maps {
		if !p.FreeY && (h.Value.Log != maps[0].Value.Log || h.Signed != maps[0].Signed) {
			return fmt.Errorf("panels %q share colours that differ in kind: set FreeY", p.Title)
		}
	}
	return nil
}

func (p *Panels) split() (figures []*Figure, maps []*HeatMap) {
	for _, picture := range p.Pictures {
		switch picture := picture.(type) {
		case *Figure:
			figures = append(figures, picture)
		case *HeatMap:
			maps = append(maps, picture)
		}
	}
	return figures, maps
}

func (p *Panels) layout(header bool) *sheet {
	g := grid{
		title: p.Title, subtitle: p.Subtitle, source: p.Source,
		columns: p.Columns, width: or(p.Width, panelsWidth), height: or(p.Height, 280),
		repeat: p.FreeY,
	}
	if g.columns <= 0 {
		g.columns = min(len(p.Pictures), 3)
	}
	g.columns = min(g.columns, len(p.Pictures))
	figures, maps := p.split()
	if len(figures) > 0 {
		g.cells = curveCells(figures, g.room(), p.FreeX, p.FreeY)
	} else {
		g.cells = heatCells(maps, p.FreeY)
	}
	return g.layout(header)
}
