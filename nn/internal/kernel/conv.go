// Package kernel computes convolutions, their gradients and matrix products on
// float32, on all cores.
//
// The loops of naive.go say what is computed. The fast paths of convolutions run
// on one small routine, the tile (tile.go), which exists in plain Go and in
// assembly (choose.go says which is used, gen writes that of amd64). A convolution
// becomes tiles without a matrix of copied windows: a tile is told where the
// window of each of its pixels starts and how far the taps stand from there
// (window.go, slide.go, sweep.go), in pictures with a frame of zeros (frame.go),
// and what comes next, to ask the memory for it in time (foresee.go).
// The gradient of the input is such a convolution again, over dy. The gradient of
// the weights exchanges the roles of pixels and weights (weightgrad.go, slabs.go).
// A matrix product is a convolution whose window is one pixel (matmul.go).
//
// For inference the weights are put once into the order in which tiles read them
// (packed.go). Windows of 3x3 are often done in Winograd's way, with fewer
// multiplications (winograd.go). Passes over whole tensors are in elementwise.go.
//
// How the work is cut into items (cut.go) is planned once for each shape
// (plans.go). A team of goroutines takes the items (parallel.go, team.go). Working
// memory is kept (stock.go, scratch.go): once warm, nothing allocates. peak.go
// measures what one core could do at most.
//
// Windows of 3x3 with stride 1 have a second, faster way (winograd.go), which is
// a little less precise.
//
// Results do not depend on GOMAXPROCS: no sum is cut by the number of cores, and
// every sum is added up in one order. The exported functions may be called by
// many goroutines at once. Slices must have the lengths that the shapes say.
package kernel

// Conv is the geometry of a convolution with a square window. Pictures are
// NHWC, x [N,H,W,In] and y [N,OutH,OutW,Out]; weights are HWIO,
// [Kernel,Kernel,In/Groups,Out]. N and Pad are at least 0, all others at least 1.
type Conv struct {
	N, H, W, In, Out, Kernel, Stride, Pad, Dilation, Groups int
}

// OutH returns the height of the output, less than 1 if the window does not fit.
func (c Conv) OutH() int { return c.outSize(c.H) }

// OutW returns the width of the output, less than 1 if the window does not fit.
func (c Conv) OutW() int { return c.outSize(c.W) }

func (c Conv) outSize(size int) int {
	room := size + 2*c.Pad - c.Dilation*(c.Kernel-1) - 1
	if room < 0 { // Go's division would round it up
		return 0
	}
	return room/c.Stride + 1
}

// Forward computes y, overwriting it; see NaiveForward. A nil bias means none.
func (c Conv) Forward(y, x, w, bias []float32) {
	if form := c.winogradForm(); form != nil {
		c.winogradForward(form, y, x, w, bias)
		return
	}
	forwards.of(c.flat()).run(y, x, c.forwardWeights(w), Epilogue{Bias: bias})
}

// InputGrad computes dx, overwriting it; see NaiveInputGrad. It is a
// convolution too: it slides over dy and uses the weights the other way round,
// from output to input channels.
func (c Conv) InputGrad(dx, dy, w []float32) {
	if form := c.winogradForm(); form != nil {
		c.winogradInputGrad(form, dx, dy, w)
		return
	}
	inputGrads.of(c.flat()).run(dx, dy, c.inputGradWeights(w), Epilogue{})
}

var (
	forwards   = plans[*slide]{make: newForward}
	inputGrads = plans[*slide]{make: newInputGrad}
)

func newForward(c Conv) *slide {
	windows := []window{{c.forwardAxis(c.H), c.forwardAxis(c.W)}}
	return newSlide(c.N, c.Groups, c.inPicture(), c.outPicture(), windows)
}

func newInputGrad(c Conv) *slide {
	var windows []window
	for _, y := range c.inputGradAxes(c.H) {
		for _, x := range c.inputGradAxes(c.W) {
			windows = append(windows, window{y, x})
		}
	}
	return newSlide(c.N, c.Groups, c.outPicture(), c.inPicture(), windows)
}

// flat takes the pixels of all pictures as one list where the window is one
// pixel: then no tile is cut off at the end of a row or of a picture.
func (c Conv) flat() Conv {
	if c.Kernel == 1 && c.Stride == 1 && c.Pad == 0 && c.N > 0 {
		c.N, c.H, c.W = 1, c.N*c.H*c.W, 1
	}
	return c
}

func (c Conv) inPicture() picture  { return picture{c.H, c.W, c.In} }
func (c Conv) outPicture() picture { return picture{c.OutH(), c.OutW(), c.Out} }
