package terminal

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"reslab/nn/data"
)

// TestWithCommand: an empty folder of data sets, and no module cache, has no MNIST.
func TestWithCommand(t *testing.T) {
	empty := t.TempDir()
	for _, variable := range []string{data.FolderVariable, "GOMODCACHE", "GOPATH"} {
		t.Setenv(variable, empty)
	}
	_, _, err := data.Load("mnist")
	if !errors.As(err, new(*data.FilesError)) {
		t.Skipf("MNIST is here all the same (%v)", err)
	}
	told := WithCommand(fmt.Errorf("preparing: %w", err)).Error()
	if want := "; the command for it: " + Program(".") + " data get mnist"; !strings.HasPrefix(told, "preparing: mnist is not") || !strings.HasSuffix(told, want) {
		t.Errorf("%s\nshould end in %q", told, want)
	}
	other := errors.New("no room on the disk")
	if got := WithCommand(other); got != other {
		t.Errorf("an error that no command mends became %v", got)
	}
}
