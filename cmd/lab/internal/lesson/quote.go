package lesson

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
)

// Refill returns lesson.md with its quotes taken anew from the project's
// sources, which root holds.
func (l *Lesson) Refill(root fs.FS) ([]byte, error) {
	var blocks []Block
	var texts []string
	for _, q := range l.Quotes {
		text, err := declaration(root, q.Of)
		if err != nil {
			return nil, fmt.Errorf("line %d of lesson %s: %w", q.Line, l.ID, err)
		}
		blocks, texts = append(blocks, q.Block), append(texts, text)
	}
	return l.replace(blocks, texts), nil
}

// Reprint returns lesson.md with the output of the cells that r found wrong
// replaced by what they print.
func (l *Lesson) Reprint(r RunReport) []byte {
	var blocks []Block
	var texts []string
	for i, c := range r.Cells {
		if output := l.Cells[i].output; !c.OK && output != nil {
			blocks, texts = append(blocks, *output), append(texts, strings.TrimRight(c.Printed, "\n")+"\n")
		}
	}
	return l.replace(blocks, texts)
}

// replace puts texts in place of blocks, which are in order.
func (l *Lesson) replace(blocks []Block, texts []string) []byte {
	var out []byte
	rest := 0
	for i, b := range blocks {
		out = append(append(out, l.Source[rest:b.Start]...), texts[i]...)
		rest = b.End
	}
	return append(out, l.Source[rest:]...)
}

// declaration returns the source of a declaration with its comment. It is named
// by file and name, as nn/conv.go#NewConv2D, or nn/conv.go#Conv2D.Forward for a
// method.
func declaration(root fs.FS, of string) (string, error) {
	file, name, ok := strings.Cut(of, "#")
	if !ok {
		return "", fmt.Errorf("a quote is named as nn/conv.go#Conv2D.Forward, and not %q", of)
	}
	source, err := fs.ReadFile(root, file)
	if err != nil {
		return "", fmt.Errorf("quote %s: %w", of, err)
	}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", fmt.Errorf("quote %s: %w", of, err)
	}
	for _, d := range parsed.Decls {
		names, doc := declared(d)
		for _, n := range names {
			if n == name {
				from := d.Pos()
				if doc != nil {
					from = doc.Pos()
				}
				return string(source[files.Position(from).Offset:files.Position(d.End()).Offset]) + "\n", nil
			}
		}
	}
	return "", fmt.Errorf("quote %s: the file declares no %s", of, name)
}

// declared returns the names that a declaration gives, a method's with the name
// of its type before it.
func declared(d ast.Decl) (names []string, doc *ast.CommentGroup) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []string{receiver(d) + d.Name.Name}, d.Doc
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names = append(names, n.Name)
				}
			}
		}
		return names, d.Doc
	}
	return nil, nil
}

// receiver returns the type of a method and a dot, and nothing for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	t := d.Recv.List[0].Type
	if pointer, ok := t.(*ast.StarExpr); ok {
		t = pointer.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}
