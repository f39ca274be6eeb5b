package nn

import (
	"fmt"

	"reslab/nn/internal/kernel"
)

// MaxPool2D keeps the largest number under a sliding window, in each channel
// on its own. It has no weights.
//
// Input [N, H, W, C], output [N, H', W', C] with H' = (H + 2P - K)/S + 1,
// rounded down. Padding never wins: it counts as minus infinity.
type MaxPool2D struct {
	cfg     PoolConfig
	in      []int
	winners []int32 // for each output, where in x its number came from
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

// Forward finds the winner of each window; of equals, the first. A NaN wins, so
// that trouble stays visible.
func (m *MaxPool2D) Forward(x *Tensor, train bool) *Tensor {
	y := NewTensor(m.outShape(x.Shape)...)
	m.in, m.winners = x.Shape, make([]int32, len(y.Data))
	m.cfg.windows(x.Shape, y.Shape, func(out int, window window) {
		for c := range x.Shape[3] {
			best := window.pixel(0, 0) + c
			for r := range window.rows {
				for q := range window.columns {
					i := window.pixel(r, q) + c
					if v := x.Data[i]; v > x.Data[best] || v != v {
						best = i
					}
				}
			}
			y.Data[out+c], m.winners[out+c] = x.Data[best], int32(best)
		}
	})
	return y
}

// Backward gives all the blame to the winner of each window: the others could
// have been a little larger and nothing would have changed.
func (m *MaxPool2D) Backward(dy *Tensor) *Tensor {
	needForward(m.winners != nil, m.String())
	wantShape(m.String(), "dy", dy, m.outShape(m.in))
	dx := NewTensor(m.in...)
	perImage := len(dy.Data) / m.in[0]
	kernel.Parallel(m.in[0], func(n int) {
		for i := n * perImage; i < (n+1)*perImage; i++ {
			dx.Data[m.winners[i]] += dy.Data[i]
		}
	})
	m.winners = nil
	return dx
}

// Params returns nothing: a maximum has nothing to learn.
func (m *MaxPool2D) Params() []*Param { return nil }

// String describes the layer, as "MaxPool2D 3x3, stride 2, pad 1".
func (m *MaxPool2D) String() string { return m.cfg.describe("MaxPool2D") }

func (m *MaxPool2D) outShape(in []int) []int { return m.cfg.outShape(m.String(), in) }
func (m *MaxPool2D) clone() Layer            { return NewMaxPool2D(m.cfg) }

// AvgPool2D takes the mean of the numbers under a sliding window, in each
// channel on its own. Padding counts as zeros unless PoolConfig.LeavePadding.
//
// Input [N, H, W, C], output [N, H', W', C] as for MaxPool2D.
type AvgPool2D struct {
	cfg PoolConfig
	in  []int // shape of x, nil after Backward
}

// NewAvgPool2D returns an average pooling.
func NewAvgPool2D(cfg PoolConfig) *AvgPool2D {
	return &AvgPool2D{cfg: cfg.checked("AvgPool2D")}
}

// Forward computes the mean of each window.
func (a *AvgPool2D) Forward(x *Tensor, train bool) *Tensor {
	y := NewTensor(a.outShape(x.Shape)...)
	a.cfg.windows(x.Shape, y.Shape, func(out int, window window) {
		share := a.share(window)
		for c := range x.Shape[3] {
			var sum float32
			for r := range window.rows {
				for q := range window.columns {
					sum += x.Data[window.pixel(r, q)+c]
				}
			}
			y.Data[out+c] = sum * share
		}
	})
	a.in = x.Shape
	return y
}

// Backward splits the blame evenly over the window.
func (a *AvgPool2D) Backward(dy *Tensor) *Tensor {
	needForward(a.in != nil, a.String())
	in := a.in
	a.in = nil
	wantShape(a.String(), "dy", dy, a.outShape(in))
	dx := NewTensor(in...)
	a.cfg.windows(in, dy.Shape, func(out int, window window) {
		share := a.share(window)
		for c := range in[3] {
			for r := range window.rows {
				for q := range window.columns {
					dx.Data[window.pixel(r, q)+c] += dy.Data[out+c] * share
				}
			}
		}
	})
	return dx
}

// Params returns nothing: a mean has nothing to learn.
func (a *AvgPool2D) Params() []*Param { return nil }

// String describes the layer, as "AvgPool2D 2x2, stride 2".
func (a *AvgPool2D) String() string { return a.cfg.describe("AvgPool2D") }

func (a *AvgPool2D) outShape(in []int) []int { return a.cfg.outShape(a.String(), in) }
func (a *AvgPool2D) clone() Layer            { return NewAvgPool2D(a.cfg) }

// share is what one pixel under the window counts for.
func (a *AvgPool2D) share(w window) float32 {
	if a.cfg.LeavePadding {
		return 1 / float32(w.rows*w.columns)
	}
	return 1 / float32(a.cfg.Kernel*a.cfg.Kernel)
}

// GlobalAvgPool takes the mean over all pixels of each channel: one number for
// "how much of this feature is anywhere in the picture" (Lin et al. 2013).
//
//	y[n,c] = mean over h,w of x[n,h,w,c]      dx[n,h,w,c] = dy[n,c]/(H*W)
//
// Input [N, H, W, C], output [N, C].
type GlobalAvgPool struct {
	in []int // shape of x, nil after Backward
}

// NewGlobalAvgPool returns a global average pooling.
func NewGlobalAvgPool() *GlobalAvgPool { return &GlobalAvgPool{} }

// Forward computes the mean of each channel.
func (g *GlobalAvgPool) Forward(x *Tensor, train bool) *Tensor {
	y := NewTensor(g.outShape(x.Shape)...)
	pixels, channels := x.Shape[1]*x.Shape[2], x.Shape[3]
	kernel.Parallel(x.Shape[0], func(n int) {
		picture := x.Data[n*pixels*channels : (n+1)*pixels*channels]
		for c := range channels {
			var sum float64
			for i := c; i < len(picture); i += channels {
				sum += float64(picture[i])
			}
			y.Data[n*channels+c] = float32(sum / float64(pixels))
		}
	})
	g.in = x.Shape
	return y
}

// Backward gives every pixel an even share of its channel's blame.
func (g *GlobalAvgPool) Backward(dy *Tensor) *Tensor {
	needForward(g.in != nil, g.String())
	in := g.in
	g.in = nil
	wantShape(g.String(), "dy", dy, g.outShape(in))
	dx := NewTensor(in...)
	pixels, channels := in[1]*in[2], in[3]
	for i := range dx.Data {
		dx.Data[i] = dy.Data[i/(pixels*channels)*channels+i%channels] / float32(pixels)
	}
	return dx
}

// Params returns nothing: a mean has nothing to learn.
func (g *GlobalAvgPool) Params() []*Param { return nil }

func (g *GlobalAvgPool) String() string { return "GlobalAvgPool" }

func (g *GlobalAvgPool) outShape(in []int) []int {
	wantPicture(g.String(), in, 0)
	return []int{in[0], in[3]}
}

func (g *GlobalAvgPool) clone() Layer { return NewGlobalAvgPool() }

// window is the part of a pooling window that lies inside the picture.
type window struct {
	corner        int // place of its first number in the batch
	rows, columns int
	rowStep, step int // numbers from one row, and from one pixel, to the next
}

// pixel returns the place of a pixel's first channel.
func (w window) pixel(row, column int) int { return w.corner + row*w.rowStep + column*w.step }

// windows calls visit for every window, with the place in y of its result; the
// pictures of a batch are spread over the cores.
func (cfg PoolConfig) windows(in, out []int, visit func(out int, w window)) {
	height, width, channels := in[1], in[2], in[3]
	kernel.Parallel(in[0], func(n int) {
		at := n * out[1] * out[2] * channels
		for i := range out[1] {
			top, bottom := cfg.span(i, height)
			for j := range out[2] {
				left, right := cfg.span(j, width)
				visit(at, window{corner: ((n*height+top)*width + left) * channels,
					rows: bottom - top, columns: right - left, rowStep: width * channels, step: channels})
				at += channels
			}
		}
	})
}

// span returns the rows, or columns, of the picture under window i.
func (cfg PoolConfig) span(i, edge int) (from, to int) {
	from = i*cfg.Stride - cfg.Pad
	return max(from, 0), min(from+cfg.Kernel, edge)
}

func (cfg PoolConfig) outShape(layer string, in []int) []int {
	wantPicture(layer, in, 0)
	edge := func(size int) int {
		if size+2*cfg.Pad < cfg.Kernel {
			panic(mistake(layer, "the window does not fit into a picture of %dx%d; use a larger picture", in[1], in[2]))
		}
		return (size+2*cfg.Pad-cfg.Kernel)/cfg.Stride + 1
	}
	return []int{in[0], edge(in[1]), edge(in[2]), in[3]}
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
