package train

import (
	"reslab/experiments/run"
)

// records are the rows of the two CSV files. The choice of the best epoch and
// all that the report says of the training are computed from them.
type records struct {
	metrics   []run.Metric
	gradients []run.Gradient
}

// The splits of metrics.csv.
const (
	splitTrain      = "train"      // the batch of one step
	splitValidation = "validation" // all pictures kept apart, after an epoch
	splitTest       = "test"       // the test pictures, by the weights of the best epoch
)

// epoch is what one pass over the training pictures came to.
type epoch struct {
	Number     int // counted from 1
	Steps      int
	Loss       float64 // mean of its batches, each before its step
	Accuracy   float64
	Rate       float64     // of its last step
	Validation *run.Metric // after it; nil without pictures kept apart
}

// epochs sums up the rows; the last one may not be over.
func (r *records) epochs() []epoch { return sumUp(r.metrics) }

// lastEpoch is the last of epochs, without a look at the others.
func (r *records) lastEpoch() epoch {
	from := len(r.metrics)
	for r.metrics[from-1].Split != splitTrain {
		from-- // what follows its steps
	}
	for number := r.metrics[from-1].Epoch; from > 0 && r.metrics[from-1].Split == splitTrain && r.metrics[from-1].Epoch == number; {
		from--
	}
	return sumUp(r.metrics[from:])[0]
}

func sumUp(metrics []run.Metric) (all []epoch) {
	for i, m := range metrics {
		switch m.Split {
		case splitTrain:
			if len(all) == 0 || all[len(all)-1].Number != m.Epoch+1 {
				all = append(all, epoch{Number: m.Epoch + 1})
			}
			e := &all[len(all)-1]
			e.Steps, e.Loss, e.Accuracy, e.Rate = e.Steps+1, e.Loss+m.Loss, e.Accuracy+m.Accuracy, m.Rate
		case splitValidation:
			all[len(all)-1].Validation = &metrics[i]
		}
	}
	for i := range all {
		all[i].Loss /= float64(all[i].Steps)
		all[i].Accuracy /= float64(all[i].Steps)
	}
	return all
}

// best returns the number of the epoch that did best on the pictures kept
// apart: the most named right, and of those the least loss; of equals the
// first. One whose loss is no number is never the best. Without such pictures the
// last epoch is the best. Zero before the end of the first epoch.
func (r *records) best(stepsPerEpoch int) (number int) {
	var best *run.Metric
	examined := false
	for _, e := range r.epochs() {
		v := e.Validation
		examined = examined || v != nil
		switch {
		case v != nil && known(v.Loss) != nil && (best == nil || v.Accuracy > best.Accuracy || v.Accuracy == best.Accuracy && v.Loss < best.Loss):
			best, number = v, e.Number
		case !examined && e.Steps == stepsPerEpoch:
			number = e.Number
		}
	}
	return number
}

// test is the row of the final examination; nil before it.
func (r *records) test() *run.Metric {
	for i := range r.metrics {
		if r.metrics[i].Split == splitTest {
			return &r.metrics[i]
		}
	}
	return nil
}
