package terminal

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Program is what to type in a folder to start this program again: lab, the path
// of lab, or go run.
func Program(folder string) string {
	executable, err := os.Executable()
	if err != nil {
		return "lab"
	}
	return program(os.Args[0], executable, folder)
}

// program is Program for what was typed and the file that was started by it.
func program(typed, executable, folder string) string {
	switch {
	case builtByRun.MatchString(filepath.ToSlash(executable)):
		if _, err := os.Stat(filepath.Join(folder, "cmd", "lab", "main.go")); err == nil {
			return "go run ./cmd/lab"
		}
		return "go run reslab/cmd/lab" // in any folder of the module, or of a workspace with it
	case filepath.Base(typed) == typed: // the shell found it
		return strings.TrimSuffix(typed, ".exe")
	case filepath.Clean(folder) == ".":
		return ShellWord(typed)
	}
	return ShellWord(executable)
}

// builtByRun finds the folders in which go run keeps the programs that it builds:
// the build cache, whatever its name, or a temporary folder.
var builtByRun = regexp.MustCompile(`/go-build[^/]*/|/[0-9a-f]{64}-d/[^/]*$`)

// ShellWord puts a path with spaces between quotes.
func ShellWord(path string) string {
	if strings.Contains(path, " ") {
		return `"` + path + `"`
	}
	return path
}
