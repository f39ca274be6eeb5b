package gradients

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/experiments/run"
	"reslab/viz"
)

// figure is a picture of the report with the name of its files.
type figure struct {
	file    string // without extension
	picture viz.Picture
}

// group is a set of nets to draw together: residual nets of one setting at all
// depths, and their plain twins. A plain net has no addition for an activation
// to stand before, so it may be the twin in two groups.
type group struct {
	suffix string // of the residual nets, as "-sigmoid-nobn-preadd"
	nets   []string
}

func (r *records) groups() (groups []group) {
	for _, suffix := range r.suffixes() {
		g := group{suffix: suffix}
		for _, net := range r.nets() {
			kind, _, s := split(net)
			if s == suffix || kind == "plain" && s == strings.TrimSuffix(suffix, preAddition) {
				g.nets = append(g.nets, net)
			}
		}
		groups = append(groups, g)
	}
	return groups
}

// suffixes are those of the residual nets; of plain nets only where they have no
// twins, or a run was stopped before these were recorded.
func (r *records) suffixes() (all []string) {
	add := func(kind string) {
		for _, net := range r.nets() {
			k, _, suffix := split(net)
			known := slices.ContainsFunc(all, func(s string) bool {
				return s == suffix || strings.TrimSuffix(s, preAddition) == suffix && kind == "plain"
			})
			if k == kind && !known {
				all = append(all, suffix)
			}
		}
	}
	add("residual")
	add("plain")
	return all
}

// deepest returns the deepest net of a kind, "" if there is none.
func (g group) deepest(kind string) (net string) {
	most := 0
	for _, name := range g.nets {
		if k, depth, _ := split(name); k == kind && depth > most {
			net, most = name, depth
		}
	}
	return net
}

func (g group) hasNorm() bool { return !strings.Contains(g.suffix, "nobn") }

// figures draws all that was measured, the most telling picture first.
func (r *records) figures() (all []figure) {
	groups := r.groups()
	for _, g := range groups {
		all = append(all, figure{"gradients" + g.suffix, r.gradientFigure(g, false)})
	}
	for _, g := range groups {
		if g.hasNorm() && r.last(g) > 0 {
			all = append(all, figure{"scale-free" + g.suffix, r.gradientFigure(g, true)})
		}
	}
	for _, g := range groups {
		if r.last(g) > 0 {
			all = append(all, figure{"heat-map" + g.suffix, r.heatMaps(g)})
		}
	}
	for _, g := range groups {
		if r.last(g) > 0 {
			all = append(all, figure{"learning" + g.suffix, r.learningFigure(g)})
		}
	}
	return all
}

// last is the last recorded step of any net of the group.
func (r *records) last(g group) (step int) {
	for _, net := range g.nets {
		step = max(step, r.lastStep(net))
	}
	return step
}

// gradientFigure draws the norm of the weight gradient against the layer, at
// the start and after training; free multiplies it by the weight's norm.
func (r *records) gradientFigure(g group, free bool) viz.Picture {
	panels := viz.NewPanels(r.gradientTitle(g, free))
	panels.Subtitle = "Norm of the gradient of each layer's weights, for one batch"
	label := "gradient norm"
	if free {
		panels.Subtitle = "Norm of each layer's gradient times norm of its weights: batch norm cannot hide behind this"
		label = "gradient norm × weight norm"
	}
	panel := func(title string, step func(net string) int) {
		f := viz.NewFigure(title).Axes("weight layer, counted from the input", label).LogY()
		for _, net := range g.nets {
			f.Add(r.curve(g, net, step(net), free))
		}
		panels.Add(f)
	}
	panel("At the start", func(string) int { return 0 })
	if last := r.last(g); last > 0 {
		panel("After "+counted(last, "step"), r.lastStep)
	}
	return panels
}

// curve is one net's gradient, layer by layer. The deepest nets are drawn
// solid.
func (r *records) curve(g group, net string, step int, free bool) viz.Series {
	s := viz.Series{Name: label(net), Role: role(net), Dashed: net != g.deepest("plain") && net != g.deepest("residual")}
	for _, layer := range r.at(net, step) {
		s.X = append(s.X, float64(layer.Index))
		s.Y = append(s.Y, size(layer, free))
	}
	return s
}

func size(layer run.Gradient, free bool) float64 {
	if free {
		return layer.WeightGradNorm * layer.WeightNorm
	}
	return layer.WeightGradNorm
}

