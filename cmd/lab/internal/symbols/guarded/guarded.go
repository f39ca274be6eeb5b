// Package guarded stands in for functions that cells must not have as they
// are: files are reached only below the working folder, what waits can be
// woken when the learner stops the cell, input is refused with a sentence, and
// os.Exit tells before it ends. Each has the name and type of the function it
// stands for.
//
// It keeps the state of the process, as these functions themselves do: learner
// code has a process of its own.
package guarded

import (
	"errors"
	"log"
	"os"
	"sync/atomic"
)

// Values are offered to every session in place of the packages' own, by path
// and name.
func Values() map[string]map[string]any {
	return map[string]map[string]any{
		"context": {"Background": background, "TODO": todo},
		"time":    {"Sleep": sleep},
		"fmt":     {"Scan": scan, "Scanln": scan, "Scanf": scanf},
		"log":     {"Fatal": fatal, "Fatalf": fatalf, "Fatalln": fatalln},
		"os":      {"Exit": exit},
	}
}

// Files are offered in place of the packages' own to a session that is
// restricted.
func Files() map[string]map[string]any {
	return map[string]map[string]any{
		"os": {
			"Open": open, "Create": create, "OpenFile": openFile, "ReadFile": readFile, "WriteFile": writeFile,
			"ReadDir": readDir, "Stat": stat, "Lstat": lstat, "DirFS": dirFS,
			"Mkdir": mkdir, "MkdirAll": mkdirAll, "Remove": remove, "RemoveAll": removeAll, "Rename": rename,
		},
		"path/filepath": {"Walk": walk, "WalkDir": walkDir, "Glob": glob},
		"reslab/viz":    {"WriteFile": vizWriteFile, "WritePNG": vizWritePNG, "WriteSVG": vizWriteSVG},
	}
}

// errNoInput is what reading from the terminal ends in.
var errNoInput = errors.New("a cell has no input: put what you would type into a variable")

// asked tells whether a cell wanted to read input.
var asked atomic.Bool

// TakeAsked tells whether cells wanted to read input since it was last called.
func TakeAsked() bool { return asked.Swap(false) }

func scan(...any) (int, error) {
	asked.Store(true)
	return 0, errNoInput
}

func scanf(string, ...any) (int, error) { return scan() }

// OnExit is called by os.Exit before the process ends.
var OnExit = func(code int) {}

func exit(code int) {
	OnExit(code)
	os.Exit(code)
}

func fatal(v ...any) {
	log.Print(v...)
	exit(1)
}

func fatalf(format string, v ...any) {
	log.Printf(format, v...)
	exit(1)
}

func fatalln(v ...any) {
	log.Println(v...)
	exit(1)
}

var errOutside = errors.New("cells reach only files below the working folder; with --unrestricted they reach all")

// outside is the error for a path that cells do not reach. says of a path that cells do not reach it.
func outside(operation, path string) error {
	return &os.PathError{Op: operation, Path: path, Err: errOutside}
}
