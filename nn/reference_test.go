package nn_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

// The references below compute in float64, and in the plainest way there is.
// Their nudges are exact to ten digits, where those of a float32 layer end at
// two or three.

// reference computes a layer's output from its input and the values of its
// trainable parameters, in the order of Params.
type reference func(x []float64, params [][]float64) []float64

// agrees holds a layer against its reference: the output, and dL/dx and dL/dw
// for a random dy by nudging the reference. It logs the worst relative errors.
func agrees(t *testing.T, l nn.Layer, x *nn.Tensor, ref reference, tolerance float64) {
	t.Helper()
	nn.ZeroGrad(l.Params())
	y := l.Forward(x, true)
	dy := randn(77, y.Shape...)
	dx := l.Backward(dy)
	x64, params, names, grads := wide(x.Data), [][]float64{}, []string{}, []*nn.Tensor{}
	for _, p := range l.Params() {
		if p.Trainable {
			params, names, grads = append(params, wide(p.Value.Data)), append(names, p.Name), append(grads, p.Grad)
		}
	}

	forward := worstError(y.Data, ref(x64, params))
	if !(forward <= tolerance) {
		t.Errorf("%v: the output is off by %.2g of its size", l, forward)
	}
	loss := func() (sum float64) {
		for i, v := range ref(x64, params) {
			sum += v * float64(dy.Data[i])
		}
		return sum
	}
	worst := 0.0
	check := func(name string, at []float64, gradient *nn.Tensor) {
		report := gradcheck.Function(name, func(nudged []float64) float64 {
			was := slices.Clone(at)
			defer copy(at, was)
			copy(at, nudged)
			return loss()
		}, at, gradient.Data)
		if !report.OK(tolerance) {
			t.Errorf("%v: %v", l, report)
		}
		worst = max(worst, report.Worst)
	}
	check("x", x64, dx)
	for i, at := range params {
		check(names[i], at, grads[i])
	}
	t.Logf("%v, x %v: worst relative error forward %.1e, backward %.1e", l, x.Shape, forward, worst)
}

// nudges checks a layer by its own float32 nudges.
func nudges(t *testing.T, l nn.Layer, x *nn.Tensor) {
	t.Helper()
	report := gradcheck.Layer(l, x, 5)
	if !report.OK(1e-2) || report.Kinks > report.Checked/4 {
		t.Errorf("%v: %v, %d kinks", l, report, report.Kinks)
	}
	t.Logf("%v, x %v, by itself: %v", l, x.Shape, report)
}

func refConv(cfg nn.ConvConfig, n, h, w int) reference {
	return func(x []float64, params [][]float64) []float64 {
		inGroup, outGroup := cfg.In/cfg.Groups, cfg.Out/cfg.Groups
		edge := func(size int) int { return (size+2*cfg.Pad-cfg.Dilation*(cfg.Kernel-1)-1)/cfg.Stride + 1 }
		var y []float64
		for picture := range n {
			for i := range edge(h) {
				for j := range edge(w) {
					for o := range cfg.Out {
						sum := 0.0
						if cfg.Bias {
							sum = params[1][o]
						}
						for p := range cfg.Kernel {
							for q := range cfg.Kernel {
								row, column := i*cfg.Stride+p*cfg.Dilation-cfg.Pad, j*cfg.Stride+q*cfg.Dilation-cfg.Pad
								if row < 0 || row >= h || column < 0 || column >= w {
									continue
								}
								for c := range inGroup {
									channel := o/outGroup*inGroup + c
									sum += x[((picture*h+row)*w+column)*cfg.In+channel] * params[0][((p*cfg.Kernel+q)*inGroup+c)*cfg.Out+o]
								}
							}
						}
						y = append(y, sum)
					}
				}
			}
		}
		return y
	}
}

// refBatchNorm takes gamma and beta; mean and variance come from the batch, or
// are fixed.
func refBatchNorm(channels int, eps float64, mean, variance []float64) reference {
	return func(x []float64, params [][]float64) []float64 {
		y, rows := make([]float64, len(x)), float64(len(x)/channels)
		for c := range channels {
			var m, v float64
			if mean != nil {
				m, v = mean[c], variance[c]
			} else {
				for i := c; i < len(x); i += channels {
					m += x[i] / rows
				}
				for i := c; i < len(x); i += channels {
					v += (x[i] - m) * (x[i] - m) / rows
				}
			}
			for i := c; i < len(x); i += channels {
				y[i] = params[0][c]*(x[i]-m)/math.Sqrt(v+eps) + params[1][c]
			}
		}
		return y
	}
}

func refCurve(f func(float64) float64) reference {
	return func(x []float64, _ [][]float64) []float64 {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = f(v)
		}
		return y
	}
}

func refLinear(in, out int) reference {
	return func(x []float64, params [][]float64) []float64 {
		var y []float64
		for row := range len(x) / in {
			for o := range out {
				sum := params[1][o]
				for i := range in {
					sum += x[row*in+i] * params[0][i*out+o]
				}
				y = append(y, sum)
			}
		}
		return y
	}
}

