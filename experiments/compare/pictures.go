package compare

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"reslab/viz"
)

// picture is one of the page, with the name of its files.
type picture struct {
	file    string // without extension
	picture viz.Picture
}

// pictures draws a net in all runs: how it learned, and the gradient in its layers.
// Those that the runs have no rows for are left out.
func (c *Comparison) pictures(net int) (all []picture) {
	n, suffix := c.Nets[net], ""
	switch {
	case len(c.Nets) == 1:
	case fileName.MatchString(n.Name):
		suffix = "-" + n.Name
	default:
		suffix = fmt.Sprintf("-net-%d", net+1)
	}
	add := func(file string, panels *viz.Panels) {
		if panels != nil {
			all = append(all, picture{file + suffix, panels})
		}
	}
	gradients := c.profile(n)
	if c.Kind != kindTrain {
		add("gradients", gradients)
	}
	add("validation", c.learning(n, splitValidation))
	add("training", c.learning(n, splitTrain))
	if c.Kind == kindTrain {
		add("gradients", gradients)
	}
	return all
}

// fileName is a name that any system takes for a file; a table may have others.
var fileName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,80}$`)

// line is the curve of a net in a run, without its points. Runs that differ in
// their seeds alone have one colour, unless there are no others.
func (c *Comparison) line(n Net, i int) viz.Series {
	place := i
	if c.severalSeeds() {
		place = slices.IndexFunc(c.Groups, func(g Group) bool { return slices.Contains(g.Runs, i) })
	}
	others := viz.Others()
	s := viz.Series{Name: c.curveNames()[i], Role: others[place%len(others)], Dashed: place/len(others)%2 == 1}
	if kinds := n.kinds(); len(kinds) == 2 && len(c.Groups) == 2 {
		s.Role = viz.Residual
		if strings.HasPrefix(n.Names[i], "plain") {
			s.Role = viz.Plain
		}
	}
	return s
}

// kinds are those of a net's counterparts: plain, residual.
func (n Net) kinds() (kinds []string) {
	for _, name := range n.Names {
		if kind, _, _ := strings.Cut(name, "-"); kind != "" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// curveNames name the runs by one or two settings that somebody chose to differ, or
// else by their folders.
func (c *Comparison) curveNames() []string {
	chosen := c.chosenReasons()
	if c.differs(seedKey) {
		chosen = append(chosen, seedKey)
	}
	var names []string
	for _, r := range c.Runs {
		var parts []string
		for _, key := range chosen {
			parts = append(parts, spelled(key, r.Settings[key]))
		}
		name := strings.Join(parts, ", ")
		if len(chosen) == 0 || len(chosen) > 2 || len(name) > longestLabel || slices.Contains(names, name) {
			return c.names()
		}
		names = append(names, name)
	}
	return names
}
