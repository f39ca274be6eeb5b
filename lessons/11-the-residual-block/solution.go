// Package residual holds the solutions of lesson 11 and the checks that judge a
// learner's.
package residual

import "reslab/nn"

// wayBack returns dL/dx of y = f(x) + x, see the lesson.
func wayBack(slope, dy float64) float64 {
	throughBody := slope * dy
	overTheRoad := dy
	return throughBody + overTheRoad
}

// addRoad returns F(x) + x in a tensor of its own.
func addRoad(body nn.Layer, x *nn.Tensor) *nn.Tensor {
	y := body.Forward(x, false).Clone()
	for i := range y.Data {
		y.Data[i] += x.Data[i]
	}
	return y
}

// weightLayers counts the layers with weights on the main path.
func weightLayers(blocks []int, perBlock int) int {
	n := 0
	for _, b := range blocks {
		n += b * perBlock
	}
	return 1 + n + 1 // the stem before, the fully connected layer behind
}

// Highway is a residual block whose shortcut is the identity.
type Highway struct{ body nn.Layer }

func newHighway(body nn.Layer) nn.Layer { return &Highway{body} }

// Forward computes F(x) + x.
func (h *Highway) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	return plus(h.body.Forward(x, train), x)
}

// Backward sends dy down both roads.
func (h *Highway) Backward(dy *nn.Tensor) *nn.Tensor {
	return plus(h.body.Backward(dy), dy)
}

// Params are the body's: the road has none.
func (h *Highway) Params() []*nn.Param { return h.body.Params() }

// plus adds two tensors of one shape and changes neither.
func plus(a, b *nn.Tensor) *nn.Tensor {
	sum := a.Clone()
	for i, v := range b.Data {
		sum.Data[i] += v
	}
	return sum
}
