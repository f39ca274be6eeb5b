package nn_test

import (
	"testing"

	"reslab/nn"
)

// One channel with the values 1 1 3 3, gamma 2, beta 1 and Eps 0:
//
//	m = 2, v = 1, xhat = -1 -1 1 1, y = 2*xhat + 1 = -1 -1 3 3
//	running mean = 0.9*0 + 0.1*2 = 0.2
//	running variance = 0.9*1 + 0.1*(v*4/3) = 1.0333333
//
// dy = 4 0 0 0: dbeta = 4, dgamma = 4*(-1) = -4, and with M = 4
//
//	dx = gamma/1 * (dy - 4/4 - xhat*(-4)/4) = 2 * (dy - 1 + xhat) = 4 -4 0 0
//
// Raising the first x alone would move the mean as well; raising it and
// lowering the second one does not.
func TestBatchNormByHand(t *testing.T) {
	b := nn.NewBatchNorm2D(1)
	b.Eps = 0
	b.Gamma.Value.Data[0], b.Beta.Value.Data[0] = 2, 1
	x := nn.FromSlice([]float32{1, 1, 3, 3}, 2, 1, 2, 1)
	wantNumbers(t, "y", b.Forward(x, true), []int{2, 1, 2, 1}, -1, -1, 3, 3)
	wantNumbers(t, "running mean", b.RunningMean.Value, []int{1}, 0.2)
	wantNumbers(t, "running variance", b.RunningVar.Value, []int{1}, 1.0333333)

	dx := b.Backward(nn.FromSlice([]float32{4, 0, 0, 0}, 2, 1, 2, 1))
	wantNumbers(t, "dx", dx, []int{2, 1, 2, 1}, 4, -4, 0, 0)
	wantNumbers(t, "dgamma", b.Gamma.Grad, []int{1}, -4)
	wantNumbers(t, "dbeta", b.Beta.Grad, []int{1}, 4)
}

// Not training, the running averages are mere numbers: with mean 1 and
// variance 4, y = gamma*(x-1)/2 + beta and dx = gamma/2 * dy.
func TestBatchNormWithRunningAveragesByHand(t *testing.T) {
	for _, frozen := range []bool{false, true} {
		b := nn.NewBatchNorm2D(1)
		b.Eps, b.Frozen = 0, frozen
		b.Gamma.Value.Data[0], b.Beta.Value.Data[0] = 3, 5
		b.RunningMean.Value.Data[0], b.RunningVar.Value.Data[0] = 1, 4
		wantNumbers(t, "y", b.Forward(nn.FromSlice([]float32{1, 3, 5}, 3, 1), frozen), []int{3, 1}, 5, 8, 11)
		dx := b.Backward(nn.FromSlice([]float32{2, 0, 4}, 3, 1))
		wantNumbers(t, "dx", dx, []int{3, 1}, 3, 0, 6)
		wantNumbers(t, "dgamma", b.Gamma.Grad, []int{1}, 0*2+1*0+2*4)
		wantNumbers(t, "running mean", b.RunningMean.Value, []int{1}, 1)
		wantNumbers(t, "running variance", b.RunningVar.Value, []int{1}, 4)
	}
}

func TestBatchNormGradients(t *testing.T) {
	for _, shape := range [][]int{{2, 3, 5, 3}, {7, 4}, {1, 3, 1, 5}, {3, 5, 7, 1}, {2, 3, 4}} {
		channels := shape[len(shape)-1]
		b := shaken(nn.NewBatchNorm2D(channels), 4)
		x := randn(2, shape...)
		agrees(t, b, x, refBatchNorm(channels, b.Eps, nil, nil), 3e-6)
		nudges(t, b, x)

		b.Frozen = true
		fixed := refBatchNorm(channels, b.Eps, wide(b.RunningMean.Value.Data), wide(b.RunningVar.Value.Data))
		agrees(t, b, x, fixed, 3e-6)
	}
}

// Numbers far from zero with a small spread: a variance taken as the
// difference of two large sums would lose it.
func TestBatchNormFarFromZero(t *testing.T) {
	x := randn(6, 4, 5, 5, 2)
	for i := range x.Data {
		x.Data[i] += 10_000
	}
	y := nn.NewBatchNorm2D(2).Forward(x, true)
	for c := range 2 {
		var sum, squares float64
		for i := c; i < len(y.Data); i += 2 {
			sum += float64(y.Data[i])
			squares += float64(y.Data[i]) * float64(y.Data[i])
		}
		n := float64(len(y.Data) / 2)
		if mean, variance := sum/n, squares/n; !near(mean, 0, 1e-5) || !near(variance, 1, 1e-4) {
			t.Errorf("channel %d has mean %g and variance %g, want 0 and 1", c, mean, variance)
		}
	}
}

// A channel that never changes has variance 0; Eps keeps it a number.
func TestBatchNormOfAConstant(t *testing.T) {
	b := nn.NewBatchNorm2D(1)
	b.Beta.Value.Data[0] = 3
	wantNumbers(t, "y", b.Forward(nn.FromSlice([]float32{7, 7}, 2, 1), true), []int{2, 1}, 3, 3)
	wantNumbers(t, "dx", b.Backward(nn.FromSlice([]float32{1, 1}, 2, 1)), []int{2, 1}, 0, 0)
}

func TestBatchNormRefusesASingleValue(t *testing.T) {
	b := nn.NewBatchNorm2D(3)
	mistakeOf(t, "one row in training", func() { b.Forward(nn.NewTensor(1, 1, 1, 3), true) })
	b.Forward(nn.NewTensor(1, 1, 1, 3), false) // with running averages one row is enough
	mistakeOf(t, "no channels", func() { nn.NewBatchNorm2D(0) })
}
