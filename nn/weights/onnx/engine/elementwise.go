package engine

import (
	"math"
	"slices"

	"reslab/nn/weights/onnx"
)

// each computes y number by number, on all cores.
func each(x *onnx.Tensor, f func(x float64) float64) *onnx.Tensor {
	y := zeros(x.Type, slices.Clone(x.Shape)...)
	parallel(blocks(y), func(b int) {
		from, to := block(y, b)
		for i, v := range x.Floats[from:to] {
			y.Floats[from+i] = float32(f(float64(v)))
		}
	})
	return y
}

// blockSize is how many numbers a core takes at a time.
const blockSize = 1 << 14

func blocks(t *onnx.Tensor) int { return (t.Len() + blockSize - 1) / blockSize }

func block(t *onnx.Tensor, b int) (from, to int) {
	return b * blockSize, min((b+1)*blockSize, t.Len())
}

// bend is an operator that works on each number by itself.
func bend(f func(x float64) float64) operator {
	return one(func(c *call) *onnx.Tensor { return each(c.float(0), f) })
}

// join is an operator that works on two tensors number by number, after both were
// spread to the same shape; on more than two it works from left to right. Nil
// stands for types that it does not take.
func join(floats func(a, b float64) float64, wholes func(a, b int64) int64) operator {
	return one(func(c *call) *onnx.Tensor {
		y := c.any(0)
		for i := 1; i < len(c.in); i++ {
			y = pair(y, c.any(i), floats, wholes)
		}
		return y
	})
}

func pair(a, b *onnx.Tensor, floats func(a, b float64) float64, wholes func(a, b int64) int64) *onnx.Tensor {
	a, b = spreadBoth(a, b)
	y := zeros(a.Type, slices.Clone(a.Shape)...)
	switch {
	case a.Type.Whole() && wholes != nil:
		for i, v := range a.Ints {
			y.Ints[i] = fit(y.Type, wholes(v, b.Ints[i]))
		}
	case !a.Type.Whole() && floats != nil:
		parallel(blocks(y), func(n int) {
			from, to := block(y, n)
			for i := from; i < to; i++ {
				y.Floats[i] = float32(floats(float64(a.Floats[i]), float64(b.Floats[i])))
			}
		})
	default:
		fail("it cannot join numbers of the type %v", a.Type)
	}
	return y
}

func spreadBoth(a, b *onnx.Tensor) (*onnx.Tensor, *onnx.Tensor) {
	if a.Type.Whole() != b.Type.Whole() {
		fail("%v and %v have different types", a, b)
	}
	shape := common(a.Shape, b.Shape)
	return spread(a, shape), spread(b, shape)
}

// compare is an operator that asks something of two numbers.
func compare(floats func(a, b float64) bool, wholes func(a, b int64) bool) operator {
	return one(func(c *call) *onnx.Tensor {
		a, b := spreadBoth(c.any(0), c.any(1))
		y := zeros(onnx.Bool, slices.Clone(a.Shape)...)
		for i := range y.Ints {
			switch {
			case a.Type.Whole() && wholes(a.Ints[i], b.Ints[i]), !a.Type.Whole() && floats != nil && floats(float64(a.Floats[i]), float64(b.Floats[i])):
				y.Ints[i] = 1
			}
		}
		return y
	})
}

// where takes from its second input where the first is true, and else from the third.
func where(c *call) *onnx.Tensor {
	yes, no := spreadBoth(c.any(1), c.any(2))
	shape := common(c.any(0).Shape, yes.Shape)
	ask, yes, no := spread(c.any(0), shape), spread(yes, shape), spread(no, shape)
	y := zeros(yes.Type, shape...)
	for i, v := range ask.Ints {
		from := no
		if v != 0 {
			from = yes
		}
		if y.Type.Whole() {
			y.Ints[i] = from.Ints[i]
		} else {
			y.Floats[i] = from.Floats[i]
		}
	}
	return y
}

