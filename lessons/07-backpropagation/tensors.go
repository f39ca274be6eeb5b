package backpropagation

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/nn"
)

// whole is a tensor of small whole numbers, the same at each call. None is zero:
// a product must not hide what is wrong with it.
func whole(seed uint64, shape ...int) *nn.Tensor {
	t := nn.NewTensor(shape...)
	random := nn.NewRandom(seed)
	for i := range t.Data {
		t.Data[i] = float32(notZero(random.Intn(8) - 4))
	}
	return t
}

// notZero leaves out the zero: after -1 comes 1.
func notZero(n int) int {
	if n >= 0 {
		return n + 1
	}
	return n
}

// differ says at which place a tensor is not as it should be; ok if nowhere.
func differ(got, want *nn.Tensor) (at int, ok bool) {
	for i, v := range want.Data {
		if !(math.Abs(float64(got.Data[i]-v)) <= 1e-4) {
			return i, false
		}
	}
	return 0, true
}

// shapeProblem says what is wrong with the shape of a result.
func shapeProblem(name string, got, want *nn.Tensor) string {
	switch {
	case got == nil:
		return fmt.Sprintf("%s is nil: make a tensor with nn.NewTensor, of the shape %v.", name, want.Shape)
	case !slices.Equal(got.Shape, want.Shape):
		return fmt.Sprintf("%s has the shape %v. A gradient has the shape of that whose gradient it is: %v.", name, got.Shape, want.Shape)
	}
	return ""
}

// rows writes a table of numbers on one line.
func rows(t *nn.Tensor) string {
	width := t.Shape[len(t.Shape)-1]
	var lines []string
	for i := 0; i < len(t.Data); i += width {
		lines = append(lines, fmt.Sprint(t.Data[i:i+width]))
	}
	return strings.Join(lines, " ")
}

// signature is what a tensor holds, as text to compare. A zero has no sign in it.
func signature(t *nn.Tensor) string {
	if t == nil {
		return "nil"
	}
	plain := slices.Clone(t.Data)
	for i := range plain {
		plain[i] += 0 // -0 + 0 is 0
	}
	return fmt.Sprintf("%v %.4f", t.Shape, plain)
}

// without returns a copy in which the last row, or the last column, is zero.
func without(t *nn.Tensor, row, column bool) *nn.Tensor {
	out := t.Clone()
	for i := range t.Shape[0] {
		for j := range t.Shape[1] {
			if row && i == t.Shape[0]-1 || column && j == t.Shape[1]-1 {
				out.Set(0, i, j)
			}
		}
	}
	return out
}

func add(t *nn.Tensor, v float32, i, j int) { t.Set(t.At(i, j)+v, i, j) }
