package pooling

import (
	"math"
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "03", maxpoolAnswers, globalAnswers, holdsAnswers)
}

// pooled is maxpool with a learner's way to look at a window.
func pooled(look func(x *nn.Tensor, i, j, kernel, stride int) float32) maxpoolFunc {
	return func(x *nn.Tensor, kernel, stride int) *nn.Tensor {
		y := nn.NewTensor((x.Shape[0]-kernel)/stride+1, (x.Shape[1]-kernel)/stride+1)
		for i := range y.Shape[0] {
			for j := range y.Shape[1] {
				y.Set(look(x, i, j, kernel, stride), i, j)
			}
		}
		return y
	}
}

// numbers lists what lies under a window.
func numbers(x *nn.Tensor, i, j, kernel, stride int) (all []float32) {
	for p := range kernel {
		for q := range kernel {
			all = append(all, x.At(i*stride+p, j*stride+q))
		}
	}
	return all
}

var maxpoolAnswers = labtest.Exercise{
	Name: "maxpool",
	Right: map[string]any{
		"the solution": maxpool,
		"the first pixel is the best at first": pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			best := x.At(i*stride, j*stride)
			for _, v := range numbers(x, i, j, kernel, stride) {
				if v > best {
					best = v
				}
			}
			return best
		}),
		"the library": func(x *nn.Tensor, kernel, stride int) *nn.Tensor {
			y := nn.NewMaxPool2D(nn.PoolConfig{Kernel: kernel, Stride: stride}).Forward(x.Reshape(1, x.Shape[0], x.Shape[1], 1), false)
			return y.Reshape(y.Shape[1], y.Shape[2])
		},
		"sorted": pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			all := numbers(x, i, j, kernel, stride)
			slices.Sort(all)
			return all[len(all)-1]
		}),
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return max(0, slices.Max(numbers(x, i, j, kernel, 1)))
		}), "For a picture of 2x4, kernel=2 and stride=2, yours has 9 in row 0, column 1. By hand: under that window are 3, 8, 1, 6, and the largest is 8. Hole 2: the window moves stride pixels at a time."),
		"0 is the best at first": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return max(0, slices.Max(numbers(x, i, j, kernel, stride)))
		}), "all numbers below zero, yours has 0 in row 0, column 0. By hand: under that window are -16, -11, -19, -14, and the largest is -11. Hole 2 is right. Now hole 1: if all numbers are below zero, 0 wins"),
		"the smallest float32 is the best at first": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return max(math.SmallestNonzeroFloat32, slices.Max(numbers(x, i, j, kernel, stride)))
		}), "math.SmallestNonzeroFloat32 is a little more than 0"),
		"-1 is the best at first": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return max(-1, slices.Max(numbers(x, i, j, kernel, stride)))
		}), "-1 wins over all smaller numbers."),
		"the picture's first pixel is the best at first": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return max(x.At(0, 0), slices.Max(numbers(x, i, j, kernel, stride)))
		}), "its first pixel the brightest, yours has 20 in row 0, column 1. By hand: under that window are 3, 8, 1, 6, and the largest is 8. best begins with the first pixel of the picture"),
		"no place in the window": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return x.At(i, j)
		}), "Every place in the window is the same pixel for you."),
		"the first pixel alone": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return x.At(i*stride, j*stride)
		}), "That is the first pixel of each window."),
		"the stride is forgotten": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return slices.Max(numbers(x, i, j, kernel, 1))
		}), "Hole 1 is right. Now hole 2: the window moves stride pixels at a time."),
		"the sum": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) (sum float32) {
			for _, v := range numbers(x, i, j, kernel, stride) {
				sum += v
			}
			return sum
		}), "That is the sum, as a convolution makes it."),
		"the mean": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) (sum float32) {
			for k, v := range numbers(x, i, j, kernel, stride) {
				sum = (sum*float32(k) + v) / float32(k+1)
			}
			return sum
		}), "That is the mean."),
		"the smallest": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			return slices.Min(numbers(x, i, j, kernel, stride))
		}), "That is the smallest number. Keep the largest."),
		"= in place of max": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			all := numbers(x, i, j, kernel, stride)
			return all[len(all)-1]
		}), "That is the last pixel of each window"),
		"row and column are swapped": labtest.Refused(pooled(func(x *nn.Tensor, i, j, kernel, stride int) float32 {
			best := float32(math.Inf(-1))
			for p := range kernel {
				for q := range kernel {
					best = max(best, x.At(j*stride+q, i*stride+p))
				}
			}
			return best
		}), "For a picture of 2x4, kernel=2 and stride=2, yours panics: nn: Tensor: index [2 0] is outside the shape [2 4]. Did you swap row and column of the picture?"),
		"nil": labtest.Refused(maxpoolFunc(func(x *nn.Tensor, kernel, stride int) *nn.Tensor { return nil }),
			"yours returns no tensor."),
		"the picture is changed": labtest.Refused(maxpoolFunc(func(x *nn.Tensor, kernel, stride int) *nn.Tensor {
			y := maxpool(x, kernel, stride)
			x.Data[0] = 0
			return y
		}), "yours changes the picture."),
		"as large as the picture": labtest.Refused(maxpoolFunc(func(x *nn.Tensor, kernel, stride int) *nn.Tensor {
			return nn.NewTensor(x.Shape[0], x.Shape[1])
		}), "For a picture of 2x2, kernel=2 and stride=2, the window stops at 1 row and 1 column, but yours returns the shape [2 2]."),
	},
}

