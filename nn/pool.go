package nn

import (
	"fmt"

	"reslab/nn/internal/kernel"
)

// MaxPool2D keeps the largest number under a sliding window, in each
// channel on its own. It has no weights.
//
// Input [N, H, W, C], output [N, H', W', C] with H' = (H + 2P - K)/S + 1,
// rounded down. Padding never wins: it counts as minus infinity.
type MaxPool2D struct {
	cfg PoolConfig
	loan
	in, out memo
	winners []int32 // for each output, the pixel of x that it came from
}

// PoolConfig describes a pooling window.
type PoolConfig struct {
	Kernel int // edge of the square window
	Stride int // default Kernel: the windows touch
	Pad    int // at most half of Kernel

	// LeavePadding makes AvgPool2D divide by the number of pixels of the
	// picture under the window, and not by those of the whole window.
	LeavePadding bool
}

// NewMaxPool2D returns a maximum pooling.
func NewMaxPool2D(cfg PoolConfig) *MaxPool2D {
	return &MaxPool2D{cfg: cfg.checked("MaxPool2D")}
}

// Forward finds the winner of each window; of equals, the first. A NaN
// wins, so that trouble stays visible.
func (m *MaxPool2D) Forward(x *Tensor, train bool) *Tensor {
	g := m.cfg.geometry(m, x.Shape)
	y := m.tensor(g.N, g.OutH, g.OutW, g.Channels)
	m.winners = resize(m.winners, len(y.Data))
	g.MaxPool(y.Data, m.winners, x.Data)
	m.in.keep(x.Shape)
	m.out.keep(y.Shape)
	return y
}

// Backward gives all the blame to the winner of each window: the others could
// have been a little larger and nothing would have changed.
func (m *MaxPool2D) Backward(dy *Tensor) *Tensor {
	in, out := m.in.take(m), m.out.take(m)
	wantShape(m, "dy", dy, out)
	dx := m.tensor(in...)
	m.cfg.geometry(m, in).MaxPoolGrad(dx.Data, dy.Data, m.winners)
	return dx
}

// Params returns nothing: a maximum has nothing to learn.
func (m *MaxPool2D) Params() []*Param { return nil }

// Config returns what the layer was made from, defaults filled in.
func (m *MaxPool2D) Config() PoolConfig { return m.cfg }

// String describes the layer, as "MaxPool2D 3x3, stride 2, pad 1".
func (m *MaxPool2D) String() string { return m.cfg.describe("MaxPool2D") }

func (m *MaxPool2D) outShape(in []int) []int { return m.cfg.outShape(m, in) }
func (m *MaxPool2D) clone() Layer            { return NewMaxPool2D(m.cfg) }

// AvgPool2D takes the mean of the numbers under a sliding window, in each
// channel on its own. Padding counts as zeros unless PoolConfig.LeavePadding.
//
// Input [N, H, W, C], output [N, H', W', C] as for MaxPool2D.
type AvgPool2D struct {
	cfg PoolConfig
	loan
	in, out memo
}

// NewAvgPool2D returns an average pooling.
func NewAvgPool2D(cfg PoolConfig) *AvgPool2D {
	return &AvgPool2D{cfg: cfg.checked("AvgPool2D")}
}

// Forward computes the mean of each window.
func (a *AvgPool2D) Forward(x *Tensor, train bool) *Tensor {
	g := a.cfg.geometry(a, x.Shape)
	y := a.tensor(g.N, g.OutH, g.OutW, g.Channels)
	g.AvgPool(y.Data, x.Data)
	a.in.keep(x.Shape)
	a.out.keep(y.Shape)
	return y
}

// Backward splits the blame evenly over the window.
func (a *AvgPool2D) Backward(dy *Tensor) *Tensor {
	in, out := a.in.take(a), a.out.take(a)
	wantShape(a, "dy", dy, out)
	dx := a.tensor(in...)
	a.cfg.geometry(a, in).AvgPoolGrad(dx.Data, dy.Data)
	return dx
}

// Params returns nothing: a mean has nothing to learn.
func (a *AvgPool2D) Params() []*Param { return nil }

// Config returns what the layer was made from, defaults filled in.
func (a *AvgPool2D) Config() PoolConfig { return a.cfg }

// String describes the layer, as "AvgPool2D 2x2, stride 2".
func (a *AvgPool2D) String() string { return a.cfg.describe("AvgPool2D") }

func (a *AvgPool2D) outShape(in []int) []int { return a.cfg.outShape(a, in) }
func (a *AvgPool2D) clone() Layer            { return NewAvgPool2D(a.cfg) }

