package resnet50

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type bottleneckFunc = func(in, width, edge, stride int) (params, macs int)

// A blockAsked is a question for bottleneck.
type blockAsked struct{ in, width, edge, stride int }

var blocksAsked = []blockAsked{
	{4, 1, 2, 1},
	{2, 1, 2, 1},
	{4, 1, 4, 2},
	{12, 3, 6, 1},
	{16, 8, 6, 2},
	{64, 64, 56, 1},
	{256, 128, 56, 2},
	{2048, 512, 7, 1},
	{8, 1, 2, 1},
}

func (b blockAsked) String() string {
	return fmt.Sprintf("in=%d width=%d edge=%d stride=%d", b.in, b.width, b.edge, b.stride)
}

func (b blockAsked) ask(f bottleneckFunc) (params, macs int) {
	return f(b.in, b.width, b.edge, b.stride)
}

// projected tells whether the shortcut changes the shape.
func (b blockAsked) projected() bool { return b.in != 4*b.width || b.stride != 1 }

// A window of a block: its channels, its size and the edge of its maps.
type window struct{ in, out, kernel, edge int }

func (b blockAsked) windows() []window {
	after := b.edge / b.stride
	all := []window{{b.in, b.width, 1, b.edge}, {b.width, b.width, 3, after}, {b.width, 4 * b.width, 1, after}}
	if b.projected() {
		all = append(all, window{b.in, 4 * b.width, 1, after})
	}
	return all
}

// paramsByHand adds up weights and batch norms, in words.
func (b blockAsked) paramsByHand() string {
	var parts []string
	total := 0
	for _, w := range b.windows() {
		n := w.kernel * w.kernel * w.in * w.out
		parts = append(parts, fmt.Sprintf("%d + %d", n, 2*w.out))
		total += n + 2*w.out
	}
	return fmt.Sprintf("By hand, the weights of each convolution and its batch norm: %s = %d. %s", strings.Join(parts, " + "), total, b.whyProjected())
}

func (b blockAsked) whyProjected() string {
	switch out := 4 * b.width; {
	case b.in != out && b.stride != 1:
		return fmt.Sprintf("The last one is the projection: %d channels come in, %d go out, and the stride is %d.", b.in, out, b.stride)
	case b.in != out:
		return fmt.Sprintf("The last one is the projection: %d channels come in, and %d go out.", b.in, out)
	case b.stride != 1:
		return fmt.Sprintf("The last one is the projection: the stride is %d, so the maps of x are larger than those of F(x).", b.stride)
	}
	return "There is no projection: what goes out has the shape of what comes in."
}

// macsByHand adds up the multiply-adds, in words.
func (b blockAsked) macsByHand() string {
	var parts []string
	total := 0
	for _, w := range b.windows() {
		n := w.kernel * w.kernel * w.in * w.out
		parts = append(parts, fmt.Sprintf("%d*%d*%d", n, w.edge, w.edge))
		total += n * w.edge * w.edge
	}
	return fmt.Sprintf("By hand, the weights of each convolution at all its stops: %s = %d.", strings.Join(parts, " + "), total)
}

// A quirk is what a wrong bottleneck does otherwise.
type quirk struct {
	firstEdge, middleEdge, lastEdge, shortcutEdge func(edge, after int) int
	projection                                    func(in, out, stride int) bool
	out                                           func(width int) int // channels that go out
}

func atEdge(edge, after int) int  { return edge }
func atAfter(edge, after int) int { return after }
func never(in, out, stride int) bool {
	return false
}

// with returns a bottleneck with the quirk; what is nil is right.
func with(q quirk) bottleneckFunc {
	edgeOf := func(f func(edge, after int) int, otherwise int, edge, after int) int {
		if f == nil {
			return otherwise
		}
		return f(edge, after)
	}
	return func(in, width, edge, stride int) (params, macs int) {
		out, after := 4*width, edge/stride
		if q.out != nil {
			out = q.out(width)
		}
		projected := in != out || stride != 1
		if q.projection != nil {
			projected = q.projection(in, out, stride)
		}
		add := func(in, out, kernel, edge int) {
			p, m := conv(in, out, kernel, edge)
			params, macs = params+p, macs+m
		}
		add(in, width, 1, edgeOf(q.firstEdge, edge, edge, after))
		add(width, width, 3, edgeOf(q.middleEdge, after, edge, after))
		add(width, out, 1, edgeOf(q.lastEdge, after, edge, after))
		if projected {
			add(in, out, 1, edgeOf(q.shortcutEdge, after, edge, after))
		}
		return params, macs
	}
}

// only counts the windows of a block that keep says.
func only(keep func(w window) bool) bottleneckFunc {
	return func(in, width, edge, stride int) (params, macs int) {
		for _, w := range (blockAsked{in, width, edge, stride}).windows() {
			if keep(w) {
				p, m := conv(w.in, w.out, w.kernel, w.edge)
				params, macs = params+p, macs+m
			}
		}
		return params, macs
	}
}

// behind returns a bottleneck with another edge behind the stride.
func behind(edgeOf func(edge, stride int) int) bottleneckFunc {
	return func(in, width, edge, stride int) (int, int) {
		at := func(edge, after int) int { return edgeOf(edge, stride) }
		return with(quirk{middleEdge: at, lastEdge: at, shortcutEdge: at})(in, width, edge, stride)
	}
}

