package pictures

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// place and the library's tensor find the same number.
func TestPlaceIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, from, to int) int { return rapid.IntRange(from, to).Draw(t, name) }
		height, width, channels := draw("height", 1, 6), draw("width", 1, 6), draw("channels", 1, 4)
		i, j, c := draw("i", 0, height-1), draw("j", 0, width-1), draw("c", 0, channels-1)
		x := nn.NewTensor(1, height, width, channels)
		x.Set(1, 0, i, j, c)
		if x.Data[place(i, j, c, height, width, channels)] != 1 {
			t.Fatalf("the library has it somewhere else than %d", place(i, j, c, height, width, channels))
		}
	})
}

func TestBrightenByHand(t *testing.T) {
	for _, c := range []struct {
		pixel uint8
		by    int
		want  uint8
	}{{100, 50, 150}, {230, 50, 255}, {20, -50, 0}, {255, 0, 255}, {0, -1, 0}, {255, 1, 255}, {10, -10, 0}} {
		if got := brighten(c.pixel, c.by); got != c.want {
			t.Errorf("brighten(%d, %d) = %d, want %d", c.pixel, c.by, got, c.want)
		}
	}
}

func TestNudgeByHand(t *testing.T) {
	x := nn.FromSlice([]float32{3, 5}, 2)
	product := func(x *nn.Tensor) float64 { return float64(x.Data[0]) * float64(x.Data[1]) }
	for i, want := range []float64{5, 3} {
		if got := nudge(product, x, i); math.Abs(got-want) > 0.01 {
			t.Errorf("number %d: %v, want about %v", i, got, want)
		}
	}
	if x.Data[0] != 3 || x.Data[1] != 5 {
		t.Errorf("x is left as %v", x.Data)
	}
}
