package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/nn"
)

// Steps is what StepsConv, StepsPool and StepsSoftmax show: an operation that
// can be gone through one step at a time.
type Steps struct {
	Operation string `json:"operation"` // conv, max, average or softmax

	// Of a window that slides: one picture, its weights, and what comes out.
	Input  *Block `json:"input,omitempty"`
	Kernel *Block `json:"kernel,omitempty"` // of a pooling nil
	Output *Block `json:"output,omitempty"`
	Size   int    `json:"size,omitempty"` // edge of the window
	Stride int    `json:"stride,omitempty"`
	Pad    int    `json:"pad,omitempty"`

	// Of a softmax.
	Labels []string `json:"labels,omitempty"`
	Scores []Number `json:"scores,omitempty"`
}

// A Block is an array [H, W, C] of a Steps.
type Block struct {
	Shape [3]int  `json:"shape"`
	Data  Numbers `json:"data"`
}

func (b *Block) at(i, j, c int) float64 {
	if i < 0 || j < 0 || i >= b.Shape[0] || j >= b.Shape[1] {
		return 0 // padding
	}
	return float64(b.Data[(i*b.Shape[1]+j)*b.Shape[2]+c])
}

// String is the shape.
func (b *Block) String() string { return fmt.Sprintf("%dx%dx%d", b.Shape[0], b.Shape[1], b.Shape[2]) }

const (
	mostStepEdge     = 64 // pixels
	mostStepChannels = 8
	mostStepScores   = 20
)

// blockOf takes [H, W], [H, W, C] or one of a batch [1, H, W, C].
func blockOf(what string, t *nn.Tensor) *Block {
	shape := slices.Clone(t.Shape)
	if len(shape) == 4 && shape[0] == 1 {
		shape = shape[1:]
	}
	if len(shape) == 2 {
		shape = append(shape, 1)
	}
	if len(shape) != 3 || max(shape[0], shape[1]) > mostStepEdge || shape[2] > mostStepChannels {
		panic(fmt.Sprintf("lab.%s goes through pictures [H, W] or [1, H, W, C] of up to %d pixels an edge and %d channels, not %v",
			what, mostStepEdge, mostStepChannels, t.Shape))
	}
	return &Block{[3]int(shape), slices.Clone(t.Data)}
}

// StepsConv shows a convolution one window at a time: the window, the products,
// their sum, and where it goes. The input is [H, W] or [1, H, W, C], the kernel
// [K, K], [K, K, C] or [K, K, C, Out], of which the first output channel is
// shown. It is what nn.Conv2D computes, without a bias.
//
//	lab.StepsConv(picture, detector.Weight.Value, 1, 0)
func StepsConv(input, kernel *nn.Tensor, stride, pad int) {
	s := Steps{Operation: "conv", Input: blockOf("StepsConv", input), Stride: stride, Pad: pad}
	s.Kernel = blockOf("StepsConv", firstOutput(kernel))
	s.Size = s.Kernel.Shape[0]
	if s.Kernel.Shape[1] != s.Size || s.Kernel.Shape[2] != s.Input.Shape[2] {
		panic(fmt.Sprintf("lab.StepsConv needs a square kernel with the channels of the input, %d, not one of %v", s.Input.Shape[2], kernel.Shape))
	}
	s.slide(1, func(i, j, _ int) float64 {
		sum := 0.0
		s.window(i, j, func(p, q, c int, v float64) { sum += v * s.Kernel.at(p, q, c) })
		return sum
	})
	Show(s)
}

// firstOutput returns the first of a kernel's output channels.
func firstOutput(kernel *nn.Tensor) *nn.Tensor {
	if len(kernel.Shape) != 4 {
		return kernel
	}
	outs := kernel.Shape[3]
	first := nn.NewTensor(kernel.Shape[:3]...)
	for i := range first.Data {
		first.Data[i] = kernel.Data[i*outs]
	}
	return first
}

// StepsPool shows a pooling one window at a time; kind is max or average. Each
// channel is pooled on its own.
func StepsPool(kind string, input *nn.Tensor, kernel, stride int) {
	s := Steps{Operation: kind, Input: blockOf("StepsPool", input), Size: kernel, Stride: stride}
	if kind != "max" && kind != "average" {
		panic(fmt.Sprintf("lab.StepsPool knows the kinds max and average, not %q", kind))
	}
	s.slide(s.Input.Shape[2], func(i, j, channel int) float64 {
		most, sum := math.Inf(-1), 0.0
		s.window(i, j, func(_, _, c int, v float64) {
			if c == channel {
				most, sum = max(most, v), sum+v
			}
		})
		if kind == "max" {
			return most
		}
		return sum / float64(kernel*kernel)
	})
	Show(s)
}

