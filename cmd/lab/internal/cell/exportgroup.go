package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A groupWriter takes a checked group into the file of its cell.
type groupWriter struct {
	*planner
	e   *exporter
	out *goCell

	before  map[string]string       // the names in Go before the group
	own     map[string]bool         // names that the group declares
	defined map[types.Object]string // variables that its statements define
}

func (w *groupWriter) write() error {
	w.before, w.own, w.defined = maps.Clone(w.e.goNames), map[string]bool{}, map[types.Object]string{}
	for _, node := range w.group.decls {
		w.declaration(node)
	}
	fresh := map[string]bool{}
	for _, o := range w.planner.variables() {
		if err := w.variable(o, fresh); err != nil {
			return err
		}
	}
	for _, node := range w.group.decls {
		w.rename(node)
	}
	for _, s := range w.group.statements {
		w.rename(s)
		w.define(s, fresh)
	}
	w.show()
	for o, name := range w.defined {
		w.e.goNames[o.Name()] = name
	}
	return nil
}

// offset returns the byte of the cell's text at which a place is.
func (w *groupWriter) offset(pos token.Pos) int { return w.s.fset.File(pos).Offset(pos) - bytesBefore }

func (w *groupWriter) replace(from, to token.Pos, text string) {
	w.out.edits = append(w.out.edits, edit{w.offset(from), w.offset(to), text})
}

// declaration gives what a declaration declares its names, and takes what it
// takes the place of away.
func (w *groupWriter) declaration(node ast.Decl) {
	piece := w.out.pieceAt(w.offset(node.Pos()))
	isNew := func(name string) bool {
		return slices.ContainsFunc(w.planner.own, func(d *decl) bool { return slices.Contains(d.names, name) })
	}
	switch node := node.(type) {
	case *ast.FuncDecl:
		if node.Recv != nil {
			w.method(node, piece)
			return
		}
		w.function(node, piece)
	case *ast.GenDecl:
		kept := node.Tok != token.TYPE
		for _, spec := range node.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if isNew(spec.Name.Name) {
					kept = true
					w.own[spec.Name.Name] = true
					w.e.goNames[spec.Name.Name] = w.e.name(spec.Name.Name)
				}
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					if node.Tok == token.CONST && id.Name != "_" {
						w.own[id.Name] = true
						w.e.goNames[id.Name] = w.e.name(id.Name)
					}
				}
			}
		}
		piece.dropped = piece.dropped || !kept
	}
}

// method drops an older method of the same name: the newest counts.
func (w *groupWriter) method(node *ast.FuncDecl, piece *goPiece) {
	receiver := receiverName(node)
	if name := w.e.goNames[receiver]; name != "" {
		receiver = name
	}
	full := receiver + "." + node.Name.Name
	if older := w.e.methods[full]; older != nil {
		older.dropped = true
	}
	w.e.methods[full] = piece
}

// function declares a function, or, where it comes again, assigns it to a variable.
func (w *groupWriter) function(node *ast.FuncDecl, piece *goPiece) {
	name := node.Name.Name
	if name == "init" || name == "_" {
		return
	}
	w.own[name] = true
	signature := ""
	if o, ok := w.c.info.Defs[node.Name].(*types.Func); ok && o.Signature().TypeParams() == nil {
		signature = w.typeText(o.Type())
	}
	w.e.typed[name] = append(w.e.typed[name], signature)
	if w.cell.program && name == "main" {
		w.e.goNames[name] = w.e.name(name)
		w.out.calls = append(w.out.calls, w.e.goNames[name])
		return
	}
	if !w.e.late[name] {
		w.e.goNames[name] = w.e.name(name)
		return
	}
	if w.e.goNames[name] == "" {
		w.e.goNames[name] = w.e.name(name)
		w.out.vars = append(w.out.vars, w.e.goNames[name]+" "+signature)
	}
	piece.early = true
	w.replace(node.Pos(), node.Name.End(), w.e.goNames[name]+" = func")
}

// variable gives a variable its name: that of an older one of the same name and
// type, or a new one.
func (w *groupWriter) variable(o types.Object, fresh map[string]bool) error {
	typ := w.typeText(o.Type())
	if m := hiddenType.FindString(typ); m != "" {
		return &refusal{o.Pos(), o.Pos(), fmt.Sprintf("%s has the type %s, which only its package can name", o.Name(), m)}
	}
	name := w.before[o.Name()]
	if w.cell.program {
		w.own[o.Name()] = true
		w.e.goNames[o.Name()] = w.e.name(o.Name())
		return nil
	}
	if name == "" || w.e.varTypes[name] != typ {
		name = w.e.name(o.Name())
		w.e.varTypes[name] = typ
		w.out.vars = append(w.out.vars, name+" "+typ)
		fresh[name] = true
	}
	w.defined[o] = name
	return nil
}