// refPool walks over every window and hands the numbers of each under it that
// lie in the picture to reduce.
func refPool(cfg nn.PoolConfig, n, h, w, channels int, reduce func(window []float64) float64) reference {
	return func(x []float64, _ [][]float64) []float64 {
		var y []float64
		for picture := range n {
			for i := range (h+2*cfg.Pad-cfg.Kernel)/cfg.Stride + 1 {
				for j := range (w+2*cfg.Pad-cfg.Kernel)/cfg.Stride + 1 {
					for c := range channels {
						var window []float64
						for p := range cfg.Kernel {
							for q := range cfg.Kernel {
								row, column := i*cfg.Stride+p-cfg.Pad, j*cfg.Stride+q-cfg.Pad
								if row >= 0 && row < h && column >= 0 && column < w {
									window = append(window, x[((picture*h+row)*w+column)*channels+c])
								}
							}
						}
						y = append(y, reduce(window))
					}
				}
			}
		}
		return y
	}
}

func refSoftmax(classes int) reference {
	return func(x []float64, _ [][]float64) []float64 {
		y := make([]float64, len(x))
		for at := 0; at < len(x); at += classes {
			var sum float64
			for _, v := range x[at : at+classes] {
				sum += math.Exp(v)
			}
			for i := at; i < at+classes; i++ {
				y[i] = math.Exp(x[i]) / sum
			}
		}
		return y
	}
}

// refCrossEntropy is the formula at SoftmaxCrossEntropy, word for word.
func refCrossEntropy(x []float64, labels []int, cfg nn.CrossEntropyConfig) float64 {
	classes := len(x) / len(labels)
	p := refSoftmax(classes)(x, nil)
	weight := func(c int) float64 {
		if cfg.ClassWeights == nil {
			return 1
		}
		return cfg.ClassWeights[c]
	}
	var loss, total float64
	for n, label := range labels {
		total += weight(label)
		for c := range classes {
			target := cfg.LabelSmoothing / float64(classes)
			if c == label {
				target += 1 - cfg.LabelSmoothing
			}
			loss -= weight(c) * target * math.Log(p[n*classes+c])
		}
	}
	return loss / total
}

// worstError returns the largest difference, relative to the root mean square
// of what is wanted.
func worstError(got []float32, want []float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	var squares, worst float64
	for i, v := range want {
		squares += v * v
		worst = max(worst, math.Abs(float64(got[i])-v))
	}
	return worst / math.Max(1e-30, math.Sqrt(squares/float64(len(want))))
}

// randn returns a tensor of normal numbers.
func randn(seed uint64, shape ...int) *nn.Tensor {
	t, random := nn.NewTensor(shape...), nn.NewRandom(seed)
	for i := range t.Data {
		t.Data[i] = float32(random.Normal())
	}
	return t
}

// shaken gives every parameter of l random values, so that no gamma is 1 and no
// bias 0; running variances stay positive.
func shaken[L nn.Layer](l L, seed uint64) L {
	for i, p := range l.Params() {
		copy(p.Value.Data, randn(seed+uint64(i), p.Value.Shape...).Data)
		for j, v := range p.Value.Data {
			if !p.Trainable {
				p.Value.Data[j] = 0.5 + v*v
			}
		}
	}
	return l
}

func wide(v []float32) []float64 {
	w := make([]float64, len(v))
	for i := range v {
		w[i] = float64(v[i])
	}
	return w
}

// near says whether two numbers are close; NaN is near nothing.
func near(got, want, tolerance float64) bool { return math.Abs(got-want) <= tolerance }

// wantNumbers fails unless t has the shape and, to about a millionth, the numbers.
func wantNumbers(t *testing.T, what string, got *nn.Tensor, shape []int, want ...float32) {
	t.Helper()
	if !slices.Equal(got.Shape, shape) || len(got.Data) != len(want) {
		t.Fatalf("%s: got the shape %v, want %v", what, got.Shape, shape)
	}
	for i, v := range want {
		if !near(float64(got.Data[i]), float64(v), 2e-6*math.Max(1, math.Abs(float64(v)))) {
			t.Fatalf("%s: number %d is %v, want %v\n%v", what, i, got.Data[i], v, got)
		}
	}
}

// mistakeOf returns what f panics with, and fails if that is no *nn.Mistake.
func mistakeOf(t *testing.T, what string, f func()) (m *nn.Mistake) {
	t.Helper()
	defer func() {
		t.Helper()
		p := recover()
		var ok bool
		if m, ok = p.(*nn.Mistake); !ok {
			t.Errorf("%s: wanted a panic with a *Mistake, got %v", what, p)
			m = &nn.Mistake{Problem: fmt.Sprint(p)}
		}
	}()
	f()
	return nil
}

// sameBits says whether two tensors are the same to the last bit.
func sameBits(a, b *nn.Tensor) bool {
	return slices.Equal(a.Shape, b.Shape) && slices.EqualFunc(a.Data, b.Data, func(x, y float32) bool {
		return math.Float32bits(x) == math.Float32bits(y)
	})
}
