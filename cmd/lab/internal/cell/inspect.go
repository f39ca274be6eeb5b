package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A Description says what a name in a cell stands for.
type Description struct {
	Name      string // "NewConv2D", "Forward"
	Kind      string // as in Completion
	Signature string // its declaration: "func nn.NewTensor(shape ...int) *nn.Tensor", "var x int"
	Doc       string // its documentation, "" where none is known
	Package   string // the path of the package that declares it, "" if a cell does
	From, To  int    // the word: source[From:To]

	// Where a cell declares it; Cell is "" where it is not the learner's, and
	// also where the text itself does.
	Cell      string
	Line, Col int
}

// Inspect describes the name at a byte of a cell's text, as far as it can be
// told without running it; false if there is none.
func (s *Session) Inspect(source string, offset int) (Description, bool) {
	offset = max(0, min(offset, len(source)))
	from, to := wordAt(source, offset)
	if from == to || inText(source[:from]) {
		return Description{}, false
	}
	text := source
	if !parses(text) {
		text = closed(source[:to])
	}
	a := s.analyse(text)
	defer a.close()
	path := a.path(from)
	for len(path) > 0 {
		if id, ok := path[0].(*ast.Ident); ok && path[0].Pos() == a.pos(id, from) {
			return a.describe(path, id, from, to)
		}
		path = path[1:]
	}
	return Description{}, false
}

func (a *analysis) describe(path []ast.Node, id *ast.Ident, from, to int) (Description, bool) {
	o := a.c.info.Uses[id]
	if o == nil {
		o = a.c.info.Defs[id]
	}
	if o == nil {
		return Description{}, false
	}
	holder := ""
	if len(path) > 1 {
		if e, ok := path[1].(*ast.SelectorExpr); ok && e.Sel == id {
			holder = a.holder(e, o)
		}
	}
	d := a.s.description(o, holder)
	d.From, d.To = from, to
	return d, true
}

// holder returns the name of the type that has a selected field or method.
func (a *analysis) holder(e *ast.SelectorExpr, o types.Object) string {
	if tv, ok := a.c.info.Types[e.X]; ok {
		for _, m := range membersOf(tv.Type) {
			if m.object == o {
				return m.holder
			}
		}
		return typeNameOf(tv.Type)
	}
	return ""
}

// Call describes the function whose arguments a byte of a cell's text stands
// among, and says which argument it is, counted from 0; false outside of calls.
func (s *Session) Call(source string, offset int) (d Description, argument int, ok bool) {
	offset = max(0, min(offset, len(source)))
	if inText(source[:offset]) {
		return Description{}, 0, false
	}
	if tok, from := unfinished(source[:offset]); tok.IsLiteral() && tok != token.IDENT {
		offset = from // no word can stand right behind a number
	}
	a := s.analyse(closed(source[:offset] + cursorWord))
	defer a.close()
	path := a.path(offset + 1)
	for i, n := range path {
		call, ok := n.(*ast.CallExpr)
		if _, isLit := n.(*ast.FuncLit); isLit {
			break
		}
		if !ok || i == 0 || a.pos(call, offset) <= call.Lparen {
			continue
		}
		for k, arg := range call.Args {
			if arg.Pos() <= a.pos(call, offset) {
				argument = k
			}
		}
		d, ok := a.called(call)
		return d, argument, ok
	}
	return Description{}, 0, false
}

func (a *analysis) called(call *ast.CallExpr) (Description, bool) {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		if o := a.c.info.Uses[f]; o != nil {
			return a.s.description(o, ""), true
		}
	case *ast.SelectorExpr:
		if o := a.c.info.Uses[f.Sel]; o != nil {
			return a.s.description(o, a.holder(f, o)), true
		}
	}
	return Description{}, false
}

// description says what is known of an object; holder is the type whose field
// or method it is.
func (s *Session) description(o types.Object, holder string) Description {
	d := Description{Name: o.Name(), Kind: kindName(o), Signature: types.ObjectString(o, packageNames), Doc: s.docOf(o, holder)}
	if p, ok := o.(*types.PkgName); ok {
		d.Package = p.Imported().Path()
		d.Signature = "package " + p.Imported().Name() + " // import \"" + d.Package + "\""
		return d
	}
	switch {
	case o.Pkg() == nil:
	case !isLearners(o):
		d.Package = o.Pkg().Path()
	default:
		pos := o.Pos()
		if live := s.state.live[o.Name()]; live != nil && live.isVar() && !pos.IsValid() {
			pos = live.at
		}
		place := s.position(pos)
		d.Cell, d.Line, d.Col = place.Cell, place.Line, place.Col
	}
	return d
}

// docOf returns the documentation of an object.
func (s *Session) docOf(o types.Object, holder string) string {
	if p, ok := o.(*types.PkgName); ok {
		return s.doc(p.Imported().Path(), "")
	}
	if o.Pkg() == nil {
		return ""
	}
	name := o.Name()
	if holder != "" {
		name = holder + "." + name
	}
	if isLearners(o) {
		if d := s.state.live[name]; d != nil {
			return d.doc()
		}
		return ""
	}
	return s.doc(o.Pkg().Path(), name)
}

// doc asks for the documentation of a compiled package, or of a name in it.
func (s *Session) doc(path, name string) string {
	if s.cfg.Doc == nil {
		return ""
	}
	return strings.TrimSpace(s.cfg.Doc(path, name))
}

// doc returns the comment above a declaration.
func (d *decl) doc() string {
	switch node := d.node.(type) {
	case *ast.FuncDecl:
		return strings.TrimSpace(node.Doc.Text())
	case *ast.GenDecl:
		if spec, ok := node.Specs[0].(*ast.TypeSpec); ok && spec.Doc != nil {
			return strings.TrimSpace(spec.Doc.Text())
		}
		return strings.TrimSpace(node.Doc.Text())
	}
	return ""
}

// firstSentence returns a documentation up to its first full stop.
func firstSentence(doc string) string {
	doc, _, _ = strings.Cut(doc, "\n\n")
	doc = strings.Join(strings.Fields(doc), " ")
	if end := strings.Index(doc, ". "); end >= 0 {
		doc = doc[:end+1]
	}
	return doc
}

// offers tells whether a session lets cells use a name of a compiled package.
func (s *Session) offers(o types.Object) bool {
	switch o := o.(type) {
	case *types.Const:
		return true
	case *types.Func:
		if s.fromLibrary(o) != nil {
			return true
		}
	}
	return s.values[o.Pkg().Path()][o.Name()].IsValid()
}
