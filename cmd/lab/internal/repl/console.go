package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
	"github.com/reeflective/readline"
	"github.com/reeflective/readline/inputrc"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/terminal"
)

// example is what the greeting invites to type.
const example = "nn.NewConv2D(nn.ConvConfig{In: 1, Out: 4, Kernel: 3}).Forward(nn.NewTensor(1, 8, 8, 1), false).Shape"

const greeting = "Go, with nn, data and viz at hand. %s:help says more, Ctrl-D leaves. Try this:"

const greetingColumns = 72 // at most

// firstPrompt asks for an input, morePrompt for more of it.
const firstPrompt, morePrompt = "> ", ". "

// keys are the settings of the line editor.
const keys = `set editing-mode emacs
set bell-style none
set enable-bracketed-paste on
set menu-complete-display-prefix on
set completion-ignore-case on
set history-autosuggest on
"\t": go-tab
"\C-m": go-enter
"\C-j": go-enter
"}": go-close
"\M-[A": up-line-or-history
"\M-OA": up-line-or-history
"\M-[B": down-line-or-history
"\M-OB": down-line-or-history
`

// console reads inputs from the terminal until the learner leaves.
func (r *repl) console(ctx context.Context) error {
	r.greet("Tab completes, ")
	shell, err := r.newShell(ctx)
	if err != nil {
		return err
	}
	leaving := false // one Ctrl-C at an empty prompt was heard
	for {
		input, err := shell.Readline()
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(r.out)
			return nil
		case errors.Is(err, readline.ErrInterrupt):
			empty := strings.TrimSpace(input) == ""
			if empty && leaving {
				return nil
			}
			if leaving = empty; empty {
				fmt.Fprintln(r.out, "Ctrl-C once more, or Ctrl-D, leaves.")
			}
			continue
		case err != nil:
			return fmt.Errorf("reading from the terminal: %w", err)
		}
		leaving = false
		if strings.TrimSpace(input) == "" {
			continue
		}
		if err := r.next(ctx, input); err != nil {
			return err
		}
	}
}

// greet says what there is, and which keys are of use.
func (r *repl) greet(keys string) {
	words := fmt.Sprintf(greeting, keys)
	fmt.Fprintln(r.out, terminal.Wrap(words, "", "", min(terminal.Width(r.out), greetingColumns))+"\n"+example)
}

// newShell returns the line editor.
func (r *repl) newShell(ctx context.Context) (*readline.Shell, error) {
	shell := readline.NewShell(inputrc.WithName("lab"))
	shell.Prompt.Primary(func() string { return firstPrompt })
	shell.Prompt.Secondary(func() string { return morePrompt })
	shell.AcceptMultiline = func([]rune) bool { return true } // go-enter asks for more lines
	shell.SyntaxHighlighter = func(text []rune) string { return r.highlight(string(text)) }
	c := completer{ctx, r.kernel, r.style}
	shell.Completer = c.complete
	shell.Hint.SetProvider(c.hint)
	addKeys(shell)
	if err := inputrc.ParseBytes([]byte(keys), shell.Config); err != nil {
		return nil, fmt.Errorf("setting up the line editor: %w", err)
	}
	addHistory(shell, r.errOut)
	return shell, nil
}

// highlight colours what is typed: Go, and a command not.
func (r *repl) highlight(text string) string {
	if strings.HasPrefix(text, ":") {
		return text
	}
	return r.style.Go(text)
}

// addKeys teaches the editor the keys that know Go: Enter asks for more lines
// where there must be more, and indents them; a closing brace moves back. Tab at
// the beginning of such a line indents it: there is nothing to complete, and code
// that is pasted begins its lines with tabs.
func addKeys(shell *readline.Shell) {
	shell.Keymap.Register(map[string]func(){
		"go-enter": func() {
			text, cursor := string(*shell.Line()), shell.Cursor()
			if strings.HasPrefix(text, ":") || cursor.Pos() == shell.Line().Len() && !cell.Incomplete(text) {
				shell.Keymap.Commands()["accept-line"]()
				return
			}
			cursor.InsertAt([]rune("\n" + indent(string((*shell.Line())[:cursor.Pos()])))...)
		},
		"go-tab": func() {
			cursor := shell.Cursor()
			before := string((*shell.Line())[:cursor.Pos()])
			if last := strings.LastIndexByte(before, '\n'); last >= 0 && strings.Trim(before[last:], "\n ") == "" {
				cursor.InsertAt([]rune(step)...)
				return
			}
			shell.Keymap.Commands()["menu-complete"]()
		},
		"go-close": func() {
			line, cursor := shell.Line(), shell.Cursor()
			before := string((*line)[:cursor.Pos()])
			if strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], " ") == "" && strings.HasSuffix(before, step) {
				line.Cut(cursor.Pos()-len(step), cursor.Pos())
				cursor.Move(-len(step))
			}
			cursor.InsertAt('}')
		},
	})
}

// addHistory keeps what is typed over sessions. Without a place for it, what is
// typed is kept until the end of this one.
func addHistory(shell *readline.Shell, errOut io.Writer) {
	file, err := historyFile()
	if err == nil {
		var source readline.History
		if source, err = readline.NewHistoryFromFile(file); err == nil {
			shell.History.Delete()
			shell.History.Add("lab", source)
			return
		}
	}
	fmt.Fprintln(errOut, "Note: what you type will not be remembered:", err)
}

// historyFile returns the file of the history, which exists.
func historyFile() (string, error) {
	file, err := xdg.StateFile(filepath.Join("reslab", "history"))
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	return file, f.Close()
}
