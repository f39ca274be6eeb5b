package nn

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/nn/internal/kernel"
)

// The tests here hold nn against PyTorch: output, every gradient and the
// running statistics of each layer and of whole nets. testdata/golden.py made
// the results that they compare with, in float64; inputs, weights and dy come
// from Random, which that script has too. The error of a tensor is its largest
// difference, relative to its root mean square. Run with -v to see the worst.
// Convolution is direct, which is more precise, where nothing else is said.

func TestConvAgreesWithPyTorch(t *testing.T) {
	agreeWithPyTorch(t, "conv", 1e-6, convCases()...)
}

// By Winograd's way the 3x3 windows with stride 1 are less precise.
func TestConvByWinogradAgreesWithPyTorch(t *testing.T) {
	for name, form := range map[string]kernel.Winograd{"F2": kernel.WinogradF2, "F4": kernel.WinogradF4} {
		t.Run(name, func(t *testing.T) {
			setWinograd(t, form)
			agree(t, "conv", 5e-5, convCases()...)
		})
	}
}

// setWinograd chooses the kind of convolution for the rest of the test.
func setWinograd(t *testing.T, mode kernel.Winograd) {
	before := kernel.SetWinograd(mode)
	t.Cleanup(func() { kernel.SetWinograd(before) })
}

func convCases() []goldenCase {
	conv := func(cfg ConvConfig) Layer { return NewConv2D(cfg) }
	return []goldenCase{
		golden("3x3", conv(ConvConfig{In: 3, Out: 4, Kernel: 3}), 2, 5, 6, 3),
		golden("bias", conv(ConvConfig{In: 3, Out: 4, Kernel: 3, Pad: 1, Bias: true}), 2, 4, 5, 3),
		golden("stride", conv(ConvConfig{In: 2, Out: 5, Kernel: 3, Stride: 2, Pad: 1}), 2, 7, 6, 2),
		golden("stride leaves a rest", conv(ConvConfig{In: 2, Out: 3, Kernel: 3, Stride: 3, Bias: true}), 2, 7, 9, 2),
		golden("dilation", conv(ConvConfig{In: 3, Out: 4, Kernel: 3, Pad: 2, Dilation: 2}), 1, 7, 6, 3),
		golden("dilation and stride", conv(ConvConfig{In: 2, Out: 3, Kernel: 3, Stride: 2, Pad: 3, Dilation: 3, Bias: true}), 2, 8, 7, 2),
		golden("groups", conv(ConvConfig{In: 6, Out: 4, Kernel: 3, Pad: 1, Groups: 2, Bias: true}), 2, 4, 5, 6),
		golden("depthwise", conv(ConvConfig{In: 5, Out: 5, Kernel: 3, Stride: 2, Pad: 1, Groups: 5}), 2, 5, 6, 5),
		golden("depthwise, two each", conv(ConvConfig{In: 3, Out: 6, Kernel: 3, Pad: 1, Groups: 3, Bias: true}), 2, 4, 4, 3),
		golden("1x1", conv(ConvConfig{In: 7, Out: 5, Kernel: 1}), 2, 3, 4, 7),
		golden("1x1 stride", conv(ConvConfig{In: 4, Out: 6, Kernel: 1, Stride: 2}), 2, 5, 4, 4),
		golden("7x7 stride", conv(ConvConfig{In: 3, Out: 2, Kernel: 7, Stride: 2, Pad: 3}), 1, 9, 12, 3),
		golden("5x5", conv(ConvConfig{In: 2, Out: 3, Kernel: 5, Pad: 2, Bias: true}), 1, 6, 7, 2),
		golden("even window", conv(ConvConfig{In: 3, Out: 2, Kernel: 4, Stride: 2, Pad: 1, Bias: true}), 2, 6, 7, 3),
		golden("much padding", conv(ConvConfig{In: 2, Out: 2, Kernel: 3, Pad: 4, Bias: true}), 1, 2, 3, 2),
		golden("many channels", conv(ConvConfig{In: 19, Out: 17, Kernel: 1, Bias: true}), 2, 3, 3, 19),
	}
}

