package convolution

import (
	"math"
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "02", stopsAnswers, convolveAnswers, costAnswers)
}

var stopsAnswers = labtest.Exercise{
	Name: "stops",
	Right: map[string]any{
		"the solution": stops,
		"round up the number of starts": func(in, kernel, stride, pad int) int {
			return max(0, (in+2*pad-kernel+stride)/stride)
		},
		"a loop": func(in, kernel, stride, pad int) (n int) {
			for at := 0; at+kernel <= in+2*pad; at += stride {
				n++
			}
			return n
		},
	},
	Wrong: map[string]labtest.Wrong{
		"only the moves are counted": labtest.Refused(
			func(in, kernel, stride, pad int) int { return max(0, in+2*pad-kernel) / stride },
			"For in=3 kernel=3 stride=1 pad=0 yours gives 0. By hand: one window starts at 0 and the next would fall off the end, so 1. Did you count the window at the start?",
		),
		"padding on one side": labtest.Refused(
			func(in, kernel, stride, pad int) int { return guarded(in+pad-kernel, stride) },
			"For in=7 kernel=3 stride=1 pad=1 yours gives 6. By hand: windows start at -1, 0, 1 and so on up to 5, so 7. There are zeros on both sides of the row.",
		),
		"no padding": labtest.Refused(
			func(in, kernel, stride, pad int) int { return guarded(in-kernel, stride) },
			"Where did the padding go?",
		),
		"no stride": labtest.Refused(
			func(in, kernel, stride, pad int) int { return guarded(in+2*pad-kernel, 1) },
			"For in=7 kernel=3 stride=2 pad=0 yours gives 5. By hand: windows start at 0, 2 and 4, so 3. Where did the stride go?",
		),
		"no kernel": labtest.Refused(
			func(in, kernel, stride, pad int) int { return guarded(in+2*pad, stride) },
			"The window itself needs room too.",
		),
		"rounded up": labtest.Refused(
			func(in, kernel, stride, pad int) int { return guarded(in+2*pad-kernel+stride-1, stride) },
			"For in=8 kernel=3 stride=2 pad=0 yours gives 4. By hand: windows start at 0, 2 and 4, so 3. A last step that does not fit whole is not made: round down.",
		),
		"no guard": labtest.Refused(
			func(in, kernel, stride, pad int) int { return (in+2*pad-kernel)/stride + 1 },
			"so it stops nowhere: 0. Go's division rounds towards zero",
		),
		"hole 2 alone": labtest.Refused(
			func(in, kernel, stride, pad int) int { return in/stride + 1 },
			"Hole 2 is right. Now hole 1: the window covers kernel pixels itself.",
		),
		"1 before the division": labtest.Refused(
			func(in, kernel, stride, pad int) int {
				return withRoom(in+2*pad-kernel, func(room int) int { return (room + 1) / stride })
			},
			"The first stop is not a move: add 1 after the division.",
		),
		"a loop that ends early": labtest.Refused(
			func(in, kernel, stride, pad int) (n int) {
				for at := 0; at+kernel < in+2*pad; at += stride {
					n++
				}
				return n
			},
			"A window that ends exactly at the last pixel still fits: use <=.",
		),
		"rounded to the nearest": labtest.Refused(
			func(in, kernel, stride, pad int) int {
				return withRoom(in+2*pad-kernel, func(room int) int { return int(math.Round(float64(room)/float64(stride))) + 1 })
			},
			"Half a move is no move: round down, not to the nearest.",
		),
		"rounded up behind the guard": labtest.Refused(
			func(in, kernel, stride, pad int) int {
				return withRoom(in+2*pad-kernel, func(room int) int { return int(math.Ceil(float64(room)/float64(stride))) + 1 })
			},
			"A last step that does not fit whole is not made: round down.",
		),
		"the stub": labtest.Refused(
			func(in, kernel, stride, pad int) int { return in / stride },
			"For in=3 kernel=3 stride=1 pad=0 yours gives 3.",
		),
		"a panic": labtest.Refused(
			func(in, kernel, stride, pad int) int { return in / (kernel - 3) },
			"For in=3 kernel=3 stride=1 pad=0 yours panics: runtime error: integer divide by zero.",
		),
	},
}

