package train

import (
	"fmt"
	"math"

	"reslab/experiments/run"
	"reslab/viz"
)

// figure is a picture of the report with the name of its files.
type figure struct {
	file    string // without extension
	picture viz.Picture
}

// Sizes that a page can still show.
const (
	curvePoints     = 60 // of the training curve
	ratePoints      = 400
	mostClassesSeen = 40 // in a matrix with names
	mistakesShown   = 24
	mistakeEdge     = 100 // pixels of the page
)

const mistakesFile = "mistakes"

// figures draws all that was measured.
func (s *story) figures() []figure {
	all := []figure{{"learning", s.learning()}}
	if s.exam != nil {
		if len(s.exam.Mistakes(1)) > 0 {
			all = append(all, figure{mistakesFile, s.mistakes()})
		}
		if len(s.classes) <= mostClassesSeen {
			all = append(all, figure{"confusion", s.confusion()})
		}
	}
	if len(s.gradientSteps()) > 1 {
		all = append(all, figure{"gradients", s.gradientProfile()}, figure{"gradient-map", s.gradientMap()})
	}
	return all
}

// learning draws loss, error and rate over the epochs. Of a good net the error,
// what is not right, tells more than the accuracy.
func (s *story) learning() viz.Picture {
	panels := viz.NewPanels(s.learningTitle())
	panels.Subtitle = "Training: each point the mean of the steps around it, every batch before its step. Validation: all pictures kept apart, after each epoch"
	panels.FreeY = true
	loss := viz.NewFigure("Loss").Axes("epochs", "cross-entropy (nats)").LogY()
	wrong := viz.NewFigure("Error").Axes("epochs", "named wrong (%)").LogY()
	wrong.Y.Floor, wrong.Y.FloorLabel = 0.001, "none"
	rate := viz.NewFigure("Learning rate").Axes("epochs", "learning rate").LogY()

	var x, losses, errors, rates []float64
	for _, m := range s.metrics {
		if m.Split == splitTrain {
			x, losses, errors, rates = append(x, s.epochsAt(m.Step)), append(losses, m.Loss), append(errors, 100*(1-m.Accuracy)), append(rates, m.Rate)
		}
	}
	loss.Line("training", viz.Sky, run.Means(x, curvePoints), run.Means(losses, curvePoints))
	wrong.Line("training", viz.Sky, run.Means(x, curvePoints), run.Means(errors, curvePoints))
	rate.Line("rate", viz.Green, run.Means(x, ratePoints), run.Means(rates, ratePoints))

	x, losses, errors = nil, nil, nil
	for _, m := range s.metrics {
		if m.Split == splitValidation {
			x, losses, errors = append(x, s.epochsAt(m.Step)), append(losses, m.Loss), append(errors, 100*(1-m.Accuracy))
		}
	}
	if x != nil {
		loss.Add(viz.Series{Name: "validation", Role: viz.Residual, X: x, Y: losses, Dots: true})
		wrong.Add(viz.Series{Name: "validation", Role: viz.Residual, X: x, Y: errors, Dots: true})
	}
	return panels.Add(loss).Add(wrong).Add(rate)
}

func (s *story) learningTitle() string {
	epochs := s.epochs()
	first, last := epochs[0], epochs[len(epochs)-1]
	if len(epochs) == 1 {
		return fmt.Sprintf("In its first epoch %s comes to a loss of %s", s.model, viz.Number(last.Loss))
	}
	title := fmt.Sprintf("From the first epoch to the last, the loss falls from %s to %s", viz.Number(first.Loss), viz.Number(last.Loss))
	if last.Loss >= first.Loss {
		title = fmt.Sprintf("The loss does not fall: %s in the first epoch, %s in the last", viz.Number(first.Loss), viz.Number(last.Loss))
	}
	return title
}

// epochsAt is the place of a step on the axis of the epochs.
func (s *story) epochsAt(step int) float64 { return float64(step) / float64(s.stepsPerEpoch) }

// confusion draws which class is taken for which.
func (s *story) confusion() viz.Picture {
	values := make([][]float64, len(s.classes))
	for truth, guesses := range s.exam.Confusion {
		for _, n := range guesses {
			values[truth] = append(values[truth], float64(n))
		}
	}
	h := viz.NewHeatMap(s.confusionTitle(), values).Axes("is", "was taken for", "pictures").LogValue()
	h.Subtitle = fmt.Sprintf("All %s; what is right stands on the diagonal", s.examined)
	h.Value.Floor, h.Value.FloorLabel, h.Counts = 1, "none", true
	h.RowNames, h.ColumnNames = s.classes, s.classes
	h.Width, h.Height = 620, min(max(26*len(s.classes), 160), 520)
	return h
}

