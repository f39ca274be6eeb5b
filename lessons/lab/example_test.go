package lab_test

import (
	"fmt"
	"math"

	"reslab/lessons/lab"
	"reslab/nn"
)

// Where nobody can move it, a control stands at its start.
func ExampleSlider() {
	temperature := lab.Slider("temperature", 0.1, 10, 2)
	fmt.Println(math.Exp(1 / temperature))
	// Output:
	// temperature: 2 (from 0.1 to 10)
	// 1.6487212707001282
}

func ExamplePaint() {
	kernel := lab.Paint("kernel", 2, 2, []float64{-1, 1, -1, 1})
	fmt.Println(len(kernel))
	// Output:
	// kernel:
	//   -1   1
	//   -1   1
	// 4
}

func ExamplePredict() {
	bet := lab.Predict("weights", "How many weights has a 3x3 convolution from 3 to 16 channels?", []string{"9", "144", "432"})
	weights := len(nn.NewConv2D(nn.ConvConfig{In: 3, Out: 16, Kernel: 3}).Weight.Value.Data)
	bet.Settle(fmt.Sprint(weights))
	// Output:
	// Predict first: How many weights has a 3x3 convolution from 3 to 16 channels? (9 / 144 / 432)
	// It is 432.
}

func ExampleStepsConv() {
	row := nn.FromSlice([]float32{1, 1, 5, 5}, 1, 4)
	lab.StepsConv(row, nn.FromSlice([]float32{2}, 1, 1), 1, 0)
	// Output:
	// conv of 1x4x1, window 1, stride 1, pad 0: 1x4x1
	// at 0, 0: 1·2 = 2
	// at 0, 1: 1·2 = 2
	// at 0, 2: 5·2 = 10
	// and 1 window more
}

func ExampleArchitecture() {
	net := nn.NewSequential().
		Add("conv", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 4, Kernel: 3, Pad: 1})).
		Add("relu", nn.NewReLU()).
		Add("pool", nn.NewGlobalAvgPool()).
		Add("fc", nn.NewLinear(4, 10))
	lab.Architecture(net, 28, 28, 1)
	// Output:
	// input                             28x28x1
	// conv   Conv2D 3x3, 1 to 4, pad 1  28x28x4
	// relu   ReLU                       28x28x4
	// pool   GlobalAvgPool              4
	// fc     Linear 4 to 10             10
	// 2 weight layers, 86 parameters, 28264 multiply-adds
}

func ExampleNewGraph() {
	g := lab.NewGraph("x·x at x = 3").Node("x", "", 3).Node("square", "·", 9)
	g.Edge("x", "square", 3).Edge("x", "square", 3).Gradient("square", 1).Gradient("x", 6)
	lab.Show(g)
	// Output:
	// x·x at x = 3
	// x = 3, gradient 6 = 3 + 3
	// square = ·(x, x) = 9, gradient 1
}

func ExampleNewWayBack() {
	lab.Show(lab.NewWayBack("Two sigmoids", []string{"x", "first", "second"}, []float64{0.0625, 0.25, 1}))
	// Output:
	// Two sigmoids
	// second 1 <- first 0.25 <- x 0.0625
}
