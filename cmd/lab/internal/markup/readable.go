package markup

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Readable writes a formula in letters: \frac{1}{n} \sum_i x_i^2 becomes
// 1/n Σᵢ xᵢ². What it does not know stays as it is in TeX.
func Readable(formula string) string {
	r := &texReader{rest: formula}
	return strings.ReplaceAll(strings.Join(strings.Fields(r.until("")), " "), " ;", ";")
}

// texReader turns TeX into text from left to right.
type texReader struct{ rest string }

var command = regexp.MustCompile(`^\\([a-zA-Z]+|.)`)

// until reads up to a closing mark, or to the end.
func (r *texReader) until(mark string) string {
	var b strings.Builder
	for r.rest != "" {
		if mark != "" && strings.HasPrefix(r.rest, mark) {
			r.rest = r.rest[len(mark):]
			break
		}
		switch r.rest[0] {
		case '^':
			r.rest = r.rest[1:]
			b.WriteString(raised(r.argument(), superscripts, "^"))
		case '_':
			r.rest = r.rest[1:]
			b.WriteString(raised(r.argument(), subscripts, "_"))
		default:
			b.WriteString(r.one())
		}
	}
	return b.String()
}

// argument reads what belongs to a command: one letter, one command or a group.
func (r *texReader) argument() string {
	r.rest = strings.TrimLeft(r.rest, " ")
	return strings.TrimSpace(r.one())
}

// one reads a letter, a command or a group.
func (r *texReader) one() string {
	if r.rest == "" {
		return ""
	}
	switch r.rest[0] {
	case '{':
		r.rest = r.rest[1:]
		return r.until("}")
	case '\\':
		name := command.FindString(r.rest)
		if name == "" { // a backslash at the end
			r.rest = ""
			return `\`
		}
		r.rest = r.rest[len(name):]
		return r.command(name)
	case '~':
		r.rest = r.rest[1:]
		return " "
	}
	_, size := utf8.DecodeRuneInString(r.rest)
	letter := r.rest[:size]
	r.rest = r.rest[size:]
	return letter
}

func (r *texReader) command(name string) string {
	switch name {
	case `\frac`, `\tfrac`, `\dfrac`:
		over, under := r.argument(), r.argument()
		return grouped(over) + "/" + grouped(under)
	case `\sqrt`:
		return "√" + grouped(r.argument())
	case `\hat`:
		return r.argument() + "\u0302"
	case `\bar`:
		return r.argument() + "\u0304"
	case `\text`, `\mathrm`, `\mathbf`, `\mathbb`, `\mathcal`, `\operatorname`:
		return r.argument()
	case `\left`, `\right`, `\big`, `\Big`, `\,`, `\!`, `\;`, `\:`, `\displaystyle`:
		return ""
	case `\overline`:
		return overlined(r.argument())
	case `\qquad`: // between two formulas
		for strings.HasPrefix(r.rest, name) {
			r.rest = r.rest[len(name):]
		}
		return "; "
	case `\\`, `\quad`:
		return " "
	case `\{`, `\}`, `\%`, `\$`, `\#`, `\_`, `\&`:
		return name[1:]
	}
	if letter, ok := symbols[name]; ok {
		return letter
	}
	if operators[name] {
		return name[1:]
	}
	return name
}

// overlined has a line above each letter.
func overlined(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteRune(c)
		if c != ' ' && !unicode.Is(unicode.Mn, c) {
			b.WriteRune('\u0305')
		}
	}
	return b.String()
}

// grouped puts what is more than one number, name or letter into brackets.
func grouped(s string) string {
	if strings.HasPrefix(s, "(") && strings.IndexByte(s, ')') == len(s)-1 {
		return s
	}
	for _, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.Mn, c) && !unicode.Is(unicode.No, c) && !unicode.Is(unicode.Lm, c) {
			return "(" + s + ")"
		}
	}
	return s
}

// raised writes s in small letters, if there are such for all of it.
func raised(s string, small map[rune]rune, mark string) string {
	var b strings.Builder
	for _, c := range s {
		letter, ok := small[c]
		if !ok {
			return mark + grouped(s)
		}
		b.WriteRune(letter)
	}
	return b.String()
}

func letters(from, to string) map[rune]rune {
	table, small := map[rune]rune{}, []rune(to)
	for i, c := range []rune(from) {
		table[c] = small[i]
	}
	return table
}

var (
	superscripts = letters("0123456789+-=()abcdefghijklmnoprstuvwxyzT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ")
	subscripts   = letters("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
)