func (s *story) confusionTitle() string {
	most, truth, guess := 0, 0, 0
	for t, guesses := range s.exam.Confusion {
		for g, n := range guesses {
			if t != g && n > most {
				most, truth, guess = n, t, g
			}
		}
	}
	if most == 0 {
		return "No picture is taken for another class"
	}
	return fmt.Sprintf("The most frequent mistake: %s taken for %s, %s", s.classes[truth], s.classes[guess], times(most))
}

// mistakes shows the wrong answers that the net was surest of.
func (s *story) mistakes() viz.Picture {
	wrong := s.exam.Mistakes(mistakesShown)
	first := wrong[0]
	grid := viz.NewImageGrid(fmt.Sprintf("The most confident mistake: %s, taken for %s with %s", s.classes[first.Truth], s.guess(first), percent(first.P)))
	grid.Subtitle = fmt.Sprintf("Wrong answers about %s, the surest first: what it is → what the net said, and how sure it was", s.examined)
	grid.Columns = 8
	grid.Scale = max(1, mistakeEdge/max(s.pictures.H, s.pictures.W))
	for _, a := range wrong {
		grid.AddImage(fmt.Sprintf("%s → %s, %.1f %%", s.classes[a.Truth], s.guess(a), 100*a.P), shown(s.pictures, a.Picture))
	}
	return grid
}

func (s *story) guess(a Answer) string {
	if a.Guess < 0 {
		return "nothing"
	}
	return s.classes[a.Guess]
}

// gradientSteps are the recorded steps.
func (s *story) gradientSteps() (steps []int) {
	for _, g := range s.gradients {
		if len(steps) == 0 || steps[len(steps)-1] != g.Step {
			steps = append(steps, g.Step)
		}
	}
	return steps
}

// at returns the layers at a recorded step, from the input on.
func (s *story) at(step int) (layers []run.Gradient) {
	for _, g := range s.gradients {
		if g.Step == step {
			layers = append(layers, g)
		}
	}
	return layers
}

// gradientProfile draws the gradient of every layer at the start and at the end.
func (s *story) gradientProfile() viz.Picture {
	steps := s.gradientSteps()
	f := viz.NewFigure(s.gradientTitle(steps)).Axes("weight layer, counted from the input", "gradient norm").LogY()
	f.Subtitle = "Norm of the gradient of each layer's weights, for one batch"
	for i, step := range []int{steps[0], steps[len(steps)-1]} {
		series := viz.Series{Name: [2]string{"at the start", "at the end"}[i], Role: [2]viz.Role{viz.Orange, viz.Residual}[i], Dashed: i == 0}
		for _, g := range s.at(step) {
			series.X, series.Y = append(series.X, float64(g.Index)), append(series.Y, g.WeightGradNorm)
		}
		f.Add(series)
	}
	return f
}

func (s *story) gradientTitle(steps []int) string {
	return fmt.Sprintf("The first layer gets %s times the gradient of the last convolution at the start, and %s times at the end",
		viz.Number(s.ratio(steps[0])), viz.Number(s.ratio(steps[len(steps)-1])))
}

// ratio is the weight gradient of the first layer over that of the last
// convolution at a recorded step.
func (s *story) ratio(step int) float64 {
	layers := s.at(step)
	if len(layers) < 3 {
		return math.NaN()
	}
	return layers[0].WeightGradNorm / layers[len(layers)-2].WeightGradNorm // behind it stands only the fc
}

// gradientMap shows the gradient of every layer through training.
func (s *story) gradientMap() viz.Picture {
	steps := s.gradientSteps()
	values := make([][]float64, len(s.at(steps[0])))
	h := viz.NewHeatMap("The gradient of every layer through training", nil).Axes("weight layer", "epochs", "gradient norm").LogValue()
	h.Subtitle = "Norm of the gradient of each layer's weights; the input is on top"
	for _, step := range steps {
		h.ColumnNames = append(h.ColumnNames, fmt.Sprintf("%.1f", s.epochsAt(step)))
		for i, g := range s.at(step) {
			values[i] = append(values[i], g.WeightGradNorm)
		}
	}
	for _, g := range s.at(steps[0]) {
		h.RowNames = append(h.RowNames, fmt.Sprint(g.Index))
	}
	h.Values = values
	return h
}