// gradientTitle says what was found for the deepest pair.
func (r *records) gradientTitle(g group, free bool) string {
	when, step := "At the start", func(string) int { return 0 }
	if free {
		when, step = "After training, freed of the weights' scale", r.lastStep
	}
	var parts []string
	for _, net := range []string{g.deepest("plain"), g.deepest("residual")} {
		if net == "" {
			continue
		}
		amount := times(r.ratio(net, step(net), free))
		switch {
		case !strings.ContainsAny(amount[:1], "0123456789"):
			amount = "a gradient " + amount
		case parts == nil:
			amount += " times the gradient of the last"
		case !strings.Contains(parts[0], "times"):
			amount += " times that of the last"
		default:
			amount += " times"
		}
		if parts == nil {
			parts = append(parts, fmt.Sprintf("%s, the first layer of %s gets %s", when, label(net), amount))
		} else {
			parts = append(parts, fmt.Sprintf("of %s, %s", label(net), amount))
		}
	}
	return strings.Join(parts, "; ")
}

// heatMaps shows the gradient of every layer through training, for the deepest
// pair.
func (r *records) heatMaps(g group) viz.Picture {
	panels := viz.NewPanels("Through training: " + r.driftTitle(g))
	panels.Subtitle = "Norm of the gradient of each layer's weights; the input is on top"
	for _, net := range []string{g.deepest("plain"), g.deepest("residual")} {
		if net == "" {
			continue
		}
		steps := r.steps(net)
		values := make([][]float64, len(r.at(net, 0)))
		var names []string
		for _, step := range steps {
			names = append(names, fmt.Sprint(step))
			for i, layer := range r.at(net, step) {
				values[i] = append(values[i], layer.WeightGradNorm)
			}
		}
		h := viz.NewHeatMap(label(net), values).Axes("weight layer", "step", "gradient norm").LogValue()
		h.ColumnNames = names
		for i := range values {
			h.RowNames = append(h.RowNames, fmt.Sprint(i+1))
		}
		panels.Add(h)
	}
	return panels
}

// driftTitle says how the ratio of first to last layer moved.
func (r *records) driftTitle(g group) string {
	var parts []string
	for _, net := range []string{g.deepest("plain"), g.deepest("residual")} {
		if net != "" {
			parts = append(parts, fmt.Sprintf("from %s to %s times in %s", times(r.ratio(net, 0, false)), times(r.ratio(net, r.lastStep(net), false)), label(net)))
		}
	}
	return "first layer over last goes " + strings.Join(parts, ", and ")
}

// learningFigure draws the loss and the accuracy of the training batches.
func (r *records) learningFigure(g group) viz.Picture {
	panels := viz.NewPanels(r.learningTitle(g))
	panels.Subtitle = "Training batches, each point the mean of the steps around it"
	panels.FreeY = true
	loss := viz.NewFigure("Loss").Axes("step", "cross-entropy (nats)").LogY()
	accuracy := viz.NewFigure("Accuracy").Axes("step", "named right (%)")
	accuracy.Y.From, accuracy.Y.To = 0, 100
	for _, net := range g.nets {
		var steps, losses, shares []float64
		for _, m := range r.metrics {
			if m.Net == net && m.Split == "train" {
				steps, losses, shares = append(steps, float64(m.Step)), append(losses, m.Loss), append(shares, 100*m.Accuracy)
			}
		}
		dashed := net != g.deepest("plain") && net != g.deepest("residual")
		x := run.Means(steps, curvePoints)
		loss.Add(viz.Series{Name: label(net), Role: role(net), X: x, Y: run.Means(losses, curvePoints), Dashed: dashed})
		accuracy.Add(viz.Series{Name: label(net), Role: role(net), X: x, Y: run.Means(shares, curvePoints), Dashed: dashed})
	}
	return panels.Add(loss).Add(accuracy)
}

func (r *records) learningTitle(g group) string {
	var parts []string
	for _, net := range []string{g.deepest("plain"), g.deepest("residual")} {
		if net == "" {
			continue
		}
		said := fmt.Sprintf("%s ends at a loss of %s", label(net), viz.Number(r.loss(net)))
		if accuracy := r.test(net); !math.IsNaN(accuracy) {
			said += fmt.Sprintf(" and names %.0f %% of new pictures right", 100*accuracy)
		}
		parts = append(parts, said)
	}
	return strings.Join(parts, "; ")
}

// curvePoints is how many means a learning curve is drawn through.
const curvePoints = 40

func role(net string) viz.Role {
	if strings.HasPrefix(net, "plain") {
		return viz.Plain
	}
	return viz.Residual
}

// label is a net's name for people: what a whole figure has in common is said
// in its heading.
func label(net string) string {
	kind, depth, _ := split(net)
	return fmt.Sprintf("%s-%d", kind, depth)
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
