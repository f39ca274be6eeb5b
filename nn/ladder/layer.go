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

// Pass is one of the three computations of a convolution in training.
type Pass int

const (
	Forward    Pass = iota // y from x and w
	InputGrad              // dx from dy and w
	WeightGrad             // dw from x and dy
)

// String names the pass.
func (p Pass) String() string { return [...]string{"forward", "input gradient", "weight gradient"}[p] }

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

// Time returns the median seconds of one pass on so many cores, measured for
// about the given time. It sets GOMAXPROCS while it runs.
func (l Layer) Time(pass Pass, cores int, about time.Duration) (seconds float64) {
	c := l.conv()
	if c.OutH() < 1 || c.OutW() < 1 {
		panic(&nn.Mistake{Layer: "ladder.Layer", Problem: fmt.Sprintf("the window does not fit into a picture of %dx%d", l.H, l.W)})
	}
	fill := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(i%17) / 16 // any numbers but zeros and denormals
		}
		return v
	}
	x, y := fill(c.N*c.H*c.W*c.In), fill(c.N*c.OutH()*c.OutW()*c.Out)
	w := fill(c.Kernel * c.Kernel * c.In / c.Groups * c.Out)
	run := [...]func(){
		Forward:    func() { c.Forward(y, x, w, nil) },
		InputGrad:  func() { c.InputGrad(x, y, w) },
		WeightGrad: func() { clear(w); c.WeightGrad(w, x, y) },
	}[pass]
	return onCores(cores, func() float64 { return median(about, run) })
}

func (l Layer) conv() kernel.Conv {
	cfg := nn.NewConv2D(l.ConvConfig).Config() // checks them, and fills in what is left out
	return kernel.Conv{N: l.N, H: l.H, W: l.W, In: cfg.In, Out: cfg.Out,
		Kernel: cfg.Kernel, Stride: cfg.Stride, Pad: cfg.Pad, Dilation: cfg.Dilation, Groups: cfg.Groups}
}