func not(c *call) *onnx.Tensor {
	x := c.any(0)
	y := zeros(onnx.Bool, slices.Clone(x.Shape)...)
	for i, v := range x.Ints {
		y.Ints[i] = 1 - v
	}
	return y
}

func neg(c *call) *onnx.Tensor {
	return eachOfAny(c.any(0), func(x float64) float64 { return -x }, func(x int64) int64 { return -x })
}

func abs(c *call) *onnx.Tensor {
	return eachOfAny(c.any(0), math.Abs, func(x int64) int64 { return max(x, -x) })
}

// eachOfAny is each for whole numbers, too.
func eachOfAny(x *onnx.Tensor, floats func(x float64) float64, wholes func(x int64) int64) *onnx.Tensor {
	if !x.Type.Whole() {
		return each(x, floats)
	}
	y := zeros(x.Type, slices.Clone(x.Shape)...)
	for i, v := range x.Ints {
		y.Ints[i] = fit(x.Type, wholes(v))
	}
	return y
}

func leakyRelu(c *call) *onnx.Tensor {
	alpha := float64(c.number("alpha", 0.01))
	return each(c.float(0), func(x float64) float64 { return max(0, x) + alpha*min(0, x) })
}

func elu(c *call) *onnx.Tensor {
	alpha := float64(c.number("alpha", 1))
	return each(c.float(0), func(x float64) float64 { return max(0, x) + alpha*math.Expm1(min(0, x)) })
}

// hardSigmoid is a sigmoid of three straight lines.
func hardSigmoid(c *call) *onnx.Tensor {
	alpha, beta := float64(c.number("alpha", 0.2)), float64(c.number("beta", 0.5))
	return each(c.float(0), func(x float64) float64 { return max(0, min(1, alpha*x+beta)) })
}

func hardSwish(c *call) *onnx.Tensor {
	return each(c.float(0), func(x float64) float64 { return x * max(0, min(1, x/6+0.5)) })
}

// clip keeps numbers between two bounds; either may be missing.
func clip(c *call) *onnx.Tensor {
	if x := c.any(0); x.Type.Whole() {
		low, high := int64(math.MinInt64), int64(math.MaxInt64)
		if c.has(1) {
			low = int64(single(c.ints(1)))
		}
		if c.has(2) {
			high = int64(single(c.ints(2)))
		}
		return eachOfAny(x, nil, func(x int64) int64 { return min(high, max(low, x)) })
	}
	low, high := float64(c.number("min", -math.MaxFloat32)), float64(c.number("max", math.MaxFloat32))
	if c.has(1) {
		low = float64(single(c.float(1).Floats))
	}
	if c.has(2) {
		high = float64(single(c.float(2).Floats))
	}
	return each(c.float(0), func(x float64) float64 { return min(high, max(low, x)) })
}

// single returns the only number of a tensor.
func single[T any](numbers []T) T {
	if len(numbers) != 1 {
		fail("an input must be a single number, and has %d", len(numbers))
	}
	return numbers[0]
}

// pow raises to a power, which may have another type.
func pow(c *call) *onnx.Tensor {
	x, p := c.any(0), c.any(1)
	if !x.Type.Whole() || !p.Type.Whole() {
		y := pair(asType(x, onnx.Float32), asType(p, onnx.Float32), math.Pow, nil)
		return asType(y, x.Type)
	}
	return pair(x, p, nil, func(a, b int64) int64 { return int64(math.Pow(float64(a), float64(b))) })
}

// fmax and fmin have what is no number win, so that trouble stays visible.
func fmax(a, b float64) float64 { return math.Max(a, b) }
func fmin(a, b float64) float64 { return math.Min(a, b) }

// divide rounds towards zero.
func divide(a, b int64) int64 {
	if b == 0 {
		fail("a whole number cannot be divided by 0")
	}
	return a / b
}
