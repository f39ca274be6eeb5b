package terminal

import (
	"fmt"
	"os"
	"path/filepath"
)

// PlaceFor says what is wrong with a name for a file that is to be written after
// long work, before that begins; nil for an empty name.
func PlaceFor(file string) error {
	if file == "" {
		return nil
	}
	folder := filepath.Dir(file)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s to write %s into: make it, or choose another place", folder, filepath.Base(file))
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder: name a file to write", file)
	}
	return nil
}
