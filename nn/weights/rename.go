//go:build !windows

package weights

import "os"

// rename gives a file another name, in one step; a file of that name is replaced.
func rename(from, to string) error { return os.Rename(from, to) }
