package markup

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MathML writes a formula as browsers set it. It knows the TeX that texts on
// networks use; a formula with anything else is an error, and Readable writes it.
//
//	x_i^2    <math><mrow><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></mrow></math>
func MathML(formula string, display bool) (string, error) {
	r := &mathReader{rest: formula, display: display}
	row, err := r.row("")
	if err != nil {
		return "", err
	}
	attribute := ""
	if display {
		attribute = ` display="block"`
	}
	return fmt.Sprintf("<math%s>%s</math>", attribute, row), nil
}

// mathReader turns TeX into MathML from left to right.
type mathReader struct {
	rest    string
	display bool
	depth   int
}

// mostDepth is how deep groups may stand in each other.
const mostDepth = 50

var errNoEnd = errors.New("a group has no end")

// row reads up to an end mark, or to the end of the text if that is empty.
func (r *mathReader) row(end string) (string, error) {
	if r.depth++; r.depth > mostDepth {
		return "", errors.New("it is nested too deep")
	}
	defer func() { r.depth-- }()
	var b strings.Builder
	for {
		r.rest = strings.TrimLeft(r.rest, " \t\n")
		switch {
		case end != "" && strings.HasPrefix(r.rest, end) && (end[0] != '\\' || r.peek() == end): // and not \rightarrow
			r.rest = r.rest[len(end):]
			return "<mrow>" + b.String() + "</mrow>", nil
		case r.rest == "" && end == "":
			return "<mrow>" + b.String() + "</mrow>", nil
		case r.rest == "":
			return "", errNoEnd
		}
		item, err := r.scripted()
		if err != nil {
			return "", err
		}
		b.WriteString(item)
	}
}

// scripted reads an atom with what stands above and below it.
func (r *mathReader) scripted() (string, error) {
	command := r.peek()
	base, err := r.atom()
	if err != nil {
		return "", err
	}
	var below, above string
	for {
		r.rest = strings.TrimLeft(r.rest, " \t\n")
		switch {
		case strings.HasPrefix(r.rest, "_") && below == "":
			below, err = r.script()
		case strings.HasPrefix(r.rest, "^") && above == "":
			above, err = r.script()
		case strings.HasPrefix(r.rest, "'"):
			marks := len(r.rest) - len(strings.TrimLeft(r.rest, "'"))
			r.rest = r.rest[marks:]
			above += "<mo>" + strings.Repeat("′", marks) + "</mo>"
			if strings.HasPrefix(r.rest, "^") {
				var more string
				more, err = r.script()
				above += more
			}
			above = "<mrow>" + above + "</mrow>"
		default:
			return attach(base, below, above, r.display && limits[command] || command == `\underbrace` || command == `\overbrace`), nil
		}
		if err != nil {
			return "", err
		}
	}
}

// attach puts scripts to a base: beside it, or above and below.
func attach(base, below, above string, stacked bool) string {
	names := [3]string{"msub", "msup", "msubsup"}
	if stacked {
		names = [3]string{"munder", "mover", "munderover"}
	}
	switch {
	case below != "" && above != "":
		return element(names[2], base+below+above)
	case below != "":
		return element(names[0], base+below)
	case above != "":
		return element(names[1], base+above)
	}
	return base
}

func element(name, inside string) string { return "<" + name + ">" + inside + "</" + name + ">" }

// peek returns the command that comes next, empty if none does.
func (r *mathReader) peek() string { return command.FindString(r.rest) }

// script reads what follows ^ or _.
func (r *mathReader) script() (string, error) {
	r.rest = r.rest[1:]
	return r.argument()
}

// argument reads what belongs to a command: one letter, one command or a group.
func (r *mathReader) argument() (string, error) {
	r.rest = strings.TrimLeft(r.rest, " \t\n")
	if r.rest == "" || r.rest[0] == '}' {
		return "", errors.New("an argument is missing")
	}
	if c := r.rest[0]; c >= '0' && c <= '9' { // one digit, as TeX has it
		r.rest = r.rest[1:]
		return element("mn", string(c)), nil
	}
	return r.atom()
}

// atom reads a number, a letter, a sign, a group or a command.
func (r *mathReader) atom() (string, error) {
	c, size := utf8.DecodeRuneInString(r.rest)
	switch {
	case c == '{':
		r.rest = r.rest[1:]
		return r.row("}")
	case c == '\\':
		name := r.peek()
		if name == "" {
			return "", errors.New("a backslash stands alone")
		}
		r.rest = r.rest[len(name):]
		return r.command(name)
	case unicode.IsDigit(c):
		n := len(r.rest) - len(strings.TrimLeft(r.rest, "0123456789.,"))
		number := strings.TrimRight(r.rest[:max(n, size)], ".,")
		r.rest = r.rest[len(number):]
		return element("mn", number), nil
	case c == '~':
		r.rest = r.rest[1:]
		return space("0.33em"), nil
	case c == '^' || c == '_': // a script of nothing
		return "<mrow></mrow>", nil
	case c == '}' || c == '&' || c == '%' || c == '#':
		return "", fmt.Errorf("%q stands where it cannot", c)
	}
	r.rest = r.rest[size:]
	return letter(c), nil
}

// letter is a single sign.
func letter(c rune) string {
	switch {
	case unicode.IsLetter(c):
		return element("mi", string(c))
	case c == '-':
		return "<mo>−</mo>"
	case strings.ContainsRune("()[]|{}⌊⌋⌈⌉⟨⟩‖", c):
		return `<mo stretchy="false">` + string(c) + "</mo>"
	case c == '\'':
		return "<mo>′</mo>"
	}
	return element("mo", html.EscapeString(string(c)))
}

func space(width string) string { return `<mspace width="` + width + `"></mspace>` }
