package run

import "strconv"

// Gradient is a row of gradients.csv: one layer at one recorded step. Norms
// are Euclidean, summed in float64.
type Gradient struct {
	Net   string // as "plain-56"
	Seed  uint64
	Step  int    // steps taken before; 0 is the initialisation
	Layer string // path of the convolution or Linear, as "layer1.0.conv1"
	Index int    // of weight layers on the main path, 1 at the input

	WeightGradNorm float64 // of dL/dw
	ActGradNorm    float64 // of dL/dy, over the batch, at the layer's output y
	ActMean        float64 // of y
	ActStd         float64
	DeadShare      float64 // share of the units behind the next activation that are 0 for the whole batch
	WeightNorm     float64 // of w
}

// Metric is a row of metrics.csv.
type Metric struct {
	Net      string
	Seed     uint64
	Step     int    // steps taken before
	Epoch    int    // passes through the training pictures taken before, rounded down
	Split    string // "train": the batch of the step; "test"
	Loss     float64
	Accuracy float64 // share, 0 to 1
}

// Gradients appends rows to gradients.csv.
func (f *Folder) Gradients(rows ...Gradient) error {
	columns := []string{"net", "seed", "step", "layer", "index", "weight_grad_norm", "act_grad_norm", "act_mean", "act_std", "dead_share", "weight_norm"}
	var table [][]string
	for _, r := range rows {
		table = append(table, []string{r.Net, strconv.FormatUint(r.Seed, 10), strconv.Itoa(r.Step), r.Layer, strconv.Itoa(r.Index),
			number(r.WeightGradNorm), number(r.ActGradNorm), number(r.ActMean), number(r.ActStd), number(r.DeadShare), number(r.WeightNorm)})
	}
	return f.Append("gradients.csv", columns, table)
}

// Metrics appends rows to metrics.csv.
func (f *Folder) Metrics(rows ...Metric) error {
	columns := []string{"net", "seed", "step", "epoch", "split", "loss", "accuracy"}
	var table [][]string
	for _, r := range rows {
		table = append(table, []string{r.Net, strconv.FormatUint(r.Seed, 10), strconv.Itoa(r.Step), strconv.Itoa(r.Epoch), r.Split, number(r.Loss), number(r.Accuracy)})
	}
	return f.Append("metrics.csv", columns, table)
}

// number writes the shortest text that reads back as the same number.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