// GlobalAvgPool takes the mean over all pixels of each channel: one number
// for "how much of this feature is anywhere in the picture" (Lin et al.
// 2013).
//
//	y[n,c] = mean over h,w of x[n,h,w,c]      dx[n,h,w,c] = dy[n,c]/(H*W)
//
// Input [N, H, W, C], output [N, C].
type GlobalAvgPool struct {
	loan
	in, out      memo
	sum, squares []float64
}

// NewGlobalAvgPool returns a global average pooling.
func NewGlobalAvgPool() *GlobalAvgPool { return &GlobalAvgPool{} }

// Forward computes the mean of each channel.
func (g *GlobalAvgPool) Forward(x *Tensor, train bool) *Tensor {
	wantPicture(g, x.Shape, 0)
	pictures, channels := x.Shape[0], x.Shape[3]
	g.in.keep(x.Shape)
	g.sum, g.squares = resize(g.sum, channels), resize(g.squares, channels)
	y := g.tensor(pictures, channels)
	g.out.keep(y.Shape)
	for n, size := 0, len(x.Data)/pictures; n < pictures; n++ {
		kernel.ColumnMoments(g.sum, g.squares, x.Data[n*size:(n+1)*size])
		for c, sum := range g.sum {
			y.Data[n*channels+c] = float32(sum / float64(size/channels))
		}
	}
	return y
}

// Backward gives every pixel an even share of its channel's blame.
func (g *GlobalAvgPool) Backward(dy *Tensor) *Tensor {
	in := g.in.take(g)
	wantShape(g, "dy", dy, g.out.take(g))
	dx := g.tensor(in...)
	channels, pixels := in[3], in[1]*in[2]
	for n := range in[0] {
		picture := dx.Data[n*pixels*channels : (n+1)*pixels*channels]
		for c, v := range dy.Data[n*channels : (n+1)*channels] {
			picture[c] = v / float32(pixels)
		}
		for at := channels; at < len(picture); at += channels {
			copy(picture[at:], picture[:channels])
		}
	}
	return dx
}

// Params returns nothing: a mean has nothing to learn.
func (g *GlobalAvgPool) Params() []*Param { return nil }

func (g *GlobalAvgPool) String() string { return "GlobalAvgPool" }

func (g *GlobalAvgPool) outShape(in []int) []int {
	wantPicture(g, in, 0)
	return []int{in[0], in[3]}
}

func (g *GlobalAvgPool) clone() Layer { return NewGlobalAvgPool() }

// geometry is the pooling of an input shape as the kernels want it; it panics
// if the shape does not fit.
func (cfg PoolConfig) geometry(layer fmt.Stringer, in []int) kernel.Pool {
	wantPicture(layer, in, 0)
	if min(in[1], in[2])+2*cfg.Pad < cfg.Kernel {
		panic(mistake(layer.String(), "the window does not fit into a picture of %dx%d; use a larger picture", in[1], in[2]))
	}
	return kernel.Pool{N: in[0], H: in[1], W: in[2], Channels: in[3],
		OutH: (in[1]+2*cfg.Pad-cfg.Kernel)/cfg.Stride + 1, OutW: (in[2]+2*cfg.Pad-cfg.Kernel)/cfg.Stride + 1,
		Kernel: cfg.Kernel, Stride: cfg.Stride, Pad: cfg.Pad, LeavePadding: cfg.LeavePadding}
}

func (cfg PoolConfig) outShape(layer fmt.Stringer, in []int) []int {
	g := cfg.geometry(layer, in)
	return []int{g.N, g.OutH, g.OutW, g.Channels}
}

func (cfg PoolConfig) checked(layer string) PoolConfig {
	if cfg.Stride == 0 {
		cfg.Stride = cfg.Kernel
	}
	if cfg.Kernel < 1 || cfg.Stride < 1 || cfg.Pad < 0 || 2*cfg.Pad > cfg.Kernel {
		panic(mistake(layer, "Kernel and Stride must be at least 1, and Pad from 0 to half of Kernel, got %d, %d and %d", cfg.Kernel, cfg.Stride, cfg.Pad))
	}
	return cfg
}

func (cfg PoolConfig) describe(layer string) string {
	s := fmt.Sprintf("%s %dx%d, stride %d", layer, cfg.Kernel, cfg.Kernel, cfg.Stride)
	if cfg.Pad > 0 {
		s += fmt.Sprintf(", pad %d", cfg.Pad)
	}
	return s
}
