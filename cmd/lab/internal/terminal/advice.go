package terminal

import (
	"errors"
	"fmt"

	"reslab/nn/data"
)

// WithCommand adds to an error what to type against it. Libraries say what is
// wrong; how this program was started they cannot know.
func WithCommand(err error) error {
	if line := Remedy(err); line != "" {
		return fmt.Errorf("%w; the command for it: %s", err, line)
	}
	return err
}

// Remedy is the command line that mends what an error tells; empty if none does.
func Remedy(err error) string {
	var files *data.FilesError
	if errors.As(err, &files) {
		return Program(".") + " data get " + files.Name
	}
	return ""
}
