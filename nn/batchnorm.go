package nn

import (
	"fmt"
	"math"
)

// BatchNorm2D gives every channel mean 0 and variance 1 over the batch, then a
// scale and a shift that are learned (Ioffe and Szegedy 2015, arXiv
// 1502.03167). It works along the last axis, whatever the rank: over all
// pixels of all pictures for [N, H, W, C], over all rows for [N, C].
//
//	m = mean of x      v = mean of (x-m)²      xhat = (x-m)/sqrt(v+Eps)
//	y = gamma*xhat + beta                      all of them per channel, over M rows
//
// When not training, and when Frozen, it uses running averages of m and v in
// the place of the batch's own.
type BatchNorm2D struct {
	Gamma, Beta             *Param // scale and shift, [C]: "weight" and "bias"
	RunningMean, RunningVar *Param // not trainable

	Eps      float64 // keeps the root away from zero; 1e-5
	Momentum float64 // share of the batch in the running averages; 0.1
	Frozen   bool    // keep the running averages and use them in training too

	channels int
	kept     *normalised
}

// normalised is what Forward keeps: xhat and, per channel, 1/sqrt(v+Eps).
type normalised struct {
	xhat    *Tensor
	inverse []float64
	batch   bool // m and v came from this batch, so they depend on x
}

// NewBatchNorm2D returns a batch norm with gamma 1, beta 0, running mean 0 and
// running variance 1.
func NewBatchNorm2D(channels int) *BatchNorm2D {
	if channels < 1 {
		panic(mistake("BatchNorm2D", "there must be at least 1 channel, got %d", channels))
	}
	b := &BatchNorm2D{Eps: 1e-5, Momentum: 0.1, channels: channels,
		Gamma: newBias("weight", channels), Beta: newBias("bias", channels),
		RunningMean: newBias("running_mean", channels), RunningVar: newBias("running_var", channels)}
	b.RunningMean.Trainable, b.RunningVar.Trainable = false, false
	b.reset()
	return b
}

// Forward normalises x; the formulas stand at the type. The running variance
// is averaged from v*M/(M-1), as PyTorch's: m comes from the same rows, which
// makes v a little too small.
func (b *BatchNorm2D) Forward(x *Tensor, train bool) *Tensor {
	wantLast(b.String(), x.Shape, b.channels)
	rows := len(x.Data) / b.channels
	mean, variance := widen(b.RunningMean), widen(b.RunningVar)
	batch := train && !b.Frozen
	if batch {
		if rows < 2 {
			panic(mistake(b.String(), "training needs at least 2 values a channel, got the shape %v; take a larger batch", x.Shape))
		}
		mean, variance = b.moments(x, rows)
		follow(b.RunningMean, mean, b.Momentum)
		follow(b.RunningVar, scaled(variance, float64(rows)/float64(rows-1)), b.Momentum)
	}
	inverse := make([]float64, b.channels)
	for c, v := range variance {
		inverse[c] = 1 / math.Sqrt(v+b.Eps)
	}
	xhat, y := NewTensor(x.Shape...), NewTensor(x.Shape...)
	b.eachRow(rows, func(at int) {
		for c := range b.channels {
			h := float32((float64(x.Data[at+c]) - mean[c]) * inverse[c])
			xhat.Data[at+c] = h
			y.Data[at+c] = b.Gamma.Value.Data[c]*h + b.Beta.Value.Data[c]
		}
	})
	b.kept = &normalised{xhat, inverse, batch}
	return y
}

