package compare

import (
	"fmt"
	"slices"
	"strings"
)

// recordKey is the setting how often gradients are recorded. It changes no figure.
const recordKey = "record"

// notes say what a careful reader should know before believing the figures.
func (c *Comparison) notes() []string {
	notes := []string{}
	for _, r := range c.Runs {
		if r.State != finished {
			notes = append(notes, r.progress())
		}
	}
	switch reasons := c.reasons(); {
	case len(c.Differing) == 0:
		notes = append(notes, c.twice())
	case c.onlySeeds():
		notes = append(notes, "Only the seed differs, so what lies between these runs is chance: the mean and the standard deviation over the seeds stand beside them. A setting that moves a figure no further than that has shown nothing.")
	default:
		notes = append(notes, c.whatDiffers(reasons))
	}
	for _, note := range []string{c.chosen(), c.copies()} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	notes = append(notes, c.astray()...)
	return append(notes, c.otherMeasures()...)
}

// progress says how far a run has come that is not finished.
func (r *Run) progress() string {
	said := fmt.Sprintf("%s is not finished", r.Name)
	if r.State == stopped {
		said = fmt.Sprintf("%s was stopped", r.Name)
	}
	said += " after " + counted(r.Steps, "step")
	if planned := r.Settings["steps"]; planned != "" {
		said += " of " + planned
	}
	if epochs := r.Settings["epochs"]; epochs != "" && len(r.metrics) > 0 {
		said += fmt.Sprintf(", in epoch %d of %s", rows{metrics: r.metrics}.last(splitTrain).Epoch+1, epochs)
	}
	if r.Reason != "" && r.Reason != "it was stopped" { // it diverged: going on would not help
		return said + ": " + strings.TrimSuffix(r.Reason, ".") + ". It is compared by what it has."
	}
	return said + ". It is compared by what it has; go on with it by --resume."
}

// astray names the nets whose loss became no number. A training whose own batches
// have no loss ends there, and says so itself.
func (c *Comparison) astray() (notes []string) {
	for _, r := range c.Runs {
		for _, net := range r.nets() {
			of := r.rows(net)
			if last := of.last(splitTrain); c.Kind != kindTrain && last.Split != "" && number(last.Loss) == nil {
				notes = append(notes, fmt.Sprintf("In %s the loss of %s became no number at step %d: its training went astray and ended there.", r.Name, net, last.Step))
			}
			if first, ok := of.firstLost(splitValidation); ok && c.Kind == kindTrain {
				notes = append(notes, fmt.Sprintf("In %s the loss on pictures kept apart was no number after %s: its training went astray.", r.Name, counted(first.Epoch, "epoch")))
			}
		}
	}
	return notes
}

// twice is about runs that should be the same to the last bit.
func (c *Comparison) twice() string {
	const start = "No setting differs, nor the seed: the tables of such runs are equal to the last bit"
	for _, r := range c.Runs[1:] {
		if r.State != finished || c.Runs[0].State != finished {
			return start + " as far as they reach."
		}
		if !sameRows(r.metrics, c.Runs[0].metrics) || !sameRows(r.gradients, c.Runs[0].gradients) {
			return start + ". These are not, so something else has changed between them: the pictures, or the program."
		}
	}
	return start + ", and these are."
}

// sameRows compares tables, of which NaN is the same as NaN.
func sameRows[Row any](a, b []Row) bool {
	return slices.EqualFunc(a, b, func(a, b Row) bool { return fmt.Sprint(a) == fmt.Sprint(b) })
}

// whatDiffers says how far the difference can be laid to a setting.
func (c *Comparison) whatDiffers(reasons []string) string {
	reasons = slices.DeleteFunc(slices.Clone(reasons), func(key string) bool { return key == recordKey })
	single := !c.repeated()
	if single && c.differs(seedKey) {
		reasons = append(reasons, seedKey)
	}
	either, both := "any of them", "several"
	if len(reasons) == 2 {
		either, both = "either", "both"
	}
	switch {
	case len(reasons) == 0:
		return "What differs changes no figure."
	case len(reasons) > 1 && len(c.Groups) == 2:
		return fmt.Sprintf("%d settings differ, %s: %s may be the reason, or %s together. To know, change one at a time.", len(reasons), join(reasons), either, both)
	case len(reasons) > 1:
		return fmt.Sprintf("%d settings differ, %s: between two runs that differ in several, each may be the reason.", len(reasons), join(reasons))
	case single:
		return fmt.Sprintf("Only %s differs. How far the seed alone moves these figures is not known: run each again with another --seed, and compare all.", reasons[0])
	}
	return fmt.Sprintf("Only %s differs, beside the seed. A difference counts if it is large beside the standard deviation over the seeds.", reasons[0])
}

// chosen names what differs though nobody asked for it: the same budget comes to
// other numbers when the machine has other things to do.
func (c *Comparison) chosen() string {
	var keys, flags []string
	for _, s := range c.Differing {
		if c.auto(s.Key) && s.Key != recordKey {
			keys, flags = append(keys, s.Key), append(flags, fmt.Sprintf("--set %s=%s", s.Key, s.Values[0]))
		}
	}
	if keys == nil {
		return ""
	}
	return fmt.Sprintf("Nobody asked for the difference in %s: it is what auto came to. For equal ones begin every run with %s.", join(keys), strings.Join(flags, " "))
}

// auto says whether every run was left to choose a setting itself.
func (c *Comparison) auto(key string) bool {
	return !slices.ContainsFunc(c.Runs, func(r *Run) bool { return !slices.Contains(r.auto, key) })
}

// unlikes are settings whose difference makes figures answers to other questions.
var unlikes = []struct{ key, figure, note string }{ // no figure: all
	{"data", "", "The pictures are others, so the figures are answers to other questions: one set may be harder than the other. None is marked as the best."},
	{"label_smoothing", trainLossKey, "Label smoothing differs, and with it what the loss of training measures: compare that of validation and test."},
	{"augment", trainLossKey, "The pictures of training are changed in other ways, so its losses are about other pictures: compare those of validation and test."},
}

// unlike says whether a figure is an answer to another question in some run.
func (c *Comparison) unlike(figure string) bool {
	for _, u := range unlikes {
		if c.differs(u.key) && (u.figure == "" || u.figure == figure) {
			return true
		}
	}
	return false
}

// otherMeasures warns of figures that are not about the same.
func (c *Comparison) otherMeasures() (notes []string) {
	for _, u := range unlikes {
		if c.differs(u.key) {
			notes = append(notes, u.note)
		}
	}
	return notes
}
