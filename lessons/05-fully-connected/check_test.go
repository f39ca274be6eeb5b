package connected

import (
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "05", denseAnswers, parametersAnswers, shuffleAnswers)
}

// with is dense with its innermost line changed, written without the tools of
// the check.
func with(first func(b *nn.Tensor, j int) float32, line func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32) denseFunc {
	return func(x, w, b *nn.Tensor) *nn.Tensor {
		rows, in, out := x.Shape[0], x.Shape[1], b.Shape[0]
		y := nn.NewTensor(rows, out)
		for n := range rows {
			for j := range out {
				y.Data[n*out+j] = first(b, j)
				for i := range in {
					y.Data[n*out+j] = line(y.Data[n*out+j], x, w, b, n, i, j)
				}
			}
		}
		return y
	}
}

func ownBias(b *nn.Tensor, j int) float32 { return b.Data[j] }
func noBias(b *nn.Tensor, j int) float32  { return 0 }

func ownProduct(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
	return sum + x.At(n, i)*w.At(i, j)
}

var denseAnswers = labtest.Exercise{
	Name: "dense",
	Right: map[string]any{
		"the solution": dense,
		"the library": func(x, w, b *nn.Tensor) *nn.Tensor {
			l := nn.NewLinear(w.Shape[0], w.Shape[1])
			copy(l.Weight.Value.Data, w.Data)
			copy(l.Bias.Value.Data, b.Data)
			return l.Forward(x, false)
		},
		"input by input": func(x, w, b *nn.Tensor) *nn.Tensor {
			y := nn.NewTensor(x.Shape[0], b.Shape[0])
			for n := range y.Shape[0] {
				copy(y.Data[n*b.Shape[0]:], b.Data)
			}
			for i := range w.Shape[0] {
				for n := range y.Shape[0] {
					for j := range b.Shape[0] {
						y.Set(y.At(n, j)+x.At(n, i)*w.At(i, j), n, j)
					}
				}
			}
			return y
		},
		"a convolution with a window of one pixel": func(x, w, b *nn.Tensor) *nn.Tensor {
			c := nn.NewConv2D(nn.ConvConfig{In: w.Shape[0], Out: w.Shape[1], Kernel: 1, Bias: true})
			copy(c.Weight.Value.Data, w.Data)
			copy(c.Bias.Value.Data, b.Data)
			return c.Forward(x.Reshape(x.Shape[0], 1, 1, x.Shape[1]), false).Reshape(x.Shape[0], w.Shape[1])
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor { return nn.NewTensor(x.Shape[0], w.Shape[1]) },
			"For x [2] in 1 row, w [1] of shape [1 1] and b [10] yours has 0 in row 0, output 0. By hand: 10 + 2*1 = 12. All numbers are 0"),
		"the bias is forgotten": labtest.Refused(with(noBias, ownProduct),
			"yours has 2 in row 0, output 0. By hand: 10 + 2*1 = 12. Where did the bias go?"),
		"the bias in the inner loop": labtest.Refused(with(noBias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
			return sum + x.At(n, i)*w.At(i, j) + b.Data[j]
		}), "For x [2 5] in 1 row, w [1 -2] of shape [2 1] and b [10] yours has 12 in row 0, output 0. By hand: 10 + 2*1 + 5*-2 = 2. The bias comes once to each sum"),
		"= for +=": labtest.Refused(with(ownBias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 { return x.At(n, i) * w.At(i, j) }),
			"add with += and not =."),
		"the weights are transposed": labtest.Refused(with(ownBias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 { return sum + x.At(n, i)*w.At(j, i) }),
			"panics: nn: Tensor: index [0 1] is outside the shape [2 1]. Did you swap the indices of the weights?"),
		"the weights are transposed in Data": labtest.Refused(with(ownBias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
			return sum + x.At(n, i)*w.Data[j*w.Shape[0]+i]
		}), "For x [2 5] in 1 row, w [1 -2 3 -4] of shape [2 2] and b [10 20] yours has 2 in row 0, output 0. By hand: 10 + 2*1 + 5*3 = 27."),
		"always row 0": labtest.Refused(with(ownBias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 { return sum + x.At(0, i)*w.At(i, j) }),
			"Every row has numbers of its own"),
		"the first row alone": labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor {
			y := nn.NewTensor(x.Shape[0], w.Shape[1])
			for j := range w.Shape[1] {
				y.Set(dense(x, w, b).At(0, j), 0, j)
			}
			return y
		}, "Only the first row is computed."),
		"one bias for all": labtest.Refused(with(func(b *nn.Tensor, j int) float32 { return b.Data[0] }, ownProduct),
			"The bias belongs to the output"),
		"a bias for each input": labtest.Refused(with(noBias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
			return ownProduct(sum, x, w, b, n, i, j) + b.At(i)
		}), "For x [2 5] in 1 row, w [1 -2] of shape [2 1] and b [10] yours panics: nn: Tensor: index [1] is outside the shape [1]. The bias belongs to the output, and not to the input: b.At(j)."),
		"the sign of the bias": labtest.Refused(with(func(b *nn.Tensor, j int) float32 { return -b.Data[j] }, ownProduct),
			"The bias is added, and yours is taken away."),
		"the sum goes on": labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor {
			y := nn.NewTensor(x.Shape[0], w.Shape[1])
			var sum float32
			for k := range y.Data {
				sum += b.Data[k%len(b.Data)]
				for i := range w.Shape[0] {
					sum += x.At(k/len(b.Data), i) * w.At(i, k%len(b.Data))
				}
				y.Data[k] = sum
			}
			return y
		}, "The sum must start anew at every output."),
		"a bend at the end": labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor { return nn.NewReLU().Forward(dense(x, w, b), false) },
			"No bend here"),
		"transposed": labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor { return dense(x, w, b).Reshape(w.Shape[1], x.Shape[0]) },
			"yours returns the shape [2 1]. x has 1 row and b 2 numbers, so it is [1 2]."),
		"into x":  labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor { y := dense(x, w, b); x.Data[0] = 0; return y }, "yours changes its arguments."),
		"nil":     labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor { return nil }, "yours returns no tensor."),
		"a panic": labtest.Refused(func(x, w, b *nn.Tensor) *nn.Tensor { panic("no idea") }, "and b [10] yours panics: no idea."),
	},
}

