package cell

import (
	"fmt"
	"strings"
)

// An Error is one mistake at one place of a cell.
type Error struct {
	Cell    string // the cell's name, as given to Eval
	Line    int    // 1-based line in the cell; 0 when no place is known
	Col     int    // 1-based byte column; 0 when only the line is known
	Width   int    // bytes to underline from Col on, at least 1 when Col is set
	Source  string // the text of that line
	Message string // one sentence: the compiler's, where it is the compiler that objects
	Advice  string // for common slips what to do; "" for others
	Err     error  // what lies below, for errors.As: a *nn.Mistake, say; may be nil
}

// Error gives the place and the sentence on one line: "cell 3:2:5: undefined: x".
func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return e.Cell + ": " + e.Message
	case e.Col == 0:
		return fmt.Sprintf("%s:%d: %s", e.Cell, e.Line, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Cell, e.Line, e.Col, e.Message)
}

// Unwrap returns what lies below the error.
func (e *Error) Unwrap() error { return e.Err }

// Underlined gives Error's line, the source line, where the column is known a
// line that marks the place:
//
//	cell 3:2:5: undefined: x
//	    y = x + 1
//	        ^
func (e *Error) Underlined() string {
	text := e.Error()
	if e.Source != "" {
		text += "\n    " + e.Source
	}
	if e.Source != "" && e.Col > 0 {
		text += "\n    " + indent(e.Source, e.Col) + strings.Repeat("^", max(e.Width, 1))
	}
	return text
}

// indent gives white space as wide as the first col-1 bytes of line, tabs kept.
func indent(line string, col int) string {
	var b strings.Builder
	for i, r := range line {
		if i >= col-1 {
			break
		}
		if r == '\t' {
			b.WriteRune('\t')
		} else {
			b.WriteRune(' ')
		}
	}
	return b.String()
}
