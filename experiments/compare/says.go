package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// title says what tells the runs apart, as far as a title has room for it.
func (c *Comparison) title() string {
	const most = 3
	of := "runs of " + c.Kind
	if c.Kind == kindTrain {
		of = "trainings"
	}
	reasons := c.chosenReasons()
	switch {
	case c.onlySeeds():
		return fmt.Sprintf("%d %s that differ in the seed alone", len(c.Runs), of)
	case len(reasons) == 1 && len(c.Groups) <= most:
		var values []string
		for _, g := range c.Groups {
			if value := orAbsent(g.Settings[reasons[0]]); !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		return fmt.Sprintf("%s: %s", strings.ReplaceAll(reasons[0], "_", " "), strings.Join(values, " against "))
	}
	return fmt.Sprintf("%d %s side by side", len(c.Runs), of)
}

// found tells the most telling figure that several runs have; the ratios of
// gradients stand above their curves.
func (c *Comparison) found() string {
	for _, n := range c.Nets {
		for _, f := range n.Figures {
			if have(f.raw) > 1 && f.is.unit != ofRatio {
				return c.about(n, f.is.label+": "+c.tell(f)+".")
			}
		}
	}
	return ""
}

// tell says a figure of all runs, with its spread where there are several seeds.
func (c *Comparison) tell(f Figure) string {
	switch {
	case f.Spread == nil:
		return c.phrase(f.raw, f.is.unit)
	case c.onlySeeds():
		return fmt.Sprintf("%s on average, with a standard deviation of %s over the seeds", f.is.unit.word(orNaN(f.Spread[0].Mean)), f.is.unit.word(orNaN(f.Spread[0].Deviation)))
	}
	var parts []string
	for i, g := range c.Groups {
		parts = append(parts, f.is.unit.spread(f.Spread[i])+" with "+c.label(g))
	}
	return join(parts)
}

// phrase says one number of each run: of each, of groups their mean, or, where these
// are too many for a sentence, the least and the greatest. It is empty if there is
// none.
func (c *Comparison) phrase(values []float64, u unit) string {
	const most = 3
	if c.severalSeeds() && len(c.Groups) <= most {
		var parts []string
		for _, g := range c.Groups {
			var own []float64
			for _, i := range g.Runs {
				own = append(own, values[i])
			}
			parts = append(parts, u.word(mean(own))+" with "+c.label(g))
		}
		return join(parts) + ", means over the seeds"
	}
	names := c.curveNames()
	low, high := -1, -1
	var words, parts []string
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		words, parts = append(words, u.word(v)), append(parts, u.word(v)+" with "+names[i])
		if low < 0 || v < values[low] {
			low = i
		}
		if high < 0 || v > values[high] {
			high = i
		}
	}
	switch {
	case len(words) > 1 && len(slices.Compact(words)) == 1:
		return words[0] + " in all"
	case len(parts) > most:
		return fmt.Sprintf("%s with %s up to %s with %s", u.word(values[low]), names[low], u.word(values[high]), names[high])
	}
	return join(parts)
}

// nothing is a number of each run that is not known yet.
func (c *Comparison) nothing() []float64 {
	return slices.Repeat([]float64{math.NaN()}, len(c.Runs))
}

// have counts the runs that have a number.
func have(values []float64) (runs int) {
	for _, v := range values {
		if !math.IsNaN(v) {
			runs++
		}
	}
	return runs
}

// about begins a sentence with the net, where there are several.
func (c *Comparison) about(n Net, sentence string) string {
	if len(c.Nets) > 1 {
		return n.Name + ": " + sentence
	}
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

// join lists words: a, b and c.
func join(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
