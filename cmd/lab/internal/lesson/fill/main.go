// Command fill writes into the lessons what is taken from elsewhere: the quotes
// of the project's sources and, with -outputs, what the cells print, wherever
// that is not what the lesson says. Look at the change before you keep it.
//
//	go run ./cmd/lab/internal/lesson/fill [-outputs] ROOT
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/lesson"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "kernel" { // this program again, to run the cells
		exit(kernel.Serve())
	}
	outputs := flag.Bool("outputs", false, "also fill in what the cells print")
	flag.Parse()
	exit(fill(flag.Arg(0), *outputs))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// fill goes through the lessons of the project at root.
func fill(root string, outputs bool) error {
	if root == "" {
		return errors.New("say where the project is: fill [-outputs] ROOT")
	}
	folder := filepath.Join(root, "lessons")
	files, err := fs.Glob(os.DirFS(folder), "*/lesson.md")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("there are no lessons below %s", folder)
	}
	for _, file := range files {
		if err := fillLesson(root, filepath.Join(folder, filepath.Dir(file)), outputs); err != nil {
			return err
		}
	}
	return nil
}

func fillLesson(root, folder string, outputs bool) error {
	lessons, name := os.DirFS(filepath.Dir(folder)), filepath.Base(folder)
	l, err := lesson.Read(lessons, name)
	if err != nil {
		return err
	}
	file := filepath.Join(folder, "lesson.md")
	source, err := l.Refill(os.DirFS(root))
	if err != nil {
		return err
	}
	if err := write(file, l.Source, source); err != nil || !outputs {
		return err
	}
	if l, err = lesson.Read(lessons, name); err != nil {
		return err
	}
	report, err := lesson.Run(context.Background(), l, io.Discard)
	if err != nil {
		return err
	}
	return write(file, l.Source, l.Reprint(report))
}

// write replaces a file, if there is anything to change.
func write(file string, before, after []byte) error {
	if bytes.Equal(before, after) {
		return nil
	}
	fmt.Println("filled", file)
	return os.WriteFile(file, after, 0o644)
}
