package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Group is a choice of settings with all runs that have it: they differ in their
// seeds alone.
type Group struct {
	Settings map[string]string `json:"settings"` // those that tell the groups apart
	Runs     []int             `json:"runs"`     // places in Comparison.Runs
}

// Spread is what a figure is over the runs of a group.
type Spread struct {
	Runs      int      `json:"runs"` // that have it
	Mean      *float64 `json:"mean"`
	Deviation *float64 `json:"standard_deviation"` // of a sample; null for fewer than two
}

// groups puts runs together that differ in the seed alone.
func (c *Comparison) groups() (groups []Group) {
	for i := range c.Runs {
		mine := map[string]string{}
		for _, key := range c.reasons() {
			mine[key] = c.Runs[i].Settings[key]
		}
		place := slices.IndexFunc(groups, func(g Group) bool { return fmt.Sprint(g.Settings) == fmt.Sprint(mine) })
		if place < 0 {
			place = len(groups)
			groups = append(groups, Group{Settings: mine})
		}
		groups[place].Runs = append(groups[place].Runs, i)
	}
	return groups
}

// repeated says whether some settings were run with more than one seed.
func (c *Comparison) repeated() bool {
	return slices.ContainsFunc(c.Groups, func(g Group) bool { return c.seeds(g) > 1 })
}

// seeds counts those of a group.
func (c *Comparison) seeds(g Group) int {
	different := map[string]bool{}
	for _, i := range g.Runs {
		different[c.Runs[i].Settings[seedKey]] = true
	}
	return len(different)
}

// copies warns of runs that a mean counts twice.
func (c *Comparison) copies() string {
	if !c.repeated() || !slices.ContainsFunc(c.Groups, func(g Group) bool { return c.seeds(g) < len(g.Runs) }) {
		return ""
	}
	return "Some runs have all settings in common, and the seed: they are no further trials, and make the deviation too small. Leave all but one of them out."
}

// onlySeeds says whether nothing differs but the seed.
func (c *Comparison) onlySeeds() bool { return c.repeated() && len(c.Groups) == 1 }

// severalSeeds says whether settings differ, and some of them were run with several
// seeds.
func (c *Comparison) severalSeeds() bool { return c.repeated() && !c.onlySeeds() }

// spread sums a figure up over the seeds, where there are several. A mean over
// counts, as of steps, would tell nothing.
func (c *Comparison) spread(f Figure) (all []Spread) {
	if !c.repeated() || f.is.unit == ofCount || f.is.unit == ofSeconds {
		return nil
	}
	for _, g := range c.Groups {
		var values []float64
		for _, i := range g.Runs {
			if number(f.raw[i]) != nil {
				values = append(values, f.raw[i])
			}
		}
		all = append(all, Spread{len(values), number(mean(values)), number(deviation(values))})
	}
	return all
}

// beyondLuck returns the groups whose mean is best, if their seeds are several and
// they lead all others by more than the largest deviation; else it returns none. Of
// a single run nobody knows how lucky its seed was.
func (c *Comparison) beyondLuck(best []int, f Figure) []int {
	luck := 0.0
	for _, s := range f.Spread {
		if s.Deviation != nil {
			luck = max(luck, *s.Deviation)
		}
	}
	for _, b := range best {
		for i, s := range f.Spread {
			lead := signs[f.Better] * (orNaN(f.Spread[b].Mean) - orNaN(s.Mean)) // NaN where no run has the figure
			if !slices.Contains(best, i) && lead <= luck {
				return nil
			}
		}
		if c.seeds(c.Groups[b]) < 2 {
			return nil
		}
	}
	return best
}

// deviation is the standard deviation of a sample; NaN of fewer than two values.
func deviation(values []float64) float64 {
	middle, sum := mean(values), 0.0
	for _, v := range values {
		sum += (v - middle) * (v - middle)
	}
	if len(values) < 2 {
		return math.NaN()
	}
	return math.Sqrt(sum / float64(len(values)-1))
}

// label names a group by its settings, or, if these are many, by its first run.
func (c *Comparison) label(g Group) string {
	var parts []string
	for _, key := range c.reasons() {
		parts = append(parts, spelled(key, g.Settings[key]))
	}
	label := strings.Join(parts, ", ")
	if len(label) > longestLabel {
		label = c.Runs[g.Runs[0]].Name
		if more := len(g.Runs) - 1; more > 0 {
			label += fmt.Sprintf(" and %d more", more)
		}
	}
	return label
}

const longestLabel = 27 // letters

// spelled is a setting in words. The name of a net or of a data set speaks for
// itself.
func spelled(key, value string) string {
	switch {
	case value == "":
		return "no " + key
	case key == "model" || key == "data" || key == "activation" || key == "optimiser":
		return value
	}
	return strings.ReplaceAll(key, "_", " ") + " " + value
}