func TestBatchNormAgreesWithPyTorch(t *testing.T) {
	frozen, settings := NewBatchNorm2D(3), NewBatchNorm2D(2)
	frozen.Frozen = true
	settings.Eps, settings.Momentum = 1e-2, 0.3
	agreeWithPyTorch(t, "batchnorm", 5e-7,
		golden("two batches", NewBatchNorm2D(3), 4, 3, 5, 3).twice(),
		golden("eval", NewBatchNorm2D(3), 2, 3, 4, 3).eval(),
		golden("frozen", frozen, 2, 3, 4, 3),
		golden("rows", NewBatchNorm2D(5), 7, 5).twice(),
		golden("settings", settings, 2, 3, 3, 2).twice(),
		golden("few rows", NewBatchNorm2D(4), 3, 4),
	)
}

func TestActivationsAgreeWithPyTorch(t *testing.T) {
	agreeWithPyTorch(t, "activation", 5e-7,
		golden("relu", NewReLU(), 2, 3, 4, 5),
		golden("relu at zero", NewReLU(), 2, 3, 4, 5).coarse(),
		golden("leaky relu", NewLeakyReLU(0.01), 2, 3, 4, 5),
		golden("leaky relu at zero", NewLeakyReLU(0.2), 2, 3, 4, 5).coarse(),
		golden("sigmoid", NewSigmoid(), 2, 3, 4, 5).scaled(6),
		golden("tanh", NewTanh(), 2, 3, 4, 5).scaled(3),
		golden("softmax", NewSoftmax(), 6, 7).scaled(5),
		golden("softmax of pixels", NewSoftmax(), 2, 3, 2, 5).scaled(30),
	)
}

func TestPoolsAgreeWithPyTorch(t *testing.T) {
	highest := func(cfg PoolConfig) Layer { return NewMaxPool2D(cfg) }
	mean := func(cfg PoolConfig) Layer { return NewAvgPool2D(cfg) }
	agreeWithPyTorch(t, "pool", 5e-7,
		golden("max", highest(PoolConfig{Kernel: 2}), 2, 4, 6, 3),
		golden("max leaves a rest", highest(PoolConfig{Kernel: 2}), 2, 5, 7, 3),
		golden("max overlap and pad", highest(PoolConfig{Kernel: 3, Stride: 2, Pad: 1}), 2, 6, 7, 3),
		golden("max ties", highest(PoolConfig{Kernel: 3, Stride: 1, Pad: 1}), 2, 4, 5, 2).coarse(),
		golden("max apart", highest(PoolConfig{Kernel: 2, Stride: 3}), 1, 8, 7, 2),
		golden("mean", mean(PoolConfig{Kernel: 2}), 2, 4, 7, 3),
		golden("mean padding counted", mean(PoolConfig{Kernel: 3, Stride: 2, Pad: 1}), 2, 5, 6, 3),
		golden("mean padding left", mean(PoolConfig{Kernel: 3, Stride: 2, Pad: 1, LeavePadding: true}), 2, 5, 6, 3),
		golden("global", NewGlobalAvgPool(), 2, 5, 3, 4),
	)
}

func TestLinearAgreesWithPyTorch(t *testing.T) {
	agreeWithPyTorch(t, "linear", 5e-7,
		golden("rows", NewLinear(7, 5), 3, 7),
		golden("one picture", NewLinear(19, 17), 1, 19),
		golden("three axes", NewLinear(5, 3), 2, 4, 5),
		golden("flatten", NewSequential().Add("flatten", NewFlatten()).Add("fc", NewLinear(2*4*3, 5)), 3, 2, 4, 3),
	)
}

