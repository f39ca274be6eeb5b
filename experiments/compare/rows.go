package compare

import (
	"math"
	"slices"

	"reslab/experiments/run"
)

// rows are what the tables say of one net.
type rows struct {
	*Run
	metrics   []run.Metric
	gradients []run.Gradient
}

// rows returns those of a net; none for the name "".
func (r *Run) rows(net string) rows {
	of := rows{Run: r}
	for _, m := range r.metrics {
		if m.Net == net {
			of.metrics = append(of.metrics, m)
		}
	}
	for _, g := range r.gradients {
		if g.Net == net {
			of.gradients = append(of.gradients, g)
		}
	}
	return of
}

// The splits of metrics.csv.
const (
	splitTrain      = "train"
	splitValidation = "validation"
	splitTest       = "test"
)

// none is a row that is not there.
var none = run.Metric{Loss: math.NaN(), Accuracy: math.NaN()}

// last is the last row of a split.
func (r rows) last(split string) run.Metric {
	for i := len(r.metrics) - 1; i >= 0; i-- {
		if r.metrics[i].Split == split {
			return r.metrics[i]
		}
	}
	return none
}

// firstLost is the first row of a split whose loss is no number.
func (r rows) firstLost(split string) (lost run.Metric, ok bool) {
	i := slices.IndexFunc(r.metrics, func(m run.Metric) bool { return m.Split == split && number(m.Loss) == nil })
	if i < 0 {
		return none, false
	}
	return r.metrics[i], true
}

// best is the validation after the epoch that the training chose: the most named
// right, of those the least loss, of equals the first. One whose loss is no number
// is never the best.
func (r rows) best() run.Metric {
	best := none
	for _, m := range r.metrics {
		if m.Split == splitValidation && number(m.Loss) != nil && !(m.Accuracy < best.Accuracy || m.Accuracy == best.Accuracy && !(m.Loss < best.Loss)) {
			best = m
		}
	}
	return best
}

// bestEpoch is the number of that epoch.
func (r rows) bestEpoch() float64 {
	if best := r.best(); best.Split != "" {
		return float64(best.Epoch) // epochs taken before the examination
	}
	return math.NaN()
}

// losses are those of the training batches that keep says yes to.
func (r rows) losses(keep func(run.Metric) bool) (losses []float64) {
	for _, m := range r.metrics {
		if m.Split == splitTrain && keep(m) {
			losses = append(losses, m.Loss)
		}
	}
	return losses
}

func (r rows) lossOfLastEpoch() float64 {
	last := r.last(splitTrain).Epoch
	return mean(r.losses(func(m run.Metric) bool { return m.Epoch == last }))
}

// finalLoss is the mean of the last tenth of the steps; NaN before the first.
func (r rows) finalLoss() float64 {
	if r.Steps == 0 {
		return math.NaN()
	}
	all := r.losses(func(run.Metric) bool { return true })
	return mean(all[len(all)-(len(all)+9)/10:])
}

// mean is NaN of nothing.
func mean(values []float64) float64 {
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// at are the layers at a recorded step, from the input on.
func (r rows) at(step int) (layers []run.Gradient) {
	for _, g := range r.gradients {
		if g.Step == step {
			layers = append(layers, g)
		}
	}
	return layers
}

// lastRecorded is the last step whose gradients were recorded.
func (r rows) lastRecorded() (step int) {
	for _, g := range r.gradients {
		step = max(step, g.Step)
	}
	return step
}

// firstOverLastAtEnd is firstOverLast at the last recorded step; NaN where that is
// the start.
func (r rows) firstOverLastAtEnd(free bool) float64 {
	if r.lastRecorded() == 0 {
		return math.NaN()
	}
	return r.firstOverLast(r.lastRecorded(), free)
}

// firstOverLast is the weight gradient of the first convolution over that of the
// last, raw or freed of the scale of the weights. Infinite if float32 could not hold
// the first.
func (r rows) firstOverLast(step int, free bool) float64 {
	layers := r.at(step)
	if len(layers) < 3 {
		return math.NaN()
	}
	first, last := layers[0], layers[len(layers)-2] // behind it stands only the fc
	if number(last.WeightGradNorm) != nil && number(first.WeightGradNorm) == nil {
		return math.Inf(1)
	}
	if free {
		return first.WeightGradNorm * first.WeightNorm / (last.WeightGradNorm * last.WeightNorm)
	}
	return first.WeightGradNorm / last.WeightGradNorm
}
