package connected

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

func TestDenseByHand(t *testing.T) {
	x := nn.FromSlice([]float32{1, 2, 3}, 1, 3)
	w := nn.FromSlice([]float32{
		1, -1,
		1, 0,
		1, 1,
	}, 3, 2)
	if y := dense(x, w, nn.FromSlice([]float32{-5, 0}, 2)); !slices.Equal(y.Data, []float32{1, 2}) {
		t.Errorf("got %v", y)
	}
}

// The solution and the library compute the same, for any sizes.
func TestDenseIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, from, to int) int { return rapid.IntRange(from, to).Draw(t, name) }
		rows, in, out := draw("rows", 1, 5), draw("in", 1, 40), draw("out", 1, 20)
		random := nn.NewRandom(uint64(draw("seed", 0, 1000)))
		library := nn.NewLinear(in, out)
		x, w, b := nn.NewTensor(rows, in), library.Weight.Value, library.Bias.Value
		for _, data := range [][]float32{x.Data, w.Data, b.Data} {
			for i := range data {
				data[i] = float32(random.Normal())
			}
		}
		got, want := dense(x, w, b), library.Forward(x, false)
		for i, v := range want.Data {
			if math.Abs(float64(got.Data[i]-v)) > 1e-5 {
				t.Fatalf("number %d is %v, the library's %v", i, got.Data[i], v)
			}
		}
	})
}

// The counts are those of the layers themselves.
func TestParametersAreTheLayers(t *testing.T) {
	for _, m := range []maps{{1, 1, 1, 1}, {5, 4, 3, 2}, {7, 7, 16, 10}} {
		connected, convolution := parameters(m.height, m.width, m.channels, m.out)
		dense := nn.Summarise(nn.NewLinear(m.height*m.width*m.channels, m.out), m.height*m.width*m.channels)
		conv := nn.Summarise(nn.NewConv2D(nn.ConvConfig{In: m.channels, Out: m.out, Kernel: 3, Pad: 1, Bias: true}), m.height, m.width, m.channels)
		if int64(connected) != dense.Params || int64(convolution) != conv.Params {
			t.Errorf("%v: %d and %d, the layers have %d and %d", m, connected, convolution, dense.Params, conv.Params)
		}
	}
}

// A shuffle can be undone, and loses nothing.
func TestShuffleIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := nn.NewRandom(rapid.Uint64().Draw(t, "seed")).Shuffle(rapid.IntRange(1, 30).Draw(t, "places"))
		back := make([]int, len(order))
		for k, from := range order {
			back[from] = k
		}
		x := pack{rapid.IntRange(1, 4).Draw(t, "rows"), order}.x()
		if y := shuffle(shuffle(x, order), back); !slices.Equal(y.Data, x.Data) {
			t.Fatalf("got %v back from %v", y.Data, x.Data)
		}
	})
}
