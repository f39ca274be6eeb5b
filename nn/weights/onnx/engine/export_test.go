package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
	"reslab/nn/weights/onnx"
	"reslab/nn/weights/onnx/engine"
)

func chain(layers ...nn.Layer) *nn.Sequential {
	s := nn.NewSequential()
	for i, l := range layers {
		s.Add(fmt.Sprint("l", i), l)
	}
	return s
}

func conv(in, out, kernel, stride, pad int) nn.Layer {
	return nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: kernel, Stride: stride, Pad: pad, Bias: true})
}

func pool(kernel, stride, pad int, leave bool) nn.PoolConfig {
	return nn.PoolConfig{Kernel: kernel, Stride: stride, Pad: pad, LeavePadding: leave}
}

// nets has one of each kind of layer, and the nets that people build.
func nets() map[string]struct {
	net   nn.Layer
	input []int
} {
	type of = struct {
		net   nn.Layer
		input []int
	}
	cifar := func(cfg nn.CIFARConfig) of {
		cfg.Depth, cfg.Width = 8, 4
		return of{nn.NewCIFARNet(cfg), []int{9, 10, 3}}
	}
	preActivation := chain(conv(3, 4, 3, 1, 1), nn.NewResidual(chain(nn.NewBatchNorm2D(4), nn.NewReLU(), conv(4, 4, 3, 1, 1)), nil, true), nn.NewBatchNorm2D(4), nn.NewGlobalAvgPool())
	return map[string]of{
		"rows":            {chain(nn.NewLinear(7, 5), nn.NewTanh(), nn.NewBatchNorm2D(5), nn.NewLinear(5, 3), nn.NewSoftmax()), []int{7}},
		"lenet":           {chain(conv(1, 6, 5, 1, 2), nn.NewSigmoid(), nn.NewAvgPool2D(pool(2, 2, 0, false)), conv(6, 8, 5, 1, 0), nn.NewLeakyReLU(0.1), nn.NewMaxPool2D(pool(2, 2, 0, false)), nn.NewFlatten(), nn.NewBatchNorm2D(8*2*3), nn.NewDropout(0.5, 1), nn.NewLinear(8*2*3, 10)), []int{18, 20, 1}},
		"grouped":         {chain(nn.NewConv2D(nn.ConvConfig{In: 4, Out: 6, Kernel: 3, Stride: 2, Pad: 2, Dilation: 2, Groups: 2}), nn.NewBatchNorm2D(6), nn.NewMaxPool2D(pool(3, 2, 1, false)), nn.NewAvgPool2D(pool(3, 1, 1, true)), nn.NewAvgPool2D(pool(3, 1, 1, false))), []int{13, 11, 4}},
		"option A":        cifar(nn.CIFARConfig{Skip: true}),
		"option B":        cifar(nn.CIFARConfig{Skip: true, Projection: true}),
		"plain":           cifar(nn.CIFARConfig{}),
		"preadd":          cifar(nn.CIFARConfig{Skip: true, PreAddition: true, NoBatchNorm: true}),
		"pre-activation":  {preActivation, []int{6, 5, 3}},
		"pixels softmax":  {chain(conv(2, 3, 1, 1, 0), nn.NewSoftmax()), []int{4, 5, 2}},
		"a single layer":  {nn.NewLinear(3, 2), []int{3}},
		"nothing":         {nn.NewSequential(), []int{3}},
		"unnamed layers":  {nn.NewSequential().Add("", nn.NewReLU()).Add("", nn.NewReLU()).Add("input", nn.NewReLU()).Add("output", nn.NewReLU()), []int{3}},
		"flat twice":      {chain(conv(2, 3, 3, 1, 1), nn.NewFlatten(), nn.NewLinear(60, 4), nn.NewReLU(), nn.NewFlatten(), nn.NewLinear(4, 2)), []int{4, 5, 2}},
		"wider, no slice": {chain(nn.NewResidual(conv(2, 5, 1, 1, 0), nn.NewPadShortcut(2, 5, 1), true)), []int{4, 5, 2}},
		"slice, no pad":   {chain(nn.NewResidual(conv(2, 2, 3, 3, 1), nn.NewPadShortcut(2, 2, 3), true)), []int{7, 8, 2}},
	}
}

// randomise gives all parameters numbers that a training may have left.
func randomise(net nn.Layer) {
	nn.Init(net, 3, nn.HeFanIn)
	random := nn.NewRandom(7)
	for _, p := range net.Params() {
		for i := range p.Value.Data {
			switch v := float32(random.Float64()); {
			case strings.HasSuffix(p.Name, "running_var"):
				p.Value.Data[i] = 0.5 + v
			case len(p.Value.Shape) == 1:
				p.Value.Data[i] += v - 0.5
			}
		}
	}
}

// TestRoundTrip exports nets, reads the files and runs their graphs: the outputs
// are those of the nets.
func TestRoundTrip(t *testing.T) {
	for name, c := range nets() {
		for _, fold := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " fold=", fold), func(t *testing.T) {
				randomise(c.net)
				x := batch(append([]int{3}, c.input...))
				want := c.net.Forward(x, false)
				m, err := onnx.Export(c.net, weights.Metadata{Input: c.input}, fold)
				must(t, err)
				if folded := count(m, "BatchNormalization"); fold && name == "option B" && folded > 0 {
					t.Errorf("%d batch norms are left", folded)
				}
				got := run(t, again(t, m), x)
				if far := distance(got.Data, want.Data); far > 1e-5 || fmt.Sprint(got.Shape) != fmt.Sprint(want.Shape) {
					t.Errorf("the graph's output %v is %g of its size away from the net's, %v", got.Shape, far, want.Shape)
				}
			})
		}
	}
}

