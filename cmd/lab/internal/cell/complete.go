package cell

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A Completion is a way to end the word at the cursor.
type Completion struct {
	Name string // what takes the place of the word
	Kind string // "package", "func", "method", "field", "var", "const", "type", "builtin", "keyword" or "import"
	Type string // its type or signature, "" for packages and keywords
	Doc  string // the first sentence of its documentation, "" where none is known
}

// Completions are what may stand at the cursor: each replaces source[From:To].
type Completions struct {
	From, To int
	List     []Completion
}

// Complete returns what may stand at a byte of a cell's text: names in scope,
// fields and methods after a dot, the fields of a struct literal, paths in an
// import. The text may be unfinished. Nothing runs, and nothing changes.
func (s *Session) Complete(source string, offset int) Completions {
	offset = max(0, min(offset, len(source)))
	from, to := wordAt(source, offset)
	out := Completions{From: from, To: to}
	if quote := importString(source[:offset]); quote >= 0 {
		out.From, out.To = quote, offset
		out.List = s.importPaths(source[quote:offset])
		return out
	}
	if inText(source[:from]) {
		return out
	}
	prefix := source[from:offset]
	// The word becomes one that no learner types, so that the parser finds a name there.
	whole := source[:from] + cursorWord + source[to:]
	if !parses(whole) {
		whole = closed(source[:from] + cursorWord)
	}
	a := s.analyse(whole)
	defer a.close()
	out.List = a.candidates(from, prefix)
	return out
}

// candidates returns what may stand in the place of the cursor's word.
func (a *analysis) candidates(offset int, prefix string) []Completion {
	var l lister
	l.a, l.prefix = a, prefix
	path := a.path(offset + 1)
	if len(path) > 1 {
		switch parent := path[1].(type) {
		case *ast.SelectorExpr:
			if parent.Sel == path[0] {
				l.selected(parent)
				return l.sorted()
			}
		case *ast.KeyValueExpr:
			if lit, ok := path[2].(*ast.CompositeLit); ok && parent.Key == path[0] {
				l.fieldsOf(lit)
			}
		case *ast.CompositeLit:
			l.fieldsOf(parent)
		}
	}
	if len(path) > 0 {
		l.inScope(a.pos(path[len(path)-1], offset))
	} else {
		l.inScope(token.NoPos)
	}
	return l.sorted()
}

// A lister collects completions.
type lister struct {
	a      *analysis
	prefix string
	list   []ranked
	seen   map[string]bool
}

// A ranked completion comes before those of a higher rank.
type ranked struct {
	Completion
	rank int
}

func (l *lister) add(rank int, c Completion) {
	if !strings.HasPrefix(strings.ToLower(c.Name), strings.ToLower(l.prefix)) || strings.Contains(c.Name, mark) || c.Name == "_" || l.seen[c.Name] {
		return
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[c.Name] = true
	l.list = append(l.list, ranked{c, rank})
}

func (l *lister) object(rank int, o types.Object, doc string) {
	l.add(rank, Completion{Name: o.Name(), Kind: kindName(o), Type: typeText(o), Doc: firstSentence(doc)})
}

func (l *lister) sorted() []Completion {
	slices.SortStableFunc(l.list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), l.wrongCase(a)-l.wrongCase(b), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	var all []Completion
	for _, r := range l.list {
		all = append(all, r.Completion)
	}
	return all
}

// wrongCase is 1 for a name that begins as typed but for its upper and lower case.
func (l *lister) wrongCase(r ranked) int {
	if strings.HasPrefix(r.Name, l.prefix) {
		return 0
	}
	return 1
}

// selected lists what may follow the dot.
func (l *lister) selected(e *ast.SelectorExpr) {
	a := l.a
	if p := a.imported(e.X); p != nil {
		for _, name := range p.Scope().Names() {
			if o := p.Scope().Lookup(name); o.Exported() && a.s.offers(o) {
				l.object(0, o, a.s.docOf(o, ""))
			}
		}
		return
	}
	tv, ok := a.c.info.Types[e.X]
	if !ok || tv.Type == nil || isInvalid(tv.Type) {
		return
	}
	for _, m := range membersOf(tv.Type) {
		if !m.object.Exported() && !isLearners(m.object) {
			continue
		}
		if _, isField := m.object.(*types.Var); isField && tv.IsType() {
			continue
		}
		l.object(m.depth, m.object, a.s.docOf(m.object, m.holder))
	}
}

// fieldsOf lists the fields that a struct literal may name.
func (l *lister) fieldsOf(lit *ast.CompositeLit) {
	t := l.a.c.info.TypeOf(lit)
	if t == nil {
		return
	}
	if p, ok := under(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	u, ok := under(t).(*types.Struct)
	if !ok {
		return
	}
	for f := range u.Fields() {
		if f.Exported() || isLearners(f) {
			l.object(-1, f, l.a.s.docOf(f, typeNameOf(t)))
		}
	}
}

// inScope lists the names that can be used at a place: the nearest first, then
// packages, what Go has built in, and its keywords.
func (l *lister) inScope(pos token.Pos) {
	a := l.a
	for s := a.scope(pos); s != nil && s != types.Universe; s = s.Parent() {
		for _, name := range s.Names() {
			if _, o := s.LookupParent(name, pos); o != nil || s == a.c.pkg.Scope() {
				o = s.Lookup(name)
				if _, ok := o.(*types.PkgName); !ok {
					l.object(0, o, a.s.docOf(o, ""))
				}
			}
		}
	}
	for name, path := range a.st.imports {
		l.add(1, Completion{Name: name, Kind: "package", Doc: firstSentence(a.s.doc(path, ""))})
	}
	for path, p := range a.s.known {
		l.add(1, Completion{Name: p.Name(), Kind: "package", Doc: firstSentence(a.s.doc(path, ""))})
	}
	for _, name := range types.Universe.Names() {
		l.object(2, types.Universe.Lookup(name), "")
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		l.add(3, Completion{Name: tok.String(), Kind: "keyword"})
	}
}

func isInvalid(t types.Type) bool { return t == types.Typ[types.Invalid] }

func (s *Session) importPaths(prefix string) []Completion {
	var all []Completion
	for path := range s.known {
		if strings.HasPrefix(path, prefix) {
			all = append(all, Completion{Name: path, Kind: "import", Doc: firstSentence(s.doc(path, ""))})
		}
	}
	slices.SortFunc(all, func(a, b Completion) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// kindName says what kind of thing a name stands for.
func kindName(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		if o.Signature().Recv() != nil {
			return "method"
		}
		return "func"
	case *types.Var:
		if o.IsField() {
			return "field"
		}
		return "var"
	case *types.Const, *types.Nil:
		return "const"
	case *types.TypeName:
		return "type"
	case *types.Builtin:
		return "builtin"
	case *types.PkgName:
		return "package"
	}
	return "name"
}

// typeText returns the type of what a name stands for, on one line.
func typeText(o types.Object) string {
	switch o := o.(type) {
	case *types.TypeName:
		switch under(o.Type()).(type) {
		case *types.Struct:
			return "struct"
		case *types.Interface:
			return "interface"
		}
		return types.TypeString(under(o.Type()), packageNames)
	case *types.Builtin, *types.Nil, *types.PkgName:
		return ""
	}
	if o.Type() == nil || isInvalid(o.Type()) {
		return ""
	}
	return types.TypeString(o.Type(), packageNames)
}
