package render

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"reslab/cmd/lab/internal/markup"
)

// writer writes what goldmark's own renderer would write otherwise.
type writer struct{}

// RegisterFuncs is asked for by goldmark.
func (writer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHTMLBlock, htmlBlock)
	r.Register(ast.KindRawHTML, rawHTML)
	r.Register(ast.KindLink, link)
	r.Register(ast.KindAutoLink, autoLink)
	r.Register(ast.KindImage, image)
	r.Register(ast.KindFencedCodeBlock, fence)
	r.Register(markup.KindFormula, formula)
	r.Register(markup.KindFormulaBlock, formulaBlock)
}

func formula(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if f := node.(*markup.Formula); entering {
		_, _ = w.WriteString(Formula(f.TeX, f.Display))
	}
	return ast.WalkContinue, nil
}

func formulaBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<p>" + Formula(node.(*markup.FormulaBlock).TeX(source), true) + "</p>\n")
	}
	return ast.WalkSkipChildren, nil
}

// Formula returns a formula in TeX as MathML, and in letters where it has
// something that MathML does not know.
func Formula(tex string, display bool) string {
	if math, err := markup.MathML(tex, display); err == nil {
		return math
	}
	class := "formula"
	if display {
		class += " display"
	}
	return `<span class="` + class + `">` + html.EscapeString(markup.Readable(tex)) + "</span>"
}

func fence(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.FencedCodeBlock)
		_, _ = w.WriteString(Code(string(n.Language(source)), markup.Text(n, source)))
	}
	return ast.WalkSkipChildren, nil
}

// link writes a link that leads somewhere, and of one that does not its text.
func link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	switch {
	case len(n.Destination) == 0:
	case !entering:
		_, _ = w.WriteString("</a>")
	default:
		fmt.Fprintf(w, `<a href="%s"`, util.EscapeHTML(util.URLEscape(n.Destination, true)))
		if n.Title != nil {
			fmt.Fprintf(w, ` title="%s"`, html.EscapeString(string(n.Title)))
		}
		attributes(w, n)
		_, _ = w.WriteString(">")
	}
	return ast.WalkContinue, nil
}

func attributes(w util.BufWriter, n ast.Node) {
	for _, name := range []string{"target", "rel"} {
		if v, ok := n.AttributeString(name); ok {
			fmt.Fprintf(w, ` %s="%s"`, name, v)
		}
	}
}

func autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	label := util.EscapeHTML(n.Label(source))
	if _, isDead := n.AttributeString(dead); isDead {
		_, _ = w.Write(label)
		return ast.WalkContinue, nil
	}
	address := n.URL(source)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(address), []byte("mailto:")) {
		address = append([]byte("mailto:"), address...)
	}
	fmt.Fprintf(w, `<a href="%s"`, util.EscapeHTML(util.URLEscape(address, false)))
	attributes(w, n)
	fmt.Fprintf(w, ">%s</a>", label)
	return ast.WalkContinue, nil
}

// image writes a picture, and of one that cannot be had what it would show.
func image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	words := html.EscapeString(plain(n, source))
	if len(n.Destination) == 0 {
		fmt.Fprintf(w, `<span class="no-picture">[picture: %s]</span>`, words)
		return ast.WalkSkipChildren, nil
	}
	fmt.Fprintf(w, `<img src="%s" alt="%s" loading="lazy">`, util.EscapeHTML(util.URLEscape(n.Destination, true)), words)
	return ast.WalkSkipChildren, nil
}

// plain returns the words of a node.
func plain(node ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(tame(markup.Text(node, source)))
	}
	return ast.WalkContinue, nil
}

func rawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := node.(*ast.RawHTML).Segments
		_, _ = w.WriteString(tame(string(segments.Value(source))))
	}
	return ast.WalkSkipChildren, nil
}

var (
	comments = regexp.MustCompile(`(?s)<!--.*?-->`)
	harmless = regexp.MustCompile(`(?i)<(/?(?:details|summary|sub|sup|kbd|br|b|i|em|strong)) ?/?>|<details open>`)
)

// tame returns HTML with all of it made text but comments, which go, and a few
// tags without attributes.
func tame(source string) string {
	source = comments.ReplaceAllString(source, "")
	var b strings.Builder
	done := 0
	for _, at := range harmless.FindAllStringIndex(source, -1) {
		b.WriteString(escaped(source[done:at[0]]))
		b.WriteString(strings.ToLower(source[at[0]:at[1]]))
		done = at[1]
	}
	return b.String() + escaped(source[done:])
}

// escaped keeps what is written as an entity already.
func escaped(text string) string { return html.EscapeString(html.UnescapeString(text)) }

var (
	folds  = regexp.MustCompile(`</?(details|summary|sub|sup|kbd|b|i|em|strong)( open)?>`)
	blocks = map[string]bool{"details": true, "summary": true}
)

// balanced closes the tags that a text leaves open, and drops those that close
// nothing: they would reach into what stands below it on the page.
func balanced(page string) string {
	var b strings.Builder
	var open []string
	done := 0
	for _, at := range folds.FindAllStringSubmatchIndex(page, -1) {
		b.WriteString(page[done:at[0]])
		tag, name := page[at[0]:at[1]], page[at[2]:at[3]]
		done = at[1]
		switch {
		case !strings.HasPrefix(tag, "</"):
			open = append(open, name)
		case len(open) > 0 && open[len(open)-1] == name:
			open = open[:len(open)-1]
		case blocks[name] && slices.Contains(open, name): // what was opened in it ends with it
			for open[len(open)-1] != name {
				b.WriteString("</" + open[len(open)-1] + ">")
				open = open[:len(open)-1]
			}
			open = open[:len(open)-1]
		default:
			continue
		}
		b.WriteString(tag)
	}
	b.WriteString(page[done:])
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i] + ">")
	}
	return b.String()
}
