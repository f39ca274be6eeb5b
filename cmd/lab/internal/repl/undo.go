package repl

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/terminal"
)

// cells returns all inputs that succeeded. One that :set ran again counts once.
func (r *repl) cells() []kernel.Cell {
	var cells []kernel.Cell
	for _, c := range r.kernel.Source() {
		again := strings.HasPrefix(c.Name, "input ") && slices.ContainsFunc(cells, func(other kernel.Cell) bool { return other.Name == c.Name })
		if !again {
			cells = append(cells, c)
		}
	}
	return cells
}

// session returns all inputs that succeeded, to be run again in one go.
func (r *repl) session() string {
	var b strings.Builder
	for i, c := range r.cells() {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(line(c.Source))
	}
	return b.String()
}

// undo starts the session again and runs all inputs but the last. What they
// print and show is not shown again.
func (r *repl) undo(ctx context.Context, _ string) error {
	cells := r.cells()
	if len(cells) == 0 {
		return errors.New("there is nothing to take back")
	}
	last := cells[len(cells)-1]
	if err := r.forget(func(c control) bool { return c.input == last.Name }); err != nil {
		return err
	}
	if err := r.kernel.Restart(ctx); err != nil {
		return err
	}
	for _, c := range cells[:len(cells)-1] {
		c.Accept = nil
		if _, err := r.kernel.Execute(ctx, c, nil); err != nil {
			return fmt.Errorf("running %s again: %w", c.Name, err)
		}
	}
	first, _, more := strings.Cut(strings.TrimSpace(last.Source), "\n")
	if more {
		first += " ..."
	}
	fmt.Fprintf(r.out, "Taken back: %s\n", first)
	return nil
}

func (r *repl) reset(ctx context.Context, _ string) error {
	r.inputs, r.last = 0, ""
	if err := r.forget(func(control) bool { return true }); err != nil {
		return err
	}
	return r.kernel.Restart(ctx)
}

func (r *repl) load(ctx context.Context, file string) error { return r.runFile(ctx, file) }

// save writes the session. A file that is there already is kept.
func (r *repl) save(_ context.Context, file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; choose another name", file)
	}
	if err != nil {
		return fmt.Errorf("saving the session: %w", err)
	}
	_, err = f.WriteString(r.session())
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("saving the session: %w", err)
	}
	fmt.Fprintf(r.out, "Saved; %s repl %s goes on from here.\n", terminal.Program("."), terminal.ShellWord(file))
	return nil
}

// edit opens the last input in the learner's editor and runs what comes back.
func (r *repl) edit(ctx context.Context, _ string) error {
	if !r.interactive {
		return errors.New(":edit needs a terminal")
	}
	folder, err := os.MkdirTemp("", "lab")
	if err != nil {
		return fmt.Errorf("making a file to edit: %w", err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "input.go")
	if err := os.WriteFile(file, []byte(line(r.last)), 0o600); err != nil {
		return fmt.Errorf("making a file to edit: %w", err)
	}
	words := editor()
	c := exec.CommandContext(ctx, words[0], append(words[1:], file)...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("running %s: %w; set EDITOR to your editor", words[0], err)
	}
	edited, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading what was edited: %w", err)
	}
	input := strings.TrimRight(string(edited), "\n")
	if strings.TrimSpace(input) == "" || input == r.last {
		fmt.Fprintln(r.out, "Nothing was changed.")
		return nil
	}
	fmt.Fprintln(r.out, r.style.Go(input))
	return r.next(ctx, input)
}

// editor returns the command of the learner's editor.
func editor() []string {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(os.Getenv(variable)); len(words) > 0 {
			return words
		}
	}
	if runtime.GOOS == "windows" {
		return []string{"notepad"}
	}
	return []string{"vi"}
}
