package weights

import (
	"fmt"
	"regexp"
)

// Nets for ImageNet are examined with the middle of a picture: its shorter edge
// becomes 256 pixels, and 224 x 224 of them are cut out.
const (
	imageNetEdge    = 224
	imageNetShorter = 256
)

// Mean and standard deviation of each colour over ImageNet, with which nearly all
// published weights were trained (torchvision, "Models and pre-trained weights").
var (
	imageNetMean = []float32{0.485, 0.456, 0.406}
	imageNetStd  = []float32{0.229, 0.224, 0.225}
)

// published returns what the names and shapes of a file tell that says nothing of
// itself, as published weights do. Only residual nets for ImageNet are known, in
// three colours. The stride, on the first or the second convolution of a
// bottleneck, leaves no trace in a file: it is taken to be where published
// weights have it, on the second.
func (f *File) published() (m Metadata, ok bool) {
	stem, head := f.entries["conv1.weight"].shape, f.entries["fc.weight"].shape
	if len(stem) != 4 || stem[1] != 3 || stem[2] != 7 || len(head) != 2 || head[1] < 1 {
		return m, false
	}
	m = Metadata{
		Model: fmt.Sprintf("resnet%d", f.weightLayers()),
		Input: []int{imageNetEdge, imageNetEdge, 3}, Shorter: imageNetShorter,
		Mean: imageNetMean, Std: imageNetStd,
	}
	for class := range head[0] {
		m.Classes = append(m.Classes, fmt.Sprintf("class %d", class))
	}
	return m, modelNamed(m.Model) != nil
}

// weightLayers counts the layers with weights on the main path, which gives
// ResNet-50 its name: convolutions, projections apart, and the last layer.
func (f *File) weightLayers() int {
	n := 1 // fc
	for name := range f.entries {
		if mainPath.MatchString(name) {
			n++
		}
	}
	return n
}

var mainPath = regexp.MustCompile(`^(layer\d+\.\d+\.)?conv\d+\.weight$`)
