package nn_test

import (
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// [2, 3]: the last index moves fastest, so (1, 2) is number 1*3 + 2 = 5.
func TestTensorByHand(t *testing.T) {
	x := nn.FromSlice([]float32{0, 1, 2, 3, 4, 5}, 2, 3)
	if v := x.At(1, 2); v != 5 {
		t.Errorf("At(1, 2) = %v, want 5", v)
	}
	x.Set(9, 0, 1)
	if x.Data[1] != 9 {
		t.Errorf("Set(9, 0, 1) has made %v", x.Data)
	}
	if n := nn.FromSlice([]float32{3, 4}, 2).Norm(); n != 5 {
		t.Errorf("the length of 3 4 is %v, want 5", n)
	}
	// The square of 1e-30 is no float32.
	if n := nn.FromSlice([]float32{1e-30, 0}, 2).Norm(); !near(n/1e-30, 1, 1e-6) {
		t.Errorf("the length of 1e-30 0 is %v", n)
	}
	if v := nn.NewTensor().At(); v != 0 {
		t.Errorf("a single number is %v, want 0", v)
	}
}

func TestTensorSharing(t *testing.T) {
	data := []float32{1, 2, 3, 4}
	x := nn.FromSlice(data, 4)
	row, copied := x.Reshape(2, -1), x.Clone()
	data[3] = 9
	if x.At(3) != 9 || row.At(1, 1) != 9 || copied.At(3) != 4 {
		t.Errorf("FromSlice and Reshape share the numbers, Clone does not: %v %v %v", x, row, copied)
	}
	shape := []int{2, 2}
	y := nn.NewTensor(shape...)
	shape[0] = 7
	if !slices.Equal(y.Shape, []int{2, 2}) {
		t.Error("NewTensor keeps the caller's shape")
	}
}

func TestTensorMistakes(t *testing.T) {
	x := nn.NewTensor(2, 3)
	for what, f := range map[string]func(){
		"[2 3] wants 2 indices, got [1]":    func() { x.At(1) },
		"index [0 3] is outside":            func() { x.At(0, 3) },
		"index [-1 0] is outside":           func() { x.Set(1, -1, 0) },
		"at least 1, got the shape [2 0]":   func() { nn.NewTensor(2, 0) },
		"at least 1, got the shape [-2]":    func() { nn.NewTensor(-2) },
		"larger than any memory":            func() { nn.NewTensor(1<<40, 1<<40) },
		"holds 6 numbers, but the slice":    func() { nn.FromSlice([]float32{1}, 2, 3) },
		"do not fit into the shape [4 2]":   func() { x.Reshape(4, 2) },
		"do not fit into the shape [-1 4]":  func() { x.Reshape(-1, 4) },
		"every size must be at least 1, go": func() { x.Reshape(-1, -1) },
	} {
		if m := mistakeOf(t, what, f); !strings.Contains(m.Error(), what) {
			t.Errorf("%q does not say %q", m, what)
		}
	}
}

func TestTensorString(t *testing.T) {
	for _, c := range []struct {
		t    *nn.Tensor
		want string
	}{
		{nn.FromSlice([]float32{1, -2.5, 3, 10}, 2, 2), "tensor [2 2]\n     1  -2.5\n     3    10"},
		{nn.FromSlice([]float32{1, 2, 3, 4}, 2, 1, 2), "tensor [2 1 2]\n  1  2\n\n  3  4"},
		{nn.FromSlice([]float32{7}, 1), "tensor [1]\n  7"},
		{nn.NewTensor(300), "tensor [300], from 0 to 0, mean 0\n          0          0          0  ...          0          0          0"},
		{nn.NewTensor(), "tensor [], from 0 to 0, mean 0"},
		{nil, "no tensor"},
	} {
		if got := c.t.String(); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

// A large tensor shows its beginning and its end.
func TestLargeTensorsShowTheirEnds(t *testing.T) {
	large := nn.NewTensor(10, 100)
	for i := range large.Data {
		large.Data[i] = float32(i)
	}
	want := `tensor [10 100], from 0 to 999, mean 499.5
          0          1          2  ...         97         98         99
        100        101        102  ...        197        198        199
        200        201        202  ...        297        298        299
  ...
        700        701        702  ...        797        798        799
        800        801        802  ...        897        898        899
        900        901        902  ...        997        998        999`
	if got := large.String(); got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
	if got, want := nn.NewTensor(300).String(), "tensor [300], from 0 to 0, mean 0\n"; !strings.HasPrefix(got, want) {
		t.Errorf("got %s", got)
	}
}
