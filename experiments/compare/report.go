package compare

import (
	"fmt"
	"slices"
	"strings"

	"reslab/viz"
)

// star marks the best in a table of the page.
const star = "★ "

// report is the page: what was found, then what tells the runs apart, then all else.
// It has the pictures of each net.
func (c *Comparison) report(pictures [][]picture) *viz.Report {
	page := viz.NewReport(c.title())
	page.Subtitle = c.found()
	var first viz.Picture
	if len(pictures[0]) > 0 {
		first = pictures[0][0].picture
		page.Picture(first)
	}
	for _, t := range c.Tables() {
		page.Table(lying(t))
	}
	if c.Marked() {
		page.Paragraph(strings.TrimSpace(star) + " stands before the best of a column.")
	}
	page.Heading("What to make of it")
	for _, note := range c.Notes {
		page.Paragraph(note)
	}
	for i, n := range c.Nets {
		all := slices.DeleteFunc(slices.Clone(pictures[i]), func(p picture) bool { return p.picture == first })
		if len(all) > 0 {
			page.Heading("The curves" + c.ofNet(n))
		}
		for _, p := range all {
			page.Picture(p.picture)
		}
	}
	page.Heading("How this was made")
	if common := c.InCommon(); common != "" {
		page.Paragraph(common)
	}
	return page.Code("lab experiment compare " + strings.Join(c.paths(), " ") + " --out DIR")
}

func (c *Comparison) ofNet(n Net) string {
	if len(c.Nets) == 1 {
		return ""
	}
	return " of " + n.Name
}

func (c *Comparison) paths() (paths []string) {
	for _, r := range c.Runs {
		paths = append(paths, r.Path)
	}
	return paths
}

// title says what tells the runs apart, as far as a title has room for it.
func (c *Comparison) title() string {
	const most = 3
	of := "runs of " + c.Kind
	if c.Kind == kindTrain {
		of = "trainings"
	}
	reasons := c.chosenReasons()
	switch {
	case c.onlySeeds():
		return fmt.Sprintf("%d %s that differ in the seed alone", len(c.Runs), of)
	case len(reasons) == 1 && len(c.Groups) <= most:
		var values []string
		for _, g := range c.Groups {
			if value := orAbsent(g.Settings[reasons[0]]); !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		return fmt.Sprintf("%s: %s", strings.ReplaceAll(reasons[0], "_", " "), strings.Join(values, " against "))
	}
	return fmt.Sprintf("%d %s side by side", len(c.Runs), of)
}

// found tells the most telling figure that several runs have.
func (c *Comparison) found() string {
	for _, n := range c.Nets {
		for _, f := range n.Figures {
			if parts := c.tell(f); len(parts) > 1 {
				return upper(c.of(n) + f.is.label + " " + join(parts))
			}
		}
	}
	return ""
}

// tell says a figure for every group of runs, with its mean where there are several
// seeds; of very many groups, for none.
func (c *Comparison) tell(f Figure) (parts []string) {
	const most = 4
	if c.onlySeeds() && f.Spread != nil {
		s := f.Spread[0]
		return []string{f.is.unit.word(orNaN(s.Mean)) + " on average", "a standard deviation of " + f.is.unit.word(orNaN(s.Deviation))}
	}
	if len(c.Groups) > most {
		return nil
	}
	for i, g := range c.Groups {
		said := f.is.unit.word(f.raw[g.Runs[0]])
		name := c.curveNames()[g.Runs[0]]
		if f.Spread != nil {
			said, name = f.is.unit.spread(f.Spread[i]), c.label(g)
		}
		if said != Absent {
			parts = append(parts, said+" with "+name)
		}
	}
	return parts
}

// lying is a table with a row for each run, so that a column has numbers of one kind.
func lying(t Table) *viz.Table {
	columns := []string{""}
	var lines [][]string
	for _, head := range append(slices.Clone(t.Heads), t.Lasts...) {
		lines = append(lines, []string{head})
	}
	for _, row := range t.Rows {
		columns = append(columns, row.Short)
		for i := range lines {
			cell := ""
			switch last := i - len(t.Heads); {
			case last < 0 && slices.Contains(row.Best, i):
				cell = star + row.Cells[i]
			case last < 0:
				cell = row.Cells[i]
			case last < len(row.Lasts):
				cell = row.Lasts[last]
			}
			lines[i] = append(lines[i], cell)
		}
	}
	table := viz.NewTable(t.Title, columns)
	for _, line := range lines {
		table.Add(line)
	}
	return table
}
