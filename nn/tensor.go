package nn

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Tensor is a dense array of numbers in row-major order: the last index
// moves fastest. An axis is one place in the shape. A batch of pictures has
// the shape [N, H, W, C]: N pictures of H rows of W pixels of C channels,
// as in Go's image package.
type Tensor struct {
	Shape []int
	Data  []float32
}

// NewTensor returns a tensor of zeros. It panics if a size is not positive.
func NewTensor(shape ...int) *Tensor {
	return &Tensor{Shape: slices.Clone(shape), Data: make([]float32, size(shape))}
}

// FromSlice returns a tensor over data, which it does not copy. It panics if
// the shape does not hold just as many numbers as data.
func FromSlice(data []float32, shape ...int) *Tensor {
	if n := size(shape); n != len(data) {
		panic(mistake("FromSlice", "shape %v holds %d numbers, but the slice has %d", shape, n, len(data)))
	}
	return &Tensor{Shape: slices.Clone(shape), Data: data}
}

// At returns the number at index, one index an axis.
func (t *Tensor) At(index ...int) float32 { return t.Data[t.offset(index)] }

// Set stores v at index, one index an axis.
func (t *Tensor) Set(v float32, index ...int) { t.Data[t.offset(index)] = v }

// Clone returns a copy that shares nothing with t.
func (t *Tensor) Clone() *Tensor {
	return &Tensor{Shape: slices.Clone(t.Shape), Data: slices.Clone(t.Data)}
}

// Reshape returns the same numbers, not copied, under another shape. One size
// may be -1: it is worked out from the others.
func (t *Tensor) Reshape(shape ...int) *Tensor {
	asked := shape
	shape = slices.Clone(shape)
	if i := slices.Index(shape, -1); i >= 0 {
		shape[i] = 1
		if n := size(shape); len(t.Data)%n == 0 && len(t.Data) > 0 {
			shape[i] = len(t.Data) / n
		}
	}
	if n := size(shape); n != len(t.Data) {
		panic(mistake("Reshape", "the %d numbers of the shape %v do not fit into the shape %v", len(t.Data), t.Shape, asked))
	}
	return &Tensor{Shape: shape, Data: t.Data}
}

// Norm returns the Euclidean length of t, the root of the sum of squares,
// summed in float64: squares of small gradients do not fit a float32.
func (t *Tensor) Norm() float64 {
	var sum float64
	for _, v := range t.Data {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum)
}

// String shows a small tensor whole, row by row, and of a large one the shape,
// the range, the mean, and where it begins and ends.
func (t *Tensor) String() string {
	if t == nil {
		return "no tensor"
	}
	if len(t.Data) <= 200 && len(t.Shape) > 0 && t.dim(-1) <= 20 {
		return t.rows()
	}
	low, mean, high := t.spread()
	return fmt.Sprintf("tensor %v, from %.4g to %.4g, mean %.4g%s", t.Shape, low, high, mean, t.ends())
}

// ends writes the beginning and the end of what is too large to be seen whole:
// of its lines, and of the numbers on a line.
func (t *Tensor) ends() string {
	const few, many = 3, 8
	row := t.dim(-1)
	if row == 0 || len(t.Shape) == 0 {
		return ""
	}
	lines := len(t.Data) / row
	var b strings.Builder
	for i := 0; i < lines; i++ {
		if i == few && lines > many {
			b.WriteString("\n  ...")
			i = lines - few
		}
		b.WriteByte('\n')
		for j := 0; j < row; j++ {
			if j == few && row > many {
				b.WriteString("  ...")
				j = row - few
			}
			fmt.Fprintf(&b, "  %9.4g", t.Data[i*row+j])
		}
	}
	return b.String()
}

// rows writes the numbers right-aligned, a line for each index but the last,
// and an empty line where an outer index changes.
func (t *Tensor) rows() string {
	var b strings.Builder
	fmt.Fprintf(&b, "tensor %v\n", t.Shape)
	cells, width := make([]string, len(t.Data)), 0
	for i, v := range t.Data {
		cells[i] = fmt.Sprintf("%.4g", v)
		width = max(width, len(cells[i]))
	}
	row, plane := t.dim(-1), t.dim(-1)*t.dim(-2)
	for i, cell := range cells {
		if i > 0 && i%plane == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  %*s", width, cell)
		if i%row == row-1 && i < len(cells)-1 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// spread returns the smallest number, the mean and the largest.
func (t *Tensor) spread() (low, mean, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range t.Data {
		low, high = min(low, float64(v)), max(high, float64(v))
		mean += float64(v)
	}
	return low, mean / float64(len(t.Data)), high
}

// dim returns the size of an axis, counted from the end if negative; an axis
// that is not there has size 1.
func (t *Tensor) dim(axis int) int {
	if axis < 0 {
		axis += len(t.Shape)
	}
	if axis < 0 || axis >= len(t.Shape) {
		return 1
	}
	return t.Shape[axis]
}

// offset returns the place in Data of the number at index.
func (t *Tensor) offset(index []int) int {
	if len(index) != len(t.Shape) {
		panic(mistake("Tensor", "shape %v wants %d indices, got %v",
			t.Shape, len(t.Shape), index))
	}
	offset := 0
	for axis, i := range index {
		if i < 0 || i >= t.Shape[axis] {
			panic(mistake("Tensor", "index %v is outside the shape %v",
				index, t.Shape))
		}
		offset = offset*t.Shape[axis] + i
	}
	return offset
}

// size returns how many numbers a shape holds.
func size(shape []int) int {
	n := 1
	for _, d := range shape {
		if d <= 0 {
			panic(mistake("Tensor", "every size must be at least 1, got the shape %v", slices.Clone(shape))) // a copy, so that callers can keep theirs off the heap
		}
		if n > math.MaxInt/d {
			panic(mistake("Tensor", "the shape %v is larger than any memory", slices.Clone(shape)))
		}
		n *= d
	}
	return n
}