func TestResidualsAgreeWithPyTorch(t *testing.T) {
	basic := func(b builder, in, out, stride int) Layer {
		return b.residual(b.basic(in, out, out, stride), in, out, stride)
	}
	bottleneck := func(b builder, in, width, out, stride int) Layer {
		return b.residual(b.bottleneck(in, width, out, stride), in, out, stride)
	}
	open, projecting := builder{skip: true}, builder{skip: true, projection: true}
	before := builder{skip: true, noNorm: true, preAddition: true, activation: func() Layer { return NewSigmoid() }}
	strideFirst := builder{skip: true, projection: true, strideFirst: true}
	agreeWithPyTorch(t, "residual", 3e-6,
		golden("identity", basic(open, 4, 4, 1), 2, 4, 3, 4),
		golden("pad", basic(open, 3, 5, 2), 2, 5, 4, 3),
		golden("projection", basic(projecting, 3, 5, 2), 2, 5, 4, 3),
		golden("closed", basic(builder{}, 4, 4, 1), 2, 4, 3, 4),
		golden("activation before addition", basic(before, 4, 4, 1), 2, 4, 3, 4),
		golden("shortcut alone", NewPadShortcut(2, 5, 2), 2, 5, 4, 2),
		golden("bottleneck", bottleneck(projecting, 6, 2, 8, 2), 2, 5, 6, 6),
		golden("bottleneck identity", bottleneck(projecting, 8, 2, 8, 1), 2, 3, 4, 8),
		golden("bottleneck stride first", bottleneck(strideFirst, 6, 2, 8, 2), 2, 5, 6, 6),
	)
}

func TestNetsAgreeWithPyTorch(t *testing.T) {
	tanh, sigmoid := func() Layer { return NewTanh() }, func() Layer { return NewSigmoid() }
	agreeWithPyTorch(t, "net", 2e-5,
		golden("resnet8", NewCIFARNet(CIFARConfig{Depth: 8, Skip: true}), 4, 9, 10, 3),
		golden("resnet8 two batches", NewCIFARNet(CIFARConfig{Depth: 8, Skip: true}), 4, 8, 8, 3).twice(),
		golden("resnet8 projection", NewCIFARNet(CIFARConfig{Depth: 8, Skip: true, Projection: true}), 4, 9, 10, 3),
		golden("plain8", NewCIFARNet(CIFARConfig{Depth: 8}), 4, 9, 10, 3),
		golden("resnet14 tanh, no norm", NewCIFARNet(CIFARConfig{Depth: 14, Skip: true, Activation: tanh, NoBatchNorm: true}), 2, 8, 8, 3),
		golden("resnet8 sigmoid before addition",
			NewCIFARNet(CIFARConfig{Depth: 8, Skip: true, Activation: sigmoid, NoBatchNorm: true, PreAddition: true}), 2, 8, 8, 3),
	)
}

// Two large nets, which take a second, show that the layers stand in the right
// order. Their last stages have few pixels, and so larger errors.
func TestImageNetNetsAgreeWithPyTorch(t *testing.T) {
	if testing.Short() {
		t.Skip("large nets; left out with -short")
	}
	agreeWithPyTorch(t, "imagenet", 1e-4,
		golden("resnet18", NewImageNetNet(ImageNetConfig{Depth: 18, Skip: true, Classes: 10}), 2, 65, 64, 3),
		golden("resnet50 eval", NewImageNetNet(ImageNetConfig{Depth: 50, Skip: true, Classes: 10}), 1, 31, 33, 3).eval(),
	)
}