var parametersAnswers = labtest.Exercise{
	Name: "parameters",
	Right: map[string]any{
		"the solution": parameters,
		"the library": func(height, width, channels, out int) (connected, convolution int) {
			return len(nn.NewLinear(height*width*channels, out).Weight.Value.Data) + out,
				int(nn.Summarise(nn.NewConv2D(nn.ConvConfig{In: channels, Out: out, Kernel: 3, Pad: 1, Bias: true}), height, width, channels).Params)
		},
		"output by output": func(height, width, channels, out int) (connected, convolution int) {
			for range out {
				connected += 1 + height*width*channels
				convolution += 1 + 9*channels
			}
			return connected, convolution
		},
		"one more input": func(height, width, channels, out int) (connected, convolution int) {
			return (height*width*channels + 1) * out, (3*3*channels + 1) * out
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(func(height, width, channels, out int) (int, int) { return height*width*channels + out, 3 * 3 * out },
			"For height=2 width=3 channels=1 out=2 the fully connected layer has 8 in yours. By hand: 2*3*1 = 6 numbers come in. Each has a weight to each of the 2 outputs, which makes 12, and each output has a bias: 14. Every number that comes in has a weight to every output: multiply."),
		"hole 2 alone": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*channels + out, 9*channels*out + out
		}, "For height=2 width=3 channels=1 out=2 the fully connected layer has 8 in yours. By hand: 2*3*1 = 6 numbers come in. Each has a weight to each of the 2 outputs, which makes 12, and each output has a bias: 14. Hole 2 is right."),
		"hole 1 alone": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*channels*out + out, 3 * 3 * out
		}, "Hole 1 is right. Now hole 2: a window looks at all channels, and each output has a bias."),
		"a pixel is one number": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*out + out, 9*channels*out + out
		}, "For height=2 width=3 channels=5 out=4 the fully connected layer has 28 in yours. By hand: 2*3*5 = 30 numbers come in."),
		"a window sees one channel": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*channels*out + out, 9*out + out
		}, "the convolution has 40 in yours. By hand: a window has 3*3*5 = 45 weights. For each of the 4 maps it has its own, which makes 180, and each map has a bias: 184."),
		"every place has weights of its own": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*channels*out + out, height*width*9*channels*out + out
		}, "The same weights serve at every stop of the window: a convolution does not grow with the picture."),
		"no biases": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height * width * channels * out, 9 * channels * out
		},
			"Where did the biases go?"),
		"no biases in the first": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height * width * channels * out, 9*channels*out + out
		}, "The outputs of the other layer have biases too."),
		"no biases in the second": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return (height*width*channels + 1) * out, 9 * channels * out
		}, "The maps of the convolution have biases too."),
		"one bias": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*channels*out + 1, 9*channels*out + 1
		}, "There is a bias for each output, not one for all."),
		"a bias for each input": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height * width * channels * (out + 1), 9*channels*out + channels
		}, "The biases belong to the outputs"),
		"one window for all maps": labtest.Refused(func(height, width, channels, out int) (int, int) {
			return height*width*channels*out + out, 9*channels + out
		}, "Each of the maps that come out has a window of its own."),
		"swapped results": labtest.Refused(func(height, width, channels, out int) (int, int) {
			connected, convolution := parameters(height, width, channels, out)
			return convolution, connected
		}, "The two counts are in the wrong order."),
		"a panic": labtest.Refused(func(height, width, channels, out int) (int, int) { panic("no idea") },
			"For height=2 width=3 channels=1 out=2 yours panics: no idea."),
	},
}

