package lesson

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"

	"reslab/cmd/lab/internal/markup"
	"reslab/cmd/lab/internal/terminal"
)

// View says how a lesson is shown.
type View struct {
	Width  int            // columns of the terminal
	Style  terminal.Style // colours, or none
	Unfold bool           // show what the page folds away: hints and answers
}

// widest is where lines of text end on the widest terminal: eyes lose longer ones.
const widest = 100

// columns is the width of running text.
func (v View) columns() int { return max(20, min(v.Width-2, widest)) }

// Show writes a lesson for w: as wide as its terminal, and in its colours.
func Show(w io.Writer, l *Lesson) error {
	return View{Width: terminal.Width(w), Style: terminal.StyleOf(w)}.Show(w, l)
}

// Show writes a lesson.
func (v View) Show(w io.Writer, l *Lesson) error {
	p := &page{View: v, source: l.Source, captions: map[int]string{}}
	for _, c := range l.Cells {
		p.captions[c.Line] = fmt.Sprintf("cell %d", c.N)
		if c.Exercise != "" {
			p.captions[c.Line] += ", exercise " + c.Exercise
		}
	}
	for _, q := range l.Quotes {
		p.captions[q.Line], _, _ = strings.Cut(q.Of, "#")
	}
	doc := markup.Parse(l.Source)
	for node := doc.FirstChild(); node != nil; node = node.NextSibling() {
		p.block(node, "")
	}
	if p.folded {
		p.write(p.wrap(p.Style.Dim(fmt.Sprintf("What is folded (%s): %s lesson show %s --unfold", fold, terminal.Program("."), l.ID)), "", ""))
	}
	_, err := io.WriteString(w, p.text())
	return err
}

// page is what was written so far.
type page struct {
	View
	source   []byte
	captions map[int]string // what stands above the fence on that line
	out      bytes.Buffer
	inside   bool // of <details>
	folded   bool // something was left out
}

// text returns the page without empty lines at its end.
func (p *page) text() string { return strings.TrimRight(p.out.String(), "\n") + "\n" }

// block writes a block and an empty line.
func (p *page) block(node ast.Node, indent string) {
	if html, ok := node.(*ast.HTMLBlock); ok {
		p.html(markup.Text(html, p.source), indent)
		return
	}
	if p.inside {
		if !p.Unfold {
			return
		}
		indent += "    "
	}
	switch node := node.(type) {
	case *ast.Heading:
		p.heading(node)
	case *ast.FencedCodeBlock:
		p.fence(node, indent)
	case *ast.CodeBlock:
		p.write(indented(markup.Text(node, p.source), indent+"    "))
	case *ast.List:
		p.list(node, indent)
	case *ast.ThematicBreak:
		p.write(indent + p.Style.Dim(strings.Repeat("─", p.columns()/2)))
	case *ast.Blockquote:
		p.children(node, indent+"> ")
	case *extension.Table:
		p.table(node, indent)
	case *markup.FormulaBlock:
		p.write(indent + "    " + p.Style.Italic(markup.Readable(node.TeX(p.source))))
	default:
		p.write(p.wrap(p.words(node), indent, indent))
	}
}

func (p *page) write(text string) { fmt.Fprintf(&p.out, "%s\n\n", text) }

func (p *page) children(node ast.Node, indent string) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		p.block(child, indent)
	}
}

// heading writes a title: underlined where there are no colours to tell it, and
// the lesson's own always.
func (p *page) heading(node *ast.Heading) {
	text := Plain(node, p.source)
	rule := map[int]string{1: "=", 2: "-"}[node.Level]
	lines := strings.Split(p.wrap(text, "", ""), "\n")
	if node.Level == 1 || node.Level == 2 && !p.Style.On() {
		long := 0
		for _, line := range lines {
			long = max(long, terminal.Columns(line))
		}
		lines = append(lines, strings.Repeat(rule, long))
	}
	p.write(p.Style.Title(strings.Join(lines, "\n")))
}

// fence writes code with its caption, and output behind marks. Lines of code stay
// whole, however long: broken code cannot be pasted.
func (p *page) fence(node *ast.FencedCodeBlock, indent string) {
	text := strings.TrimRight(strings.ReplaceAll(markup.Text(node, p.source), "\t", "    "), "\n")
	language := string(node.Language(p.source))
	if language == "output" {
		if text != "" {
			p.write(indented(terminal.Sentences(text, p.columns()-len(indent)-4), indent+"  "+p.Style.Dim(">")+" "))
		}
		return
	}
	if node.Info != nil {
		if caption := p.captions[markup.LineAt(p.source, node.Info.Segment.Start)]; caption != "" {
			p.write(p.Style.Dim(caption + ":"))
		}
	}
	if language == "go" {
		text = p.Style.Go(text)
	}
	p.write(indented(text, indent+"    "))
}

var summary = regexp.MustCompile(`(?s)<summary>(.*?)</summary>`)

// fold marks what is folded.
const fold = "▸"

// html follows <details>. All other HTML, lab comments among it, is for machines.
func (p *page) html(text, indent string) {
	switch {
	case strings.Contains(text, "<details"):
		p.inside, p.folded = true, !p.Unfold
		p.write(p.wrap(p.Style.Bold(TitleOf(text)), indent+"  "+fold+" ", indent+"    "))
	case strings.Contains(text, "</details"):
		p.inside = false
	}
}

// TitleOf returns the summary of <details>.
func TitleOf(html string) string {
	if m := summary.FindStringSubmatch(html); m != nil {
		return strings.TrimSpace(m[1])
	}
	return "More"
}

// list writes each item behind a dash or its number.
func (p *page) list(list *ast.List, indent string) {
	n := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if list.IsOrdered() {
			mark = fmt.Sprintf("%d. ", n)
			n++
		}
		hang := indent + strings.Repeat(" ", len(mark))
		for part := item.FirstChild(); part != nil; part = part.NextSibling() {
			switch part.(type) {
			case *ast.Paragraph, *ast.TextBlock:
				fmt.Fprintln(&p.out, p.wrap(p.words(part), indent+mark, hang))
			default:
				p.block(part, hang)
			}
			mark = strings.Repeat(" ", len(mark))
		}
	}
	fmt.Fprintln(&p.out)
}

// wrap breaks text into lines between words. The first line begins with first,
// the others with rest.
func (p *page) wrap(text, first, rest string) string {
	return terminal.Wrap(text, first, rest, p.columns())
}