var globalAnswers = labtest.Exercise{
	Name: "globalAverage",
	Right: map[string]any{
		"the solution": globalAverage,
		"along Data": func(x *nn.Tensor) []float32 {
			channels := x.Shape[3]
			means := make([]float32, channels)
			for k, v := range x.Data {
				means[k%channels] += v
			}
			for c := range means {
				means[c] /= float32(len(x.Data) / channels)
			}
			return means
		},
		"the library": func(x *nn.Tensor) []float32 { return nn.NewGlobalAvgPool().Forward(x, false).Data },
		"shares added up": func(x *nn.Tensor) []float32 {
			means := make([]float32, x.Shape[3])
			for i := range x.Shape[1] {
				for j := range x.Shape[2] {
					for c := range means {
						means[c] += x.At(0, i, j, c) / float32(x.Shape[1]*x.Shape[2])
					}
				}
			}
			return means
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(func(x *nn.Tensor) []float32 { return make([]float32, x.Shape[3]) },
			"For a picture of 1x2 with 1 channel yours has 0 in channel 0. By hand: (1 + 4) / 2 = 2.5. All means are 0"),
		"the channels are mixed": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := make([]float32, x.Shape[3])
			for c := range means {
				for _, v := range x.Data {
					means[c] += v / float32(len(x.Data))
				}
			}
			return means
		}, "For a picture of 1x2 with 2 channels yours has 13.75 in channel 0. By hand: (1 + 4) / 2 = 2.5. That mixes the channels."),
		"the channels are added up": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := make([]float32, x.Shape[3])
			for c := range means {
				for _, v := range x.Data {
					means[c] += v / float32(x.Shape[1]*x.Shape[2])
				}
			}
			return means
		}, "That adds all channels up"),
		"one number for all channels": labtest.Refused(func(x *nn.Tensor) []float32 {
			var sum float32
			for _, v := range x.Data {
				sum += v
			}
			return []float32{sum / float32(len(x.Data))}
		}, "For a picture of 1x2 with 2 channels yours returns 1 numbers. There must be one for each channel, so 2."),
		"the sum": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := globalAverage(x)
			for c := range means {
				means[c] *= float32(x.Shape[1] * x.Shape[2])
			}
			return means
		}, "That is the sum. Divide it by the number of pixels."),
		"divided by all numbers": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := globalAverage(x)
			for c := range means {
				means[c] /= float32(x.Shape[3])
			}
			return means
		}, "You divided by all numbers."),
		"divided by the height": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := globalAverage(x)
			for c := range means {
				means[c] *= float32(x.Shape[2])
			}
			return means
		}, "You divided by the height alone."),
		"planes": labtest.Refused(func(x *nn.Tensor) []float32 {
			return globalAverage(nn.FromSlice(planes(x), x.Shape...))
		}, "That reads Data as a plane for each channel."),
		"the largest": labtest.Refused(func(x *nn.Tensor) []float32 {
			best := slices.Clone(x.Data[:x.Shape[3]])
			for k, v := range x.Data {
				best[k%len(best)] = max(best[k%len(best)], v)
			}
			return best
		}, "That is the largest number."),
		"the sum goes on": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := globalAverage(x)
			for c := 1; c < len(means); c++ {
				means[c] += means[c-1]
			}
			return means
		}, "The sum must start at zero for each channel."),
		"the picture is changed": labtest.Refused(func(x *nn.Tensor) []float32 {
			means := globalAverage(x)
			clear(x.Data)
			return means
		}, "yours changes the picture."),
		"a panic": labtest.Refused(func(x *nn.Tensor) []float32 { return x.Data[9:] },
			"For a picture of 1x2 with 1 channel yours panics: runtime error: slice bounds out of range"),
	},
}

