package document

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"reslab/cmd/lab/internal/markup"
)

// text is how a block stands in its file.
type text struct {
	body  string // the block itself
	trail string // the end of its last line and empty lines

	comment string // the lab comment above a cell
	info    string // what stands behind the fence: go
	asides  string // the <details> below an exercise
	open    bool   // nothing ends the fence
}

// Markdown returns the notebook as a file. Blocks that nobody changed are
// written as they were read, to the byte.
func (d *Document) Markdown() []byte {
	out := &strings.Builder{}
	out.WriteString(d.head)
	for i, b := range d.Blocks {
		var above *Block
		if i > 0 {
			above = d.Blocks[i-1]
		}
		last := i == len(d.Blocks)-1
		anew := b.anew(above, last)
		if anew || above != nil && (above.next != b.ID || above.content() != above.was) {
			d.part(out, above, b)
		}
		if anew {
			out.WriteString(strings.ReplaceAll(b.markdown(), "\n", d.eol))
		} else {
			out.WriteString(b.text.body)
		}
		out.WriteString(b.trail(d.Blocks[i+1:]))
		if last && (anew || b.next != "") && !strings.HasSuffix(out.String(), "\n") {
			out.WriteString(d.eol)
		}
	}
	return []byte(out.String())
}

// separator stands between two blocks of prose that would be read as one.
const separator = "<!-- -->"

// trail is what a block has below it. A separator goes when the block that it
// stood above has gone.
func (b *Block) trail(below []*Block) string {
	if before, _, ok := strings.Cut(b.text.trail, separator); ok && (len(below) == 0 || below[0].ID != b.next) {
		return before
	}
	return b.text.trail
}

// part makes sure that a block is not read as part of the one above it.
func (d *Document) part(out *strings.Builder, above, b *Block) {
	out.WriteString(d.gap(out.String()))
	adopted := b.Kind != Prose && b.text.comment == "" && ofNext.MatchString(out.String())
	merged := b.Kind == Prose && above != nil && above.Kind == Prose && !strings.HasPrefix(b.Source, "#") && !strings.HasSuffix(strings.TrimSpace(out.String()), separator)
	if adopted || merged {
		out.WriteString(separator + d.eol + d.eol)
	}
}

// gap is what makes an empty line below text, if there is none.
func (d *Document) gap(text string) string {
	text = strings.TrimPrefix(text, "\uFEFF")
	filled := strings.TrimRight(text, " \t\r\n")
	lines := strings.Count(text[len(filled):], "\n")
	missing := max(0, 2-lines)
	if filled == "" {
		missing = 0
	}
	if text != "" && !strings.HasSuffix(text, "\n") { // a line of blanks does not end
		missing = max(missing, 1)
	}
	return strings.Repeat(d.eol, missing)
}

// ofNext finds a lab comment at the end of a text: it would speak of a cell that
// comes to stand below it.
var ofNext = regexp.MustCompile(`<!-- lab:[^\n]*-->\s*$`)

// anew tells whether a block cannot be written as it was read: it changed, or
// what it stands beside now would make something else of it.
func (b *Block) anew(above *Block, last bool) bool {
	swallows := b.next == "" && !last && (b.Kind == Prose || b.text.open)
	joins := strings.HasPrefix(b.text.body, " ") && b.Kind != Prose && above != nil && above.next != b.ID // a list above
	return b.content() != b.was || swallows || joins
}

// markdown writes a block anew.
func (b *Block) markdown() string {
	if b.Kind == Prose {
		return closed(b.Source)
	}
	var out strings.Builder
	if b.text.comment != "" {
		out.WriteString(b.text.comment + "\n\n")
	}
	info := b.text.info
	if info == "" {
		info = "go"
	}
	out.WriteString(fenced(info, b.Source))
	if b.Output != "" {
		out.WriteString("\n\n" + fenced("output", strings.TrimSuffix(b.Output, "\n")))
	}
	if b.text.asides != "" {
		out.WriteString("\n\n" + strings.TrimRight(b.text.asides, "\n"))
	}
	return out.String()
}

// fenced writes a fenced block, its fence longer than any in the text.
func fenced(info, text string) string {
	fence := "```"
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t")
		if n := len(line) - len(strings.TrimLeft(line, "`")); n >= len(fence) {
			fence = strings.Repeat("`", n+1)
		}
	}
	return fence + info + "\n" + text + "\n" + fence
}

// closers end what a text may have left open, and what would swallow the blocks
// below it.
var closers = []string{"", "-->", "$$", "</script>", "</style>", "</pre>", "</textarea>", "?>", "]]>", ">"}

// closed ends a fence or a piece of HTML that nothing ends.
func closed(source string) string {
	for _, c := range slices.Concat(closers, fences(source)) {
		with := source
		if c != "" {
			with += "\n" + c
		}
		if ends(with) {
			return with
		}
	}
	return source
}

// ends tells whether a heading below a text is read as one.
func ends(source string) bool {
	text := []byte(source + "\n\n# below\n")
	for node := markup.Parse(text).FirstChild(); node != nil; node = node.NextSibling() {
		if heading, ok := node.(*ast.Heading); ok && heading.Lines().Len() == 1 && heading.Lines().At(0).Start == len(source)+len("\n\n# ") {
			return true
		}
	}
	return false
}

var fence = regexp.MustCompile("(?m)^[ \t>]*(`{3,}|~{3,})")

// fences returns what may end a fence that a text opens.
func fences(source string) []string {
	var all []string
	for _, m := range fence.FindAllStringSubmatch(source, -1) {
		all = append(all, m[1])
	}
	return all
}
