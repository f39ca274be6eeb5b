package nn

import (
	"fmt"

	"reslab/nn/internal/kernel"
)

// Conv2D slides a window over each picture: every output pixel is a
// weighted sum of the input pixels under the window, over all input
// channels.
//
//	y[n,i,j,o] = b[o] + sum over p,q,c of
//	             x[n, i*S+p*D-P, j*S+q*D-P, c] * w[p,q,c,o]
//
// S is the stride, P the padding with zeros on each side, D the dilation:
// the distance between two neighbouring weights, in pixels. With K the
// kernel size, an edge of H pixels becomes
//
//	H' = (H + 2P - D(K-1) - 1)/S + 1      rounded down
//
// Input [N, H, W, In], output [N, H', W', Out],
// weight [K, K, In/Groups, Out].
type Conv2D struct {
	Weight *Param
	Bias   *Param // nil without bias

	cfg ConvConfig
	loan
	x   *Tensor
	out memo
}

// ConvConfig describes a convolution. A field left at zero takes its default.
type ConvConfig struct {
	In, Out  int
	Kernel   int // edge of the square window
	Stride   int // default 1
	Pad      int // rows and columns of zeros on each side
	Dilation int // default 1
	Groups   int // default 1; In and Out are split into so many convolutions side by side
	Bias     bool
}

// NewConv2D returns a convolution whose weights are zeros until Init draws them.
func NewConv2D(cfg ConvConfig) *Conv2D {
	for _, setting := range []*int{&cfg.Stride, &cfg.Dilation, &cfg.Groups} {
		if *setting == 0 {
			*setting = 1
		}
	}
	c := &Conv2D{cfg: cfg}
	switch {
	case cfg.In < 1 || cfg.Out < 1 || cfg.Kernel < 1:
		panic(mistake(c.String(), "In, Out and Kernel must be at least 1"))
	case cfg.Stride < 1 || cfg.Pad < 0 || cfg.Dilation < 1 || cfg.Groups < 1:
		panic(mistake(c.String(), "no setting may be negative"))
	case cfg.In%cfg.Groups != 0 || cfg.Out%cfg.Groups != 0:
		panic(mistake(c.String(), "%d groups do not divide both In and Out", cfg.Groups))
	}
	c.Weight = newWeight("weight", HWIO, cfg.Kernel, cfg.Kernel, cfg.In/cfg.Groups, cfg.Out)
	if cfg.Bias {
		c.Bias = newBias("bias", cfg.Out)
	}
	return c
}

// Forward computes y from x; the formula stands at the type.
func (c *Conv2D) Forward(x *Tensor, train bool) *Tensor {
	g := c.geometry(x.Shape)
	y := c.tensor(g.N, g.OutH(), g.OutW(), g.Out)
	var bias []float32
	if c.Bias != nil {
		bias = c.Bias.Value.Data
	}
	g.Forward(y.Data, x.Data, c.Weight.Value.Data, bias)
	c.x = x
	c.out.keep(y.Shape)
	return y
}

// Backward sends the blame for each output pixel to the pixels and the weights
// that made it. An input pixel took part in several windows: its blame is the
// sum over them, weighted as it was weighted there.
//
//	dw[p,q,c,o] = sum over n,i,j of x[n, i*S+p*D-P, j*S+q*D-P, c] * dy[n,i,j,o]
//	dx[n,h,w,c] = sum of dy[n,i,j,o] * w[p,q,c,o] over all o, and over the i,j,p,q
//	              with i*S+p*D-P = h and j*S+q*D-P = w
//	db[o]       = sum over n,i,j of dy[n,i,j,o]
func (c *Conv2D) Backward(dy *Tensor) *Tensor {
	x := take(&c.x, c)
	wantShape(c, "dy", dy, c.out.take(c))
	g := c.geometry(x.Shape)
	if c.Weight.Trainable {
		g.WeightGrad(c.Weight.grad().Data, x.Data, dy.Data)
	}
	if c.Bias != nil && c.Bias.Trainable {
		kernel.AddColumnSums(c.Bias.grad().Data, dy.Data)
	}
	if c.first {
		return nobodyLooks
	}
	dx := c.tensor(x.Shape...)
	g.InputGrad(dx.Data, dy.Data, c.Weight.Value.Data)
	return dx
}

// Params returns the weight and, where there is one, the bias.
func (c *Conv2D) Params() []*Param { return c.list(nil) }

func (c *Conv2D) list(params []*Param) []*Param {
	if params = append(params, c.Weight); c.Bias != nil {
		params = append(params, c.Bias)
	}
	return params
}

// Config returns what the convolution was made from, defaults filled in.
func (c *Conv2D) Config() ConvConfig { return c.cfg }

// String describes the convolution, as "Conv2D 3x3, 16 to 32, stride 2, pad 1".
func (c *Conv2D) String() string {
	cfg := c.cfg
	s := fmt.Sprintf("Conv2D %dx%d, %d to %d", cfg.Kernel, cfg.Kernel, cfg.In, cfg.Out)
	for _, extra := range []struct {
		name         string
		value, quiet int
	}{{"stride", cfg.Stride, 1}, {"pad", cfg.Pad, 0}, {"dilation", cfg.Dilation, 1}, {"groups", cfg.Groups, 1}} {
		if extra.value != extra.quiet {
			s += fmt.Sprintf(", %s %d", extra.name, extra.value)
		}
	}
	return s
}

// geometry is the convolution of an input shape as the kernels want it; it
// panics if the shape does not fit.
func (c *Conv2D) geometry(in []int) kernel.Conv {
	wantPicture(c, in, c.cfg.In)
	g := c.cfg.kernel()
	g.N, g.H, g.W = in[0], in[1], in[2]
	if g.OutH() < 1 || g.OutW() < 1 {
		panic(mistake(c.String(), "the window does not fit into a picture of %dx%d; use a larger picture or more padding", in[1], in[2]))
	}
	return g
}

// kernel is the convolution without the sizes of its input.
func (cfg ConvConfig) kernel() kernel.Conv {
	return kernel.Conv{In: cfg.In, Out: cfg.Out, Kernel: cfg.Kernel, Stride: cfg.Stride, Pad: cfg.Pad, Dilation: cfg.Dilation, Groups: cfg.Groups}
}

func (c *Conv2D) outShape(in []int) []int {
	g := c.geometry(in)
	return []int{g.N, g.OutH(), g.OutW(), g.Out}
}

// macs counts the multiply-adds for an input shape.
func (c *Conv2D) macs(in []int) int64 {
	g := c.geometry(in)
	return int64(g.N*g.OutH()*g.OutW()) * int64(len(c.Weight.Value.Data))
}

func (c *Conv2D) clone() Layer {
	return &Conv2D{cfg: c.cfg, Weight: c.Weight.share(), Bias: c.Bias.share()}
}