func noBatchNorms(in, width, edge, stride int) (params, macs int) {
	for _, w := range (blockAsked{in, width, edge, stride}).windows() {
		weights := w.kernel * w.kernel * w.in * w.out
		params, macs = params+weights, macs+weights*w.edge*w.edge
	}
	return params, macs
}

// emptyHoles is the bottleneck of the lesson as a learner finds it.
var emptyHoles = with(quirk{middleEdge: atEdge, lastEdge: atEdge, projection: never})

var bottleneckSlips = []slip.Slip[bottleneckFunc]{
	{Advice: "Both holes are still empty: no stride makes the maps smaller, and no shortcut has a projection.", Wrong: emptyHoles},
	{Advice: "Hole 1 is right. Now hole 2: with false the shortcut never has a projection.", Wrong: with(quirk{projection: never})},
	{Advice: "Hole 2 is right. Now hole 1: a stride of 2 leaves half of the edge.", Wrong: with(quirk{middleEdge: atEdge, lastEdge: atEdge, shortcutEdge: atEdge})},
	{Advice: "Channels alone do not decide. A stride makes F(x) smaller than x, and then the identity does not fit, either.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return in != out }})},
	{Advice: "The stride alone does not decide. Where other channels go out than come in, the identity does not fit, either: so it is in the first block of stage 1.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return stride != 1 }})},
	{Advice: "More channels may come in than go out, and then the identity does not fit, either: ask whether the two are the same.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return in < out || stride != 1 }})},
	{Advice: "One of the two is enough: or, not and.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return in != out && stride != 1 }})},
	{Advice: "That is the wrong way round: where the shape stays, the identity will do.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return in == out && stride == 1 }})},
	{Advice: "Not every block has a projection. Where the shape stays, the shortcut is the identity, and costs nothing.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return true }})},
	{Advice: "Compare what comes in with what goes out of the block, four times the width, and not with the width.", Wrong: with(quirk{projection: func(in, out, stride int) bool { return 4*in != out || stride != 1 }})},
	{Advice: "The edge is divided by the stride, not multiplied.", Wrong: behind(func(edge, stride int) int { return edge * stride })},
	{Advice: "The edge is divided by the stride. You subtract it.", Wrong: behind(func(edge, stride int) int { return edge - stride })},
	{Advice: "At stride 1 the edge stays. You take one away before you divide.", Wrong: behind(func(edge, stride int) int { return (edge - 1) / stride })},
	{Advice: "The edge is divided by the stride once. The square of it is taken in conv.", Wrong: behind(func(edge, stride int) int { return edge / stride / stride })},
	{Advice: "The edge is divided by the stride, and the stride is not always 2.", Wrong: behind(func(edge, stride int) int { return edge / 2 })},
	{Advice: "The padding of 1 makes up for the window of 3: at stride 1 the edge stays.", Wrong: behind(func(edge, stride int) int { return (edge-3)/stride + 1 })},
	{Advice: "That has the stride on the first 1x1, as in the paper. Here it stands at the 3x3, so the first 1x1 still works on all of the maps that come in.", Wrong: with(quirk{firstEdge: atAfter})},
	{Advice: "The maps stay small behind the stride: the last 1x1 works at the edge behind the 3x3.", Wrong: with(quirk{lastEdge: atEdge})},
	{Advice: "The projection has the stride, too: it ends where the body ends, or the two could not be added.", Wrong: with(quirk{shortcutEdge: atEdge})},
	{Advice: "The windows of 1 by 1 have weights, too: one for each channel that is read and each that is written.", Wrong: only(func(w window) bool { return w.kernel == 3 })},
	{Advice: "The batch norms are missing: two numbers for each channel that is written.", Wrong: noBatchNorms},
	{Advice: "A block writes four times its width: 64 becomes 256.", Wrong: with(quirk{out: func(width int) int { return width }})},
	{Advice: "The two results have changed places.", Wrong: func(in, width, edge, stride int) (int, int) {
		p, m := bottleneck(in, width, edge, stride)
		return m, p
	}},
}

// checkBottleneck compares yours with the sum over the windows of a block.
func checkBottleneck(yours bottleneckFunc) string {
	for _, b := range blocksAsked {
		var params, macs int
		if sentence := lab.Panics(func() { params, macs = b.ask(yours) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", b, sentence)
		}
		wantParams, wantMACs := b.ask(bottleneck)
		problem := ""
		switch {
		case params != wantParams:
			problem = fmt.Sprintf("For %v yours gives %d parameters. %s", b, params, b.paramsByHand())
		case macs != wantMACs:
			problem = fmt.Sprintf("For %v yours gives %d parameters, which is right, and %d multiply-adds. %s", b, params, macs, b.macsByHand())
		default:
			continue
		}
		return strings.TrimSpace(problem + " " + slip.Find(yours, bottleneckSlips, blocksAsked, func(f bottleneckFunc, b blockAsked) string { return fmt.Sprint(b.ask(f)) }))
	}
	return ""
}