func guarded(room, stride int) int {
	return withRoom(room, func(room int) int { return room/stride + 1 })
}

// withRoom is count behind the guard that the lesson gives.
func withRoom(room int, count func(room int) int) int {
	if room < 0 {
		return 0
	}
	return count(room)
}

type convolveFunc = func(x, w *nn.Tensor, stride, pad int) *nn.Tensor

// loops is convolve with a place for a mistake: visit gets each product that
// the loops come to, and what to do with the sum.
func loops(visit func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32)) convolveFunc {
	return func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
		kernel := w.Shape[0]
		y := nn.NewTensor(stops(x.Shape[0], kernel, stride, pad), stops(x.Shape[1], kernel, stride, pad))
		for i := range y.Shape[0] {
			for j := range y.Shape[1] {
				var sum float32
				for p := range kernel {
					for q := range kernel {
						visit(x, w, i, j, p, q, stride, pad, &sum)
					}
				}
				y.Set(sum, i, j)
			}
		}
		return y
	}
}

var convolveAnswers = labtest.Exercise{
	Name: "convolve",
	Right: map[string]any{
		"the solution": convolve,
		"the library": func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
			conv := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: w.Shape[0], Stride: stride, Pad: pad})
			copy(conv.Weight.Value.Data, w.Data)
			y := conv.Forward(x.Reshape(1, x.Shape[0], x.Shape[1], 1), false)
			return y.Reshape(y.Shape[1], y.Shape[2])
		},
		"padding first": func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
			padded := nn.NewTensor(x.Shape[0]+2*pad, x.Shape[1]+2*pad)
			for i := range x.Shape[0] {
				for j := range x.Shape[1] {
					padded.Set(x.At(i, j), i+pad, j+pad)
				}
			}
			return convolve(padded, w, stride, 0)
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {}),
			"yours has 0 in row 0, column 0. By hand: 1*1 = 1. All numbers are 0: are the loops there, and y.Set?",
		),
		"nil": labtest.Refused(
			func(x, w *nn.Tensor, stride, pad int) *nn.Tensor { return nil },
			"yours returns no tensor.",
		),
		"the kernel is turned round": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				k := w.Shape[0] - 1
				*sum += pixel(x, i*stride+p-pad, j*stride+q-pad) * w.At(k-p, k-q)
			}),
			"For a picture of 3x4, weights of 2x2, stride=1 and pad=0, yours has 45 in row 0, column 0. By hand: 1*1 + 8*2 + 7*3 + 3*4 = 50. You turned the weights round.",
		),
		"the kernel's indices are swapped": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				*sum += pixel(x, i*stride+p-pad, j*stride+q-pad) * w.At(q, p)
			}),
			"Did you swap row and column of the weights?",
		),
		"the picture's indices are swapped": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				*sum += pixel(x, j*stride+q-pad, i*stride+p-pad) * w.At(p, q)
			}),
			"Did you swap row and column of the picture?",
		),
		"no padding": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				*sum += pixel(x, i*stride+p, j*stride+q) * w.At(p, q)
			}),
			"With padding the first window starts pad pixels before the picture.",
		),
		"no stride": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				*sum += pixel(x, i+p-pad, j+q-pad) * w.At(p, q)
			}),
			"The window moves stride pixels at a time.",
		),
		"= in place of +=": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				*sum = pixel(x, i*stride+p-pad, j*stride+q-pad) * w.At(p, q)
			}),
			"add with += and not =.",
		),
		"the sum goes on": labtest.Refused(
			func() convolveFunc {
				return func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
					var all float32
					return loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
						all += pixel(x, i*stride+p-pad, j*stride+q-pad) * w.At(p, q)
						*sum = all
					})(x, w, stride, pad)
				}
			}(),
			"The sum must start at zero at every stop.",
		),
		"no guard at the border": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				*sum += x.At(i*stride+p-pad, j*stride+q-pad) * w.At(p, q)
			}),
			"For a picture of 3x4, weights of 3x3, stride=1 and pad=1, yours panics: nn: Tensor: index [-1 -1] is outside the shape [3 4]. Pixels outside the picture count as zero: do not read there.",
		),
		"more stops than fit": labtest.Refused(
			func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
				y := nn.NewTensor(x.Shape[0]/stride, x.Shape[1]/stride) // as the stub of stops says
				for i := range y.Shape[0] {
					for j := range y.Shape[1] {
						for p := range w.Shape[0] {
							for q := range w.Shape[1] {
								y.Set(y.At(i, j)+x.At(i*stride+p-pad, j*stride+q-pad)*w.At(p, q), i, j)
							}
						}
					}
				}
				return y
			},
			"For a picture of 3x4, weights of 2x2, stride=1 and pad=0, yours panics: nn: Tensor: index [0 4] is outside the shape [3 4]. Without padding the window never leaves the picture: has your stops passed its check?",
		),
		"another panic": labtest.Refused(
			func(x, w *nn.Tensor, stride, pad int) *nn.Tensor { panic("no idea") },
			"For a picture of 2x3, weights of 1x1, stride=1 and pad=0, yours panics: no idea.",
		),
		"row 0 and column 0 are left out": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				if row, column := i*stride+p-pad, j*stride+q-pad; row > 0 && column > 0 {
					*sum += pixel(x, row, column) * w.At(p, q)
				}
			}),
			"Row 0 and column 0 are inside the picture.",
		),
		"row 0 is left out": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				if row, column := i*stride+p-pad, j*stride+q-pad; row > 0 {
					*sum += pixel(x, row, column) * w.At(p, q)
				}
			}),
			"By hand: 1*1 = 1. Row 0 is inside the picture.",
		),
		"column 0 is left out": labtest.Refused(
			loops(func(x, w *nn.Tensor, i, j, p, q, stride, pad int, sum *float32) {
				if row, column := i*stride+p-pad, j*stride+q-pad; column > 0 {
					*sum += pixel(x, row, column) * w.At(p, q)
				}
			}),
			"By hand: 1*1 = 1. Column 0 is inside the picture.",
		),
		"the shape is transposed": labtest.Refused(
			func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
				y := convolve(x, w, stride, pad)
				return y.Reshape(y.Shape[1], y.Shape[0])
			},
			"the window stops at 2 rows and 3 columns, but the tensor that yours returns has the shape [3 2]. The shape comes from stops: has it passed its check?",
		),
		"the picture is changed": labtest.Refused(
			func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
				y := convolve(x, w, stride, pad)
				x.Data[0] = 0
				return y
			},
			"yours changes its arguments.",
		),
		"the picture takes the result": labtest.Refused(
			func(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
				y := convolve(x, w, stride, pad)
				x.Set(y.At(0, 0)+1, 0, 0)
				y.Set(0, 0, 0) // the result is not in y
				return y
			},
			"yours changes its arguments.",
		),
	},
}

