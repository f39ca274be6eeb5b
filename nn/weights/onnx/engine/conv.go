package engine

import (
	"reslab/nn"
	"reslab/nn/weights/onnx"
)

// conv slides a window: each output pixel is a weighted sum of what lies under it.
//
// Pictures x [N, C, H, W], weights w [O, C/groups, K, L], bias [O] or none.
//
// The usual ones, with a square window and the same step both ways, go to the
// kernels of nn, which want channels last.
func conv(c *call) *onnx.Tensor {
	x, weights := c.picture(0), c.picture(1)
	g := convolution{window: c.window(x.Shape, weights.Shape[2:]), groups: c.whole("group", 1), n: x.Shape[0], in: x.Shape[1], out: weights.Shape[0]}
	if g.groups < 1 || g.in%g.groups != 0 || g.out%g.groups != 0 || weights.Shape[1] != g.in/g.groups {
		fail("weights of %v in %d groups do not go with pictures of %v", weights.Shape, g.groups, x.Shape)
	}
	var bias *onnx.Tensor
	if c.has(2) {
		if bias = c.float(2); bias.Len() != g.out {
			fail("it makes %d channels, and has %d biases", g.out, bias.Len())
		}
	}
	product([]int{g.n, g.out, g.window.out[0], g.window.out[1]})
	if !g.square() {
		return g.plain(x.Floats, weights.Floats, bias)
	}
	if g.before != g.after || g.before[0] != g.before[1] {
		x = g.widened(x)
	}
	key := layerKey{weights, bias, g.before[0]}
	fused := c.once(key, func() any { return g.fused(weights, bias) }).(*nn.Fused)
	return ChannelsFirst(fused.Forward(channelsLast(x)))
}

// layerKey is all that the layer of a convolution depends on.
type layerKey struct {
	weights, bias *onnx.Tensor
	pad           int
}

// convolution is a window with what stands on both sides of it.
type convolution struct {
	window
	groups, n, in, out int
}

// square tells the convolutions that nn knows.
func (g *convolution) square() bool {
	return g.kernel[0] == g.kernel[1] && g.stride[0] == g.stride[1] && g.dilation[0] == g.dilation[1]
}

// fused puts the weights into the order in which the kernels read them.
func (g *convolution) fused(weights, bias *onnx.Tensor) *nn.Fused {
	cfg := nn.ConvConfig{In: g.in, Out: g.out, Kernel: g.kernel[0], Stride: g.stride[0], Dilation: g.dilation[0], Groups: g.groups, Pad: g.before[0], Bias: bias != nil}
	layer := nn.NewConv2D(cfg)
	was := stay(weights.Shape)
	copy(layer.Weight.Value.Data, move{was[2], was[3], was[1], was[0]}.of(weights).Floats)
	if bias != nil {
		copy(layer.Bias.Value.Data, bias.Floats)
	}
	return nn.Fuse(layer)
}

// widened adds a margin that differs from side to side; then none is left to add.
func (g *convolution) widened(x *onnx.Tensor) *onnx.Tensor {
	m := stay(x.Shape)
	for a := range g.before {
		m[2+a] = margin(m[2+a], g.before[a], g.after[a], "constant")
	}
	g.before, g.after = [2]int{}, [2]int{}
	return m.of(x)
}

// plain computes any convolution, loop by loop. A weight at a time is multiplied
// with all pixels that lie under it.
func (g *convolution) plain(x, weights []float32, bias *onnx.Tensor) *onnx.Tensor {
	y := zeros(onnx.Float32, g.n, g.out, g.window.out[0], g.window.out[1])
	each, plane := g.in/g.groups, g.window.in[0]*g.window.in[1]
	size, area := g.window.out[0]*g.window.out[1], g.kernel[0]*g.kernel[1]
	parallel(g.n*g.out, func(i int) {
		n, o := i/g.out, i%g.out
		into := y.Floats[i*size : (i+1)*size]
		for k := range into {
			if bias != nil {
				into[k] = bias.Floats[o]
			}
		}
		first := n*g.in + o/(g.out/g.groups)*each
		for k := range each {
			from := x[(first+k)*plane : (first+k+1)*plane]
			g.addPlane(into, from, weights[(o*each+k)*area:(o*each+k+1)*area])
		}
	})
	return y
}

// addPlane adds what one channel contributes to another.
func (g *convolution) addPlane(into, from, weights []float32) {
	for p := range g.kernel[0] {
		for q := range g.kernel[1] {
			w := weights[p*g.kernel[1]+q]
			for i := range g.window.out[0] {
				row := i*g.stride[0] + p*g.dilation[0] - g.before[0]
				if row < 0 || row >= g.window.in[0] {
					continue
				}
				for j := range g.window.out[1] {
					column := j*g.stride[1] + q*g.dilation[1] - g.before[1]
					if column >= 0 && column < g.window.in[1] {
						into[i*g.window.out[1]+j] += w * from[row*g.window.in[1]+column]
					}
				}
			}
		}
	}
}

// channelsLast turns [N, C, H, W] into [N, H, W, C].
func channelsLast(x *onnx.Tensor) *nn.Tensor {
	n, channels, height, width := x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]
	y := nn.NewTensor(n, height, width, channels)
	turn(y.Data, x.Floats, n, channels, height*width)
	return y
}

// ChannelsFirst turns pictures of nn, [N, H, W, C], into those of a graph, [N, C, H, W].
func ChannelsFirst(x *nn.Tensor) *onnx.Tensor {
	n, height, width, channels := x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]
	y := zeros(onnx.Float32, n, channels, height, width)
	turn(y.Floats, x.Data, n, height*width, channels)
	return y
}

// turn makes columns of the rows of n tables. It goes in squares: both of a square
// and of its mirror image stay in the cache.
func turn(to, from []float32, n, rows, columns int) {
	const edge = 16
	bands := (rows + edge - 1) / edge
	parallel(n*bands, func(i int) {
		to, from := to[i/bands*rows*columns:], from[i/bands*rows*columns:]
		top := i % bands * edge
		bottom := min(top+edge, rows)
		for left := 0; left < columns; left += edge {
			right := min(left+edge, columns)
			for r := top; r < bottom; r++ {
				for k := left; k < right; k++ {
					to[k*rows+r] = from[r*columns+k]
				}
			}
		}
	})
}
