package flowers

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// Of any row of photos, each is dealt once, no plant is on both sides, and one
// plant in n is tested.
func TestByPlant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plants := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"})).Draw(t, "plants")
		n := rapid.IntRange(1, 4).Draw(t, "n")
		learn, test := byPlant(plants, n)
		if all := slices.Sorted(slices.Values(slices.Concat(learn, test))); len(all) != len(plants) || len(slices.Compact(all)) != len(plants) {
			t.Fatalf("%d photos are dealt as %v and %v", len(plants), learn, test)
		}
		tested := map[string]bool{}
		for _, i := range test {
			tested[plants[i]] = true
		}
		for _, i := range learn {
			if tested[plants[i]] {
				t.Fatalf("%s is on both sides: %v and %v of %v", plants[i], learn, test, plants)
			}
		}
		if different := len(slices.Compact(slices.Sorted(slices.Values(plants)))); len(tested) != different/n {
			t.Fatalf("%d of %d plants are tested, with n %d", len(tested), different, n)
		}
	})
}

// Nothing is nearer than what nearest finds.
func TestNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-10, 10)
		width := rapid.IntRange(1, 4).Draw(t, "width")
		row := rapid.SliceOfN(number, width, width)
		rows, x := rapid.SliceOfN(row, 1, 6).Draw(t, "rows"), row.Draw(t, "x")
		found := added(square)(rows[nearest(rows, x)], x)
		for i, other := range rows {
			if added(square)(other, x) < found {
				t.Fatalf("row %d is nearer", i)
			}
		}
	})
}

// A body that is held stays as it is through a training of what stands behind it.
func TestHold(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Width: 4, Classes: 2})
	nn.Init(net, 1, nn.HeFanIn)
	hold(net)
	for _, p := range net.Params() {
		p.Trainable = strings.HasPrefix(p.Name, "fc.")
	}
	body := nn.Clone(net)
	nn.Replace(body, "fc", nn.NewSequential())
	x := nn.NewTensor(4, 8, 8, 3)
	for i := range x.Data {
		x.Data[i] = float32(i%7) - 3
	}
	before := body.Forward(x, false).Clone()
	sgd := nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 0.1})
	for range 3 {
		_, dscores := nn.CrossEntropy(net.Forward(x, true), []int{0, 1, 0, 1})
		nn.ZeroGrad(net.Params())
		net.Backward(dscores)
		sgd.Step(net.Params(), 0.1)
	}
	if after := body.Forward(x, false); !slices.Equal(after.Data, before.Data) {
		t.Error("the features have changed")
	}
}
