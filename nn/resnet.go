package nn

import "fmt"

// The nets of He et al. 2015, Deep Residual Learning for Image Recognition
// (arXiv 1512.03385). The names of the layers are those of published weights.

// CIFARConfig describes a net for small pictures (section 4.2). With only Depth
// and Skip set it is that of the paper; a plain net and its residual twin differ
// in Skip.
type CIFARConfig struct {
	Depth int  // 6n+2 weight layers: 20, 32, 44, 56, 110, 1202 in the paper
	Skip  bool // the highways are open: a residual net; else a plain one

	Channels int // of the picture; default 3
	Classes  int // default 10
	Width    int // channels of the first stage, the others have 2 and 4 times as many; default 16, as in the paper

	// Projection takes a 1x1 convolution as shortcut where the net gets wider
	// (option B); else extra channels are zeros (option A, as in the paper).
	Projection bool

	// Settings to experiment with. Without batch norm the convolutions have
	// biases. PreAddition moves a block's second activation to the end of its
	// body, before the addition: nothing then stands on the highway.
	Activation  func() Layer // default NewReLU
	NoBatchNorm bool
	PreAddition bool
}

// NewCIFARNet returns a net of 3x3 convolutions in three stages of 16, 32 and
// 64 channels, or as Width says; the edge of the picture is halved from stage to stage. Pictures
// may have any size; the weights are zeros until Init.
//
//	conv1, then 2n layers each in layer1, layer2, layer3, then fc: 6n+2
//
// Input [N, H, W, Channels], output [N, Classes].
func NewCIFARNet(cfg CIFARConfig) *Sequential {
	n := (cfg.Depth - 2) / 6
	if n < 1 || cfg.Depth != 6*n+2 {
		panic(mistake("CIFAR net", "the depth must be 6n+2, as 8, 14, 20, 56 or 110, got %d", cfg.Depth))
	}
	cfg.Channels, cfg.Classes, cfg.Width = orDefault(cfg.Channels, 3), orDefault(cfg.Classes, 10), orDefault(cfg.Width, 16)
	b := builder{skip: cfg.Skip, projection: cfg.Projection, activation: cfg.Activation, noNorm: cfg.NoBatchNorm, preAddition: cfg.PreAddition}
	net := NewSequential()
	b.conv(net, "conv1", "bn1", ConvConfig{In: cfg.Channels, Out: cfg.Width, Kernel: 3, Pad: 1})
	net.Add("relu", b.activate())
	in := cfg.Width
	for stage := range 3 {
		out := cfg.Width << stage
		net.Add(fmt.Sprintf("layer%d", stage+1), b.stage(n, in, out, out, strideOf(stage), b.basic))
		in = out
	}
	return net.Add("avgpool", NewGlobalAvgPool()).Add("fc", NewLinear(in, cfg.Classes))
}

// ImageNetConfig describes a net for pictures of 224x224 (table 1).
type ImageNetConfig struct {
	Depth int  // 18, 34, 50, 101 or 152
	Skip  bool // the highways are open: a residual net; else a plain one

	Channels int // of the picture; default 3
	Classes  int // default 1000

	// StrideFirst puts a bottleneck's stride on its first 1x1 convolution, as
	// in the paper. Published weights have it on the 3x3, which sees every
	// pixel and costs a little more.
	StrideFirst bool
}

// NewImageNetNet returns ResNet-18 to ResNet-152 or a plain twin, with
// projections as shortcuts where the shape changes (option B). The weights are
// zeros until Init.
//
// Input [N, H, W, Channels], output [N, Classes].
func NewImageNetNet(cfg ImageNetConfig) *Sequential {
	blocks := map[int][4]int{18: {2, 2, 2, 2}, 34: {3, 4, 6, 3}, 50: {3, 4, 6, 3}, 101: {3, 4, 23, 3}, 152: {3, 8, 36, 3}}[cfg.Depth]
	if blocks[0] == 0 {
		panic(mistake("ImageNet net", "the depth must be 18, 34, 50, 101 or 152, got %d", cfg.Depth))
	}
	cfg.Channels, cfg.Classes = orDefault(cfg.Channels, 3), orDefault(cfg.Classes, 1000)
	b := builder{skip: cfg.Skip, projection: true, strideFirst: cfg.StrideFirst}
	body, expansion := b.basic, 1
	if cfg.Depth >= 50 {
		body, expansion = b.bottleneck, 4
	}
	net := NewSequential()
	b.conv(net, "conv1", "bn1", ConvConfig{In: cfg.Channels, Out: 64, Kernel: 7, Stride: 2, Pad: 3})
	net.Add("relu", b.activate()).Add("maxpool", NewMaxPool2D(PoolConfig{Kernel: 3, Stride: 2, Pad: 1}))
	in := 64
	for stage, width := range []int{64, 128, 256, 512} {
		net.Add(fmt.Sprintf("layer%d", stage+1), b.stage(blocks[stage], in, width, width*expansion, strideOf(stage), body))
		in = width * expansion
	}
	return net.Add("avgpool", NewGlobalAvgPool()).Add("fc", NewLinear(in, cfg.Classes))
}

func orDefault(n, usual int) int {
	if n == 0 {
		return usual
	}
	return n
}