func TestCrossEntropyAgreesWithPyTorch(t *testing.T) {
	weights := []float64{0.5, 2, 1, 0, 3}
	cases := []struct {
		name  string
		cfg   CrossEntropyConfig
		scale float64 // of the logits
	}{
		{"plain", CrossEntropyConfig{}, 4},
		{"large logits", CrossEntropyConfig{}, 200},
		{"smoothing", CrossEntropyConfig{LabelSmoothing: 0.1}, 4},
		{"class weights", CrossEntropyConfig{ClassWeights: weights}, 4},
		{"smoothing and class weights", CrossEntropyConfig{LabelSmoothing: 0.2, ClassWeights: weights}, 4},
	}
	names := map[string]bool{}
	for _, c := range cases {
		names[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			path := "loss/" + c.name
			logits := goldenNoise(path+"/logits", c.scale, 9, 5)
			loss, dlogits := NewSoftmaxCrossEntropy(c.cfg).Loss(logits, goldenLabels(path+"/labels", 9, 5))
			compareGolden(t, "loss", c.name, 5e-7, map[string]*Tensor{
				"loss": {Data: []float32{float32(loss)}}, "dlogits": dlogits})
		})
	}
	sameNames(t, "loss", names, readGolden[goldenTensors](t, "loss"))
}

// goldenSeed is the seed of all streams in testdata/golden.py.
const goldenSeed = 1

// goldenCase is a layer with the shape of its input, and how it is run.
type goldenCase struct {
	name  string
	layer Layer
	in    []int

	batches int
	train   bool
	scale   float64 // of the input
	stepped bool    // the input takes four values only, so that there are ties and zeros
}

func golden(name string, l Layer, in ...int) goldenCase {
	return goldenCase{name: name, layer: l, in: in, batches: 1, train: true, scale: 1}
}

func (c goldenCase) twice() goldenCase            { c.batches = 2; return c }
func (c goldenCase) eval() goldenCase             { c.train = false; return c }
func (c goldenCase) coarse() goldenCase           { c.stepped = true; return c }
func (c goldenCase) scaled(by float64) goldenCase { c.scale = by; return c }

// agreeWithPyTorch runs the cases of one golden file with direct convolution.
func agreeWithPyTorch(t *testing.T, file string, tolerance float64, cases ...goldenCase) {
	setWinograd(t, kernel.WinogradNever)
	agree(t, file, tolerance, cases...)
}

// agree runs the cases of one golden file.
func agree(t *testing.T, file string, tolerance float64, cases ...goldenCase) {
	names := map[string]bool{}
	for _, c := range cases {
		names[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			compareGolden(t, file, c.name, tolerance, c.run(file+"/"+c.name))
		})
	}
	sameNames(t, file, names, readGolden[goldenTensors](t, file))
}

// run gives the layer its parameters, runs it both ways, and returns all that
// came out by name; a parameter's name stands for its gradient, or for its
// value where it is a running statistic.
func (c goldenCase) run(path string) map[string]*Tensor {
	params := NewSequential().Add("", c.layer).Params()
	for _, p := range params {
		copy(p.Value.Data, goldenValue(path+"/"+p.Name, p.Value.Shape).Data)
	}
	results := map[string]*Tensor{}
	for batch := range c.batches {
		ZeroGrad(params)
		y := c.layer.Forward(c.input(fmt.Sprintf("%s/x%d", path, batch)), c.train)
		dy := goldenNoise(fmt.Sprintf("%s/dy%d", path, batch), 1, y.Shape...)
		results["y"], results["dx"] = y, c.layer.Backward(dy)
	}
	for _, p := range params {
		results[p.Name] = p.Value
		if p.Trainable {
			results[p.Name] = p.Grad
		}
	}
	return results
}

func (c goldenCase) input(path string) *Tensor {
	if c.stepped {
		return goldenFill(path, func(u float64) float64 { return c.scale * (2*(math.Floor(4*u)/4) - 1) }, c.in...)
	}
	return goldenNoise(path, c.scale, c.in...)
}

// goldenFill makes a tensor from the stream of its path.
func goldenFill(path string, from func(u float64) float64, shape ...int) *Tensor {
	t, random := NewTensor(shape...), NewRandomAt(goldenSeed, path)
	for i := range t.Data {
		t.Data[i] = float32(from(random.Float64()))
	}
	return t
}

func goldenNoise(path string, scale float64, shape ...int) *Tensor {
	return goldenFill(path, func(u float64) float64 { return scale * (2*u - 1) }, shape...)
}