// planes reads Data as if each channel were a plane, and puts the numbers where
// globalAverage takes them for channel c.
func planes(x *nn.Tensor) []float32 {
	pixels, channels := x.Shape[1]*x.Shape[2], x.Shape[3]
	out := make([]float32, len(x.Data))
	for c := range channels {
		for p := range pixels {
			out[p*channels+c] = x.Data[c*pixels+p]
		}
	}
	return out
}

var holdsAnswers = labtest.Exercise{
	Name: "holds",
	Right: map[string]any{
		"the solution": holds,
		"the room that is left": func(at, by, kernel int) bool {
			return at%kernel+by < kernel
		},
		"a walk": func(at, by, kernel int) bool {
			end := kernel
			for end <= at {
				end += kernel
			}
			return at+by < end
		},
	},
	Wrong: map[string]labtest.Wrong{
		"every shift that is smaller than the window": labtest.Refused(func(at, by, kernel int) bool { return by < kernel },
			"For at=5 by=1 kernel=2 yours says true. By hand: column 5 lies under the window of columns 4 to 5, and column 6 under the one of 6 to 7: it does not hold. That would be so if a window began at the pixel."),
		"every shift": labtest.Refused(func(at, by, kernel int) bool { return true },
			"For at=4 by=2 kernel=2 yours says true. By hand: column 4 lies under the window of columns 4 to 5, and column 6 under the one of 6 to 7: it does not hold. Pooling does not forgive every shift"),
		"no shift": labtest.Refused(func(at, by, kernel int) bool { return by == 0 },
			"For at=4 by=1 kernel=2 yours says false. By hand: column 4 lies under the window of columns 4 to 5, and so does column 5: it holds. Pooling forgives some shifts"),
		"never": labtest.Refused(func(at, by, kernel int) bool { return false }, "ask under which window the pixel stands"),
		"up to the window and one more": labtest.Refused(func(at, by, kernel int) bool { return by <= kernel },
			"and had one column more"),
		"% in place of /": labtest.Refused(func(at, by, kernel int) bool { return at%kernel == (at+by)%kernel },
			"% tells the place in a window."),
		"<= in place of <": labtest.Refused(func(at, by, kernel int) bool { return at%kernel+by <= kernel },
			"use < and not <=."),
		"turned round": labtest.Refused(func(at, by, kernel int) bool { return at/kernel != (at+by)/kernel },
			"true if it holds."),
		"to the left": labtest.Refused(func(at, by, kernel int) bool { return at/kernel == (at-by)/kernel },
			"not to the left"),
		"the window of the shift": labtest.Refused(func(at, by, kernel int) bool { return at/kernel == by/kernel },
			"the pixel is then in column at+by."),
		"counted from 1": labtest.Refused(func(at, by, kernel int) bool { return (at+kernel-1)/kernel == (at+by+kernel-1)/kernel },
			"Columns are counted from 0"),
	},
}
