package terminal

import (
	"errors"
	"fmt"

	"reslab/experiments/run"
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

// IsUsage says whether an error is a mistake of whoever typed the command line: a
// value that does not fit, or the name of what there is not. What is there and
// cannot be used is a failure.
func IsUsage(err error) bool {
	return errors.As(err, new(*UsageError)) || errors.As(err, new(*run.SettingError)) || errors.As(err, new(*data.UnknownError))
}

// Remedy is the command line that mends what an error tells; empty if none does.
func Remedy(err error) string {
	var files *data.FilesError
	if errors.As(err, &files) {
		return Program(".") + " data get " + files.Name
	}
	return ""
}
