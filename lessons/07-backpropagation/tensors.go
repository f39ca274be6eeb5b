package backpropagation

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/nn"
)

// whole is a tensor of small whole numbers, the same at each call.
func whole(seed uint64, shape ...int) *nn.Tensor {
	t := nn.NewTensor(shape...)
	random := nn.NewRandom(seed)
	for i := range t.Data {
		t.Data[i] = float32(random.Intn(9) - 4)
	}
	return t
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

// signature is what a tensor holds, as text to compare.
func signature(t *nn.Tensor) string {
	if t == nil {
		return "nil"
	}
	return fmt.Sprintf("%v %.4f", t.Shape, t.Data)
}
