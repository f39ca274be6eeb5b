// Gen writes gomod.txt and gosum.txt: the parts of the project's go.mod and
// go.sum that our packages need which an exported program may use. It runs in
// the folder export.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	out := "."
	if len(os.Args) > 1 { // a test compares
		out = os.Args[1]
	}
	if err := generate("../../../../..", out); err != nil {
		log.Fatal(err)
	}
}

// exported are the packages that programs may import.
var exported = []string{"./nn/...", "./viz/...", "./lessons/...", "./experiments/..."}

func generate(root, out string) error {
	modules, err := needed(root)
	if err != nil {
		return err
	}
	version, err := goVersion(root)
	if err != nil {
		return err
	}
	mod := "module reslab\n\n" + version + "\n\nrequire (\n"
	for _, m := range modules {
		mod += "\t" + m[0] + " " + m[1] + "\n"
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	var sum bytes.Buffer
	for line := range strings.Lines(string(sums)) {
		fields := strings.Fields(line)
		for _, m := range modules {
			if len(fields) == 3 && fields[0] == m[0] && strings.TrimSuffix(fields[1], "/go.mod") == m[1] {
				sum.WriteString(line)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(out, "gomod.txt"), []byte(mod+")\n"), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "gosum.txt"), sum.Bytes(), 0o644)
}

// needed returns the modules with their versions, on every system.
func needed(root string) (modules [][2]string, err error) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", append([]string{"list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}"}, exported...)...)
		list.Dir, list.Stderr, list.Env = root, os.Stderr, append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		text, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("asking the go command which modules the packages need: %w", err)
		}
		for line := range strings.Lines(string(text)) {
			if fields := strings.Fields(line); len(fields) == 2 {
				modules = append(modules, [2]string{fields[0], fields[1]})
			}
		}
	}
	slices.SortFunc(modules, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return slices.Compact(modules), nil
}

// goVersion returns the line of go.mod that says which Go it is.
func goVersion(root string) (string, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(mod)) {
		if strings.HasPrefix(line, "go ") {
			return strings.TrimSpace(line), nil
		}
	}
	return "", fmt.Errorf("go.mod does not say which Go it is")
}
