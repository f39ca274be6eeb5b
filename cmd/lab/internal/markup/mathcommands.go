package markup

import (
	"fmt"
	"html"
	"strings"
)

var spaces = map[string]string{
	`\,`: "0.17em", `\:`: "0.22em", `\;`: "0.28em", `\ `: "0.33em", `\quad`: "1em", `\qquad`: "2em", `\!`: "-0.17em",
}

// accents stand above their argument; stretched ones are as wide.
var accents = map[string]struct {
	mark    string
	stretch bool
}{
	`\hat`: {"^", false}, `\widehat`: {"^", true}, `\bar`: {"‾", false}, `\overline`: {"‾", true}, `\tilde`: {"~", false}, `\widetilde`: {"~", true},
	`\vec`: {"→", false}, `\dot`: {"˙", false}, `\ddot`: {"¨", false}, `\overbrace`: {"⏞", true},
}

func (r *mathReader) command(name string) (string, error) {
	if width := spaces[name]; width != "" {
		return space(width), nil
	}
	if a, ok := accents[name]; ok {
		inside, err := r.argument()
		return fmt.Sprintf(`<mover accent="true">%s<mo stretchy="%t">%s</mo></mover>`, inside, a.stretch, a.mark), err
	}
	switch name {
	case `\frac`, `\tfrac`, `\dfrac`:
		return r.two("<mfrac>%s%s</mfrac>")
	case `\binom`:
		return r.two(`<mrow><mo>(</mo><mfrac linethickness="0">%s%s</mfrac><mo>)</mo></mrow>`)
	case `\overset`, `\stackrel`:
		return r.two("<mover>%[2]s%[1]s</mover>")
	case `\underset`:
		return r.two("<munder>%[2]s%[1]s</munder>")
	case `\underbrace`, `\underline`:
		inside, err := r.argument()
		return fmt.Sprintf(`<munder>%s<mo stretchy="true">%s</mo></munder>`, inside, map[string]string{`\underbrace`: "⏟", `\underline`: "_"}[name]), err
	case `\sqrt`:
		return r.root()
	case `\text`, `\textrm`, `\textit`, `\textbf`, `\mbox`:
		text, err := r.raw()
		return element("mtext", strings.ReplaceAll(html.EscapeString(text), " ", "\u00A0")), err
	case `\mathrm`, `\operatorname`, `\mathit`, `\mathsf`, `\mathtt`:
		text, err := r.raw()
		return `<mi mathvariant="normal">` + html.EscapeString(strings.TrimSpace(text)) + "</mi>", err
	case `\mathbf`, `\boldsymbol`, `\bm`, `\mathbb`, `\mathcal`, `\mathscr`:
		text, err := r.raw()
		return styled(name, text), err
	case `\left`:
		return r.fence()
	case `\big`, `\Big`, `\bigg`, `\Bigg`, `\bigl`, `\bigr`, `\Bigl`, `\Bigr`, `\displaystyle`, `\textstyle`, `\limits`, `\nolimits`:
		return "", nil
	case `\{`, `\}`:
		return `<mo stretchy="false">` + name[1:] + "</mo>", nil
	case `\%`, `\$`, `\#`, `\_`, `\&`:
		return element("mo", html.EscapeString(name[1:])), nil
	case `\begin`:
		return r.environment()
	}
	return named(name)
}

// named is a symbol or a name set upright.
func named(name string) (string, error) {
	switch name {
	case `\sum`:
		return "<mo>∑</mo>", nil
	case `\prod`:
		return "<mo>∏</mo>", nil
	case `\dots`, `\ldots`:
		return "<mo>…</mo>", nil
	case `\partial`, `\nabla`, `\infty`, `\emptyset`, `\hbar`, `\top`, `\bot`:
		return element("mi", symbols[name]), nil
	}
	if operators[name] {
		return `<mo lspace="0" rspace="0.167em">` + name[1:] + "</mo>", nil
	}
	text, ok := symbols[name]
	if !ok {
		return "", fmt.Errorf("%s is not known", name)
	}
	return letter([]rune(text)[0]), nil
}

// two reads two arguments into a template.
func (r *mathReader) two(template string) (string, error) {
	first, err := r.argument()
	if err != nil {
		return "", err
	}
	second, err := r.argument()
	return fmt.Sprintf(template, first, second), err
}

func (r *mathReader) root() (string, error) {
	r.rest = strings.TrimLeft(r.rest, " ")
	if !strings.HasPrefix(r.rest, "[") {
		inside, err := r.argument()
		return element("msqrt", inside), err
	}
	r.rest = r.rest[1:]
	degree, err := r.row("]")
	if err != nil {
		return "", err
	}
	inside, err := r.argument()
	return element("mroot", inside+degree), err
}

// raw reads a group as text.
func (r *mathReader) raw() (string, error) {
	r.rest = strings.TrimLeft(r.rest, " ")
	if !strings.HasPrefix(r.rest, "{") {
		if r.rest == "" || r.rest[0] == '\\' {
			return "", fmt.Errorf("an argument is missing")
		}
		c := []rune(r.rest)[0]
		r.rest = r.rest[len(string(c)):]
		return string(c), nil
	}
	text, rest, ok := strings.Cut(r.rest[1:], "}")
	if !ok {
		return "", errNoEnd
	}
	if strings.ContainsAny(text, `{\`) {
		return "", fmt.Errorf("a command stands in text")
	}
	r.rest = rest
	return text, nil
}

// fence reads \left( ... \right): brackets as high as what they hold.
func (r *mathReader) fence() (string, error) {
	left, err := r.delimiter()
	if err != nil {
		return "", err
	}
	inside, err := r.row(`\right`)
	if err != nil {
		return "", err
	}
	right, err := r.delimiter()
	return "<mrow>" + left + inside + right + "</mrow>", err
}

func (r *mathReader) delimiter() (string, error) {
	r.rest = strings.TrimLeft(r.rest, " ")
	text := r.peek()
	switch {
	case text == `\{` || text == `\}`:
		r.rest = r.rest[len(text):]
		text = text[1:]
	case text != "":
		r.rest = r.rest[len(text):]
		text = symbols[text]
	case r.rest != "":
		text = string([]rune(r.rest)[0])
		r.rest = r.rest[len(text):]
	}
	if text == "." {
		return "", nil
	}
	if text == "" || !strings.Contains("()[]{}|/⌊⌋⌈⌉⟨⟩‖<>", text) {
		return "", fmt.Errorf("%q is no bracket", text)
	}
	return `<mo stretchy="true">` + html.EscapeString(text) + "</mo>", nil
}

// brackets stand around the tables of an environment.
var brackets = map[string][2]string{
	"matrix": {}, "pmatrix": {"(", ")"}, "bmatrix": {"[", "]"}, "vmatrix": {"|", "|"}, "Vmatrix": {"‖", "‖"}, "cases": {"{", ""},
	"aligned": {}, "align": {}, "align*": {}, "array": {}, "gathered": {}, "smallmatrix": {},
}

// environment reads \begin{pmatrix} ... \end{pmatrix}: rows ended by \\, cells by &.
func (r *mathReader) environment() (string, error) {
	name, err := r.raw()
	if err != nil {
		return "", err
	}
	around, ok := brackets[name]
	end := `\end{` + name + "}"
	inside, rest, found := strings.Cut(r.rest, end)
	if !ok || !found || strings.Contains(inside, `\begin`) {
		return "", fmt.Errorf("the environment %s is not known, or has no end", name)
	}
	r.rest = rest
	if name == "array" { // how its columns are aligned
		_, inside, _ = strings.Cut(inside, "}")
	}
	var rows strings.Builder
	for row := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(inside), `\\`), `\\`) {
		rows.WriteString("<mtr>")
		for cell := range strings.SplitSeq(row, "&") {
			part := &mathReader{rest: cell, display: r.display && strings.HasPrefix(name, "align"), depth: r.depth}
			content, err := part.row("")
			if err != nil {
				return "", err
			}
			rows.WriteString(element("mtd", content))
		}
		rows.WriteString("</mtr>")
	}
	class := map[string]string{"cases": ` class="cases"`, "aligned": ` class="aligned"`, "align": ` class="aligned"`, "align*": ` class="aligned"`}[name]
	table := "<mtable" + class + ">" + rows.String() + "</mtable>"
	for i, bracket := range around {
		if bracket != "" {
			around[i] = `<mo stretchy="true">` + bracket + "</mo>"
		}
	}
	return "<mrow>" + around[0] + table + around[1] + "</mrow>", nil
}

// styled writes letters in the alphabet of a command.
func styled(name, text string) string {
	first := map[string][2]rune{`\mathbb`: {'𝔸', '𝕒'}, `\mathcal`: {'𝒜', '𝒶'}, `\mathscr`: {'𝒜', '𝒶'}}
	alphabet, ok := first[name]
	if !ok {
		alphabet = [2]rune{'𝐀', '𝐚'}
	}
	var b strings.Builder
	for _, c := range strings.TrimSpace(text) {
		switch {
		case taken[alphabet[0]][c] != 0:
			c = taken[alphabet[0]][c]
		case c >= 'A' && c <= 'Z':
			c = alphabet[0] + c - 'A'
		case c >= 'a' && c <= 'z':
			c = alphabet[1] + c - 'a'
		}
		b.WriteString(element("mi", html.EscapeString(string(c))))
	}
	return "<mrow>" + b.String() + "</mrow>"
}

// taken are letters that Unicode has had for longer, elsewhere.
var taken = map[rune]map[rune]rune{
	'𝔸': {'C': 'ℂ', 'H': 'ℍ', 'N': 'ℕ', 'P': 'ℙ', 'Q': 'ℚ', 'R': 'ℝ', 'Z': 'ℤ'},
	'𝒜': {'B': 'ℬ', 'E': 'ℰ', 'F': 'ℱ', 'H': 'ℋ', 'I': 'ℐ', 'L': 'ℒ', 'M': 'ℳ', 'R': 'ℛ', 'e': 'ℯ', 'g': 'ℊ', 'o': 'ℴ'},
}
