// Package claims is the command lab claims: what the popular story of residual
// nets says, held against the papers and against what was measured.
//
// The claims stand in docs/popular-story.md and nowhere else. Each figure there was
// printed by a cell of a lesson, or written by an experiment into a result that is
// kept in docs: a page with a figure that is not found in its source is refused.
package claims

import (
	"fmt"
	"strconv"
	"strings"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/terminal"
	"reslab/docs"
)

// Claim is a sentence of the popular story, and what is true of it. Its texts are
// Markdown, a paragraph each.
type Claim struct {
	Number  int    // on the page, from 1
	ID      string // as overfitting
	Text    string // the sentence, in our words
	Verdict string // one of verdicts
	Short   string // the verdict in some words more; may be empty
	Says    string // the verdict, explained
	Papers  string // what the papers say, and where
	Figures []Figure
	Notes   []string // what else there is to say
}

// verdicts are those that a claim can have.
var verdicts = []string{"True", "Nearly", "It depends", "Not so"}

// Figure is something that was measured here.
type Figure struct {
	Text  string // word for word as it was printed
	About string // what it is a figure of, if its text does not say; may be empty
	Source
}

// All returns the claims in the order of the page.
func All() []Claim {
	all, err := read(docs.Files)
	if err != nil {
		panic(err) // a broken build: a test has read the page before
	}
	return all
}

// Find returns the claim of a number or a name.
func Find(id string) (Claim, error) {
	all := All()
	var names []string
	for _, c := range all {
		if id == c.ID || id == strconv.Itoa(c.Number) {
			return c, nil
		}
		names = append(names, c.ID)
	}
	meant := ""
	if near := cell.Nearest(id, names); near != "" {
		meant = fmt.Sprintf(" (did you mean %s?)", near)
	}
	return Claim{}, terminal.Usage("there is no claim %q%s; there are 1 to %d: %s", id, meant, len(all), strings.Join(names, ", "))
}
