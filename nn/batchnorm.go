package nn

import (
	"fmt"
	"math"

	"reslab/nn/internal/kernel"
)

// BatchNorm2D gives every channel mean 0 and variance 1 over the batch,
// then a scale and a shift that are learned (Ioffe and Szegedy 2015, arXiv
// 1502.03167). It works along the last axis, whatever the rank: over all
// pixels of all pictures for [N, H, W, C], over all rows for [N, C].
//
//	m = mean of x      v = mean of (x-m)²      xhat = (x-m)/sqrt(v+Eps)
//	y = gamma*xhat + beta                      per channel, over M rows
//
// When not training, and when Frozen, it uses running averages of m and v
// in the place of the batch's own.
type BatchNorm2D struct {
	Gamma, Beta             *Param // scale and shift, [C]: "weight", "bias"
	RunningMean, RunningVar *Param // not trainable

	Eps      float64 // keeps the root away from zero; 1e-5
	Momentum float64 // share of the batch in the running averages; 0.1
	Frozen   bool    // keep the running averages, and use them in training

	channels int
	loan
	x     *Tensor // kept by Forward
	batch bool    // m and v came from this batch, so they depend on x
	numbers
}

// numbers are float64 numbers of each channel.
type numbers struct {
	mean, variance, inverse []float64 // m, v and 1/sqrt(v+Eps), kept by Forward
	dbeta, dgamma           []float64
	line                    [3][]float64 // coefficients of one pass over all numbers
}

// NewBatchNorm2D returns a batch norm with gamma 1, beta 0, running mean 0 and
// running variance 1.
func NewBatchNorm2D(channels int) *BatchNorm2D {
	if channels < 1 {
		panic(mistake("BatchNorm2D", "there must be at least 1 channel, got %d", channels))
	}
	b := &BatchNorm2D{Eps: 1e-5, Momentum: 0.1, channels: channels, numbers: newNumbers(channels),
		Gamma: newBias("weight", channels), Beta: newBias("bias", channels),
		RunningMean: newBias("running_mean", channels), RunningVar: newBias("running_var", channels)}
	b.RunningMean.Trainable, b.RunningVar.Trainable = false, false
	b.reset()
	return b
}

// Forward normalises x; the formulas stand at the type. Written out per channel,
// that is a straight line:
//
//	y = x * gamma/sqrt(v+Eps)  +  beta - m * gamma/sqrt(v+Eps)
func (b *BatchNorm2D) Forward(x *Tensor, train bool) *Tensor {
	scale, shift := b.normalise(x, train)
	y := b.tensor(x.Shape...)
	kernel.ScaleShift(y.Data, x.Data, scale, shift)
	return y
}

// Backward. Raising one x also moves the mean and the variance that all others
// are measured by; the two sums are that effect.
//
//	dbeta = sum of dy      dgamma = sum of dy*xhat
//	dx = gamma/sqrt(v+Eps) * (dy - dbeta/M - xhat*dgamma/M)
//
// With running averages nothing else moves: dx = gamma/sqrt(v+Eps) * dy.
func (b *BatchNorm2D) Backward(dy *Tensor) *Tensor { return b.backward(dy, nil) }

// backward is Backward, from the gradient that a ReLU behind lets through: where
// its bits say so. With nil it lets everything through.
func (b *BatchNorm2D) backward(dy *Tensor, positive []byte) *Tensor {
	x := take(&b.x, b)
	wantShape(b, "dy", dy, x.Shape)
	kernel.ColumnProducts(b.dbeta, b.dgamma, x.Data, dy.Data, positive)
	for c, products := range b.dgamma { // so far the sum of dy*x
		b.dgamma[c] = (products - b.mean[c]*b.dbeta[c]) * b.inverse[c]
	}
	addTo(b.Beta, b.dbeta)
	addTo(b.Gamma, b.dgamma)
	ofDY, ofX, constant := b.slopes(len(x.Data) / b.channels)
	dx := b.tensor(dy.Shape...)
	kernel.BatchNormGrad(dx.Data, x.Data, dy.Data, positive, ofDY, ofX, constant)
	return dx
}

// Params returns the learned scale and shift, and the running averages.
func (b *BatchNorm2D) Params() []*Param { return b.list(nil) }

func (b *BatchNorm2D) list(params []*Param) []*Param {
	return append(params, b.Gamma, b.Beta, b.RunningMean, b.RunningVar)
}

