package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The steps of the optimisers. Those of SGD multiply and add with a rounding in
// between, as Go does.

func sgdStep(v vector) {
	begin(v, "sgdStep", "func(w, dw []float32, decay, rate float32)", "sgdStep for whole steps")
	w, dw, steps, decay, rate := base("w"), base("dw"), stepsOf(v, "w"), constant(v, "decay"), constant(v, "rate")
	loop("step", steps, func() {
		weight, g := decayed(v, w, dw, decay)
		VMULPS(g, rate, g)
		VSUBPS(g, weight, weight)
		VMOVUPS(weight, Mem{Base: w})
		advance(v.floats()*float, w, dw)
	})
	end()
}

func momentumStep(v vector, name string, nesterov bool) {
	begin(v, name, "func(w, dw, m []float32, decay, momentum, rate float32)", name+" for whole steps")
	w, dw, m, steps := base("w"), base("dw"), base("m"), stepsOf(v, "w")
	decay, momentum, rate := constant(v, "decay"), constant(v, "momentum"), constant(v, "rate")
	loop("step", steps, func() {
		weight, g := decayed(v, w, dw, decay)
		memory := v.register()
		VMULPS(Mem{Base: m}, momentum, memory)
		VADDPS(g, memory, memory)
		VMOVUPS(memory, Mem{Base: m})
		if nesterov {
			VMULPS(memory, momentum, memory)
			VADDPS(g, memory, memory)
		}
		VMULPS(memory, rate, memory)
		VSUBPS(memory, weight, weight)
		VMOVUPS(weight, Mem{Base: w})
		advance(v.floats()*float, w, dw, m)
	})
	end()
}

// decayed loads a step of weights and their gradients with the decay in them.
func decayed(v vector, w, dw reg.GPVirtual, decay reg.VecVirtual) (weight, g reg.VecVirtual) {
	weight, g = v.register(), v.register()
	VMOVUPS(Mem{Base: w}, weight)
	VMULPS(weight, decay, g)
	VADDPS(Mem{Base: dw}, g, g)
	return weight, g
}

// adamStep takes half a step at a time: its terms leave no registers for more.
func adamStep(v vector) {
	begin(v, "adamStep", "func(w, dw, m, v []float32, terms *[9]float64)", "adamStep for whole steps")
	w, dw, m, square, terms := base("w"), base("dw"), base("m"), base("v"), value("terms")
	halves := length("w")
	SHRQ(U8(shift(v.floats()/2)), halves)
	var term [9]reg.VecVirtual
	for i := range term {
		term[i] = v.register()
		VBROADCASTSD(Mem{Base: terms, Disp: i * double}, term[i])
	}
	couple, keep, beta1, new1, beta2, new2, rate, unbias2, eps := term[0], term[1], term[2], term[3], term[4], term[5], term[6], term[7], term[8]
	loop("half", halves, func() {
		weight, g, joins := widenHalf(v, w), widenHalf(v, dw), v.register()
		VFMADD231PD(couple, weight, g)

		mean := widenHalf(v, m)
		VMULPD(new1, g, joins)
		VFMADD213PD(joins, beta1, mean)
		VMOVUPS(v.narrowHalf(mean), Mem{Base: m})
		VMULPD(rate, mean, mean)

		root := widenHalf(v, square)
		VMULPD(new2, g, joins)
		VMULPD(g, joins, joins)
		VFMADD213PD(joins, beta2, root)
		VMOVUPS(v.narrowHalf(root), Mem{Base: square})
		VMULPD(unbias2, root, root)
		VSQRTPD(root, root)
		VADDPD(eps, root, root)

		VDIVPD(root, mean, mean)
		VFMSUB213PD(mean, keep, weight)
		VMOVUPS(v.narrowHalf(weight), Mem{Base: w})
		advance(v.floats()/2*float, w, dw, m, square)
	})
	end()
}

func widenHalf(v vector, from reg.GPVirtual) reg.VecVirtual {
	wide := v.register()
	VCVTPS2PD(Mem{Base: from}, wide)
	return wide
}