// slide fills the output.
func (s *Steps) slide(channels int, result func(i, j, channel int) float64) {
	room := [2]int{s.Input.Shape[0] + 2*s.Pad - s.Size, s.Input.Shape[1] + 2*s.Pad - s.Size}
	if s.Size < 1 || s.Stride < 1 || s.Pad < 0 || min(room[0], room[1]) < 0 {
		panic(fmt.Sprintf("a window of %d, stride %d and pad %d does not fit a picture of %v", s.Size, s.Stride, s.Pad, s.Input))
	}
	s.Output = &Block{Shape: [3]int{room[0]/s.Stride + 1, room[1]/s.Stride + 1, channels}}
	for i := range s.Output.Shape[0] {
		for j := range s.Output.Shape[1] {
			for c := range channels {
				s.Output.Data = append(s.Output.Data, float32(result(i, j, c)))
			}
		}
	}
}

// window visits what is under the window of output i, j.
func (s *Steps) window(i, j int, visit func(p, q, c int, v float64)) {
	for p := range s.Size {
		for q := range s.Size {
			for c := range s.Input.Shape[2] {
				visit(p, q, c, s.Input.at(i*s.Stride+p-s.Pad, j*s.Stride+q-s.Pad, c))
			}
		}
	}
}

// StepsSoftmax shows how scores become shares: the largest is taken away, e is
// raised to what is left, and each is divided by the sum.
func StepsSoftmax(labels []string, scores []float64) {
	if len(labels) != len(scores) || len(labels) == 0 || len(labels) > mostStepScores {
		panic(fmt.Sprintf("lab.StepsSoftmax needs a label for each of 1 to %d scores, not %d for %d", mostStepScores, len(labels), len(scores)))
	}
	Show(Steps{Operation: "softmax", Labels: slices.Clone(labels), Scores: ForPage(scores)})
}

// PageKind is the kind of display that draws Steps on a page.
func (s Steps) PageKind() string { return "steps" }

// String goes through the first steps.
func (s Steps) String() string {
	if s.Operation == "softmax" {
		return s.softmaxText()
	}
	const few = 3
	lines := []string{fmt.Sprintf("%s of %v, window %d, stride %d, pad %d: %v", s.Operation, s.Input, s.Size, s.Stride, s.Pad, s.Output)}
	stops := s.Output.Shape[0] * s.Output.Shape[1]
	for stop := range min(stops, few) {
		lines = append(lines, s.stopText(stop/s.Output.Shape[1], stop%s.Output.Shape[1]))
	}
	switch more := stops - few; {
	case more == 1:
		lines = append(lines, "and 1 window more")
	case more > 1:
		lines = append(lines, fmt.Sprintf("and %d windows more", more))
	}
	return strings.Join(lines, "\n")
}

// stopText writes one window as a sum. The terms of a large one are counted.
func (s Steps) stopText(i, j int) string {
	const mostTerms = 9
	var terms []string
	s.window(i, j, func(p, q, c int, v float64) {
		switch {
		case s.Operation == "conv":
			terms = append(terms, fmt.Sprintf("%s·%s", signed(v), signed(s.Kernel.at(p, q, c))))
		case c == 0:
			terms = append(terms, short(v))
		}
	})
	result := short(s.Output.at(i, j, 0))
	sum := fmt.Sprintf("of %d numbers", len(terms))
	if len(terms) <= mostTerms {
		sum = strings.Join(terms, map[bool]string{true: ", ", false: " + "}[s.Operation == "max"])
	}
	switch s.Operation {
	case "max":
		return fmt.Sprintf("at %d, %d: the largest of %s is %s", i, j, strings.TrimPrefix(sum, "of "), result)
	case "average":
		return fmt.Sprintf("at %d, %d: (%s)/%d = %s", i, j, sum, s.Size*s.Size, result)
	}
	return fmt.Sprintf("at %d, %d: %s = %s", i, j, sum, result)
}

// signed puts a negative number into brackets.
func signed(v float64) string {
	if v < 0 {
		return "(" + short(v) + ")"
	}
	return short(v)
}

func (s Steps) softmaxText() string {
	largest, sum, widest := math.Inf(-1), 0.0, len("sum")
	for i, v := range s.Scores {
		largest, widest = max(largest, float64(v)), max(widest, len([]rune(s.Labels[i])))
	}
	for _, v := range s.Scores {
		sum += math.Exp(float64(v) - largest)
	}
	lines := []string{fmt.Sprintf("%*s  %8s  %8s  %8s  %8s", widest, "", "score", "-largest", "e to it", "share")}
	for i, v := range s.Scores {
		left := float64(v) - largest
		lines = append(lines, fmt.Sprintf("%*s  %8s  %8s  %8s  %8s", widest, s.Labels[i], v, short(left), short(math.Exp(left)), short(math.Exp(left)/sum)))
	}
	return strings.Join(append(lines, fmt.Sprintf("%*s  %8s  %8s  %8s  %8s", widest, "sum", "", "", short(sum), "1")), "\n")
}