// strideOf halves the picture at the start of every stage but the first.
func strideOf(stage int) int {
	if stage == 0 {
		return 1
	}
	return 2
}

// builder holds what all blocks of a net have in common.
type builder struct {
	skip, projection, noNorm, preAddition, strideFirst bool
	activation                                         func() Layer
}

// block builds the body of a residual block.
type block func(in, width, out, stride int) *Sequential

// stage chains so many blocks; the first one changes the shape.
func (b builder) stage(blocks, in, width, out, stride int, body block) *Sequential {
	s := NewSequential()
	for i := range blocks {
		if i > 0 {
			in, stride = out, 1
		}
		s.Add(fmt.Sprint(i), b.residual(body(in, width, out, stride), in, out, stride))
	}
	return s
}

// residual puts the highway around a body, and the activation behind it.
func (b builder) residual(body *Sequential, in, out, stride int) Layer {
	if b.preAddition {
		body.Add("relu2", b.activate())
	}
	s := NewSequential().Add("", NewResidual(body, b.shortcut(in, out, stride), b.skip))
	if !b.preAddition {
		s.Add("relu2", b.activate())
	}
	return s
}

// basic is two 3x3 convolutions (figure 5, left).
func (b builder) basic(in, _, out, stride int) *Sequential {
	s := NewSequential()
	b.conv(s, "conv1", "bn1", ConvConfig{In: in, Out: out, Kernel: 3, Stride: stride, Pad: 1})
	s.Add("relu", b.activate())
	return b.conv(s, "conv2", "bn2", ConvConfig{In: out, Out: out, Kernel: 3, Pad: 1})
}

// bottleneck makes the picture thin, convolves, and makes it thick again
// (figure 5, right).
func (b builder) bottleneck(in, width, out, stride int) *Sequential {
	first, second := 1, stride
	if b.strideFirst {
		first, second = stride, 1
	}
	s := NewSequential()
	b.conv(s, "conv1", "bn1",
		ConvConfig{In: in, Out: width, Kernel: 1, Stride: first})
	s.Add("relu", b.activate())
	b.conv(s, "conv2", "bn2", ConvConfig{
		In: width, Out: width, Kernel: 3, Stride: second, Pad: 1})
	s.Add("relu1", b.activate())
	return b.conv(s, "conv3", "bn3",
		ConvConfig{In: width, Out: out, Kernel: 1})
}

// shortcut returns nil, the identity, where the shape stays the same.
func (b builder) shortcut(in, out, stride int) Layer {
	switch {
	case in == out && stride == 1:
		return nil
	case !b.projection:
		return NewPadShortcut(in, out, stride)
	}
	return b.conv(NewSequential(), "0", "1",
		ConvConfig{In: in, Out: out, Kernel: 1, Stride: stride})
}

// conv adds a convolution and its batch norm.
func (b builder) conv(s *Sequential, name, norm string, cfg ConvConfig) *Sequential {
	cfg.Bias = b.noNorm
	s.Add(name, NewConv2D(cfg))
	if !b.noNorm {
		s.Add(norm, NewBatchNorm2D(cfg.Out))
	}
	return s
}

func (b builder) activate() Layer {
	if b.activation == nil {
		return NewReLU()
	}
	return b.activation()
}

// Model is a net that can be had by its name.
type Model struct {
	Name  string
	About string
	Input [3]int // H, W, C of its pictures in the paper

	// New builds the net, with weights of zeros, for pictures of so many
	// channels and for so many classes; 0 stands for those of the paper.
	New func(channels, classes int) *Sequential
}

// String returns the name.
func (m Model) String() string { return m.Name }

// Models lists the nets of the paper, each plain one before its residual twin
// (plain1202 is no net of the paper, but the twin of one).
func Models() []Model {
	var all []Model
	add := func(name, about string, input [3]int, build func(channels, classes int) *Sequential) {
		all = append(all, Model{name, about, input, build})
	}
	twins := []struct {
		name, about string
		skip        bool
	}{{"plain", "plain twin: the highways are closed", false}, {"resnet", "residual net", true}}
	for _, depth := range []int{20, 32, 44, 56, 110, 1202} {
		for _, twin := range twins {
			add(fmt.Sprintf("%s%d", twin.name, depth), "CIFAR "+twin.about, [3]int{32, 32, 3},
				func(channels, classes int) *Sequential {
					return NewCIFARNet(CIFARConfig{Depth: depth, Skip: twin.skip, Channels: channels, Classes: classes})
				})
		}
	}
	for _, depth := range []int{18, 34, 50, 101, 152} {
		for _, twin := range twins {
			if depth > 34 && !twin.skip {
				continue // the paper has no plain net of bottlenecks
			}
			add(fmt.Sprintf("%s%d", twin.name, depth), "ImageNet "+twin.about, [3]int{224, 224, 3},
				func(channels, classes int) *Sequential {
					return NewImageNetNet(ImageNetConfig{Depth: depth, Skip: twin.skip, Channels: channels, Classes: classes})
				})
		}
	}
	add("resnet50-v1", "ImageNet residual net with the stride where the paper has it", [3]int{224, 224, 3},
		func(channels, classes int) *Sequential {
			return NewImageNetNet(ImageNetConfig{Depth: 50, Skip: true, StrideFirst: true, Channels: channels, Classes: classes})
		})
	return all
}