// Backward. Raising one x also moves the mean and the variance that all others
// are measured by; the two sums are that effect.
//
//	dbeta = sum of dy      dgamma = sum of dy*xhat
//	dx = gamma/sqrt(v+Eps) * (dy - dbeta/M - xhat*dgamma/M)
//
// With running averages nothing else moves: dx = gamma/sqrt(v+Eps) * dy.
func (b *BatchNorm2D) Backward(dy *Tensor) *Tensor {
	k := b.kept
	needForward(k != nil, b.String())
	b.kept = nil
	wantShape(b.String(), "dy", dy, k.xhat.Shape)
	rows := len(dy.Data) / b.channels
	dbeta, dgamma := b.gradientSums(dy, k.xhat, rows)
	addTo(b.Beta, dbeta)
	addTo(b.Gamma, dgamma)

	scale, shift, slope := make([]float64, b.channels), make([]float64, b.channels), make([]float64, b.channels)
	for c := range scale {
		scale[c] = float64(b.Gamma.Value.Data[c]) * k.inverse[c]
		if k.batch {
			shift[c], slope[c] = dbeta[c]/float64(rows), dgamma[c]/float64(rows)
		}
	}
	dx := NewTensor(dy.Shape...)
	b.eachRow(rows, func(at int) {
		for c := range b.channels {
			i := at + c
			dx.Data[i] = float32(scale[c] * (float64(dy.Data[i]) - shift[c] - float64(k.xhat.Data[i])*slope[c]))
		}
	})
	return dx
}

// Params returns the learned scale and shift, and the running averages.
func (b *BatchNorm2D) Params() []*Param {
	return []*Param{b.Gamma, b.Beta, b.RunningMean, b.RunningVar}
}

// String describes the layer, as "BatchNorm2D 16".
func (b *BatchNorm2D) String() string { return fmt.Sprintf("BatchNorm2D %d", b.channels) }

func (b *BatchNorm2D) outShape(in []int) []int {
	wantLast(b.String(), in, b.channels)
	return in
}

func (b *BatchNorm2D) clone() Layer {
	twin := *b
	twin.Gamma, twin.Beta, twin.kept = b.Gamma.share(), b.Beta.share(), nil
	twin.RunningMean, twin.RunningVar = b.RunningMean.share(), b.RunningVar.share()
	return &twin
}

// reset makes batch norm what it is before any training.
func (b *BatchNorm2D) reset() {
	for c := range b.channels {
		b.Gamma.Value.Data[c], b.Beta.Value.Data[c] = 1, 0
		b.RunningMean.Value.Data[c], b.RunningVar.Value.Data[c] = 0, 1
	}
}

// moments returns mean and variance of every channel. The variance is taken
// in a second pass, around the mean: a difference of large sums loses digits.
func (b *BatchNorm2D) moments(x *Tensor, rows int) (mean, variance []float64) {
	mean = scaled(columnSums(b.channels, rows, func(row int, total []float64) {
		for c, v := range x.Data[row*b.channels : (row+1)*b.channels] {
			total[c] += float64(v)
		}
	}), 1/float64(rows))
	variance = scaled(columnSums(b.channels, rows, func(row int, total []float64) {
		for c, v := range x.Data[row*b.channels : (row+1)*b.channels] {
			d := float64(v) - mean[c]
			total[c] += d * d
		}
	}), 1/float64(rows))
	return mean, variance
}

// gradientSums returns the two sums of Backward, per channel.
func (b *BatchNorm2D) gradientSums(dy, xhat *Tensor, rows int) (dbeta, dgamma []float64) {
	both := columnSums(2*b.channels, rows, func(row int, total []float64) {
		h := xhat.Data[row*b.channels : (row+1)*b.channels]
		for c, v := range dy.Data[row*b.channels : (row+1)*b.channels] {
			total[c] += float64(v)
			total[b.channels+c] += float64(v) * float64(h[c])
		}
	})
	return both[:b.channels], both[b.channels:]
}

// eachRow calls work with the place of every row's first number, on all cores.
func (b *BatchNorm2D) eachRow(rows int, work func(at int)) {
	each(rows*b.channels, func(from, to int) {
		first := (from + b.channels - 1) / b.channels // a row belongs to the run that its first number is in
		for at := first * b.channels; at < to; at += b.channels {
			work(at)
		}
	})
}

// widen returns the numbers of p as float64.
func widen(p *Param) []float64 {
	wide := make([]float64, len(p.Value.Data))
	for i, v := range p.Value.Data {
		wide[i] = float64(v)
	}
	return wide
}

func scaled(v []float64, by float64) []float64 {
	s := make([]float64, len(v))
	for i := range v {
		s[i] = v[i] * by
	}
	return s
}

// follow moves a running average a share of the way to the batch's value.
func follow(average *Param, batch []float64, share float64) {
	for i, v := range batch {
		average.Value.Data[i] = float32((1-share)*float64(average.Value.Data[i]) + share*v)
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
