package connected

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type parametersFunc = func(height, width, channels, out int) (connected, convolution int)

// maps is a question for parameters.
type maps struct{ height, width, channels, out int }

var mapsQuestions = []maps{{2, 3, 1, 2}, {2, 3, 5, 4}, {28, 28, 1, 10}, {7, 7, 2048, 1000}, {224, 224, 3, 64}}

func (m maps) String() string {
	return fmt.Sprintf("height=%d width=%d channels=%d out=%d", m.height, m.width, m.channels, m.out)
}

// byHand counts both layers in words.
func (m maps) byHand() (connected, convolution string) {
	in := m.height * m.width * m.channels
	connected = fmt.Sprintf("%d*%d*%d = %d numbers come in. Each has a weight to each of the %d outputs, which makes %d, and each output has a bias: %d",
		m.height, m.width, m.channels, in, m.out, in*m.out, in*m.out+m.out)
	convolution = fmt.Sprintf("a window has 3*3*%d = %d weights. For each of the %d maps it has its own, which makes %d, and each map has a bias: %d",
		m.channels, 9*m.channels, m.out, 9*m.channels*m.out, 9*m.channels*m.out+m.out)
	return connected, convolution
}

var parametersSlips = []slip.Slip[parametersFunc]{
	{Advice: "Every number that comes in has a weight to every output: multiply.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c + out, 9 * out }},
	{Advice: "Hole 2 is right. Now hole 1: every number that comes in has a weight to every output, so multiply.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c + out, 9*c*out + out }},
	{Advice: "A pixel has channels numbers, and all of them come in.", Wrong: func(h, w, c, out int) (int, int) { return h*w*out + out, 9*c*out + out }},
	{Advice: "Hole 1 is right. Now hole 2: a window looks at all channels, and each output has a bias.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + out, 9 * out }},
	{Advice: "Hole 1 is right. Now hole 2: a window looks at all channels, and sums over them.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + out, 9*out + out }},
	{Advice: "The same weights serve at every stop of the window: a convolution does not grow with the picture.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + out, h*w*9*c*out + out }},
	{Advice: "Where did the biases go? Each output has one.", Wrong: func(h, w, c, out int) (int, int) { return h * w * c * out, 9 * c * out }},
	{Advice: "The convolution is right. The outputs of the other layer have biases too.", Wrong: func(h, w, c, out int) (int, int) { return h * w * c * out, 9*c*out + out }},
	{Advice: "The first count is right. The maps of the convolution have biases too.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + out, 9 * c * out }},
	{Advice: "There is a bias for each output, not one for all.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + 1, 9*c*out + 1 }},
	{Advice: "The biases belong to the outputs, not to the numbers that come in.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + h*w*c, 9*c*out + c }},
	{Advice: "Each of the maps that come out has a window of its own.", Wrong: func(h, w, c, out int) (int, int) { return h*w*c*out + out, 9*c + out }},
	{Advice: "The two counts are in the wrong order.", Wrong: func(h, w, c, out int) (int, int) { return 9*c*out + out, h*w*c*out + out }},
}

// checkParameters compares yours with the solution.
func checkParameters(yours parametersFunc) string {
	for _, m := range mapsQuestions {
		var connected, convolution int
		if sentence := lab.Panics(func() { connected, convolution = yours(m.height, m.width, m.channels, m.out) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", m, sentence)
		}
		wantConnected, wantConvolution := parameters(m.height, m.width, m.channels, m.out)
		connectedByHand, convolutionByHand := m.byHand()
		problem := ""
		switch {
		case connected != wantConnected:
			problem = fmt.Sprintf("the fully connected layer has %d in yours. By hand: %s", connected, connectedByHand)
		case convolution != wantConvolution:
			problem = fmt.Sprintf("the convolution has %d in yours. By hand: %s", convolution, convolutionByHand)
		default:
			continue
		}
		advice := slip.Find(yours, parametersSlips, mapsQuestions, func(f parametersFunc, m maps) string {
			return fmt.Sprint(f(m.height, m.width, m.channels, m.out))
		})
		return strings.TrimSpace(fmt.Sprintf("For %v %s. %s", m, problem, advice))
	}
	return ""
}
