package nn

import "fmt"

// Layer is one step of a network, and the only interface of this package.
//
//	x --> Forward --> y          the prediction
//	dx <-- Backward <-- dy       who is to blame for the loss L
//
// L is one number that says how wrong the net is. The gradient dL/dx holds, for
// each number of x, how fast L grows when that number does. y is computed from
// x, and dx = dL/dx from dy = dL/dy; each gradient has the shape of what it
// belongs to. The first axis counts the pictures of a batch.
//
// A Layer keeps from Forward what Backward needs, whether or not it trains;
// so Backward belongs to the Forward just before it, and without one, or twice
// for one, it panics. A Layer never writes to its arguments. What it keeps may
// be x or y themselves: change neither before Backward. It is for one goroutine
// at a time. One that is written outside nn is called a learner's layer.
type Layer interface {
	// Forward returns the output for the batch x. With train true, layers that
	// behave otherwise while learning (batch norm, dropout) do so.
	Forward(x *Tensor, train bool) *Tensor

	// Backward returns dL/dx, given dy = dL/dy, and adds dL/dw to the Grad of
	// every parameter w.
	Backward(dy *Tensor) *Tensor

	// Params returns the parameters in a fixed order. In a container, a layer
	// made of layers, their names are paths, as "layer1.0.conv1.weight".
	Params() []*Param
}

// take hands out what Forward kept for Backward, once.
func take(kept **Tensor, layer fmt.Stringer) *Tensor {
	t := *kept
	needForward(t != nil, layer)
	*kept = nil
	return t
}

func needForward(ran bool, layer fmt.Stringer) {
	if !ran {
		panic(mistake(layer.String(), "Backward needs a Forward before it, one for each Backward"))
	}
}
