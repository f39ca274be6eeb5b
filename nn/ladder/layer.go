package ladder

import (
	"fmt"
	"time"

	"reslab/nn"
	"reslab/nn/internal/kernel"
)

// Layer is a convolution of a net with the pictures that it sees, to be timed
// on the kernels that nets run on.
type Layer struct {
	N, H, W int
	nn.ConvConfig
}

// Pass is one of the computations of a convolution.
type Pass int

const (
	Inference  Pass = iota // y from x and weights that were put in the kernel's order before
	Forward                // y from x and w
	InputGrad              // dx from dy and w
	WeightGrad             // dw from x and dy
)

// String names the pass.
func (p Pass) String() string {
	return [...]string{"inference", "forward", "input gradient", "weight gradient"}[p]
}

// MultiplyAdds returns how many products one pass adds up.
func (l Layer) MultiplyAdds() int64 {
	c := l.conv()
	return int64(c.N*c.OutH()*c.OutW()) * int64(c.Kernel*c.Kernel*c.In/c.Groups*c.Out)
}

// Bytes returns the memory that one pass must read and write at least: x, w and
// y, or their gradients, once each.
func (l Layer) Bytes() int64 {
	c := l.conv()
	return 4 * int64(c.N*c.H*c.W*c.In+c.Kernel*c.Kernel*c.In/c.Groups*c.Out+c.N*c.OutH()*c.OutW()*c.Out)
}

// Winograd says whether nets compute this pass in Winograd's way. If not, they
// do it directly.
func (l Layer) Winograd(pass Pass) bool {
	c := l.conv()
	switch pass {
	case Inference:
		return c.Pack(make([]float32, c.Kernel*c.Kernel*c.In/c.Groups*c.Out)).Winograd()
	case WeightGrad:
		return c.WinogradWeightGrad()
	}
	return c.Winograd()
}

// Timing is what a layer took and what the core could have done at that time.
type Timing struct {
	Seconds float64 // of the fastest run
	Peak    float64 // GFLOP/s of one core, as Peak measures it, in turns with the runs
}

// Time times one pass on so many cores, for about the given time: the way that nets
// do it, or directly. Peak and pass take turns, so that both have the clock of the
// same moments. It sets GOMAXPROCS and the way of convolving while it runs, for the
// whole program.
func (l Layer) Time(pass Pass, direct bool, cores int, about time.Duration) Timing {
	c := l.conv()
	if c.OutH() < 1 || c.OutW() < 1 {
		panic(&nn.Mistake{Layer: "ladder.Layer", Problem: fmt.Sprintf("the window does not fit into a picture of %dx%d", l.H, l.W)})
	}
	if direct {
		defer kernel.SetWinograd(kernel.SetWinograd(kernel.WinogradNever))
	}
	x, y := someNumbers(c.N*c.H*c.W*c.In), someNumbers(c.N*c.OutH()*c.OutW()*c.Out)
	w := someNumbers(c.Kernel * c.Kernel * c.In / c.Groups * c.Out)
	var run func()
	switch pass {
	case Inference:
		packed := c.Pack(w)
		run = func() { c.ForwardPacked(y, x, packed, kernel.Epilogue{}) }
	case Forward:
		run = func() { c.Forward(y, x, w, nil) }
	case InputGrad:
		run = func() { c.InputGrad(x, y, w) }
	case WeightGrad:
		run = func() { c.WeightGrad(w, x, y) }
	}
	var t Timing
	t.Seconds = onCores(cores, func() float64 {
		return fastest(about, run, func() { t.Peak = max(t.Peak, kernel.PeakTrial()) })
	})
	return t
}

// someNumbers returns n numbers, any but denormal ones, which are slow.
func someNumbers(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(i%17) / 16
	}
	return v
}

func (l Layer) conv() kernel.Conv {
	cfg := nn.NewConv2D(l.ConvConfig).Config() // checks them, and fills in what is left out
	return kernel.Conv{N: l.N, H: l.H, W: l.W, In: cfg.In, Out: cfg.Out,
		Kernel: cfg.Kernel, Stride: cfg.Stride, Pad: cfg.Pad, Dilation: cfg.Dilation, Groups: cfg.Groups}
}
