package compare

import (
	"slices"
	"strings"

	"reslab/viz"
)

// star marks the best in a table of the page.
const star = "★ "

// report is the page: what was found, then what tells the runs apart, then each net
// with its pictures.
func (c *Comparison) report(pictures [][]picture) *viz.Report {
	page := viz.NewReport(c.title())
	page.Subtitle = c.found()
	if len(pictures[0]) > 0 { // the most telling one
		page.Picture(pictures[0][0].picture)
		pictures[0] = pictures[0][1:]
	}
	if len(c.Differing) > 0 {
		page.Table(lying(c.settingsTable()))
	}
	for _, note := range c.Notes {
		page.Paragraph(note)
	}
	for i, n := range c.Nets {
		figures := c.figuresTable(n)
		if len(c.Nets) > 1 {
			page.Heading(n.Name)
			figures.Title = "Figures"
		}
		page.Table(lying(figures))
		if c.severalSeeds() {
			page.Table(lying(c.seedsTable(n)))
		}
		if i == 0 {
			c.explain(page)
		}
		for _, p := range pictures[i] {
			page.Picture(p.picture)
		}
	}
	page.Heading("How this was made")
	if common := c.InCommon(); common != "" {
		page.Paragraph(common)
	}
	return page.Code("lab experiment compare " + strings.Join(c.paths(), " ") + " --out DIR")
}

// explain says what stands in the tables.
func (c *Comparison) explain(page *viz.Report) {
	if mark := c.Mark(); mark != "" {
		page.Paragraph(strings.TrimSpace(star) + " marks " + mark + ".")
	}
	if legend := c.Legend(); legend != "" {
		page.Paragraph(legend)
	}
}

// paths are the folders of the runs, as a shell takes them.
func (c *Comparison) paths() (paths []string) {
	for _, r := range c.Runs {
		path := r.Path
		if strings.Contains(path, " ") {
			path = `"` + path + `"`
		}
		paths = append(paths, path)
	}
	return paths
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
			if strings.Contains(cell, "±") {
				cell = unbroken(cell)
			}
			lines[i] = append(lines[i], cell)
		}
	}
	table := viz.NewTable(unbroken(t.Title), columns) // in one line, however narrow the table
	for _, line := range lines {
		table.Add(line)
	}
	return table
}

// unbroken keeps a text in one line.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }
