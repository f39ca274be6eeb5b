package render

import (
	"html"
	"regexp"
	"strings"

	"reslab/cmd/lab/internal/golang"
)

// Code is coloured by class names that are chroma's; the page's style sheet has
// their colours: c comment, s string, m number, k keyword, kt type, nb built in.

var goClasses = map[golang.Kind]string{
	golang.Comment: "c", golang.String: "s", golang.Number: "m", golang.Keyword: "k", golang.Type: "kt", golang.Builtin: "nb",
}

// Go returns Go source, whole or a piece of it, as coloured HTML.
func Go(source string) string {
	var b strings.Builder
	done := 0
	for _, t := range golang.Tokens(source) {
		b.WriteString(html.EscapeString(source[done:t.From]))
		span(&b, goClasses[t.Kind], source[t.From:t.To])
		done = t.To
	}
	return b.String() + html.EscapeString(source[done:])
}

func span(b *strings.Builder, class, text string) {
	b.WriteString(`<span class="` + class + `">` + html.EscapeString(text) + "</span>")
}

// Code returns a fenced block of a language as HTML, coloured if the language is
// known.
func Code(language, source string) string {
	source = strings.ReplaceAll(strings.TrimSuffix(source, "\n"), "\r\n", "\n")
	inside := html.EscapeString(source)
	if language == "go" || language == "golang" {
		inside = Go(source)
	} else if l, ok := languages[language]; ok {
		inside = l.coloured(source)
	}
	return `<pre><code>` + inside + "</code></pre>\n"
}

// A tongue is a language as far as colours go: one group of the pattern for a
// comment, a string, a number and a name each.
type tongue struct {
	pattern  *regexp.Regexp
	keywords map[string]bool
}

const (
	quoted  = `"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`
	numeral = `\b\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?\b`
	name    = `[\pL_$][\pL\pN_-]*`
)

func newTongue(comment, quoted, keywords string) tongue {
	t := tongue{regexp.MustCompile("(" + comment + ")|(" + quoted + ")|(" + numeral + ")|(" + name + ")"), map[string]bool{}}
	for word := range strings.FieldsSeq(keywords) {
		t.keywords[word] = true
	}
	return t
}

var languages = map[string]tongue{}

func init() {
	shell := newTongue(`(?:^|\s)#[^\n]*`, quoted, "if then else fi for do done while case esac function in export cd echo go sudo")
	python := newTongue(`#[^\n]*`, `"""(?s:.*?)"""|`+quoted, "and as assert async await break class continue def del elif else except finally for from global if import in is lambda not or pass raise return try while with yield None True False")
	json := newTongue(`\x00`, quoted, "true false null")
	script := newTongue(`//[^\n]*|/\*(?s:.*?)\*/`, quoted+"|`[^`]*`", "async await break case catch class const continue default do else export extends false finally for from function if import in instanceof let new null of return switch this throw true try typeof var while yield")
	c := newTongue(`//[^\n]*|/\*(?s:.*?)\*/`, quoted, "auto bool break case char const continue default do double else enum extern float for if int long namespace return short signed sizeof static struct switch template typedef typename union unsigned using void while")
	for names, t := range map[string]tongue{"sh bash shell console": shell, "python py": python, "json": json, "js javascript ts typescript": script, "c cpp c++ cuda": c} {
		for name := range strings.FieldsSeq(names) {
			languages[name] = t
		}
	}
}

func (t tongue) coloured(source string) string {
	classes := [...]string{"", "c", "s", "m", "k"}
	var b strings.Builder
	done := 0
	for _, at := range t.pattern.FindAllStringSubmatchIndex(source, -1) {
		text, class := source[at[0]:at[1]], ""
		for i := 1; i < len(classes); i++ {
			if at[2*i] >= 0 {
				class = classes[i]
			}
		}
		if class == "k" && !t.keywords[text] {
			continue
		}
		b.WriteString(html.EscapeString(source[done:at[0]]))
		span(&b, class, text)
		done = at[1]
	}
	return b.String() + html.EscapeString(source[done:])
}
