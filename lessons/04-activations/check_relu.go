package activations

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type reluFunc = func(x *nn.Tensor) (y, slope *nn.Tensor)

// Questions for relu: each adds one difficulty.
var reluQuestions = []*nn.Tensor{
	nn.FromSlice([]float32{2}, 1),
	nn.FromSlice([]float32{3, -2}, 2),
	nn.FromSlice([]float32{0.5, 0, -0.25}, 3),
	nn.FromSlice([]float32{-4, 5, -6, 7, 8, -9}, 2, 3),
	nn.FromSlice([]float32{100, -0.01, 0.01, -100}, 1, 2, 2, 1),
}

var reluSlips = []slip.Slip[reluFunc]{
	{Advice: "All numbers are 0: are the loop and the if there?", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return 0, 0 })
	}},
	{Advice: "Nothing is cut off: what is below zero becomes 0.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return v, 1 })
	}},
	{Advice: "What is below zero is not turned round, it is cut off.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) {
			if v < 0 {
				return -v, -1
			}
			return v, step(v)
		})
	}},
	{Advice: "It is the wrong way round: what is above zero passes.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return min(v, 0), step(-v) })
	}},
	{Advice: "y is right. The slope is not the height: it says how far y moves when x rises, in steps of x. Here that is 1 or 0.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return max(v, 0), max(v, 0) })
	}},
	{Advice: "y is right. The slope is 1 only where x passes.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return max(v, 0), 1 })
	}},
	{Advice: "y is right. At 0 itself one has to choose a slope, and we choose 0, as the library does: use > and not >=.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return max(v, 0), 1 - step(-v) })
	}},
	{Advice: "y is right. Below zero y does not fall, it stays: the slope there is 0.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return max(v, 0), step(v) - step(-v) })
	}},
	{Advice: "y is right. Divide what y moves by the 0.001 that x moves.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return max(v, 0), 0.001 * step(v) })
	}},
	{Advice: "y is right. The slopes are still all 0: set them too.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return max(v, 0), 0 })
	}},
	{Advice: "The number itself passes, not 1: that is a step and not a ReLU.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		return each(x, func(v float32) (float32, float32) { return step(v), step(v) })
	}},
	{Advice: "The last number is left out: the loop ends one too early.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		y, slope = relu(x)
		last := len(x.Data) - 1
		y.Data[last], slope.Data[last] = 0, 0
		return y, slope
	}},
	{Advice: "The last number stands at len(x.Data)-1: the loop goes one too far.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		y, slope = relu(x)
		_ = x.Data[len(x.Data)]
		return y, slope
	}},
	{Advice: "The first number is left out: the loop begins at 0.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		y, slope = relu(x)
		y.Data[0], slope.Data[0] = 0, 0
		return y, slope
	}},
	{Advice: "The two results are in the wrong order: y comes first.", Wrong: func(x *nn.Tensor) (y, slope *nn.Tensor) {
		y, slope = relu(x)
		return slope, y
	}},
}

// each bends every number of x on its own.
func each(x *nn.Tensor, bend func(v float32) (y, slope float32)) (y, slope *nn.Tensor) {
	y, slope = nn.NewTensor(x.Shape...), nn.NewTensor(x.Shape...)
	for i, v := range x.Data {
		y.Data[i], slope.Data[i] = bend(v)
	}
	return y, slope
}

// step is 1 above zero, else 0.
func step(v float32) float32 {
	if v > 0 {
		return 1
	}
	return 0
}

// checkReLU compares yours with the solution, number by number.
func checkReLU(yours reluFunc) string {
	for _, question := range reluQuestions {
		x := question.Clone()
		var y, slope *nn.Tensor
		if sentence := lab.Panics(func() { y, slope = yours(x) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For x = %v yours panics: %s. %s", question.Data, sentence, reluAdvice(yours)))
		}
		if !slices.Equal(x.Data, question.Data) {
			return fmt.Sprintf("For x = %v yours changes x to %v. Others still need x: write to y and slope alone.", question.Data, x.Data)
		}
		wantY, wantSlope := relu(question)
		problem := compare("y", question, y, wantY)
		if problem == "" {
			problem = compare("slope", question, slope, wantSlope)
		}
		if problem != "" {
			return strings.TrimSpace(fmt.Sprintf("For x = %v %s %s", question.Data, problem, reluAdvice(yours)))
		}
	}
	return ""
}

func reluAdvice(yours reluFunc) string {
	return slip.Find(yours, reluSlips, reluQuestions, func(f reluFunc, x *nn.Tensor) string {
		y, slope := f(x.Clone())
		return fmt.Sprint(y.Data, slope.Data)
	})
}

// compare says where a result is not the right one.
func compare(name string, x, got, want *nn.Tensor) string {
	switch {
	case got == nil:
		return fmt.Sprintf("yours returns no tensor for %s.", name)
	case !slices.Equal(got.Shape, want.Shape):
		return fmt.Sprintf("%s has the shape %v. It should have that of x, %v.", name, got.Shape, want.Shape)
	}
	for i, v := range want.Data {
		if !(math.Abs(float64(got.Data[i]-v)) <= 1e-5) { // NaN too
			return fmt.Sprintf("yours has %v in %s, number %d. By hand: %s.", got.Data[i], name, i, byHand(name, x.Data[i]))
		}
	}
	return ""
}

// byHand tells the right number in words.
func byHand(name string, x float32) string {
	switch {
	case name == "y" && x > 0:
		return fmt.Sprintf("%v is above zero and passes as it is, so %v", x, x)
	case name == "y":
		return fmt.Sprintf("%v is not above zero, so 0", x)
	case x > 0:
		return fmt.Sprintf("if x rises from %v by 0.001, y rises by 0.001 too, so the slope is 1", x)
	case x < 0:
		return fmt.Sprintf("if x rises from %v by 0.001, y stays 0, so the slope is 0", x)
	}
	return "the corner itself counts to the flat side, so the slope is 0"
}
