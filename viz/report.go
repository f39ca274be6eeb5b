package viz

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// A Report is one HTML file that opens without a network: sentences, tables and pictures in the
// order in which they were added. Every text is shown as it is; nothing in it is taken for HTML.
//
//	report := viz.NewReport("Where does the gradient go?")
//	report.Heading("At initialisation").Paragraph(sentence).Picture(fig).Table(table)
//	err := report.Write("report.html")
type Report struct {
	Title    string
	Subtitle string // what was run, when it needs saying

	blocks []block
}

// A block is one element of the page.
type block struct {
	Kind  string // heading, paragraph, note, code, files, table, picture
	Text  string
	Files []string
	Table *pageTable
	Chart *pageChart

	table   *Table
	picture Picture
}

// NewReport starts an empty page.
func NewReport(title string) *Report { return &Report{Title: title} }

// String is the title, short.
func (r *Report) String() string { return fmt.Sprintf("report %q, %d parts", r.Title, len(r.blocks)) }

func (r *Report) add(b block) *Report {
	r.blocks = append(r.blocks, b)
	return r
}

// Heading begins a section.
func (r *Report) Heading(text string) *Report { return r.add(block{Kind: "heading", Text: text}) }

// Paragraph adds a paragraph.
func (r *Report) Paragraph(text string) *Report { return r.add(block{Kind: "paragraph", Text: text}) }

// Note adds a remark in the margin, beside what is added next.
func (r *Report) Note(text string) *Report { return r.add(block{Kind: "note", Text: text}) }

// Code adds a command or a piece of a program, its line breaks kept.
func (r *Report) Code(text string) *Report { return r.add(block{Kind: "code", Text: text}) }

// Files links files that lie beside the report.
func (r *Report) Files(names []string) *Report {
	return r.add(block{Kind: "files", Files: slices.Clone(names)})
}

// Table adds a table.
func (r *Report) Table(t *Table) *Report { return r.add(block{Kind: "table", table: t}) }

// Picture adds a picture with its title, subtitle and source.
func (r *Report) Picture(p Picture) *Report { return r.add(block{Kind: "picture", picture: p}) }

// Write writes the page to a file, all or nothing.
func (r *Report) Write(path string) error {
	page, err := r.HTML()
	if err != nil {
		return err
	}
	return WriteFile(path, page)
}

// HTML is the page.
func (r *Report) HTML() ([]byte, error) { return r.html(EChartsScript()) }

var (
	//go:embed page/report.html
	reportHTML string
	//go:embed page/report.css
	reportCSS string
	//go:embed page/chart.js
	chartScript string

	reportTemplate = template.Must(template.New("report").Parse(reportHTML))
)

// A page is what the template sees.
type page struct {
	Title, Subtitle string
	Style           template.CSS
	Blocks          []block
	Charts          bool // some picture can be interactive
	ECharts         template.JS
	ChartScript     template.JS
	Offer           bool   // a button that loads ECharts
	URL             string // from where
	Host, Allowed   string // ... for the reader, and for the browser's policy
}

// html is the page, with ECharts' script inside unless that is empty.
func (r *Report) html(echarts string) ([]byte, error) {
	p := page{
		Title: r.Title, Subtitle: r.Subtitle, Style: template.CSS(PageStyle() + reportCSS),
		ECharts: scriptText(echarts), ChartScript: scriptText(PageScript()),
	}
	for _, b := range r.blocks {
		if err := b.prepare(); err != nil {
			return nil, fmt.Errorf("report %q: %w", r.Title, err)
		}
		p.Charts = p.Charts || b.Chart != nil && b.Chart.Forms[0].Interactive
		p.Blocks = append(p.Blocks, b)
	}
	if !p.Charts {
		p.ECharts = ""
	} else if echarts == "" {
		if err := p.offer(EChartsURL()); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := reportTemplate.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("report %q: %w", r.Title, err)
	}
	return out.Bytes(), nil
}

