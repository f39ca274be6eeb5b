// Package cmp has the functions of the standard library's cmp for cells.
package cmp

import "cmp"

// Compare returns -1, 0 or +1; NaN is less than any other number and equal to NaN.
func Compare[T cmp.Ordered](x, y T) int {
	switch {
	case Less(x, y):
		return -1
	case Less(y, x):
		return +1
	}
	return 0
}

// Less tells whether x comes before y.
func Less[T cmp.Ordered](x, y T) bool { return x < y || x != x && y == y }

// Or returns the first of its arguments that is not zero.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
