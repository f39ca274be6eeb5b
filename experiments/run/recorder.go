package run

import (
	"math"
	"strings"

	"reslab/nn"
)

// Recorder listens at a net and turns what it hears into rows of
// gradients.csv, one for each weight layer of the main path.
type Recorder struct {
	model         nn.Layer
	layers        []*Gradient
	weight        map[string]*nn.Param // by the layer's path
	heard, behind map[string]*Gradient // by the path of the layer, and of the activation behind it
	stop          func()               // ends the listening; nil while it does not listen
}

// NewRecorder returns a recorder that does not listen yet; net and seed are those
// of its rows.
func NewRecorder(net string, seed uint64, model nn.Layer) *Recorder {
	r := &Recorder{model: model, weight: map[string]*nn.Param{}, heard: map[string]*Gradient{}, behind: map[string]*Gradient{}}
	nn.Walk(model, func(path string, l nn.Layer) {
		if strings.Contains(path, "downsample") {
			return // a projection is no layer of the main path
		}
		switch l := l.(type) {
		case *nn.Conv2D:
			r.weight[path] = l.Weight
		case *nn.Linear:
			r.weight[path] = l.Weight
		case *nn.ReLU, *nn.LeakyReLU, *nn.Sigmoid, *nn.Tanh:
			r.behind[path] = r.layers[len(r.layers)-1]
			return
		default:
			return
		}
		r.heard[path] = &Gradient{Net: net, Seed: seed, Layer: path, Index: len(r.layers) + 1}
		r.layers = append(r.layers, r.heard[path])
	})
	return r
}

// Listen begins to listen, or ends it. Listening costs time, and layers that are
// listened to cannot run in one pass with others: so only at the steps that are
// recorded. It changes no number.
func (r *Recorder) Listen(on bool) {
	switch {
	case on && r.stop == nil:
		r.stop = nn.Tap(r.model, r.hear)
	case !on && r.stop != nil:
		r.stop()
		r.stop = nil
	}
}

// Listens says whether it listens.
func (r *Recorder) Listens() bool { return r.stop != nil }

func (r *Recorder) hear(path string, t *nn.Tensor, backward bool) {
	row, unit := r.heard[path], r.behind[path]
	switch {
	case row != nil && backward:
		row.ActGradNorm = t.Norm()
	case row != nil:
		row.ActMean, row.ActStd = moments(t.Data)
	case unit != nil && !backward:
		unit.DeadShare = dead(t)
	}
}

// Rows describes the last Forward and Backward, at a step. A layer whose weight is
// frozen has no gradient, and no row.
func (r *Recorder) Rows(step int) (rows []Gradient) {
	for _, row := range r.layers {
		weight := r.weight[row.Layer]
		if !weight.Trainable {
			continue
		}
		row.Step, row.WeightNorm, row.WeightGradNorm = step, weight.Value.Norm(), weight.Grad.Norm()
		rows = append(rows, *row)
	}
	return rows
}

// moments returns mean and standard deviation.
func moments(data []float32) (mean, deviation float64) {
	for _, v := range data {
		mean += float64(v)
	}
	mean /= float64(len(data))
	for _, v := range data {
		deviation += (float64(v) - mean) * (float64(v) - mean)
	}
	return mean, math.Sqrt(deviation / float64(len(data)))
}

// dead returns the share of the units, numbers of one picture, that are zero
// for every picture of the batch: a ReLU there lets no gradient through.
func dead(t *nn.Tensor) float64 {
	pictures := t.Shape[0]
	units := len(t.Data) / pictures
	count := 0
	for unit := range units {
		alive := false
		for n := 0; n < pictures && !alive; n++ {
			alive = t.Data[n*units+unit] != 0
		}
		if !alive {
			count++
		}
	}
	return float64(count) / float64(units)
}
