package claims

import (
	"fmt"
	"strings"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/terminal"
)

// view is how claims are shown: in how many columns, and with which colours.
type view struct {
	columns int
	style   terminal.Style
	out     strings.Builder
}

// margin is where the text of a claim begins, behind its number.
const margin = "    "

// story writes all claims, and how many there are of each verdict.
func (v *view) story(all []Claim) {
	v.line(v.style.Title("The popular story of residual nets, and what was measured of it here"), "")
	v.gap()
	v.line(fmt.Sprintf("%d sentences that one reads and hears. %s Each figure was printed by the cell of a lesson, or measured by the command, that stands below it.", len(all), count(all)), "")
	v.gap()
	for _, c := range all {
		v.claim(c)
	}
	program := terminal.Program(".")
	v.line("One of them in full: "+program+" claims "+all[0].ID, "")
	v.line("Measure again, on this machine: "+program+" claims --rerun", "")
}

// count says how often each verdict is given.
func count(all []Claim) string {
	var parts []string
	for _, verdict := range verdicts {
		n := 0
		for _, c := range all {
			if c.Verdict == verdict {
				n++
			}
		}
		parts = append(parts, fmt.Sprintf("%s: %d", verdict, n))
	}
	return strings.Join(parts, ", ") + "."
}

// claim writes a claim as it stands in the list of all.
func (v *view) claim(c Claim) {
	v.title(c)
	v.line(v.verdict(c), margin)
	v.gap()
	v.line("The papers: "+v.words(c.Papers), margin)
	v.gap()
	v.line("Measured here:", margin)
	v.figures(c, where)
	v.gap()
	v.gap()
}

// figures writes the figures of a claim. What is the same for several in a row
// stands there once: what they are of, and the source, in the words of where.
func (v *view) figures(c Claim, where func(Figure) string) {
	var before Figure
	for i, f := range c.Figures {
		v.about(f, before)
		v.printed(f.Text, margin)
		if i+1 == len(c.Figures) || where(c.Figures[i+1]) != where(f) {
			v.source(where(f))
		}
		before = f
	}
}

// full writes all that is known of a claim.
func (v *view) full(c Claim) {
	v.title(c)
	v.line(v.verdict(c), margin)
	v.gap()
	v.line(v.style.Bold("What the papers say"), margin)
	v.line(v.words(upper(c.Papers)), margin)
	v.gap()
	v.line(v.style.Bold("What was measured here"), margin)
	v.figures(c, whereInFull)
	v.gap()
	for _, note := range c.Notes {
		v.line(v.words(note), margin)
		v.gap()
	}
	v.line("Measure it again: "+terminal.Program(".")+" claims "+c.ID+" --rerun", margin)
}

// title writes the number, the name and the sentence of a claim.
func (v *view) title(c Claim) {
	fmt.Fprintf(&v.out, "%2d  %s\n", c.Number, v.style.Title(c.ID))
	v.line(v.style.Bold(`"`+lesson.PlainText(c.Text)+`"`), margin)
	v.gap()
}

// verdict is the verdict, in its colour, and why.
func (v *view) verdict(c Claim) string {
	dress := v.style.Bold
	switch c.Verdict {
	case "True":
		dress = v.style.Good
	case "Not so":
		dress = v.style.Bad
	}
	if c.Short == "" {
		return dress(c.Verdict+".") + " " + v.words(c.Says)
	}
	return dress(c.Verdict+":") + " " + v.words(c.Short+". "+c.Says)
}

// about says what a figure is of, unless the one before was of the same.
func (v *view) about(f, before Figure) {
	if f.About != before.About && f.About != "" {
		v.line(upper(f.About)+":", margin)
	}
}

// printed writes what a cell or an experiment prints. Columns stay in their places.
func (v *view) printed(text, indent string) {
	for line := range strings.Lines(terminal.Sentences(text, v.columns-len(indent)-2)) {
		v.out.WriteString(indent + v.style.Dim(">") + " " + v.style.Code(strings.TrimRight(line, "\n")) + "\n")
	}
}

// joint stands for a blank at which a line is not broken.
const joint = "·"

// source writes where figures come from. A command is not broken between a flag and
// its value.
func (v *view) source(text string) {
	indent := margin + "  "
	text = strings.NewReplacer("--set ", "--set"+joint, "--preset ", "--preset"+joint).Replace(text)
	v.out.WriteString(v.style.Dim(strings.ReplaceAll(terminal.Wrap(text, indent, indent, v.columns), joint, " ")) + "\n")
}

// line writes text, broken between words.
func (v *view) line(text, indent string) {
	v.out.WriteString(terminal.Wrap(text, indent, indent, v.columns) + "\n")
}

func (v *view) gap() { v.out.WriteString("\n") }

// words dresses a paragraph of Markdown.
func (v *view) words(text string) string {
	return lesson.View{Style: v.style}.Words(text)
}

// upper makes the first letter a capital.
func upper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// whereInFull is where with what to read and to type.
func whereInFull(f Figure) string {
	if cell, ok := f.Source.(*lessonCell); ok {
		return fmt.Sprintf("%s, in %q: %s", cell.Place(), cell.heading(), strings.ReplaceAll(commandLine(cell), " ", joint))
	}
	return where(f)
}

// where is the shortest that leads to the source of a figure.
func where(f Figure) string {
	if cell, ok := f.Source.(*lessonCell); ok {
		return cell.Place()
	}
	return commandLine(f.Source) + timing(f.Source)
}

// commandLine is what to type to measure a figure.
func commandLine(s Source) string {
	return terminal.Program(".") + " " + strings.Join(s.Command(), " ")
}

// timing says that a command takes long.
func timing(s Source) string {
	if run, ok := s.(*experimentRun); ok && run.minutes {
		return " (takes minutes)"
	}
	return ""
}

// heading is the title of the part of the lesson in which the cell stands.
func (c *lessonCell) heading() (title string) {
	for line := range strings.Lines(string(c.lesson.Source[:c.Start])) {
		if text, ok := strings.CutPrefix(line, "## "); ok {
			title = strings.TrimSpace(text)
		}
	}
	return title
}
