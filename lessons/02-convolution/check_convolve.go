package convolution

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

// sliding is a question for convolve. Pictures are not square and no two weights
// are equal, so that no swap of indices stays hidden.
type sliding struct {
	height, width, kernel int
	stride, pad           int
}

// slidings are ordered: each adds one difficulty.
var slidings = []sliding{
	{2, 3, 1, 1, 0},
	{3, 4, 2, 1, 0},
	{4, 5, 3, 1, 0},
	{3, 4, 3, 1, 1},
	{5, 6, 2, 2, 0},
	{6, 5, 3, 2, 1},
	{4, 7, 3, 3, 2},
}

// picture returns the question's picture: whole numbers, none of them twice in
// a row or a column.
func (s sliding) picture() *nn.Tensor {
	x := nn.NewTensor(s.height, s.width)
	for i := range x.Data {
		x.Data[i] = float32(1 + i*7%11)
	}
	return x
}

// weights returns 1, 2, 3 and so on.
func (s sliding) weights() *nn.Tensor {
	w := nn.NewTensor(s.kernel, s.kernel)
	for i := range w.Data {
		w.Data[i] = float32(i + 1)
	}
	return w
}

func (s sliding) String() string {
	return fmt.Sprintf("a picture of %dx%d, weights of %dx%d, stride=%d and pad=%d", s.height, s.width, s.kernel, s.kernel, s.stride, s.pad)
}

