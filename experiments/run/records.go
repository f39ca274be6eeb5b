package run

// Gradient is a row of gradients.csv: one layer at one recorded step. Norms
// are Euclidean, summed in float64.
type Gradient struct {
	Net   string `csv:"net"` // as "plain-56"
	Seed  uint64 `csv:"seed"`
	Step  int    `csv:"step"`  // steps taken before; 0 is the initialisation
	Layer string `csv:"layer"` // path of the convolution or Linear, as "layer1.0.conv1"
	Index int    `csv:"index"` // of weight layers on the main path, 1 at the input

	WeightGradNorm float64 `csv:"weight_grad_norm"` // of dL/dw
	ActGradNorm    float64 `csv:"act_grad_norm"`    // of dL/dy, over the batch, at the layer's output y
	ActMean        float64 `csv:"act_mean"`         // of y
	ActStd         float64 `csv:"act_std"`
	DeadShare      float64 `csv:"dead_share"` // share of the units behind the next activation that are 0 for the whole batch
	WeightNorm     float64 `csv:"weight_norm"`
}

// Metric is a row of metrics.csv.
type Metric struct {
	Net      string  `csv:"net"`
	Seed     uint64  `csv:"seed"`
	Step     int     `csv:"step"`  // steps taken before
	Epoch    int     `csv:"epoch"` // passes through the training pictures taken before, rounded down
	Split    string  `csv:"split"` // "train": the batch of the step; "validation"; "test"
	Loss     float64 `csv:"loss"`
	Accuracy float64 `csv:"accuracy"` // share, 0 to 1
	Rate     float64 `csv:"rate"`     // learning rate of the step; 0 where nothing was learned
}

// The tables of a run folder.
const (
	metricsFile   = "metrics.csv"
	gradientsFile = "gradients.csv"
)

// Gradients appends rows to gradients.csv.
func (f *Folder) Gradients(rows ...Gradient) error {
	return f.Append(gradientsFile, columnsOf(Gradient{}), cellsOf(rows))
}

// Metrics appends rows to metrics.csv.
func (f *Folder) Metrics(rows ...Metric) error {
	return f.Append(metricsFile, columnsOf(Metric{}), cellsOf(rows))
}

// ReadMetrics reads metrics.csv in the folder of a run; no file, no rows.
func ReadMetrics(folder string) ([]Metric, error) { return readRows[Metric](folder, metricsFile) }

// ReadGradients reads gradients.csv in the folder of a run; no file, no rows.
func ReadGradients(folder string) ([]Gradient, error) {
	return readRows[Gradient](folder, gradientsFile)
}
