package cell

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A goCell is a cell on its way to a Go file: its text, cut in pieces, and the
// changes to be made in it.
type goCell struct {
	ProgramCell
	imports map[string]string // path to name
	aliases map[string]string // the names that the cell uses for packages, by path
	pieces  []*goPiece
	edits   []edit
	vars    []string // declarations of variables, as "x int"
	calls   []string // what a whole program wants called
	problem string   // why the cell is left out
}

// A goPiece is a declaration or a statement with the comments above it.
type goPiece struct {
	from, to int
	declares bool
	dropped  bool // it is declared again, or an import
	early    bool // a declaration that became an assignment
}

// An edit puts text in the place of some bytes of the cell.
type edit struct {
	from, to int
	text     string
}

// cut cuts the cell's text. Comments go with what stands below them, and on its
// line.
func (c *goCell) cut(p *parsed) {
	end := 0
	for _, piece := range split(c.Source) {
		g := &goPiece{from: end, to: piece.to, declares: piece.kind == declaration || p.program, dropped: piece.kind == importing || piece.kind == packaging}
		rest, _, _ := strings.Cut(c.Source[piece.to:], "\n")
		if text := strings.TrimSpace(rest); text == "" || strings.HasPrefix(text, "//") {
			g.to = piece.to + len(rest)
		}
		end = g.to
		c.pieces = append(c.pieces, g)
	}
}

// alias notes what the cell calls the packages that it and those above it import.
func (c *goCell) alias(imports map[string]string) {
	used := map[string]bool{}
	collectNames(c.Source, used)
	c.aliases = map[string]string{}
	for name, path := range imports {
		if used[name] {
			c.aliases[path] = name
		}
	}
}

// pieceAt returns the piece in which a byte stands.
func (c *goCell) pieceAt(offset int) *goPiece {
	for _, p := range c.pieces {
		if offset < p.to {
			return p
		}
	}
	return &goPiece{}
}

// written returns a piece with its edits.
func (c *goCell) written(p *goPiece) string {
	var b strings.Builder
	at := p.from
	for _, e := range c.edits {
		if e.from < at || e.to > p.to {
			continue
		}
		b.WriteString(c.Source[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	return strings.Trim(b.String()+c.Source[at:p.to], "\n") + "\n"
}

// runs tells whether the cell does anything when it is called.
func (c *goCell) runs() bool {
	isWork := func(p *goPiece) bool { return !p.dropped && (!p.declares || p.early) }
	return c.problem == "" && (slices.ContainsFunc(c.pieces, isWork) || len(c.calls) > 0)
}

// text writes the file.
func (c *goCell) text() string {
	if c.problem != "" {
		return c.comment()
	}
	slices.SortStableFunc(c.edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var decls, early, body strings.Builder
	for _, p := range c.pieces {
		switch {
		case p.dropped:
		case p.early:
			early.WriteString(c.written(p))
		case p.declares:
			decls.WriteString("\n" + c.written(p))
		default:
			body.WriteString(c.written(p))
		}
	}
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	for _, ours := range []bool{false, true} { // the standard library first
		for _, path := range slices.Sorted(maps.Keys(c.imports)) {
			if strings.HasPrefix(path, "reslab/") == ours {
				fmt.Fprintf(&b, "\t%s\n", importSpec(c.imports[path], path))
			}
		}
		b.WriteString("\n")
	}
	b.WriteString(")\n" + decls.String())
	if len(c.vars) > 0 {
		fmt.Fprintf(&b, "\nvar (\n\t%s\n)\n", strings.Join(c.vars, "\n\t"))
	}
	if c.runs() {
		for _, call := range c.calls {
			body.WriteString(call + "()\n")
		}
		fmt.Fprintf(&b, "\nfunc %s() {\n%s%s}\n", cellFunction(c.N), early.String(), body.String())
	}
	return b.String()
}

// importSpec is a line of an import declaration. The name is written where the
// path does not end in it.
func importSpec(name, path string) string {
	if path == name || strings.HasSuffix(path, "/"+name) {
		return fmt.Sprintf("%q", path)
	}
	return fmt.Sprintf("%s %q", name, path)
}

// comment is the file of a cell that is left out.
func (c *goCell) comment() string {
	var b strings.Builder
	b.WriteString("package main\n\n")
	if c.Fails {
		fmt.Fprintf(&b, "// Cell %d is meant to end in an error, and does not compile: %s.\n//\n", c.N, strings.ReplaceAll(c.problem, "\n", " "))
	} else {
		fmt.Fprintf(&b, "// Cell %d is left out, because it does not compile: %s.\n//\n", c.N, strings.ReplaceAll(c.problem, "\n", " "))
	}
	for line := range strings.Lines(c.Source) {
		b.WriteString(strings.TrimRight("//\t"+line, " \t\n") + "\n")
	}
	return b.String()
}