// offer lets the page load the script at address, and nothing else from anywhere.
func (p *page) offer(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("the address of ECharts' script: %w", err)
	}
	p.Offer, p.URL, p.Host, p.Allowed = true, address, u.Host, u.Scheme+"://"+u.Host
	return nil
}

// prepare draws the picture or lays out the table.
func (b *block) prepare() error {
	switch b.Kind {
	case "table":
		if b.table == nil {
			return errors.New("there is no table to show: it is nil")
		}
		t, err := b.table.page()
		b.Table = t
		return err
	case "picture":
		c, err := chartOf(b.picture)
		b.Chart = c
		return err
	}
	return nil
}

// scriptText marks our own and ECharts' script as safe. Between <script> tags a browser ends the
// script at the letters "</script", even inside a string.
func scriptText(script string) template.JS {
	return template.JS(strings.NewReplacer("</script", `<\/script`, "<!--", `<\!--`).Replace(script))
}

// PageStyle is the CSS that a page with pictures needs: their colours, light and dark. Print is
// always light.
func PageStyle() string {
	var light, dark strings.Builder
	for _, k := range inks {
		fmt.Fprintf(&light, "%s:%s;", k.Name, k.Role)
		fmt.Fprintf(&dark, "%s:%s;", k.Name, k.Dark)
	}
	return fmt.Sprintf(":root{%s}\n@media screen and (prefers-color-scheme:dark){:root{%s}}\n", light.String(), dark.String())
}

// PageScript is the script that a page with pictures needs beside ECharts': it defines vizCharts,
// whose start() brings every .viz-form of a report to life.
func PageScript() string {
	names := make(map[string]Role, len(inks))
	for _, k := range inks {
		names[k.Name] = k.Role
	}
	list, _ := json.Marshal(names) // strings alone: cannot fail
	return fmt.Sprintf("%s\nvizCharts.inks = %s;\n", chartScript, list)
}

// A Table has a caption, a head and rows of text. Columns of numbers are set flush right.
type Table struct {
	Caption string
	Columns []string
	Rows    [][]string
}

// NewTable starts a table.
func NewTable(caption string, columns []string) *Table {
	return &Table{Caption: caption, Columns: slices.Clone(columns)}
}

// Add adds a row, one cell for each column.
func (t *Table) Add(cells []string) *Table {
	t.Rows = append(t.Rows, slices.Clone(cells))
	return t
}

// String is the caption and the size.
func (t *Table) String() string {
	return fmt.Sprintf("table %q, %d rows of %d", t.Caption, len(t.Rows), len(t.Columns))
}

// pageTable is a table that knows which columns are numbers.
type pageTable struct {
	Caption, Label string
	Head           []pageCell
	Body           [][]pageCell
}

type pageCell struct {
	Text   string
	Number bool
}

func (t *Table) page() (*pageTable, error) {
	out := &pageTable{Caption: t.Caption, Label: t.Caption}
	if out.Label == "" {
		out.Label = "Table: " + strings.Join(t.Columns, ", ")
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return nil, fmt.Errorf("table %q has %d cells in row %d for %d columns: give one for each", t.Caption, len(row), i, len(t.Columns))
		}
	}
	for c, name := range t.Columns {
		out.Head = append(out.Head, pageCell{name, t.numeric(c)})
	}
	for _, row := range t.Rows {
		cells := make([]pageCell, len(row))
		for c, text := range row {
			cells[c] = pageCell{text, out.Head[c].Number}
		}
		out.Body = append(out.Body, cells)
	}
	return out, nil
}

// numeric tells whether every cell of a column is a number, or empty, and one at least is.
func (t *Table) numeric(column int) bool {
	some := false
	for _, row := range t.Rows {
		switch text := strings.TrimLeft(row[column], "−-+±×★<>≤≥≈ "); {
		case row[column] == "" || row[column] == "–":
		case text == "" || !unicode.IsDigit([]rune(text)[0]) || len(strings.Fields(text)) > 2:
			return false
		default:
			some = true
		}
	}
	return some
}
