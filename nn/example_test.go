package nn_test

import (
	"context"
	"fmt"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

// A net, its scores for a batch of two pictures, and the gradient of every
// parameter.
func Example() {
	net := nn.NewSequential().
		Add("conv1", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 8, Kernel: 3, Pad: 1})).
		Add("relu", nn.NewReLU()).
		Add("pool", nn.NewGlobalAvgPool()).
		Add("fc", nn.NewLinear(8, 10))
	nn.Init(net, 1, nn.HeFanIn)

	pictures, labels := nn.NewTensor(2, 28, 28, 1), []int{3, 7}
	logits := net.Forward(pictures, true)
	loss, dlogits := nn.CrossEntropy(logits, labels)
	net.Backward(dlogits)

	fmt.Println("logits", logits.Shape)
	fmt.Printf("loss %.4f: a black picture tells nothing, and ln 10 = 2.3026\n", loss)
	for _, p := range net.Params() {
		fmt.Println(p, "has a gradient of the shape", p.Grad.Shape)
	}
	// Output:
	// logits [2 10]
	// loss 2.3026: a black picture tells nothing, and ln 10 = 2.3026
	// conv1.weight 3x3x1x8 has a gradient of the shape [3 3 1 8]
	// fc.weight 8x10 has a gradient of the shape [8 10]
	// fc.bias 10 has a gradient of the shape [10]
}

// A window that takes the pixel on the left from the one on the right finds
// upright edges: here the step from 0 to 9.
func ExampleConv2D() {
	edges := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: 3})
	edges.Weight.Value.Set(-1, 1, 0, 0, 0)
	edges.Weight.Value.Set(+1, 1, 2, 0, 0)
	picture := nn.FromSlice([]float32{
		0, 0, 0, 9, 9, 9,
		0, 0, 0, 9, 9, 9,
		0, 0, 0, 9, 9, 9,
	}, 1, 3, 6, 1)
	fmt.Println(edges)
	fmt.Println(edges.Forward(picture, false).Reshape(1, 4))
	// Output:
	// Conv2D 3x3, 1 to 1
	// tensor [1 4]
	//   0  9  9  0
}

// A body that gives zero: closed, nothing passes, and no gradient comes back;
// with the highway open both do.
func ExampleResidual() {
	body := nn.NewLinear(2, 2) // all weights zero
	block := nn.NewResidual(body, nil, false)
	x, dy := nn.FromSlice([]float32{1, 2}, 1, 2), nn.FromSlice([]float32{5, 6}, 1, 2)
	for _, skip := range []bool{false, true} {
		block.Skip = skip
		y := block.Forward(x, true)
		fmt.Println(block, "y", y.Data, "dx", block.Backward(dy).Data)
	}
	// Output:
	// Residual, closed y [0 0] dx [0 0]
	// Residual y [1 2] dx [5 6]
}

func ExampleSummarise() {
	net := nn.NewSequential().
		Add("conv1", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 8, Kernel: 3, Pad: 1})).
		Add("relu", nn.NewReLU()).
		Add("pool", nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2})).
		Add("flat", nn.NewFlatten()).
		Add("fc", nn.NewLinear(14*14*8, 10))
	fmt.Println(nn.Summarise(net, 28, 28, 1))
	// Output:
	// layer  kind                       output   parameters  multiply-adds
	// conv1  Conv2D 3x3, 1 to 8, pad 1  28x28x8  72          56,448
	// relu   ReLU                       28x28x8
	// pool   MaxPool2D 2x2, stride 2    14x14x8
	// flat   Flatten                    1568
	// fc     Linear 1568 to 10          10       15,690      15,680
	// total  2 weight layers                     15,762      72,128
}