func goldenLabels(path string, n, classes int) []int {
	labels, random := make([]int, n), NewRandomAt(goldenSeed, path)
	for i := range labels {
		labels[i] = int(random.Float64() * float64(classes))
	}
	return labels
}

// goldenValue is what a parameter is set to: a weight as by He, uniformly; the
// scale of batch norm and a variance around 1; a bias and a mean around 0.
func goldenValue(path string, shape []int) *Tensor {
	switch {
	case len(shape) > 1:
		limit := math.Sqrt(6 / float64(size(shape[:len(shape)-1])))
		return goldenNoise(path, limit, shape...)
	case strings.HasSuffix(path, "weight"), strings.HasSuffix(path, "running_var"):
		return goldenFill(path, func(u float64) float64 { return u + 0.5 }, shape...)
	}
	return goldenFill(path, func(u float64) float64 { return u - 0.5 }, shape...)
}

// goldenTensors are PyTorch's results of a case by name.
type goldenTensors map[string]goldenTensor

// goldenTensor is a tensor; of a large one only the norm and a sample of its
// numbers, from places that the stream of its path draws.
type goldenTensor struct {
	Shape  []int
	Data   []float32
	Norm   float64
	Sample []float32
}

func readGolden[T any](t *testing.T, file string) map[string]T {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "golden", file+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]T
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatalf("%s.json: %v", file, err)
	}
	return cases
}

// compareGolden fails where a result is further from PyTorch's than the
// tolerance, relative to the root mean square, or where one of the two has a
// tensor that the other has not.
func compareGolden(t *testing.T, file, name string, tolerance float64, got map[string]*Tensor) {
	t.Helper()
	path := file + "/" + name
	want := readGolden[goldenTensors](t, file)[name]
	sameNames(t, path, got, want)
	worst, where := 0.0, "nowhere"
	for _, tensor := range slices.Sorted(maps.Keys(want)) {
		off := want[tensor].off(path+"/"+tensor, got[tensor])
		if !(off <= tolerance) {
			t.Errorf("%s is off by %.2g of its size, want at most %.2g", tensor, off, tolerance)
		}
		if off > worst {
			worst, where = off, tensor
		}
	}
	t.Logf("worst error %.1e, %s", worst, where)
}

// off is the largest difference in units of the root mean square; infinite for
// another shape or for what is not a number.
func (want goldenTensor) off(path string, got *Tensor) float64 {
	if got == nil || !slices.Equal(got.Shape, want.Shape) {
		return math.Inf(1)
	}
	n := float64(len(got.Data))
	if want.Sample == nil {
		return farthest(got.Data, want.Data) / rms(want.Data)
	}
	sample, random := make([]float32, len(want.Sample)), NewRandomAt(goldenSeed, path)
	for i := range sample {
		sample[i] = got.Data[int(random.Float64()*n)]
	}
	norms := math.Abs(got.Norm()-want.Norm) / want.Norm
	return max(norms, farthest(sample, want.Sample)/want.Norm*math.Sqrt(n))
}

func farthest(got, want []float32) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	far := 0.0
	for i := range want {
		far = max(far, math.Abs(float64(got[i])-float64(want[i]))) // max keeps a NaN
	}
	return far
}

func rms(v []float32) float64 {
	return (&Tensor{Data: v}).Norm() / math.Sqrt(float64(len(v)))
}

// sameNames fails if one of the maps has a name that the other has not: a case
// must not be lost on one side.
func sameNames[A, B any](t *testing.T, what string, ours map[string]A, theirs map[string]B) {
	t.Helper()
	for name := range ours {
		if _, ok := theirs[name]; !ok {
			t.Errorf("%s: %q is not in the golden file; run testdata/golden.py", what, name)
		}
	}
	for name := range theirs {
		if _, ok := ours[name]; !ok {
			t.Errorf("%s: %q is in the golden file only", what, name)
		}
	}
}