var costAnswers = labtest.Exercise{
	Name: "cost",
	Right: map[string]any{
		"the solution": cost,
		"loops that count": func(in, out, kernel, rows, columns int) (weights, multiplyAdds int) {
			for range in * out {
				for range kernel {
					weights += kernel
				}
			}
			for range rows {
				multiplyAdds += columns * weights
			}
			return weights, multiplyAdds
		},
		"the library": func(in, out, kernel, rows, columns int) (weights, multiplyAdds int) {
			conv := nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: kernel})
			s := nn.Summarise(conv, rows+kernel-1, columns+kernel-1, in)
			return int(s.Params), int(s.MACs)
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the channels of the input are forgotten": refusedCost(func(c layer) (int, int) {
			weights := c.kernel * c.kernel * c.out
			return weights, weights * c.rows * c.columns
		}, "For in=3 out=16 kernel=3 rows=32 columns=32 yours gives 144 weights. By hand: a kernel covers 3*3 places of 3 channels, so it has 27 weights, and 16 kernels have 432. A kernel has weights of its own for each channel that it reads"),
		"the places of one window": refusedCost(func(c layer) (int, int) {
			weights := c.kernel * c.kernel
			return weights, weights * c.rows * c.columns
		}, "yours gives 9 weights. By hand: a kernel covers 3*3 places of 3 channels, so it has 27 weights, and 16 kernels have 432. Those are the places of one window"),
		"one kernel alone": refusedCost(func(c layer) (int, int) {
			weights := c.kernel * c.kernel * c.in
			return weights, weights * c.rows * c.columns
		}, "That is one kernel."),
		"channels are added": refusedCost(func(c layer) (int, int) {
			weights := c.kernel * c.kernel * (c.in + c.out)
			return weights, weights * c.rows * c.columns
		}, "Every kernel reads every channel: multiply in and out"),
		"a row of weights": refusedCost(func(c layer) (int, int) {
			weights := c.kernel * c.in * c.out
			return weights, weights * c.rows * c.columns
		}, "The window is a square: kernel*kernel places."),
		"one stop alone": refusedCost(func(c layer) (int, int) {
			weights, _ := c.ask(cost)
			return weights, weights
		}, "yours gives 432 weights, which is right, and 432 multiply-adds. By hand: 432 at each of 32*32 stops, so 442368. That is one stop of the window."),
		"the kernel once more": refusedCost(func(c layer) (int, int) {
			weights, adds := c.ask(cost)
			return weights, adds * c.kernel * c.kernel
		}, "The places of the window are counted twice"),
		"one number an output": refusedCost(func(c layer) (int, int) {
			weights, _ := c.ask(cost)
			return weights, c.rows * c.columns * c.out
		}, "Those are the numbers of the output. Each of them takes many multiply-adds."),
		"weights at every stop": refusedCost(func(c layer) (int, int) {
			_, adds := c.ask(cost)
			return adds, adds
		}, "All stops share the same weights"),
		"the wrong way round": refusedCost(func(c layer) (int, int) {
			weights, adds := c.ask(cost)
			return adds, weights
		}, "The two results have changed places."),
		"a panic": refusedCost(func(c layer) (int, int) {
			return 0, c.rows / (c.in - 3)
		}, "For in=3 out=16 kernel=3 rows=32 columns=32 yours panics: runtime error: integer divide by zero."),
	},
}

func refusedCost(yours func(c layer) (weights, multiplyAdds int), says string) labtest.Wrong {
	return labtest.Refused(func(in, out, kernel, rows, columns int) (weights, multiplyAdds int) {
		return yours(layer{in, out, kernel, rows, columns})
	}, says)
}

// No two slips answer alike, so that the advice fits the mistake; and none
// answers right.
func TestSlipsDiffer(t *testing.T) {
	var seen [][]int
	for _, slip := range sizeSlips {
		var answers []int
		right := true
		for _, s := range sizes() {
			answers = append(answers, slip.Wrong(s))
			right = right && slip.Wrong(s) == len(s.starts())
		}
		if right || slices.ContainsFunc(seen, func(other []int) bool { return slices.Equal(other, answers) }) {
			t.Errorf("%q is right, or answers as another slip does", slip.Advice)
		}
		seen = append(seen, answers)
	}
	for _, slip := range loopSlips {
		if slices.Equal(all(slip), all(loopSlip{tap: rightTap})) {
			t.Errorf("%q answers right", slip.advice)
		}
	}
}

func all(slip loopSlip) (sums []float32) {
	for _, s := range slidings {
		sums = append(sums, slip.sums(s)...)
	}
	return sums
}