// How much of the gradient arrives at each layer: each sigmoid lets at most a
// quarter through. The slopes of the last three are 0.2253, 0.2273 and 0.2350.
func ExampleTap() {
	net := nn.NewSequential()
	for i := range 4 {
		net.Add(fmt.Sprint("sigmoid", i), nn.NewSigmoid())
	}
	stop := nn.Tap(net, func(path string, t *nn.Tensor, backward bool) {
		if backward {
			fmt.Printf("%s %.4f\n", path, t.Norm())
		}
	})
	defer stop()
	net.Forward(nn.NewTensor(1, 1), true)
	net.Backward(nn.FromSlice([]float32{1}, 1, 1))
	// Output:
	// sigmoid3 1.0000
	// sigmoid2 0.2253
	// sigmoid1 0.0512
	// sigmoid0 0.0120
}

// Walk finds the layers of a kind, here the highways.
func ExampleWalk() {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true})
	nn.Walk(net, func(path string, l nn.Layer) {
		if r, ok := l.(*nn.Residual); ok {
			fmt.Println(path, r)
		}
	})
	// Output:
	// layer1.0 Residual
	// layer2.0 Residual
	// layer3.0 Residual
}

// A layer of one's own takes the place of one in ResNet-20.
func ExampleReplace() {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true})
	nn.Replace(net, "layer1.0.relu", newScale(2)) // y = w*x, a struct of these tests
	for _, p := range net.Params() {
		if p.Name == "layer1.0.relu.weight" {
			fmt.Println(p, "is", p.Value.At(0))
		}
	}
	// Output:
	// layer1.0.relu.weight 1 is 2
}

// Four points, no line between the classes: exclusive or. Two layers learn it.
func ExampleTraining() {
	net := nn.NewSequential().
		Add("fc1", nn.NewLinear(2, 8)).
		Add("tanh", nn.NewTanh()).
		Add("fc2", nn.NewLinear(8, 2))
	nn.Init(net, 1, nn.Xavier)
	x, labels := nn.FromSlice([]float32{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2), []int{0, 1, 1, 0}
	training := &nn.Training{
		Model:     net,
		Batches:   func(step int) (*nn.Tensor, []int) { return x, labels },
		Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}),
		Rate:      nn.Constant(0.1),
		Steps:     500,
		AfterStep: func(s nn.StepReport) {
			if s.Step == 499 {
				fmt.Printf("accuracy %.2f, loss below 0.01: %v\n", s.Accuracy, s.Loss < 0.01)
			}
		},
	}
	if err := training.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// accuracy 1.00, loss below 0.01: true
}

// Is the Backward of a layer of one's own right? Nudging tells.
func Example_gradientCheck() {
	report := gradcheck.Layer(newScale(3), randn(1, 2, 5), 1)
	fmt.Println(report.Checked, "gradients, right:", report.OK(1e-3))
	// Output:
	// 11 gradients, right: true
}

func ExampleTensor() {
	x := nn.FromSlice([]float32{1, 2, 3, 4, 5, 6}, 2, 3)
	x.Set(-1, 0, 2)
	fmt.Println(x)
	fmt.Println(x.At(1, 0), x.Reshape(3, -1).Shape)
	// Output:
	// tensor [2 3]
	//    1   2  -1
	//    4   5   6
	// 4 [3 2]
}

// Ten times less at each of two steps, after a short warm-up.
func ExampleWarmUp() {
	rate := nn.WarmUp(2, nn.Steps(0.1, 0.1, []int{4, 6}))
	for step := range 8 {
		fmt.Printf("%.4g ", rate(step))
	}
	fmt.Println()
	// Output:
	// 0.05 0.1 0.1 0.1 0.01 0.01 0.001 0.001
}

// Mistakes are answered in a sentence that names the layer.
func ExampleMistake() {
	defer func() { fmt.Println(recover()) }()
	net := nn.NewSequential().
		Add("conv1", nn.NewConv2D(nn.ConvConfig{In: 3, Out: 8, Kernel: 3})).
		Add("conv2", nn.NewConv2D(nn.ConvConfig{In: 16, Out: 8, Kernel: 3}))
	net.Forward(nn.NewTensor(1, 32, 32, 3), false)
	// Output:
	// nn: conv2 (Conv2D 3x3, 16 to 8): the input must have 16 channels, got 8 in the shape [1 30 30 8]
}
