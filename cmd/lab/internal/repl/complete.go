package repl

import (
	"context"
	"strings"
	"time"

	"github.com/reeflective/readline"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/terminal"
)

// completer asks the kernel what may stand at the cursor.
type completer struct {
	ctx    context.Context
	kernel *kernel.Client
	style  terminal.Style
}

// patience is how long a key may wait for the kernel's answer.
const patience = 500 * time.Millisecond

// complete returns what Tab offers. Inside of a line that begins with a colon
// these are the commands, and Go behind those that take it.
func (c completer) complete(line []rune, cursor int) readline.Completions {
	source, at := string(line), len(string(line[:cursor]))
	if strings.HasPrefix(source, ":") {
		name, _, _ := strings.Cut(source, " ")
		if at <= len(name) {
			return commandNames(name)
		}
		source, at = source[len(name):], at-len(name)
	}
	ctx, stop := context.WithTimeout(c.ctx, patience)
	defer stop()
	found, err := c.kernel.Complete(ctx, source, at)
	if err != nil || len(found.List) == 0 {
		return readline.Completions{}
	}
	return candidates(found, source[found.From:at])
}

// candidates shows completions with their types. They take the place of what is
// typed of the name, which is less than the editor's word: "NewC" of "f(nn.NewC".
func candidates(found cell.Completions, typed string) readline.Completions {
	values := make([]readline.Completion, len(found.List))
	for i, c := range found.List {
		values[i] = readline.Completion{Value: c.Name, Display: c.Name, Description: c.Type, Tag: group(c.Kind)}
		if c.Type == "" {
			values[i].Description = c.Doc
		}
	}
	all := readline.CompleteRaw(values).NoSpace()
	all.PREFIX = typed
	return all
}

// group is the heading that completions of a kind stand under.
func group(kind string) string {
	switch kind {
	case "import":
		return "packages to import"
	case "builtin", "keyword":
		return "Go"
	case "field":
		return "fields"
	case "method":
		return "methods"
	}
	return "names"
}

// hint shows the signature of the function whose arguments are typed, the
// argument at the cursor standing out.
func (c completer) hint(line []rune, cursor int) []rune {
	source := string(line)
	if strings.HasPrefix(source, ":") || strings.TrimSpace(source) == "" {
		return nil
	}
	ctx, stop := context.WithTimeout(c.ctx, patience)
	defer stop()
	found, err := c.kernel.Inspect(ctx, source, len(string(line[:cursor])))
	if err != nil || found.Call == nil {
		return nil
	}
	return []rune(c.style.Dim(found.Call.Signature))
}

// commandNames completes the name of a command.
func commandNames(typed string) readline.Completions {
	var values []readline.Completion
	for _, c := range commands {
		values = append(values, readline.Completion{Value: ":" + c.name, Display: ":" + c.name, Description: c.does, Tag: "commands"})
	}
	all := readline.CompleteRaw(values)
	all.PREFIX = typed
	return all
}
