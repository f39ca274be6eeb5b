package repl

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"reslab/cmd/lab/internal/cell"
)

// plain reads inputs from a terminal that cannot move its cursor, as that of an
// editor may be: a prompt, and lines as the terminal gives them.
func (r *repl) plain(ctx context.Context, in io.Reader) error {
	r.greet("")
	lines := make(chan string)
	go func() {
		defer close(lines)
		for reader := bufio.NewReader(in); ; {
			text, err := reader.ReadString('\n')
			if text != "" {
				lines <- strings.TrimRight(text, "\r\n")
			}
			if err != nil {
				return
			}
		}
	}()
	pending := ""
	for {
		fmt.Fprint(r.out, promptAfter(pending))
		select {
		case signal := <-r.signals:
			if signal != os.Interrupt {
				return errLeave
			}
			pending = ""
			fmt.Fprintln(r.out, "\nCtrl-D leaves.")
		case text, more := <-lines:
			if !more {
				fmt.Fprintln(r.out)
				return nil
			}
			pending += text + "\n"
			if _, _, command := cutCommand(pending); !command && cell.Incomplete(pending) {
				continue
			}
			input := strings.TrimSuffix(pending, "\n")
			pending = ""
			if strings.TrimSpace(input) == "" {
				continue
			}
			if err := r.next(ctx, input); err != nil {
				return err
			}
		}
	}
}

// promptAfter asks for an input, or for more of it.
func promptAfter(pending string) string {
	if pending == "" {
		return firstPrompt
	}
	return morePrompt
}