// checkConvolve compares yours with the solution, number by number.
func checkConvolve(yours func(x, w *nn.Tensor, stride, pad int) *nn.Tensor) string {
	for _, s := range slidings {
		x, w := s.picture(), s.weights()
		want := convolve(x, w, s.stride, s.pad)
		var got *nn.Tensor
		if sentence := lab.Panics(func() { got = yours(x, w, s.stride, s.pad) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v, yours panics: %s. %s", s, sentence, s.panicAdvice(sentence)))
		}
		if !slices.Equal(x.Data, s.picture().Data) || !slices.Equal(w.Data, s.weights().Data) {
			return fmt.Sprintf("For %v, yours changes its arguments. Others still need them: write to y alone.", s)
		}
		if problem := s.compare(got, want); problem != "" {
			return fmt.Sprintf("For %v, %s", s, problem)
		}
	}
	return ""
}

// panicAdvice says why the loops read outside of the picture, if they did.
func (s sliding) panicAdvice(sentence string) string {
	switch {
	case !strings.Contains(sentence, fmt.Sprintf("outside the shape [%d %d]", s.height, s.width)):
		return ""
	case s.pad == 0:
		return "Without padding the window never leaves the picture: has your stops passed its check?"
	}
	return "Pixels outside the picture count as zero: do not read there."
}

func (s sliding) compare(got, want *nn.Tensor) string {
	switch {
	case got == nil:
		return "yours returns no tensor."
	case !slices.Equal(got.Shape, want.Shape):
		return fmt.Sprintf("the window stops at %d rows and %d columns, but the tensor that yours returns has the shape %v. The shape comes from stops: has it passed its check?", want.Shape[0], want.Shape[1], got.Shape)
	}
	for k, v := range want.Data {
		if !(math.Abs(float64(got.Data[k]-v)) <= 1e-4) { // NaN too
			i, j := k/want.Shape[1], k%want.Shape[1]
			return strings.TrimSpace(fmt.Sprintf("yours has %v in row %d, column %d. By hand: %s. %s", got.Data[k], i, j, s.byHand(i, j), s.advice(got)))
		}
	}
	return ""
}

// byHand writes out the sum for one stop of the window.
func (s sliding) byHand(i, j int) string {
	x, w := s.picture(), s.weights()
	var products []string
	var sum float32
	for p := range s.kernel {
		for q := range s.kernel {
			v := pixel(x, i*s.stride+p-s.pad, j*s.stride+q-s.pad)
			products = append(products, fmt.Sprintf("%v*%v", v, w.At(p, q)))
			sum += v * w.At(p, q)
		}
	}
	return fmt.Sprintf("%s = %v", strings.Join(products, " + "), sum)
}

// A tap says where a loop reads the picture and the weights, for the output
// (i, j) and the place (p, q) in the window.
type tap func(s sliding, i, j, p, q int) (row, column, wp, wq int)

// A loopSlip is a usual mistake and what to say about it. If all numbers of a
// learner are those of a slip, that is what happened.
type loopSlip struct {
	advice           string
	tap              tap
	lastOnly, goesOn bool // the last product in place of the sum; a sum that is never set back to zero
}

var loopSlips = []loopSlip{
	{advice: "You turned the weights round. Mathematicians do; networks slide them as they are.", tap: func(s sliding, i, j, p, q int) (int, int, int, int) {
		return i*s.stride + p - s.pad, j*s.stride + q - s.pad, s.kernel - 1 - p, s.kernel - 1 - q
	}},
	{advice: "Did you swap row and column of the weights?", tap: func(s sliding, i, j, p, q int) (int, int, int, int) {
		return i*s.stride + p - s.pad, j*s.stride + q - s.pad, q, p
	}},
	{advice: "Did you swap row and column of the picture?", tap: func(s sliding, i, j, p, q int) (int, int, int, int) {
		return j*s.stride + q - s.pad, i*s.stride + p - s.pad, p, q
	}},
	{advice: "The window moves stride pixels at a time.", tap: func(s sliding, i, j, p, q int) (int, int, int, int) {
		return i + p - s.pad, j + q - s.pad, p, q
	}},
	{advice: "With padding the first window starts pad pixels before the picture.", tap: func(s sliding, i, j, p, q int) (int, int, int, int) {
		return i*s.stride + p, j*s.stride + q, p, q
	}},
	{advice: "Row 0 and column 0 are inside the picture.", tap: withoutFirst(true, true)},
	{advice: "Row 0 is inside the picture.", tap: withoutFirst(true, false)},
	{advice: "Column 0 is inside the picture.", tap: withoutFirst(false, true)},
	{advice: "Only the last product is left: add with += and not =.", tap: rightTap, lastOnly: true},
	{advice: "The sum must start at zero at every stop.", tap: rightTap, goesOn: true},
}

func rightTap(s sliding, i, j, p, q int) (row, column, wp, wq int) {
	return i*s.stride + p - s.pad, j*s.stride + q - s.pad, p, q
}

// withoutFirst takes the first row, the first column or both to be outside.
func withoutFirst(row, column bool) tap {
	return func(s sliding, i, j, p, q int) (int, int, int, int) {
		r, c, wp, wq := rightTap(s, i, j, p, q)
		if row && r == 0 {
			r = -1
		}
		if column && c == 0 {
			c = -1
		}
		return r, c, wp, wq
	}
}

func (s sliding) advice(got *nn.Tensor) string {
	if !slices.ContainsFunc(got.Data, func(v float32) bool { return v != 0 }) {
		return "All numbers are 0: are the loops there, and y.Set?"
	}
	for _, slip := range loopSlips {
		if slices.Equal(got.Data, slip.sums(s)) {
			return slip.advice
		}
	}
	return ""
}

// sums runs the loops with the mistake in them.
func (slip loopSlip) sums(s sliding) []float32 {
	x, w := s.picture(), s.weights()
	var all []float32
	var sum float32
	for i := range stops(s.height, s.kernel, s.stride, s.pad) {
		for j := range stops(s.width, s.kernel, s.stride, s.pad) {
			if !slip.goesOn {
				sum = 0
			}
			for p := range s.kernel {
				for q := range s.kernel {
					if slip.lastOnly {
						sum = 0
					}
					row, column, wp, wq := slip.tap(s, i, j, p, q)
					sum += pixel(x, row, column) * w.At(wp, wq)
				}
			}
			all = append(all, sum)
		}
	}
	return all
}

// pixel is zero outside the picture.
func pixel(x *nn.Tensor, row, column int) float32 {
	if row < 0 || row >= x.Shape[0] || column < 0 || column >= x.Shape[1] {
		return 0
	}
	return x.At(row, column)
}
