package kernel

import (
	"slices"
	"testing"
)

// TestNaiveByHand checks the reference with numbers worked out on paper: a
// window of 2x2 that moves two pixels at a time over a picture of 3x3 with a
// frame of zeros.
//
//	0 0 0 0 0
//	0 1 2 3 0    w = 1 2    y = 4*1          3*2 + 4*3              =  4 18
//	0 4 5 6 0        3 4        2*4 + 4*7    1*5 + 2*6 + 3*8 + 4*9    36 77
//	0 7 8 9 0
//	0 0 0 0 0
func TestNaiveByHand(t *testing.T) {
	c := Conv{N: 1, H: 3, W: 3, In: 1, Out: 1, Kernel: 2, Stride: 2, Pad: 1, Dilation: 1, Groups: 1}
	x, w := []float32{1, 2, 3, 4, 5, 6, 7, 8, 9}, []float32{1, 2, 3, 4}
	y := make([]float32, 4)
	NaiveForward(c, y, x, w, []float32{100})
	equal(t, "y", y, 104, 118, 136, 177)

	dy := []float32{1, 2, 3, 4}
	dx := make([]float32, 9)
	NaiveInputGrad(c, dx, dy, w)
	equal(t, "dx", dx,
		1*4, 2*3, 2*4,
		3*2, 4*1, 4*2,
		3*4, 4*3, 4*4)

	dw := []float32{1000, 0, 0, 0}
	NaiveWeightGrad(c, dw, x, dy)
	equal(t, "dw", dw,
		1000+4*5, 3*4+4*6,
		2*2+4*8, 1*1+2*3+3*7+4*9)
}

// TestNaiveDilationAndGroups: two groups of one channel each, and a window of
// 2x2 whose weights look two pixels apart.
func TestNaiveDilationAndGroups(t *testing.T) {
	c := Conv{N: 1, H: 3, W: 3, In: 2, Out: 2, Kernel: 2, Stride: 1, Pad: 0, Dilation: 2, Groups: 2}
	x := []float32{1, 10, 0, 0, 2, 20, 0, 0, 0, 0, 0, 0, 3, 30, 0, 0, 4, 40}
	w := []float32{1, 5, 2, 6, 3, 7, 4, 8} // of group 1: 1 2 3 4, of group 2: 5 6 7 8
	y := make([]float32, 2)
	NaiveForward(c, y, x, w, nil)
	equal(t, "y", y, 1+4+9+16, 50+120+210+320)

	dx := make([]float32, len(x))
	NaiveInputGrad(c, dx, []float32{1, 2}, w)
	equal(t, "dx", dx, 1, 10, 0, 0, 2, 12, 0, 0, 0, 0, 0, 0, 3, 14, 0, 0, 4, 16)

	dw := make([]float32, len(w))
	NaiveWeightGrad(c, dw, x, []float32{1, 2})
	equal(t, "dw", dw, 1, 20, 2, 40, 3, 60, 4, 80)
}

func TestNaiveProductsByHand(t *testing.T) {
	x, w := []float32{1, 2, 3, 4, 5, 6}, []float32{1, 2, 3} // [2,3] and [3,1]
	y, dx, dw := make([]float32, 2), make([]float32, 6), []float32{0, 0, 100}
	NaiveMatMul(y, x, w, 2, 3, 1)
	equal(t, "y", y, 14, 32)
	NaiveMatMulInputGrad(dx, []float32{10, 20}, w, 2, 3, 1)
	equal(t, "dx", dx, 10, 20, 30, 20, 40, 60)
	NaiveMatMulWeightGrad(dw, x, []float32{10, 20}, 2, 3, 1)
	equal(t, "dw", dw, 90, 120, 250)
}

func TestOutSize(t *testing.T) {
	for _, test := range []struct{ size, kernel, stride, pad, dilation, want int }{
		{28, 5, 1, 0, 1, 24}, {32, 3, 1, 1, 1, 32}, {32, 3, 2, 1, 1, 16}, {224, 7, 2, 3, 1, 112}, {7, 3, 1, 0, 2, 3}, {2, 3, 2, 0, 1, 0},
	} {
		c := Conv{H: test.size, W: test.size, Kernel: test.kernel, Stride: test.stride, Pad: test.pad, Dilation: test.dilation}
		if c.OutH() != test.want || c.OutW() != test.want {
			t.Errorf("%+v: %dx%d", test, c.OutH(), c.OutW())
		}
	}
}

func equal(t *testing.T, name string, got []float32, want ...float32) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}
