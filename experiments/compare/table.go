package compare

import "fmt"

// Table is a part of the comparison in words: a row for each setting or figure, and
// a cell in it for each run, or for each group of runs.
type Table struct {
	Title string
	Heads []string // of the cells
	Lasts []string // heads of what sums a row up
	Rows  []Row
}

// Row is one of a table.
type Row struct {
	Name, Short string // Short heads a narrow column
	Cells       []string
	Best        []int    // cells
	Lasts       []string // one for each of Table.Lasts, or none
}

// Tables are the settings that differ, and the figures of every net.
func (c *Comparison) Tables() (tables []Table) {
	if len(c.Differing) > 0 {
		tables = append(tables, c.settingsTable())
	}
	for _, n := range c.Nets {
		tables = append(tables, c.figuresTable(n))
	}
	if c.severalSeeds() {
		for _, n := range c.Nets {
			tables = append(tables, c.seedsTable(n))
		}
	}
	return tables
}

func (c *Comparison) settingsTable() Table {
	t := Table{Title: "What differs", Heads: c.names()}
	for _, s := range c.Differing {
		row := Row{Name: s.Key, Short: s.Key}
		for _, value := range s.Values {
			row.Cells = append(row.Cells, orAbsent(value))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// figuresTable shows a net in every run.
func (c *Comparison) figuresTable(n Net) Table {
	t := Table{Title: c.heading(n), Heads: c.names(), Lasts: []string{"most apart"}}
	switch {
	case c.onlySeeds():
		t.Lasts = []string{"mean", "± deviation"}
	case len(c.Runs) == 2:
		t.Lasts = []string{"against first"}
	}
	if n.renamed() && c.Kind != kindTrain { // that of a training is among its settings
		row := Row{Name: "net", Short: "net"}
		for _, name := range n.Names {
			row.Cells = append(row.Cells, orAbsent(name))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, f := range n.Figures {
		if f.is.unit == ofCount && f.same() {
			continue // a table is for what differs
		}
		row := Row{Name: f.is.label, Short: f.is.short, Best: f.Best, Lasts: []string{f.apart()}}
		if c.onlySeeds() {
			row.Lasts = f.middle()
		}
		for _, v := range f.raw {
			row.Cells = append(row.Cells, f.is.unit.word(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// seedsTable shows what a net's figures are over the seeds.
func (c *Comparison) seedsTable(n Net) Table {
	t := Table{Title: c.about(n, "mean ± standard deviation")}
	for _, g := range c.Groups {
		t.Heads = append(t.Heads, fmt.Sprintf("%s (%s)", c.label(g), counted(len(g.Runs), "run")))
	}
	for _, f := range n.Figures {
		if f.Spread == nil {
			continue
		}
		row := Row{Name: f.is.label, Short: f.is.short, Best: f.BestGroups}
		for _, s := range f.Spread {
			row.Cells = append(row.Cells, f.is.unit.spread(s))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// heading names a net; a training has no other.
func (c *Comparison) heading(n Net) string {
	if len(c.Nets) == 1 && (c.Kind == kindTrain || n.renamed()) {
		return "Figures"
	}
	return n.Name
}

// renamed says whether the net has another name in some run.
func (n Net) renamed() bool {
	for _, name := range n.Names {
		if name != "" && name != n.Name {
			return true
		}
	}
	return false
}

func (c *Comparison) names() (names []string) {
	for _, r := range c.Runs {
		names = append(names, r.Name)
	}
	return names
}