// String describes the layer, as "BatchNorm2D 16".
func (b *BatchNorm2D) String() string { return fmt.Sprintf("BatchNorm2D %d", b.channels) }

func (b *BatchNorm2D) outShape(in []int) []int {
	wantLast(b, in, b.channels)
	return in
}

func (b *BatchNorm2D) clone() Layer {
	return &BatchNorm2D{Eps: b.Eps, Momentum: b.Momentum, Frozen: b.Frozen, channels: b.channels, numbers: newNumbers(b.channels),
		Gamma: b.Gamma.share(), Beta: b.Beta.share(), RunningMean: b.RunningMean.share(), RunningVar: b.RunningVar.share()}
}

// reset makes batch norm what it is before any training.
func (b *BatchNorm2D) reset() {
	for c := range b.channels {
		b.Gamma.Value.Data[c], b.Beta.Value.Data[c] = 1, 0
		b.RunningMean.Value.Data[c], b.RunningVar.Value.Data[c] = 0, 1
	}
}

// normalise keeps what Backward needs, lets the running averages follow,
// and returns the line of each channel. The running variance is averaged
// from v*M/(M-1), as PyTorch's: m comes from the same rows, which makes v
// a little too small.
func (b *BatchNorm2D) normalise(
	x *Tensor, train bool,
) (scale, shift []float64) {
	wantLast(b, x.Shape, b.channels)
	b.x, b.batch = x, train && !b.Frozen
	if rows := len(x.Data) / b.channels; b.batch {
		b.moments(x, rows)
		follow(b.RunningMean, b.mean, 1, b.Momentum)
		unbiased := float64(rows) / float64(rows-1)
		follow(b.RunningVar, b.variance, unbiased, b.Momentum)
	} else {
		widen(b.mean, b.RunningMean)
		widen(b.variance, b.RunningVar)
	}
	scale, shift = b.line[0], b.line[1]
	for c, v := range b.variance {
		b.inverse[c] = 1 / math.Sqrt(v+b.Eps)
		scale[c] = float64(b.Gamma.Value.Data[c]) * b.inverse[c]
		shift[c] = float64(b.Beta.Value.Data[c]) - b.mean[c]*scale[c]
	}
	return scale, shift
}

// moments computes mean and variance of every channel. A float64 has room for
// the difference of two large sums: the squares themselves are exact.
func (b *BatchNorm2D) moments(x *Tensor, rows int) {
	if rows < 2 {
		panic(mistake(b.String(), "training needs at least 2 values a channel, got the shape %v; take a larger batch", x.Shape))
	}
	kernel.ColumnMoments(b.mean, b.variance, x.Data)
	for c := range b.mean {
		b.mean[c] /= float64(rows)
		b.variance[c] = max(0, b.variance[c]/float64(rows)-b.mean[c]*b.mean[c])
	}
}

// slopes returns the formula of dx, sorted by what stands beside dy, beside x,
// and alone.
func (b *BatchNorm2D) slopes(rows int) (ofDY, ofX, constant []float64) {
	ofDY, ofX, constant = b.line[0], b.line[1], b.line[2]
	for c, inverse := range b.inverse {
		ofDY[c], ofX[c], constant[c] = float64(b.Gamma.Value.Data[c])*inverse, 0, 0
		if b.batch {
			ofX[c] = -ofDY[c] * b.dgamma[c] / float64(rows) * inverse
			constant[c] = -ofDY[c]*b.dbeta[c]/float64(rows) - ofX[c]*b.mean[c]
		}
	}
	return ofDY, ofX, constant
}

func newNumbers(channels int) numbers {
	var n numbers
	for _, of := range []*[]float64{&n.mean, &n.variance, &n.inverse, &n.dbeta, &n.dgamma, &n.line[0], &n.line[1], &n.line[2]} {
		*of = make([]float64, channels)
	}
	return n
}

// widen writes the numbers of p as float64.
func widen(wide []float64, p *Param) {
	for i, v := range p.Value.Data {
		wide[i] = float64(v)
	}
}

// follow moves a running average a share of the way to a multiple of the batch's
// value.
func follow(average *Param, batch []float64, times, share float64) {
	for i, v := range batch {
		average.Value.Data[i] = float32((1-share)*float64(average.Value.Data[i]) + share*times*v)
	}
}

// addTo adds to the gradient of a parameter that learns.
func addTo(p *Param, gradient []float64) {
	if !p.Trainable {
		return
	}
	for i, v := range gradient {
		p.grad().Data[i] += float32(v)
	}
}
