package claims

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// page is where the claims stand.
const page = "popular-story.md"

// read reads the claims from a folder that has the page, and the results that it
// quotes.
func read(files fs.FS) ([]Claim, error) {
	text, err := fs.ReadFile(files, page)
	if err != nil {
		return nil, err
	}
	recorded, err := readResults(files)
	if err != nil {
		return nil, err
	}
	body, _, _ := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n## ")
	var all []Claim
	for i, section := range strings.Split(body, "\n### ")[1:] {
		title, rest, _ := strings.Cut(section, "\n")
		r := reader{claim: Claim{Number: i + 1, Text: strings.Trim(title, `"`)}, recorded: recorded}
		if err := r.section(rest); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", page, title, err)
		}
		if slices.ContainsFunc(all, func(c Claim) bool { return c.ID == r.claim.ID }) {
			return nil, fmt.Errorf("%s, %s: another claim has the name %s", page, title, r.claim.ID)
		}
		all = append(all, r.claim)
	}
	return all, nil
}

// reader reads what stands below one title.
type reader struct {
	claim    Claim
	recorded []recorded
}

var (
	comment  = regexp.MustCompile(`<!-- lab: (\{.*\}) -->`)
	verdict  = regexp.MustCompile(`^\*\*(` + strings.Join(verdicts, "|") + `)(?:\.|: (.*?)\.)\*\*\s*(.*)$`)
	papers   = regexp.MustCompile(`^\*\*The papers:\*\* (.+)$`)
	prints   = regexp.MustCompile("^Lesson ([0-9]{2}) prints(?:, (.+),)? `([^`]+)`\\.$")
	measured = regexp.MustCompile("^`lab experiment run ([a-z]+)((?: --[a-z]+ [^ `]+)*)` measured(, in minutes)?(?:, (.+))?, `([^`]+)`\\.$")
)

// section reads a name, in a comment, and points below each other.
func (r *reader) section(text string) error {
	head, list, _ := strings.Cut(text, "\n- ")
	named := comment.FindStringSubmatch(head)
	if named == nil {
		return fmt.Errorf(`it has no name: write <!-- lab: {"claim": "short-name"} --> below the title`)
	}
	var name struct{ Claim string }
	if err := json.Unmarshal([]byte(named[1]), &name); err != nil {
		return fmt.Errorf("the comment below the title is not right: %w", err)
	}
	r.claim.ID = name.Claim
	for _, point := range strings.Split(list, "\n- ") {
		if err := r.point(oneLine(point)); err != nil {
			return err
		}
	}
	switch c := r.claim; {
	case c.ID == "":
		return fmt.Errorf("its name is empty")
	case c.Verdict == "":
		return fmt.Errorf("it has no verdict: begin a point with one of **%s.**", strings.Join(verdicts, ".** **"))
	case c.Papers == "":
		return fmt.Errorf("it does not say what the papers say: begin a point with **The papers:**")
	case len(c.Figures) == 0:
		return fmt.Errorf("nothing measured stands beside it")
	}
	return nil
}

// oneLine joins the lines of a point. Blanks inside of a line stay: figures have
// columns.
func oneLine(point string) string {
	var lines []string
	for line := range strings.Lines(point) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.TrimSpace(strings.Join(lines, " "))
}

// point reads what stands behind one dash. What has none of the known forms is a
// note.
func (r *reader) point(text string) error {
	c := &r.claim
	if m := verdict.FindStringSubmatch(text); m != nil && c.Verdict == "" {
		c.Verdict, c.Short, c.Says = m[1], m[2], m[3]
		return nil
	}
	if m := papers.FindStringSubmatch(text); m != nil && c.Papers == "" {
		c.Papers = m[1]
		return nil
	}
	if m := prints.FindStringSubmatch(text); m != nil {
		source, err := cellThatPrints(m[1], m[3])
		if err != nil {
			return err
		}
		c.Figures = append(c.Figures, Figure{Text: m[3], About: m[2], Source: source})
		return nil
	}
	if m := measured.FindStringSubmatch(text); m != nil {
		source, err := r.runThatMeasured(m[1], strings.Fields(m[2]), m[5])
		if err != nil {
			return err
		}
		source.minutes = m[3] != ""
		c.Figures = append(c.Figures, Figure{Text: m[5], About: m[4], Source: source})
		return nil
	}
	if strings.HasPrefix(text, "Lesson ") || strings.HasPrefix(text, "`lab ") {
		return fmt.Errorf("this point is neither of the form \"Lesson 10 prints `figure`.\" nor of \"`lab experiment run ...` measured, what, `figure`.\": %s", text)
	}
	c.Notes = append(c.Notes, text)
	return nil
}