// hiddenType finds a type of another package that has no exported name.
var hiddenType = regexp.MustCompile(`\b\w+\.[a-z_]\w*`)

// typeText writes a type as it stands in the cell's file.
func (w *groupWriter) typeText(t types.Type) string {
	text := types.TypeString(t, w.out.qualifier)
	for name, inGo := range w.e.goNames {
		if name != inGo && w.e.varTypes[inGo] == "" {
			text = regexp.MustCompile(`(^|[^.\w])`+regexp.QuoteMeta(name)+`\b`).ReplaceAllString(text, "${1}"+inGo)
		}
	}
	return text
}

// rename writes the names in a node as they are in Go.
func (w *groupWriter) rename(node ast.Node) {
	ast.Inspect(node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		o := w.c.info.Uses[id]
		if o == nil {
			o = w.c.info.Defs[id]
		}
		switch o := o.(type) {
		case nil:
		case *types.PkgName:
			name := strings.TrimPrefix(o.Name(), mark)
			if name != o.Name() { // a name that a session gave it
				name = o.Imported().Name()
			}
			w.out.imports[o.Imported().Path()] = name
			w.e.packages[name] = true
		default:
			if name := w.nameOf(o); name != "" && name != o.Name() && !w.isLate(node, id) {
				w.replace(id.Pos(), id.Pos()+token.Pos(len(o.Name())), name)
			}
		}
		return true
	})
}

// isLate tells the name in a declaration that became an assignment already.
func (w *groupWriter) isLate(node ast.Node, id *ast.Ident) bool {
	f, ok := node.(*ast.FuncDecl)
	return ok && f.Name == id && w.e.late[id.Name]
}

// nameOf returns the name in Go of something that cells share, empty for all else.
func (w *groupWriter) nameOf(o types.Object) string {
	if name := w.defined[o]; name != "" {
		return name
	}
	if o.Parent() != w.c.pkg.Scope() {
		return ""
	}
	if w.own[o.Name()] {
		return w.e.goNames[o.Name()]
	}
	return w.before[o.Name()]
}

// define makes the definition of variables at the top of a cell an assignment.
func (w *groupWriter) define(s ast.Stmt, fresh map[string]bool) {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		w.define(s.Stmt, fresh)
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			w.replace(s.TokPos, s.TokPos+2, "=")
		}
	case *ast.DeclStmt:
		if g := s.Decl.(*ast.GenDecl); g.Tok == token.VAR {
			w.vars(g, fresh)
		}
	}
}

// vars makes var x, y = 1, 2 the assignment x, y = 1, 2.
func (w *groupWriter) vars(g *ast.GenDecl, fresh map[string]bool) {
	if len(g.Specs) == 0 {
		w.replace(g.Pos(), g.End(), "")
		return
	}
	w.replace(g.Pos(), g.Specs[0].Pos(), "")
	for _, spec := range g.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Values) > 0 {
			w.replace(v.Names[len(v.Names)-1].End(), v.Values[0].Pos(), " = ")
			continue
		}
		zero := ""
		for _, id := range v.Names {
			if o := w.c.info.Defs[id]; o != nil && id.Name != "_" && !fresh[w.defined[o]] {
				zero += fmt.Sprintf("%s = *new(%s)\n", w.defined[o], w.typeText(o.Type()))
			}
		}
		w.replaceAll(v.Pos(), v.End(), zero)
	}
	if g.Rparen.IsValid() {
		w.replace(g.Rparen, g.Rparen+1, "")
	}
}

// replaceAll replaces what has been edited in parts.
func (w *groupWriter) replaceAll(from, to token.Pos, text string) {
	a, b := w.offset(from), w.offset(to)
	w.out.edits = slices.DeleteFunc(w.out.edits, func(e edit) bool { return e.from >= a && e.to <= b })
	w.replace(from, to, text)
}

// show shows the value of the last expression.
func (w *groupWriter) show() {
	if !w.shown() {
		return
	}
	call := "lab.Show("
	if _, isTuple := w.c.info.TypeOf(w.shows).(*types.Tuple); isTuple {
		call = "fmt.Println("
		w.out.imports["fmt"] = "fmt"
	} else {
		w.out.imports["reslab/lessons/lab"] = "lab"
	}
	w.replace(w.shows.Pos(), w.shows.Pos(), call)
	w.replace(w.shows.End(), w.shows.End(), ")")
}
