package repl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"reslab/cmd/lab/internal/cell"
)

// pipe evaluates input by input what it reads, until its end or the first mistake.
func (r *repl) pipe(ctx context.Context, in io.Reader) error {
	reader := bufio.NewReader(in)
	pending := ""
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, readErr := reader.ReadString('\n')
		pending += strings.TrimRight(text, "\r\n") + "\n"
		atEnd := errors.Is(readErr, io.EOF)
		if readErr != nil && !atEnd {
			return fmt.Errorf("reading the input: %w", readErr)
		}
		_, _, whole := cutCommand(pending) // a command is a line, whatever it ends in
		if !atEnd && !whole && (cell.Incomplete(pending) || isProgram(pending)) {
			continue
		}
		if input := strings.TrimSuffix(pending, "\n"); strings.TrimSpace(input) != "" {
			if err := r.next(ctx, input); err != nil {
				return err
			}
		}
		if atEnd {
			return nil
		}
		pending = ""
	}
}

// isProgram tells whether the first word of the input, comments apart, is
// package: it is read to the end.
func isProgram(input string) bool {
	for text := range strings.Lines(input) {
		text = strings.TrimSpace(text)
		if text != "" && !strings.HasPrefix(text, "//") {
			return strings.HasPrefix(text, "package ")
		}
	}
	return true // only comments so far
}
