package onnx

import (
	"fmt"
	"math"

	"reslab/nn"
)

// layer appends what a layer does to a value, and returns the value that it makes.
func (e *exporter) layer(path string, l nn.Layer, in string) (out string, err error) {
	switch l := l.(type) {
	case *nn.Sequential:
		for i := range l.Len() {
			name, child := l.Child(i)
			if in, err = e.layer(joined(path, name), child, in); err != nil {
				return "", err
			}
		}
		return in, nil
	case *nn.Residual:
		return e.residual(path, l, in)
	case *nn.Conv2D:
		return e.conv(path, l, in), nil
	case *nn.BatchNorm2D:
		return e.batchNorm(path, l, in)
	case *nn.Linear:
		if e.rank != 2 {
			return "", fmt.Errorf("the layer %q is a Linear at every pixel, which is not exported; take a convolution of 1x1", path)
		}
		e.flat = ""
		return e.node("Gemm", path, []string{in, l.Weight.Name, l.Bias.Name}, integer("transB", 1)), nil
	case *nn.ReLU:
		return e.node("Relu", path, []string{in}), nil
	case *nn.LeakyReLU:
		return e.node("LeakyRelu", path, []string{in}, fraction("alpha", l.Leak)), nil
	case *nn.Sigmoid:
		return e.node("Sigmoid", path, []string{in}), nil
	case *nn.Tanh:
		return e.node("Tanh", path, []string{in}), nil
	case *nn.Softmax:
		return e.node("Softmax", path, []string{in}, integer("axis", 1)), nil // the channels, last here
	case *nn.MaxPool2D:
		cfg := l.Config()
		return e.node("MaxPool", path, []string{in}, both("kernel_shape", cfg.Kernel), both("strides", cfg.Stride), margins(cfg.Pad)), nil
	case *nn.AvgPool2D:
		return e.averagePool(path, l.Config(), in), nil
	case *nn.GlobalAvgPool:
		pooled := e.node("GlobalAveragePool", path, []string{in})
		e.rank = 2
		return e.node("Flatten", joined(path, "flatten"), []string{pooled}, integer("axis", 1)), nil
	case *nn.Flatten:
		if e.rank == 4 {
			e.flat = or(path, "Flatten")
		}
		e.rank = 2
		return e.node("Flatten", path, []string{in}, integer("axis", 1)), nil
	case *nn.Dropout:
		return in, nil // nothing is dropped in a prediction
	case *nn.PadShortcut:
		return e.padShortcut(path, l, in), nil
	}
	return "", fmt.Errorf("the layer %q is a layer of your own, and a file for other engines can hold only those of nn; build it from them, or take it out", path)
}

func joined(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}

// residual adds what both roads make.
func (e *exporter) residual(path string, r *nn.Residual, in string) (string, error) {
	if r.Skip {
		e.read[in] = true
	}
	rank := e.rank
	body, err := e.layer(path, r.Body, in)
	if err != nil || !r.Skip {
		return body, err
	}
	e.rank = rank
	road := in
	if r.Shortcut != nil {
		if road, err = e.layer(joined(path, "downsample"), r.Shortcut, in); err != nil {
			return "", err
		}
	}
	return e.node("Add", joined(path, "add"), []string{body, road}), nil
}

func (e *exporter) conv(path string, l *nn.Conv2D, in string) string {
	cfg := l.Config()
	reads := []string{in, l.Weight.Name}
	if l.Bias != nil {
		reads = append(reads, l.Bias.Name)
	}
	return e.node("Conv", path, reads,
		both("kernel_shape", cfg.Kernel), both("strides", cfg.Stride), margins(cfg.Pad), both("dilations", cfg.Dilation), integer("group", cfg.Groups))
}

func (e *exporter) averagePool(path string, cfg nn.PoolConfig, in string) string {
	counted := 1
	if cfg.LeavePadding {
		counted = 0
	}
	return e.node("AveragePool", path, []string{in},
		both("kernel_shape", cfg.Kernel), both("strides", cfg.Stride), margins(cfg.Pad), integer("count_include_pad", counted))
}

// batchNorm uses the running averages. Along an axis that is a flattened picture
// the weights are in PyTorch's order, as what they meet.
func (e *exporter) batchNorm(path string, l *nn.BatchNorm2D, in string) (string, error) {
	if e.fold && e.folded(l, in) {
		return in, nil
	}
	return e.node("BatchNormalization", path,
		[]string{in, l.Gamma.Name, l.Beta.Name, l.RunningMean.Name, l.RunningVar.Name}, fraction("epsilon", l.Eps)), nil
}

// folded puts a batch norm into the convolution that made its input, if nobody
// else reads that.
//
//	norm(conv(x)) = gamma*(w*x + b - mean)/sqrt(v+Eps) + beta
func (e *exporter) folded(l *nn.BatchNorm2D, in string) bool {
	if len(e.nodes) == 0 || e.read[in] {
		return false
	}
	conv := e.nodes[len(e.nodes)-1]
	if conv.Op != "Conv" || conv.Outputs[0] != in {
		return false
	}
	w := e.weights[conv.Inputs[1]]
	channels := w.Shape[0]
	if len(conv.Inputs) == 2 {
		name := conv.Name + ".bias"
		e.weights[name] = nn.NewTensor(channels)
		conv.Inputs = append(conv.Inputs, name)
	}
	bias := e.weights[conv.Inputs[2]]
	for c := range channels {
		times := float64(l.Gamma.Value.Data[c]) / math.Sqrt(float64(l.RunningVar.Value.Data[c])+l.Eps)
		each := len(w.Data) / channels
		for i := c * each; i < (c+1)*each; i++ {
			w.Data[i] = float32(times * float64(w.Data[i]))
		}
		bias.Data[c] = float32((float64(bias.Data[c])-float64(l.RunningMean.Value.Data[c]))*times + float64(l.Beta.Value.Data[c]))
	}
	for _, p := range l.Params() {
		delete(e.weights, p.Name)
	}
	return true
}

// padShortcut keeps every pixel of a stride and adds channels of zeros.
func (e *exporter) padShortcut(path string, l *nn.PadShortcut, in string) string {
	channels, out, stride := l.Config()
	if s := int64(stride); s > 1 {
		in = e.node("Slice", joined(path, "slice"), []string{in,
			e.list(joined(path, "starts"), 0, 0), e.list(joined(path, "ends"), math.MaxInt32, math.MaxInt32),
			e.list(joined(path, "axes"), 2, 3), e.list(joined(path, "steps"), s, s)})
	}
	if out == channels {
		return in
	}
	return e.node("Pad", joined(path, "pad"), []string{in, e.list(joined(path, "pads"), 0, 0, 0, 0, 0, int64(out-channels), 0, 0)})
}
