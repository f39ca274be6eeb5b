package run

import (
	"math"
	"strings"

	"reslab/nn"
)

// Recorder listens at a net and turns what it hears into rows of
// gradients.csv, one for each weight layer of the main path.
type Recorder struct {
	On bool // listening costs time: only when the step is recorded

	layers []*Gradient
	weight map[string]*nn.Param // by the layer's path
	stop   func()
}

// NewRecorder starts to listen; net and seed are those of the rows. Call Stop
// at the end.
func NewRecorder(net string, seed uint64, model nn.Layer) *Recorder {
	r := &Recorder{weight: map[string]*nn.Param{}}
	heard, behind := map[string]*Gradient{}, map[string]*Gradient{}
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
			behind[path] = r.layers[len(r.layers)-1]
			return
		default:
			return
		}
		heard[path] = &Gradient{Net: net, Seed: seed, Layer: path, Index: len(r.layers) + 1}
		r.layers = append(r.layers, heard[path])
	})
	r.stop = nn.Tap(model, func(path string, t *nn.Tensor, backward bool) {
		row, unit := heard[path], behind[path]
		switch {
		case !r.On:
		case row != nil && backward:
			row.ActGradNorm = t.Norm()
		case row != nil:
			row.ActMean, row.ActStd = moments(t.Data)
		case unit != nil && !backward:
			unit.DeadShare = dead(t)
		}
	})
	return r
}

// Stop ends the listening.
func (r *Recorder) Stop() { r.stop() }

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
