package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// ReLU and leaky ReLU. positive has a bit for each float: was it above zero?

func relu(v vector) {
	begin(v, "relu", "func(y, x []float32, positive []byte)", "relu for whole steps")
	y, x, positive, steps, zero := base("y"), base("x"), base("positive"), stepsOf(v, "y"), v.zero()
	loop("step", steps, func() {
		w := v.register()
		VMOVUPS(Mem{Base: x}, w)
		v.storePositive(w, zero, Mem{Base: positive})
		VMAXPS(w, zero, w)
		VMOVUPS(w, Mem{Base: y})
		advance(v.floats()*float, y, x)
		advance(v.floats()/8, positive)
	})
	end()
}

func reluGrad(v vector) {
	begin(v, "reluGrad", "func(dx, dy []float32, positive []byte)", "reluGrad for whole steps")
	dx, dy, positive, steps := base("dx"), base("dy"), base("positive"), stepsOf(v, "dx")
	loop("step", steps, func() {
		VMOVUPS(v.loadMasked(Mem{Base: dy}, Mem{Base: positive}), Mem{Base: dx})
		advance(v.floats()*float, dx, dy)
		advance(v.floats()/8, positive)
	})
	end()
}

func leakyReLU(v vector) {
	begin(v, "leakyReLU", "func(y, x []float32, positive []byte, leak float32)", "leakyReLU for whole steps")
	y, x, positive, steps, zero, leak := base("y"), base("x"), base("positive"), stepsOf(v, "y"), v.zero(), constant(v, "leak")
	loop("step", steps, func() {
		w, less := v.register(), v.register()
		VMOVUPS(Mem{Base: x}, w)
		v.storePositive(w, zero, Mem{Base: positive})
		VMULPS(w, leak, less)
		VMOVUPS(v.choose(w, zero, w, less), Mem{Base: y})
		advance(v.floats()*float, y, x)
		advance(v.floats()/8, positive)
	})
	end()
}

func leakyReLUGrad(v vector) {
	begin(v, "leakyReLUGrad", "func(dx, dy []float32, positive []byte, leak float32)", "leakyReLUGrad for whole steps")
	dx, dy, positive, steps, leak := base("dx"), base("dy"), base("positive"), stepsOf(v, "dx"), constant(v, "leak")
	loop("step", steps, func() {
		g, less := v.register(), v.register()
		VMOVUPS(Mem{Base: dy}, g)
		VMULPS(g, leak, less)
		VMOVUPS(v.chooseBit(Mem{Base: positive}, g, less), Mem{Base: dx})
		advance(v.floats()*float, dx, dy)
		advance(v.floats()/8, positive)
	})
	end()
}
