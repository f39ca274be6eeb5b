package pictures

import (
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "01", placeAnswers, brightenAnswers, nudgeAnswers)
}

var placeAnswers = labtest.Exercise{
	Name: "place",
	Right: map[string]any{
		"the solution": place,
		"numbers in a row first": placeFunc(func(i, j, c, height, width, channels int) int {
			return i*width*channels + j*channels + c
		}),
		"a loop that counts": placeFunc(func(i, j, c, height, width, channels int) (n int) {
			for range i {
				n += width * channels
			}
			for range j {
				n += channels
			}
			return n + c
		}),
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return (i + j) + c
		}), "For row 1, column 0, channel 0 of 2 rows of 3 pixels of 1 channel yours gives 1. By hand: before it stand 1 row of 3 pixels and 0 pixels more, which is 3 pixels of 1 number, and 0 numbers of its own pixel: 3."),
		"the height in place of the width": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return (i*height+j)*channels + c
		}), "A row has width pixels. You counted with the height."),
		"row and column are swapped": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return (j*width+i)*channels + c
		}), "Did you swap row and column?"),
		"column by column": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return (j*height+i)*channels + c
		}), "That goes column by column."),
		"the channels are planes": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return c*height*width + i*width + j
		}), "That is a whole picture for each channel, one behind the other."),
		"the channels are forgotten": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return i*width + j + c
		}), "A pixel has channels numbers. Multiply before you add c."),
		"c is multiplied": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return i*width + j + c*channels
		}), "Hole 1 is right. Now hole 2"),
		"hole 2 alone": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return (i+j)*channels + c
		}), "Hole 2 is right. Now hole 1"),
		"channels in this row alone": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return i*width + j*channels + c
		}), "The rows before it have channels numbers a pixel, too."),
		"counted from 1": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return place(i, j, c, height, width, channels) + 1
		}), "The first number stands at 0."),
		"a panic": labtest.Refused(placeFunc(func(i, j, c, height, width, channels int) int {
			return i / (j - 2)
		}), "For row 0, column 2, channel 0 of 1 row of 4 pixels of 1 channel yours panics: runtime error: integer divide by zero."),
	},
}

var brightenAnswers = labtest.Exercise{
	Name: "brighten",
	Right: map[string]any{
		"the solution": brighten,
		"two ifs": brightenFunc(func(pixel uint8, by int) uint8 {
			sum := int(pixel) + by
			if sum < 0 {
				return 0
			}
			if sum > 255 {
				return 255
			}
			return uint8(sum)
		}),
		"the room is asked first": brightenFunc(func(pixel uint8, by int) uint8 {
			switch {
			case by >= 255-int(pixel):
				return 255
			case by <= -int(pixel):
				return 0
			}
			return pixel + uint8(by)
		}),
	},
	Wrong: map[string]labtest.Wrong{
		"bytes are added as bytes": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return pixel + uint8(by)
		}), "For pixel=230 and by=50 yours gives 24. By hand: 230+50 = 280, which is more than 255, so 255: brighter than white there is nothing. A byte has no room for more than 255"),
		"looked at too late": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return min(max(pixel+uint8(by), 0), 255)
		}), "A byte has no room for more than 255 and begins again at 0"),
		"256 is white": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return uint8(min(max(int(pixel)+by, 0), 256))
		}), "256 is no byte any more"),
		"black is forgotten": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return uint8(min(int(pixel)+by, 255))
		}), "For pixel=20 and by=-50 yours gives 226. By hand: 20-50 = -30, which is less than 0, so 0: darker than black there is nothing. White is right. Now black"),
		"white is forgotten": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return uint8(max(int(pixel)+by, 0))
		}), "Black is right. Now white"),
		"by is made a byte": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return uint8(min(int(pixel)+int(uint8(by)), 255))
		}), "keep by an int"),
		"left alone where it does not fit": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			if sum := int(pixel) + by; sum >= 0 && sum <= 255 {
				return uint8(sum)
			}
			return pixel
		}), "it does not leave the pixel as it was"),
		"min and max are swapped": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return uint8(max(min(int(pixel)+by, 0), 255))
		}), "For pixel=100 and by=50 yours gives 255. By hand: 100+50 = 150."),
		"darker and not brighter": labtest.Refused(brightenFunc(func(pixel uint8, by int) uint8 {
			return uint8(min(max(int(pixel)-by, 0), 255))
		}), "For pixel=100 and by=50 yours gives 50. By hand: 100+50 = 150. The sign is the wrong way round."),
	},
}

var nudgeAnswers = labtest.Exercise{
	Name: "nudge",
	Right: map[string]any{
		"the solution": nudge,
		"on a copy": nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			raised := x.Clone()
			raised.Data[i] += 0.001
			return (f(raised) - f(x)) * 1000
		}),
		"up and down": nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			kept := x.Data[i]
			x.Data[i] = kept + 0.001
			up := f(x)
			x.Data[i] = kept - 0.001
			down := f(x)
			x.Data[i] = kept
			return (up - down) / 0.002
		}),
		"put back by subtracting": nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			before := f(x)
			x.Data[i] += 0.001
			moved := f(x) - before
			x.Data[i] -= 0.001
			return moved / 0.001
		}),
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			return 0
		}), "For the result 3*a, at a=2, number 0 (a), yours gives 0. By hand: 3*2.001 - 3*2 = 0.003, and that is 3 times 0.001. 0 everywhere"),
		"not put back": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			before := f(x)
			x.Data[i] += 0.001
			return (f(x) - before) / 0.001
		}), "But it leaves 2.001 in x, where 2 was: put the number back."),
		"not divided": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			return 0.001 * nudge(f, x, i)
		}), "yours gives 0.00299978. By hand: 3*2.001 - 3*2 = 0.003, and that is 3 times 0.001. That is how far the result moves. How many times as far as the number?"),
		"before minus after": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			return -nudge(f, x, i)
		}), "The sign is the wrong way round: after minus before."),
		"number 0 and not number i": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			return nudge(f, x, 0)
		}), "For the result 10*a + b, at a=1 and b=2, number 1 (b), yours gives 10.0005. By hand: a stays as it is, b rises by 0.001, and so does the result: 1 time. You raised number 0 and not number i."),
		"all numbers are raised": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			raised := x.Clone()
			for k := range raised.Data {
				raised.Data[k] += 0.001
			}
			return (f(raised) - f(x)) / 0.001
		}), "You raised all numbers. Raise number i alone."),
		"a thousandth of the number": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			raised := x.Clone()
			raised.Data[i] *= 1.001
			return (f(raised) - f(x)) / 0.001
		}), "Raise it by 0.001, whatever it is."),
		"asked too late": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			x.Data[i] += 0.001
			before, after := f(x), f(x)
			x.Data[i] -= 0.001
			return (after - before) / 0.001
		}), "f must be asked twice, before and after"),
		"another name and no copy": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			y := x
			y.Data[i] += 0.001
			return (f(y) - f(x)) / 0.001
		}), "yours gives 0. By hand: 3*2.001 - 3*2 = 0.003, and that is 3 times 0.001. 0 everywhere: f must be asked twice, before and after, with the number raised in between. And x is left changed. Did you write y := x?"),
		"the result and not its move": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			raised := x.Clone()
			raised.Data[i] += 0.001
			return f(raised) / 0.001
		}), "That is the result itself"),
		"a panic": labtest.Refused(nudgeFunc(func(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
			return float64(x.Data[i+1])
		}), "For the result 3*a, at a=2, number 0 (a), yours panics: runtime error: index out of range [1] with length 1."),
	},
}
