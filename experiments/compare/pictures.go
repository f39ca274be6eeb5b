package compare

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"reslab/experiments/run"
	"reslab/viz"
)

// picture is one of the page, with the name of its files.
type picture struct {
	file    string // without extension
	picture viz.Picture
}

// curvePoints is how many means a curve of training batches is drawn through.
const curvePoints = 60

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

// learning draws loss and accuracy of a split through the training; nil if no run
// has two points of it.
func (c *Comparison) learning(n Net, split string) *viz.Panels {
	place, axis := c.places()
	losses := viz.NewFigure("Loss").Axes(axis, "cross-entropy (nats)").LogY()
	right := viz.NewFigure("Accuracy").Axes(axis, "named right (%)")
	var ends []string
	for i, r := range c.Runs {
		var x, loss, accuracy []float64
		for _, m := range r.rows(n.Names[i]).metrics {
			if m.Split == split {
				x, loss, accuracy = append(x, place(r, m)), append(loss, m.Loss), append(accuracy, 100*m.Accuracy)
			}
		}
		if split == splitTrain {
			x, loss, accuracy = run.Means(x, curvePoints), run.Means(loss, curvePoints), run.Means(accuracy, curvePoints)
		}
		if len(x) < 2 {
			continue
		}
		line := c.line(n, i)
		line.X, line.Dots = x, split == splitValidation
		line.Y = loss
		losses.Add(line)
		line.Y = accuracy
		right.Add(line)
		ends = append(ends, fmt.Sprintf("%s with %s", viz.Number(loss[len(loss)-1]), line.Name))
	}
	if ends == nil {
		return nil
	}
	panels := viz.NewPanels("")
	panels.FreeY = true
	switch split {
	case splitValidation:
		panels.Title = "On pictures kept apart, the loss ends at " + few(ends)
		panels.Subtitle = "All pictures kept apart, asked after each epoch"
	default:
		panels.Title = c.of(n) + "the loss of training ends at " + few(ends)
		panels.Subtitle = "Training batches, each point the mean of the steps around it, every batch before its step"
	}
	panels.Title = upper(panels.Title)
	return panels.Add(losses).Add(right)
}

// few lists what a title has room for.
func few(parts []string) string {
	if len(parts) > 3 {
		return strings.Join(parts[:3], ", ") + " …"
	}
	return join(parts)
}

// of begins a title with the net, where there are several.
func (c *Comparison) of(n Net) string {
	if len(c.Nets) == 1 {
		return ""
	}
	return n.Name + ": "
}

// places says where on the axis a row stands, and what the axis counts: epochs, if
// every training has come through one, else steps.
func (c *Comparison) places() (place func(*Run, run.Metric) float64, axis string) {
	perEpoch := map[*Run]float64{}
	for _, r := range c.Runs {
		for _, m := range r.metrics {
			if m.Epoch == 1 && m.Step > 0 && m.Split != splitTest {
				perEpoch[r] = float64(m.Step) // the first of the second epoch
				break
			}
		}
	}
	if c.Kind == kindTrain && len(perEpoch) == len(c.Runs) {
		return func(r *Run, m run.Metric) float64 { return float64(m.Step) / perEpoch[r] }, "epochs"
	}
	return func(_ *Run, m run.Metric) float64 { return float64(m.Step) }, "step"
}

// profile draws the gradient of every layer at the first and at the last recorded
// step; nil if no run has recorded any.
func (c *Comparison) profile(n Net) *viz.Panels {
	panels := viz.NewPanels("")
	panels.Subtitle = "Norm of the gradient of each layer's weights, for one batch; the input is at the left"
	for _, when := range []struct {
		title string
		step  func(rows) int
	}{
		{"At the start", func(rows) int { return 0 }},
		{"At the end", rows.lastRecorded},
	} {
		f := viz.NewFigure(when.title).Axes("weight layer, counted from the input", "gradient norm").LogY()
		var ratios []string
		for i, r := range c.Runs {
			of := r.rows(n.Names[i])
			line := c.line(n, i)
			for _, layer := range of.at(when.step(of)) {
				line.X, line.Y = append(line.X, float64(layer.Index)), append(line.Y, layer.WeightGradNorm)
			}
			if line.X == nil || when.title == "At the end" && of.lastRecorded() == 0 {
				continue
			}
			f.Add(line)
			if v := of.firstOverLast(when.step(of), false); !math.IsNaN(v) {
				ratios = append(ratios, fmt.Sprintf("%s with %s", ratio.word(v), line.Name))
			}
		}
		if len(f.Series) == 0 {
			continue
		}
		if panels.Title == "" && ratios != nil {
			panels.Title = upper(c.of(n) + "at the start, the gradient of the first layer over that of the last is " + few(ratios))
		}
		panels.Add(f)
	}
	if len(panels.Pictures) == 0 {
		return nil
	}
	if panels.Title == "" {
		panels.Title = upper(c.of(n) + "the gradient in every layer")
	}
	return panels
}

// upper begins a sentence, unless it begins with the name of a net.
func upper(sentence string) string {
	if first, _, _ := strings.Cut(sentence, " "); strings.HasSuffix(first, ":") {
		return sentence
	}
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

// line is the curve of a net in a run, without its points. Runs that differ in
// their seeds alone have one colour, unless there are no others.
func (c *Comparison) line(n Net, i int) viz.Series {
	place := i
	if c.repeated() && !c.onlySeeds() {
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
	const longest = 30
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
		if len(chosen) == 0 || len(chosen) > 2 || len(name) > longest || slices.Contains(names, name) {
			return c.names()
		}
		names = append(names, name)
	}
	return names
}