func batch(shape []int) *nn.Tensor {
	x := nn.NewTensor(shape...)
	random := nn.NewRandom(5)
	for i := range x.Data {
		x.Data[i] = float32(2*random.Float64() - 1)
	}
	return x
}

// again writes a model and reads it back.
func again(t *testing.T, m *onnx.Model) *onnx.Model {
	t.Helper()
	var file bytes.Buffer
	must(t, onnx.Encode(&file, m))
	read, err := onnx.Decode(file.Bytes())
	must(t, err)
	return read
}

// run gives a batch of nn to a graph, and returns its output as nn would have it.
func run(t *testing.T, m *onnx.Model, x *nn.Tensor) *nn.Tensor {
	t.Helper()
	e, err := engine.New(m, "")
	must(t, err)
	in := onnx.NewTensor(x.Data, x.Shape...)
	if len(x.Shape) == 4 {
		in = permuted(in, 0, 3, 1, 2)
	}
	out, err := e.Run(context.Background(), map[string]*onnx.Tensor{onnx.InputName: in})
	must(t, err)
	y := out[onnx.OutputName]
	if dims, _ := e.Outputs()[0].Dims(); len(dims) != len(y.Shape) {
		t.Errorf("the file says that the output is %v, and it has the shape %v", e.Outputs()[0], y.Shape)
	}
	for axis, d := range m.Graph.Outputs[0].Type.Tensor.Shape.Dims {
		if d.Size != 0 && int(d.Size) != y.Shape[axis] {
			t.Errorf("the file says that the output is %v, and it has the shape %v", e.Outputs()[0], y.Shape)
		}
	}
	if len(y.Shape) == 4 {
		y = permuted(y, 0, 2, 3, 1)
	}
	return nn.FromSlice(y.Floats, y.Shape...)
}

// permuted is x with axis axes[k] at place k, number by number.
func permuted(x *onnx.Tensor, axes ...int) *onnx.Tensor {
	from := nn.FromSlice(x.Floats, x.Shape...)
	y := nn.NewTensor(x.Shape[axes[0]], x.Shape[axes[1]], x.Shape[axes[2]], x.Shape[axes[3]])
	for i := range y.Data {
		index, rest := make([]int, 4), i
		for k := 3; k >= 0; k-- {
			index[axes[k]] = rest % y.Shape[k]
			rest /= y.Shape[k]
		}
		y.Data[i] = from.At(index...)
	}
	return onnx.NewTensor(y.Data, y.Shape...)
}

// distance is the largest difference, as a share of the largest number.
func distance(a, b []float32) float64 {
	far, size := 0.0, 0.0
	for i, v := range b {
		far = math.Max(far, math.Abs(float64(a[i]-v)))
		size = math.Max(size, math.Abs(float64(v)))
	}
	return far / size
}

func count(m *onnx.Model, op string) (n int) {
	for _, node := range m.Graph.Nodes {
		if node.Op == op {
			n++
		}
	}
	return n
}

// own is a layer that nn does not know, though it has all its methods.
type own struct{ *nn.ReLU }

func TestExportRefusals(t *testing.T) {
	for want, c := range map[string]struct {
		net  nn.Layer
		meta weights.Metadata
	}{
		`"l0.mine" is a layer of your own`: {chain(nn.NewSequential().Add("mine", own{nn.NewReLU()})), weights.Metadata{Input: []int{4, 4, 2}}},
		"size of a picture must be known":  {chain(nn.NewReLU()), weights.Metadata{}},
		`"l0" is a Linear at every pixel`:  {chain(nn.NewLinear(2, 3)), weights.Metadata{Input: []int{4, 4, 2}}},
		`"l1" flattens pictures`:           {chain(nn.NewReLU(), nn.NewFlatten()), weights.Metadata{Input: []int{4, 4, 2}}},
		"l0 (Conv2D 3x3, 3 to 2":           {chain(conv(3, 2, 3, 1, 0)), weights.Metadata{Input: []int{4, 4, 2}}},
	} {
		_, err := onnx.Export(c.net, c.meta, false)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

// TestExportedFile looks at what other engines see: names, layouts, metadata.
func TestExportedFile(t *testing.T) {
	meta := weights.Metadata{Model: "resnet20", Input: []int{32, 32, 3}, Classes: []string{"a rose", "tulip"}, Mean: []float32{0.5, 0.4, 0.3}, Std: []float32{1, 2, 3}}
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Classes: 2})
	randomise(net)
	m, err := onnx.Export(net, meta, false)
	must(t, err)
	m = again(t, m)
	if got := m.Graph.Inputs[0].String() + ", " + m.Graph.Outputs[0].String(); got != "input float32 [batch 3 32 32], output float32 [batch 2]" {
		t.Error(got)
	}
	notes, err := m.Notes()
	must(t, err)
	notes.Notes = nil
	if fmt.Sprint(notes) != fmt.Sprint(meta) {
		t.Errorf("the file says %v, want %v", notes, meta)
	}
	want, err := weights.Published(net, meta.Input)
	must(t, err)
	found := 0
	for _, s := range m.Graph.Initializers {
		if w := want[s.Name]; w != nil {
			got, err := s.Tensor("")
			must(t, err)
			if found++; fmt.Sprint(got.Shape) != fmt.Sprint(w.Shape) || distance(got.Floats, w.Data) != 0 {
				t.Errorf("%s differs", s.Name)
			}
		}
	}
	if found != len(want) {
		t.Errorf("%d of %d parameters are in the file", found, len(want))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
