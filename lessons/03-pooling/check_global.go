package pooling

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type globalFunc = func(x *nn.Tensor) []float32

// sizes are the questions for globalAverage: height, width, channels.
var sizes = [][3]int{{1, 2, 1}, {2, 2, 1}, {1, 2, 2}, {2, 3, 2}, {4, 2, 3}}

// ramp is a picture in which channel c is 10 times as bright as channel c-1.
func ramp(size [3]int) *nn.Tensor {
	x := nn.NewTensor(1, size[0], size[1], size[2])
	for k := range x.Data {
		pixel, c := k/size[2], k%size[2]
		x.Data[k] = float32(1+pixel*3%7) * float32(math.Pow(10, float64(c)))
	}
	return x
}

// each calls sum for every channel and returns what it gives.
func each(x *nn.Tensor, sum func(c, height, width, channels int) float32) []float32 {
	out := make([]float32, x.Shape[3])
	for c := range out {
		out[c] = sum(c, x.Shape[1], x.Shape[2], x.Shape[3])
	}
	return out
}

// total adds up the numbers of Data from a first one, in steps, so many of them.
func total(x *nn.Tensor, first, step, n int) (sum float32) {
	for k := range n {
		sum += x.Data[first+k*step]
	}
	return sum
}

var globalSlips = []slip.Slip[globalFunc]{
	{Advice: "All means are 0: are the loops there?", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return 0 })
	}},
	{Advice: "That mixes the channels. A convolution adds them up; pooling keeps each on its own.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, 0, 1, len(x.Data)) / float32(len(x.Data)) })
	}},
	{Advice: "That adds all channels up, and divides by the pixels. Each channel has a mean of its own.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, 0, 1, len(x.Data)) / float32(h*w) })
	}},
	{Advice: "That is the sum. Divide it by the number of pixels.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, c, channels, h*w) })
	}},
	{Advice: "You divided by all numbers. A channel has one number in each pixel: divide by the pixels.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, c, channels, h*w) / float32(h*w*channels) })
	}},
	{Advice: "You divided by the height alone. There are height*width pixels.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, c, channels, h*w) / float32(h) })
	}},
	{Advice: "You divided by the width alone. There are height*width pixels.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, c, channels, h*w) / float32(w) })
	}},
	{Advice: "That reads Data as a plane for each channel. The channels of a pixel are neighbours, see lesson 01.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 { return total(x, c*h*w, 1, h*w) / float32(h*w) })
	}},
	{Advice: "That is the largest number. Here the mean is wanted.", Wrong: func(x *nn.Tensor) []float32 {
		return each(x, func(c, h, w, channels int) float32 {
			best := x.Data[c]
			for k := c; k < len(x.Data); k += channels {
				best = max(best, x.Data[k])
			}
			return best
		})
	}},
	{Advice: "The sum must start at zero for each channel.", Wrong: func(x *nn.Tensor) []float32 {
		var sum float32
		return each(x, func(c, h, w, channels int) float32 {
			sum += total(x, c, channels, h*w)
			return sum / float32(h*w)
		})
	}},
}

// checkGlobalAverage compares yours with the solution, channel by channel.
func checkGlobalAverage(yours globalFunc) string {
	for _, size := range sizes {
		x := ramp(size)
		want := globalAverage(x)
		where := fmt.Sprintf("a picture of %dx%d with %d channels", size[0], size[1], size[2])
		if size[2] == 1 {
			where = fmt.Sprintf("a picture of %dx%d with 1 channel", size[0], size[1])
		}
		var got []float32
		if sentence := lab.Panics(func() { got = yours(x) }); sentence != "" {
			return fmt.Sprintf("For %s yours panics: %s.", where, sentence)
		}
		if !slices.Equal(x.Data, ramp(size).Data) {
			return fmt.Sprintf("For %s yours changes the picture.", where)
		}
		if len(got) != len(want) {
			return fmt.Sprintf("For %s yours returns %d numbers. There must be one for each channel, so %d.", where, len(got), len(want))
		}
		for c, v := range want {
			if !(math.Abs(float64(got[c]-v)) <= 1e-4*math.Abs(float64(v))) { // NaN too
				return strings.TrimSpace(fmt.Sprintf("For %s yours has %v in channel %d. By hand: %s. %s", where, got[c], c, meanByHand(x, c), globalAdvice(yours)))
			}
		}
	}
	return ""
}

// meanByHand writes out the mean of a channel.
func meanByHand(x *nn.Tensor, c int) string {
	var numbers []string
	for k := c; k < len(x.Data); k += x.Shape[3] {
		numbers = append(numbers, fmt.Sprint(x.Data[k]))
	}
	return fmt.Sprintf("(%s) / %d = %v", strings.Join(numbers, " + "), len(numbers), globalAverage(x)[c])
}

func globalAdvice(yours globalFunc) string {
	return slip.Find(yours, globalSlips, sizes, func(f globalFunc, size [3]int) string {
		text := ""
		for _, v := range f(ramp(size)) {
			text += fmt.Sprintf("%.4g ", v)
		}
		return text
	})
}
