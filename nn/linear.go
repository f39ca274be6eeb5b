package nn

import (
	"fmt"

	"reslab/nn/internal/kernel"
)

// Linear is the fully connected layer: every output is a weighted sum of
// all inputs. It works along the last axis.
//
//	y = x w + b
//
// Input [N, ..., In], output [N, ..., Out], weight [In, Out], bias [Out].
type Linear struct {
	Weight *Param
	Bias   *Param

	in, out int
	loan
	x *Tensor
	y memo
}

// NewLinear returns a fully connected layer whose weights are zeros until Init
// draws them.
func NewLinear(in, out int) *Linear {
	l := &Linear{in: in, out: out}
	if in < 1 || out < 1 {
		panic(mistake(l.String(), "there must be at least 1 input and 1 output"))
	}
	l.Weight, l.Bias = newWeight("weight", InOut, in, out), newBias("bias", out)
	return l
}

// Forward computes y = x w + b.
func (l *Linear) Forward(x *Tensor, train bool) *Tensor {
	wantLast(l, x.Shape, l.in)
	l.y.keep(x.Shape)
	l.y.shape[len(x.Shape)-1] = l.out
	y := l.tensor(l.y.shape...)
	rows := len(x.Data) / l.in
	kernel.MatMul(y.Data, x.Data, l.Weight.Value.Data, rows, l.in, l.out)
	addToRows(y.Data, l.Bias.Value.Data)
	l.x = x
	return y
}

// Backward shares the blame out along the same weights. In each row, w[i,j]
// times x[i] went into y[j]: so w[i,j] gets x[i]*dy[j], and x[i] gets
// w[i,j]*dy[j] from every j. As matrices of all rows:
//
//	dw = xᵀ dy      db = the sum of the rows of dy      dx = dy wᵀ
func (l *Linear) Backward(dy *Tensor) *Tensor {
	x := take(&l.x, l)
	wantShape(l, "dy", dy, l.y.take(l))
	rows := len(x.Data) / l.in
	if l.Weight.Trainable {
		dw := l.Weight.grad().Data
		kernel.MatMulWeightGrad(dw, x.Data, dy.Data, rows, l.in, l.out)
	}
	if l.Bias.Trainable {
		kernel.AddColumnSums(l.Bias.grad().Data, dy.Data)
	}
	if l.first {
		return nobodyLooks
	}
	dx, w := l.tensor(x.Shape...), l.Weight.Value.Data
	kernel.MatMulInputGrad(dx.Data, dy.Data, w, rows, l.in, l.out)
	return dx
}

// addToRows adds v to every row of y.
func addToRows(y, v []float32) {
	for from := 0; from < len(y); from += len(v) {
		row := y[from : from+len(v)]
		for i := range row {
			row[i] += v[i]
		}
	}
}

// Params returns the weight and the bias.
func (l *Linear) Params() []*Param { return l.list(nil) }

func (l *Linear) list(params []*Param) []*Param { return append(params, l.Weight, l.Bias) }

// String describes the layer, as "Linear 64 to 10".
func (l *Linear) String() string { return fmt.Sprintf("Linear %d to %d", l.in, l.out) }

// outShape returns the shape of the output for an input shape, or panics.
func (l *Linear) outShape(in []int) []int {
	wantLast(l, in, l.in)
	out := append([]int{}, in...)
	out[len(out)-1] = l.out
	return out
}

// geometry is the layer as a convolution whose window is one pixel, for an input
// shape: each row is a pixel.
func (l *Linear) geometry(in []int) kernel.Conv {
	rows := 1
	for _, d := range in[:max(0, len(in)-1)] {
		rows *= d
	}
	return kernel.Conv{N: 1, H: rows, W: 1, In: l.in, Out: l.out, Kernel: 1, Stride: 1, Dilation: 1, Groups: 1}
}

// macs counts the multiply-adds for an input shape; Summarise asks for them.
func (l *Linear) macs(in []int) int64 {
	rows := int64(1)
	for _, d := range in[:len(in)-1] {
		rows *= int64(d)
	}
	return rows * int64(l.in) * int64(l.out)
}

// clone returns the layer for another goroutine: see Clone.
func (l *Linear) clone() Layer {
	return &Linear{in: l.in, out: l.out, Weight: l.Weight.share(), Bias: l.Bias.share()}
}
