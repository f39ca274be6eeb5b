package compare

import (
	"math"

	"reslab/experiments/run"
	"reslab/viz"
)

// curvePoints is how many means a curve of training batches is drawn through.
const curvePoints = 30

// learning draws loss and accuracy of a split through the training; nil if no run
// has two points of it.
func (c *Comparison) learning(n Net, split string) *viz.Panels {
	place, axis := c.places()
	losses := viz.NewFigure("Loss").Axes(axis, "cross-entropy (nats)")
	right := viz.NewFigure("Accuracy").Axes(axis, "named right (%)")
	ends := c.nothing()
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
		ends[i] = loss[len(loss)-1]
	}
	if len(losses.Series) == 0 {
		return nil
	}
	losses.Y.Log = wide(losses.Series)
	about, said := "the loss of training", c.phrase(ends, ofLoss)
	panels := viz.NewPanels("")
	panels.Subtitle = "Training batches, each point the mean of the steps around it, every batch before its step"
	if split == splitValidation {
		about = "on pictures kept apart, the loss"
		panels.Subtitle = "All pictures kept apart, asked after each epoch"
	}
	switch said {
	case "":
		panels.Title = c.about(n, about+" becomes no number")
	default:
		panels.Title = c.about(n, about+" ends at "+said)
	}
	panels.FreeY = true
	return panels.Add(losses).Add(right)
}

// wide says whether curves go over more than a power of ten.
func wide(curves []viz.Series) bool {
	low, high := math.Inf(1), 0.0
	for _, s := range curves {
		for _, v := range s.Y {
			if number(v) != nil {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	return high > 10*low
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
