package kernel

import (
	"math"

	"reslab/lessons/lab"
	"reslab/nn"
)

// A page gets a tensor as planes, matrices side by side: the channels of
// pictures, the windows of convolution weights, or the matrix itself.
type tensor struct {
	Shape   []int       `json:"shape"`
	Kind    string      `json:"kind"` // numbers, matrix, pictures or kernels
	Height  int         `json:"height"`
	Width   int         `json:"width"`
	Planes  int         `json:"planes"`
	Across  int         `json:"across"`             // planes in a row: channels, or output channels of kernels
	LeftOut int         `json:"left_out,omitempty"` // numbers that are not sent
	Values  lab.Numbers `json:"values"`             // plane by plane, row by row
	Low     lab.Number  `json:"low"`                // of the whole tensor
	High    lab.Number  `json:"high"`
	Mean    lab.Number  `json:"mean"`
}

const (
	mostTensor = 200_000 // numbers of one display
	mostSide   = 512     // rows or columns of a plane that are sent
	mostPlanes = 64
)

func tensorData(t *nn.Tensor) string {
	if t == nil || len(t.Data) == 0 {
		return "" // its text says it all
	}
	p := planesOf(t.Shape)
	out := tensor{Shape: t.Shape, Kind: p.kind, Height: min(p.h, mostSide), Width: min(p.w, mostSide), Across: p.across}
	each := out.Height * out.Width
	out.Planes = max(1, min(p.n, mostPlanes, mostTensor/each))
	for n := range out.Planes {
		for i := range out.Height {
			for j := range out.Width {
				out.Values = append(out.Values, t.Data[p.at(n, i, j)])
			}
		}
	}
	out.LeftOut = len(t.Data) - len(out.Values)
	low, high := spanOf(t.Data)
	sum := 0.0
	for _, v := range t.Data {
		sum += float64(v)
	}
	out.Low, out.High, out.Mean = lab.Number(low), lab.Number(high), lab.Number(sum/float64(len(t.Data)))
	return asJSON(out)
}

// planes say how a tensor is cut into matrices.
type planes struct {
	kind            string
	n, h, w, across int
	at              func(n, i, j int) int // place in the data
}

// planesOf reads [.., H, W, C] as pictures, and a rank of four whose first two
// sizes are those of a window as weights HWIO.
func planesOf(shape []int) planes {
	rank := len(shape)
	switch {
	case rank == 4 && isWindow(shape):
		k, in, out := shape[0], shape[2], shape[3]
		return planes{"kernels", in * out, k, k, out, func(n, i, j int) int { return (i*k+j)*in*out + n }}
	case rank == 4, rank == 3:
		h, w, c := shape[rank-3], shape[rank-2], shape[rank-1]
		n := c
		if rank == 4 {
			n *= shape[0]
		}
		return planes{"pictures", n, h, w, c, func(n, i, j int) int { return ((n/c*h+i)*w+j)*c + n%c }}
	case rank <= 1:
		w := 1
		if rank == 1 {
			w = shape[0]
		}
		return planes{"numbers", 1, 1, w, 1, func(_, _, j int) int { return j }}
	}
	h, w := shape[rank-2], shape[rank-1]
	n := 1
	for _, d := range shape[:rank-2] {
		n *= d
	}
	return planes{"matrix", n, h, w, n, func(n, i, j int) int { return (n*h+i)*w + j }}
}

// isWindow tells the weights of a convolution: small, square, odd, and with more
// channels than a window has pixels an edge, or one of each.
func isWindow(shape []int) bool {
	k := shape[0]
	return k == shape[1] && k%2 == 1 && k > 1 && k <= 11 && (shape[2] != k || shape[3] > k)
}

// spanOf returns the least and the greatest of the finite numbers, 0 and 0 if
// there is none.
func spanOf(data []float32) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range data {
		if f := float64(v); !math.IsNaN(f) && !math.IsInf(f, 0) {
			low, high = min(low, f), max(high, f)
		}
	}
	if low > high {
		return 0, 0
	}
	return low, high
}
