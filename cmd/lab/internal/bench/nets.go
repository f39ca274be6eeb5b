package bench

import (
	"context"
	"runtime"
	"slices"
	"time"

	"reslab/nn"
)

// NetTime is a whole net on all cores.
type NetTime struct {
	Name     string  `json:"name"`
	Mode     string  `json:"mode"` // train: forward, backward and a step of SGD; infer: a fused net's forward
	Batch    int     `json:"batch"`
	Input    [3]int  `json:"input"` // H, W, C
	MS       float64 `json:"ms"`    // median of a step, or of a forward pass
	Images   float64 `json:"images_per_s"`
	MemoryMB float64 `json:"memory_mb"` // what it holds between two runs: weights, gradients, workspace
}

// netCase is a net to be timed.
type netCase struct {
	name, mode string
	batch      int
	input      [3]int
}

var netCases = []netCase{
	{"resnet20", "train", 128, [3]int{32, 32, 3}},
	{"resnet20", "train", 128, [3]int{28, 28, 1}},
	{"resnet56", "train", 128, [3]int{32, 32, 3}},
	{"resnet50", "infer", 1, [3]int{224, 224, 3}},
	{"resnet50", "infer", 8, [3]int{224, 224, 3}},
}

// time runs the case for about five times each, and at least five times.
func (c netCase) time(ctx context.Context, each time.Duration) (NetTime, error) {
	before := memory()
	run := c.prepare()
	var times []float64
	for end := time.Now().Add(5 * each); len(times) < 6 || time.Now().Before(end); {
		if err := ctx.Err(); err != nil {
			return NetTime{}, err
		}
		begin := time.Now()
		if err := run(); err != nil {
			return NetTime{}, err
		}
		times = append(times, time.Since(begin).Seconds())
	}
	held := memory() - before
	runtime.KeepAlive(run)
	times = times[1:] // the first one allocates what the others use again
	slices.Sort(times)
	seconds := times[len(times)/2]
	return NetTime{c.name, c.mode, c.batch, c.input, 1e3 * seconds, float64(c.batch) / seconds, held / 1e6}, nil
}

// prepare builds the net and returns one run of it.
func (c netCase) prepare() (run func() error) {
	net := find(c.name).New(c.input[2], 0)
	nn.Init(net, 1, nn.HeFanIn)
	x, random := nn.NewTensor(c.batch, c.input[0], c.input[1], c.input[2]), nn.NewRandom(1)
	for i := range x.Data {
		x.Data[i] = float32(random.Normal())
	}
	if c.mode == "infer" {
		fused := nn.Fuse(net)
		return func() error { fused.Forward(x); return nil }
	}
	labels := make([]int, c.batch)
	for i := range labels {
		labels[i] = random.Intn(10)
	}
	training := &nn.Training{
		Model: net, Rate: nn.Constant(0.01), Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}),
		Batches: func(int) (*nn.Tensor, []int) { return x, labels },
	}
	step := -1
	return func() error {
		step++
		_, err := training.Step(step)
		return err
	}
}

// memory returns the bytes that are in use.
func memory() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
