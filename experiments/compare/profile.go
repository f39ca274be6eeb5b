package compare

import (
	"fmt"
	"slices"

	"reslab/viz"
)

// profile draws the gradient of every layer at the first and at the last recorded
// step; nil if no run has recorded any.
func (c *Comparison) profile(n Net) *viz.Panels {
	first := func(rows) int { return 0 }
	start, ratios := c.layers(n, first)
	if len(start.Series) == 0 {
		return nil
	}
	panels := viz.NewPanels(c.about(n, "the gradient in every layer"))
	if said := c.phrase(ratios, ofRatio); said != "" {
		panels.Title = c.about(n, "at the start, the gradient of the first layer over that of the last is "+said)
	}
	panels.Subtitle = "Norm of the gradient of each layer's weights, for one batch; the input is at the left"
	start.Title = "At the start"
	panels.Add(start)
	if end, _ := c.layers(n, rows.lastRecorded); c.trained(n) {
		end.Title = c.end(n)
		panels.Add(end)
	}
	return panels
}

// layers draws the gradient of every layer at a step, and says what the first layer
// has over the last.
func (c *Comparison) layers(n Net, step func(rows) int) (f *viz.Figure, ratios []float64) {
	f = viz.NewFigure("").Axes("weight layer, counted from the input", "gradient norm").LogY()
	ratios = c.nothing()
	for i, r := range c.Runs {
		of, line := r.rows(n.Names[i]), c.line(n, i)
		for _, layer := range of.at(step(of)) {
			line.X, line.Y = append(line.X, float64(layer.Index)), append(line.Y, layer.WeightGradNorm)
		}
		if line.X != nil {
			f.Add(line)
			ratios[i] = of.firstOverLast(step(of), false)
		}
	}
	return f, ratios
}

// ends are the last recorded steps of a net, each once.
func (c *Comparison) ends(n Net) (steps []int) {
	for i, r := range c.Runs {
		if of := r.rows(n.Names[i]); len(of.gradients) > 0 && !slices.Contains(steps, of.lastRecorded()) {
			steps = append(steps, of.lastRecorded())
		}
	}
	return steps
}

// trained says whether gradients were recorded behind the start.
func (c *Comparison) trained(n Net) bool { return slices.Max(c.ends(n)) > 0 }

// end names the last recorded step.
func (c *Comparison) end(n Net) string {
	const most = 3
	steps := c.ends(n)
	switch {
	case len(steps) == 1:
		return "After " + counted(steps[0], "step")
	case len(steps) > most:
		return "At the end"
	}
	var words []string
	for _, step := range steps {
		words = append(words, fmt.Sprint(step))
	}
	return "After " + join(words) + " steps"
}
