package claims

import (
	"strings"

	"reslab/cmd/lab/internal/lesson"
)

// claimJSON is a claim as lab claims --json prints it.
type claimJSON struct {
	ID       string       `json:"id"`
	Number   int          `json:"number"`
	Claim    string       `json:"claim"`
	Verdict  string       `json:"verdict"` // true, nearly, it depends or not so
	Says     string       `json:"says"`
	Papers   string       `json:"paper"`
	Measured []figureJSON `json:"measured"`
	Notes    []string     `json:"notes,omitempty"`
	State    string       `json:"state,omitempty"` // what became of it when it was measured again
	Holds    *bool        `json:"holds,omitempty"` // absent if that is not known
}

// figureJSON is a figure of a claim.
type figureJSON struct {
	Figure  string `json:"figure"`
	About   string `json:"about,omitempty"`
	Source  string `json:"source"`
	Command string `json:"command"`
	Again   string `json:"again,omitempty"` // what was measured this time
	Holds   *bool  `json:"holds,omitempty"`
	Error   string `json:"error,omitempty"` // why it could not be measured
}

// forJSON returns claims for JSON, and what was measured again of them, if
// anything was.
func forJSON(claims []Claim, again []outcome) []claimJSON {
	all := []claimJSON{}
	for i, c := range claims {
		j := claimJSON{ID: c.ID, Number: c.Number, Claim: lesson.PlainText(c.Text), Verdict: strings.ToLower(c.Verdict), Says: plain(c.says()), Papers: plain(c.Papers)}
		for _, note := range c.Notes {
			j.Notes = append(j.Notes, plain(note))
		}
		for _, f := range c.Figures {
			j.Measured = append(j.Measured, figureJSON{Figure: f.Text, About: f.About, Source: f.Place(), Command: "lab " + strings.Join(f.Command(), " ")})
		}
		if again != nil {
			j.measuredAgain(again[i])
		}
		all = append(all, j)
	}
	return all
}

func (j *claimJSON) measuredAgain(a outcome) {
	j.State = string(a.state())
	switch a.state() {
	case holds, fails:
		j.Holds = new(a.state() == holds)
	}
	for i, f := range a.figures {
		figure := &j.Measured[i]
		switch {
		case f.Err != nil:
			figure.Error = f.Err.Error()
		case !f.Skipped:
			figure.Again, figure.Holds = f.Text, new(f.Holds)
		}
	}
}

// says is why the verdict is so.
func (c Claim) says() string {
	if c.Short == "" {
		return c.Says
	}
	return upper(c.Short) + ". " + c.Says
}

// plain is a paragraph of Markdown without marks; an empty one stays so.
func plain(text string) string {
	if text == "" {
		return ""
	}
	return lesson.PlainText(text)
}
