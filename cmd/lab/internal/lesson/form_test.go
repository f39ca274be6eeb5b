package lesson

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// parts are what a learner finds in every lesson, by a pattern and how often it
// is there at least.
var parts = []struct {
	name, pattern string
	least         int
}{
	{"two questions from memory before the first section", `(?s)\A.*?<summary>From memory.*?<summary>From memory.*?\n## `, 1},
	{"a bet before what surprises", `lab\.Predict`, 2},
	{"the same arrays through the learner's layer and the library's", `1e-5`, 1},
	{"a formula", `\$\$`, 2},
	{"an exercise with two holes", `"kind": "two-holes"`, 1},
	{"an exercise to write alone", `"kind": "alone"`, 1},
	{"an exercise to mend", `"kind": "fix"`, 1},
	{"hints in levels", `<summary>Hint 2`, 2},
	{"an exercise to explain", `(?mi)^### (Exercise: )?explain why`, 1},
	{"a model answer", `<summary>A model answer`, 1},
	{"a setting that is known to be bad", `known to be bad`, 1},
	{"a cell that corrects a misconception", `"shows": `, 2},
	{"code of the library", `"include": "nn/`, 1},
	{"the lesson in one sentence", `(?m)^## In one sentence$`, 1},
	{"its place in ResNet-50", `(?m)^## Where it is in ResNet-50$`, 1},
	{"more for the curious", `(?m)^## Going further$`, 1},
	{"sources", `(?m)^## Sources$`, 1},
}

// sittings are how many sessions of 40 minutes a lesson may take, if not one.
var sittings = map[string]int{"07": 2}

func TestLessonsHaveTheirParts(t *testing.T) {
	for _, l := range embedded() {
		for _, p := range parts {
			if n := len(regexp.MustCompile(p.pattern).FindAllIndex(l.Source, -1)); n < p.least {
				t.Errorf("lesson %s has %d of %d: %s", l.ID, n, p.least, p.name)
			}
		}
		if most := 40 * max(1, sittings[l.ID]); l.Minutes < 20 || l.Minutes > most {
			t.Errorf("lesson %s takes %d minutes: make it 20 to %d", l.ID, l.Minutes, most)
		}
	}
}

// No sentence talks down to its reader.
func TestLessonsDoNotTalkDown(t *testing.T) {
	fenced := regexp.MustCompile("(?ms)^```.*?^```$")
	word := regexp.MustCompile(`(?i)\b(simply|obviously|just)\b`)
	for _, l := range embedded() {
		prose := fenced.ReplaceAllStringFunc(string(l.Source), func(block string) string {
			return strings.Repeat("\n", strings.Count(block, "\n")) // lines stay
		})
		for i, line := range strings.Split(prose, "\n") {
			if found := word.FindString(line); found != "" {
				t.Errorf("lesson %s, line %d says %q", l.ID, i+1, found)
			}
		}
	}
}

// pageColumns are what a cell of the notebook shows of a line of code, in a window
// 1280 pixels wide; what is longer has to be scrolled sideways.
const pageColumns = 76

// columns is how wide a line of code is, with tabs of four columns.
func columns(line string) int {
	return utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    "))
}

// A reader sees every line of code as a whole, and those of the solutions, too.
func TestCodeFitsThePage(t *testing.T) {
	for _, l := range embedded() {
		inCode := false
		for i, line := range strings.Split(string(l.Source), "\n") {
			if strings.HasPrefix(line, "```") {
				inCode = strings.HasPrefix(line, "```go")
			} else if width := columns(line); inCode && width > pageColumns {
				t.Errorf("lesson %s, line %d: code of %d columns, and a page shows %d", l.ID, i+1, width, pageColumns)
			}
		}
		for name, solution := range l.solutions {
			for line := range strings.Lines(solution) {
				if width := columns(strings.TrimRight(line, "\n")); width > pageColumns {
					t.Errorf("lesson %s, solution of %s: code of %d columns, and a page shows %d: %s", l.ID, name, width, pageColumns, line)
				}
			}
		}
	}
}
