package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A term is a line of the glossary.
var term = regexp.MustCompile(`^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| (\d\d) \|$`)

// TestGlossary holds every term to the lesson that explains it: the term is set
// there in italics, at the place where it is explained.
func TestGlossary(t *testing.T) {
	page, err := os.ReadFile("glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	var terms []string
	for line := range strings.Lines(string(page)) {
		m := term.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		terms = append(terms, strings.ToLower(m[1]))
		if text := lessonText(t, m[4]); !italic(text, m[1]) {
			t.Errorf("lesson %s does not explain *%s*", m[4], m[1])
		}
		if !regexp.MustCompile(`\p{Han}`).MatchString(m[2]) {
			t.Errorf("%s has no Chinese beside it", m[1])
		}
	}
	if len(terms) < 10 {
		t.Fatalf("only %d terms were read, so this test guards nothing", len(terms))
	}
	if !slices.IsSorted(terms) {
		t.Error("the terms are not sorted")
	}
	if len(slices.Compact(slices.Clone(terms))) != len(terms) {
		t.Error("a term stands twice")
	}
}

// italic tells whether a term, or its plural, stands in italics, be it in the
// middle of a line or over its end.
func italic(text, term string) bool {
	words := strings.ReplaceAll(regexp.QuoteMeta(term), " ", `\s+`)
	return regexp.MustCompile(`(?i)\*` + words + `s?\*`).MatchString(text)
}

func lessonText(t *testing.T, number string) string {
	files, err := filepath.Glob("../lessons/" + number + "-*/lesson.md")
	if err != nil || len(files) != 1 {
		t.Errorf("there is no lesson %s", number)
		return ""
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