var shuffleAnswers = labtest.Exercise{
	Name: "shuffle",
	Right: map[string]any{
		"the solution": shuffle,
		"with At and Set": func(x *nn.Tensor, order []int) *nn.Tensor {
			y := x.Clone()
			for n := range x.Shape[0] {
				for k := range order {
					y.Set(x.At(n, order[k]), n, k)
				}
			}
			return y
		},
		"number by number": func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for i := range y.Data {
				k := i % len(order)
				y.Data[i] = x.Data[i-k+order[k]]
			}
			return y
		},
		"row by row, with append": func(x *nn.Tensor, order []int) *nn.Tensor {
			var all []float32
			for n := range x.Shape[0] {
				for _, from := range order {
					all = append(all, x.At(n, from))
				}
			}
			return nn.FromSlice(all, x.Shape[0], x.Shape[1])
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub: y is x": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := x
			for n := range x.Shape[0] {
				for k, from := range order {
					y.Set(x.At(n, from), n, k)
				}
			}
			return y
		}, "For x [10 11] and order [1 0] yours gives [11 11]. By hand: place 0 of the first row gets the number at place 1, which is 11, and so on: [11 10]. y is x, so each number that you write is one that you can no longer read."),
		"the other way round": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for n := range x.Shape[0] {
				for k, to := range order {
					y.Set(x.At(n, k), n, to)
				}
			}
			return y
		}, "For x [10 11 12] and order [2 0 1] yours gives [11 12 10]. By hand: place 0 of the first row gets the number at place 2, which is 12, and so on: [12 10 11]. That puts number k at place order[k]."),
		"nothing moves": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor { return x.Clone() }, "Nothing has moved."),
		"each picture gets a shuffle of its own": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for n := range x.Shape[0] {
				for k := range order {
					y.Set(x.At(n, order[(k+n)%len(order)]), n, k)
				}
			}
			return y
		}, "For x [10 11 12] [20 21 22] and order [1 2 0] yours gives [11 12 10] [22 20 21]. By hand: place 0 of the first row gets the number at place 1, which is 11, and so on: [11 12 10] [21 22 20]. The order must be the same for every row"),
		"all rows from the first": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for i := range y.Data {
				y.Data[i] = x.Data[order[i%len(order)]]
			}
			return y
		}, "yours takes them all from the first."),
		"the first row alone": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for k, from := range order {
				y.Data[k] = x.Data[from]
			}
			return y
		}, "Now the others: a batch has more than one."),
		"one too few": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for n := range x.Shape[0] {
				for k := 0; k < len(order)-1; k++ {
					y.Set(x.At(n, order[k]), n, k)
				}
			}
			return y
		}, "The last place is left out."),
		"places for numbers": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := nn.NewTensor(x.Shape...)
			for i := range y.Data {
				y.Data[i] = float32(order[i%len(order)])
			}
			return y
		}, "Those are the places and not the numbers at them."),
		"into x": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor {
			y := shuffle(x, order)
			copy(x.Data, y.Data)
			return y
		}, "changes its arguments."),
		"a flat result": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor { return shuffle(x, order).Reshape(len(x.Data)) },
			"yours returns the shape [2]. It should be that of x, [1 2]."),
		"nil":     labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor { return nil }, "yours returns no tensor."),
		"a panic": labtest.Refused(func(x *nn.Tensor, order []int) *nn.Tensor { panic("no idea") }, "For x [10 11] and order [1 0] yours panics: no idea."),
	},
}
