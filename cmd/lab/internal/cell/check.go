package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"runtime"
	"slices"
	"strings"
)

// A check is the outcome of go/types on the whole live session and a group.
type check struct {
	pkg    *types.Package
	info   *types.Info
	errors []types.Error
	body   *ast.FuncDecl // holds the group's statements
}

// A unit is what a check reads.
type unit struct {
	live       []*decl        // in the session, the group's own apart
	bodies     map[*decl]bool // of those, whose bodies must be read again
	own        []*decl        // the group's
	vars       []ast.Decl     // the var declarations of a whole program
	statements []ast.Stmt
	imports    *ast.GenDecl // what own, vars and statements import
}

// check type-checks the live session as a fresh package together with a group.
// Bodies of functions that cannot have changed are left out, so that the time
// does not grow with the session. Nothing is kept in go/types between cells.
func (s *Session) check(u unit) *check {
	c := &check{info: newInfo()}
	session := &ast.File{Name: ast.NewIdent(learnersPath)}
	var nodes []ast.Node
	for _, d := range u.live {
		node := d.sessionNode(u.bodies[d] || d.generic)
		session.Decls, nodes = append(session.Decls, node), append(nodes, node)
	}
	session.Decls = append([]ast.Decl{mangledImports(nodes)}, session.Decls...)

	own := &ast.File{Name: ast.NewIdent(learnersPath), Decls: []ast.Decl{u.imports}}
	for _, d := range u.own {
		own.Decls = append(own.Decls, d.node)
	}
	own.Decls = append(own.Decls, u.vars...)
	c.body = &ast.FuncDecl{Name: ast.NewIdent("_"), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: &ast.BlockStmt{List: u.statements}}
	if len(u.statements) > 0 {
		c.body.Type.Func, c.body.Body.Lbrace, c.body.Body.Rbrace = u.statements[0].Pos(), u.statements[0].Pos(), u.statements[len(u.statements)-1].End()
	}
	own.Decls = append(own.Decls, c.body)

	config := types.Config{
		Importer:  s.known,
		GoVersion: goVersion,
		Sizes:     sizes,
		Error:     func(err error) { c.errors = append(c.errors, err.(types.Error)) },
	}
	c.pkg = types.NewPackage(learnersPath, learnersPath)
	_ = types.NewChecker(&config, s.fset, c.pkg, c.info).Files([]*ast.File{session, own})                                                   // told to Error
	c.errors = slices.DeleteFunc(c.errors, func(e types.Error) bool { return strings.HasPrefix(e.Msg, "\t") || forgiven(e, u.statements) }) // with a tab begins what belongs to another
	return c
}

func newInfo() *types.Info {
	return &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Instances:  map[*ast.Ident]types.Instance{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes:     map[ast.Node]*types.Scope{},
	}
}

// sizes are those of this machine: int, and so on.
var sizes = types.SizesFor("gc", runtime.GOARCH)

// goVersion is the language that cells are written in.
const goVersion = "go1.26"

// sessionNode returns the declaration as later cells check it.
func (d *decl) sessionNode(withBody bool) ast.Decl {
	if d.isVar() {
		return &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent(d.names[0])}, Type: d.typ}}}
	}
	if f := d.fn(); f != nil && !withBody {
		head := *f
		head.Body = nil
		return &head
	}
	return d.node
}

// forgiven are mistakes in a Go program that are none in a cell: an unused
// import, and an unused variable at the top, which a later cell may use.
func forgiven(e types.Error, statements []ast.Stmt) bool {
	if strings.Contains(e.Msg, "imported and not used") || strings.Contains(e.Msg, "imported as") && e.Soft {
		return true
	}
	if !strings.HasPrefix(e.Msg, "declared and not used") {
		return false
	}
	return slices.ContainsFunc(statements, func(s ast.Stmt) bool {
		return slices.ContainsFunc(definedBy(s), func(id *ast.Ident) bool { return id.Pos() == e.Pos })
	})
}

// uses returns the names of the live declarations that a checked node uses.
func (c *check) uses(n ast.Node) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		o := c.info.Uses[id]
		if o == nil || !isLearners(o) {
			return true
		}
		if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
			if name := receiverOf(f); name != "" {
				used[name+"."+f.Name()] = true
			}
		} else if o.Parent() == c.pkg.Scope() {
			used[o.Name()] = true
		}
		return true
	})
	return used
}

// receiverOf returns the name of the type that a method belongs to, "" for a
// method of an interface.
func receiverOf(f *types.Func) string {
	t := types.Unalias(f.Signature().Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok && !types.IsInterface(n) {
		return n.Obj().Name()
	}
	return ""
}
