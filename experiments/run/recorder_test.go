package run

import (
	"testing"

	"reslab/nn"
)

// TestRecorderByHand compares what the recorder hears with what can be worked
// out without it.
func TestRecorderByHand(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true, Channels: 1})
	nn.Init(net, 3, nn.HeFanIn)
	r := NewRecorder("residual-8", 3, net)
	defer r.Listen(false)
	r.Listen(true)
	x := nn.NewTensor(2, 8, 8, 1)
	random := nn.NewRandom(5)
	for i := range x.Data {
		x.Data[i] = float32(random.Normal())
	}
	_, dlogits := nn.CrossEntropy(net.Forward(x, true), []int{1, 2})
	net.Backward(dlogits)
	rows := r.Rows(0)
	if len(rows) != 8 || rows[0].Layer != "conv1" || rows[7].Layer != "fc" {
		t.Fatalf("the main path is %d layers from %s to %s; projections do not count", len(rows), rows[0].Layer, rows[len(rows)-1].Layer)
	}
	fc := rows[7]
	if got, want := fc.ActGradNorm, dlogits.Norm(); got != want {
		t.Errorf("the gradient at the logits has norm %g, want that of the loss's gradient, %g", got, want)
	}
	for _, p := range net.Params() {
		for _, row := range rows {
			if p.Name == row.Layer+".weight" && (p.Grad.Norm() != row.WeightGradNorm || p.Value.Norm() != row.WeightNorm) {
				t.Errorf("%s: got %v", p.Name, row)
			}
		}
	}
	stem := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 16, Kernel: 3, Pad: 1})
	copy(stem.Weight.Value.Data, net.Params()[0].Value.Data)
	if mean, std := moments(stem.Forward(x, true).Data); mean != rows[0].ActMean || std != rows[0].ActStd {
		t.Errorf("conv1's output has mean %g and deviation %g, recorded were %g and %g", mean, std, rows[0].ActMean, rows[0].ActStd)
	}
}

func TestDeadShareByHand(t *testing.T) {
	// Two pictures of four units: the second is never alive, the third once.
	if got := dead(nn.FromSlice([]float32{1, 0, 0, 2, 3, 0, 4, 0}, 2, 1, 1, 4)); got != 0.25 {
		t.Errorf("got a share of %g, want 1 of 4", got)
	}
}
