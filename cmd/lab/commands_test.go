package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "write docs/commands.md anew")

// TestCommandsPage keeps docs/commands.md equal to what lab --help says: it is
// made from the same structs. After a change, go test ./cmd/lab -run
// TestCommandsPage -update writes it anew.
func TestCommandsPage(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "commands.md")
	page := commandsPage(t)
	if *update {
		if err := os.WriteFile(path, []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(stored), "\r\n", "\n") != page {
		t.Error("docs/commands.md differs from lab --help; write it anew with: go test ./cmd/lab -run TestCommandsPage -update")
	}
}

// commandsPage lists every command with its flags and examples.
func commandsPage(t *testing.T) string {
	var c commands
	parser, err := kong.New(&c, options(io.Discard, io.Discard)...)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# The commands of lab\n\nThis page is made from what `lab --help` says. In a folder of the project, `go run ./cmd/lab` stands for `lab`.\n\n" +
		"Exit status: 0 done, 1 it failed (one sentence says what to do), 2 wrong usage. Ctrl-C ends every command cleanly.\n")
	leaves := parser.Model.Leaves(true)
	b.WriteString("\n| command | what it does |\n|---|---|\n")
	for _, command := range leaves {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", command.FullPath(), strings.ReplaceAll(command.FullPath(), " ", "-"), command.Help)
	}
	for _, command := range leaves {
		writeCommand(&b, command)
	}
	return b.String()
}

func writeCommand(b *strings.Builder, command *kong.Node) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n", command.FullPath(), command.Help)
	if command.Detail != "" {
		about, examples, _ := strings.Cut(command.Detail, "Example")
		if about = strings.TrimSpace(about); about != "" {
			fmt.Fprintf(b, "\n%s\n", about)
		}
		b.WriteString("\n```sh\n")
		_, examples, _ = strings.Cut(examples, "\n")
		for line := range strings.Lines(examples) {
			b.WriteString(strings.TrimPrefix(line, "  "))
		}
		b.WriteString("\n```\n")
	}
	var rows [][2]string
	for _, p := range command.Positional {
		rows = append(rows, [2]string{p.Summary(), p.Help})
	}
	for _, f := range command.Flags {
		if !f.Hidden {
			rows = append(rows, [2]string{f.String(), f.Help})
		}
	}
	if len(rows) > 0 {
		b.WriteString("\n| | |\n|---|---|\n")
	}
	for _, row := range rows {
		fmt.Fprintf(b, "| `%s` | %s |\n", strings.ReplaceAll(row[0], "|", `\|`), strings.ReplaceAll(row[1], "|", `\|`))
	}
}
