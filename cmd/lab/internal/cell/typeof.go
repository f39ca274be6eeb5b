package cell

import (
	"errors"
	"go/ast"
	"go/types"
)

// TypeOf returns the type of an expression as learners write it, "[]float32" or
// "func(n int) int", without running it.
func (s *Session) TypeOf(expression string) (string, error) {
	a := s.analyse(expression)
	defer a.close()
	if len(a.cell.statements) != 1 {
		return "", errors.New("only an expression has a type, as x or f(2)")
	}
	stmt, ok := a.cell.statements[0].(*ast.ExprStmt)
	if !ok {
		return "", errors.New("only an expression has a type, as x or f(2)")
	}
	tv := a.c.info.Types[stmt.X]
	switch {
	case tv.IsType():
		return "", errors.New("this is a type itself")
	case tv.Type != nil && tv.Type != types.Typ[types.Invalid]:
		return types.TypeString(tv.Type, packageNames), nil
	case len(a.c.errors) > 0:
		return "", errors.New(a.c.errors[0].Msg)
	}
	return "", errors.New("this has no type")
}
