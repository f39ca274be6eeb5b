// Package errors has the generic functions of the standard library's errors for cells.
package errors

import "errors"

// AsType returns the first error in err's tree that has the type E.
func AsType[E error](err error) (E, bool) {
	var target E
	ok := errors.As(err, &target)
	return target, ok
}
