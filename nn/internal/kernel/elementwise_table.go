package kernel

// passes are the loops over whole tensors that one kind of processor has.
// elementwise_generic.go says what each computes.
type passes struct {
	name string

	columnMoments                        func(sum, squares []float64, x []float32, rows int)
	columnProducts, columnProductsMasked func(sum, products []float64, x, dy []float32, positive []byte, rows int)
	scaleShift                           func(y, x []float32, scale, shift []float64, rows int)
	scaleShiftReLU                       func(y, x []float32, positive []byte, scale, shift []float64, rows int)
	scaleShiftAddReLU                    func(y, x, r []float32, positive []byte, scale, shift []float64, rows int)
	batchNormGrad, batchNormGradMasked   func(dx, x, dy []float32, positive []byte, a, b, c []float64, rows int)
	add, addMasked                       func(y, a, b []float32, positive []byte)
	relu                                 func(y, x []float32, positive []byte)
	reluGrad                             func(dx, dy []float32, positive []byte)
	leakyReLU, leakyReLUGrad             func(y, x []float32, positive []byte, leak float32)
	scaleShiftBytes                      func(y []float32, x []byte, scale, shift []float64, rows int)
	exponentials                         func(y []float64, x []float32, top float64)
	sigmoid, tanh                        func(y, x []float32)
	sgdStep                              func(w, dw []float32, decay, rate float32)
	momentumStep, nesterovStep           func(w, dw, m []float32, decay, momentum, rate float32)
	adamStep                             func(w, dw, m, v []float32, terms *[AdamTerms]float64)
	maxOf                                func(y, x []float32)
	maxWinner                            func(y []float32, winners []int32, x []float32, pixel int32)
}

// elementwise are the passes in use: those of the tiles in use.
var elementwise = passesNamed(Name())

// passesNamed returns the passes that belong to tiles of that name, and the
// plain ones where no assembly was written for them.
func passesNamed(name string) passes {
	for _, p := range passSets() {
		if p.name == name {
			return p
		}
	}
	return genericPasses
}
