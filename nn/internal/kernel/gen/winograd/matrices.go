package main

// formula multiplies a vector of numbers by a matrix.
type formula struct {
	in, out int // numbers
	apply   func(d []*node) []*node
}

// form is F(2x2,3x3) or F(4x4,3x3): its matrices and their transposes, as far
// as they are needed; package kernel has them written out (winograd_matrices.go).
type form struct {
	name   string
	edge   int // of a tile of outputs
	points int // edge of a tile of inputs

	bt, at, a, g, gt formula
}

var f2 = form{
	name: "F2", edge: 2, points: 4,
	bt: formula{4, 4, func(d []*node) []*node {
		return []*node{sub(d[0], d[2]), add(d[1], d[2]), sub(d[2], d[1]), sub(d[1], d[3])}
	}},
	at: formula{4, 2, func(m []*node) []*node {
		return []*node{add(m[0], add(m[1], m[2])), sub(sub(m[1], m[2]), m[3])}
	}},
	a: formula{2, 4, func(y []*node) []*node {
		return []*node{y[0], add(y[0], y[1]), sub(y[0], y[1]), scale(-1, y[1])}
	}},
	g: formula{3, 4, func(w []*node) []*node {
		ends, middle := scale(1./2, add(w[0], w[2])), scale(1./2, w[1])
		return []*node{w[0], add(ends, middle), sub(ends, middle), w[2]}
	}},
	gt: formula{4, 3, func(u []*node) []*node {
		sum := scale(1./2, add(u[1], u[2]))
		return []*node{add(u[0], sum), scale(1./2, sub(u[1], u[2])), add(sum, u[3])}
	}},
}

var f4 = form{
	name: "F4", edge: 4, points: 6,
	bt: formula{6, 6, func(d []*node) []*node {
		even1, odd1 := subTimes(d[4], 4, d[2]), subTimes(d[3], 4, d[1])
		even2, odd2 := sub(d[4], d[2]), sub(d[3], d[1])
		return []*node{
			addTimes(subTimes(d[4], 5, d[2]), 4, d[0]),
			add(even1, odd1), sub(even1, odd1),
			addTimes(even2, 2, odd2), subTimes(even2, 2, odd2),
			addTimes(subTimes(d[5], 5, d[3]), 4, d[1]),
		}
	}},
	at: formula{6, 4, func(m []*node) []*node {
		sum1, difference1 := add(m[1], m[2]), sub(m[1], m[2])
		sum2, difference2 := add(m[3], m[4]), sub(m[3], m[4])
		return []*node{
			add(add(m[0], sum1), sum2),
			addTimes(difference1, 2, difference2),
			addTimes(sum1, 4, sum2),
			addTimes(add(difference1, m[5]), 8, difference2),
		}
	}},
	a: formula{4, 6, func(y []*node) []*node {
		even1, odd1 := add(y[0], y[2]), add(y[1], y[3])
		even2, odd2 := addTimes(y[0], 4, y[2]), scale(2, addTimes(y[1], 4, y[3]))
		return []*node{y[0], add(even1, odd1), sub(even1, odd1), add(even2, odd2), sub(even2, odd2), y[3]}
	}},
	g: formula{3, 6, func(w []*node) []*node {
		ends1, middle1 := scale(-1./6, add(w[0], w[2])), scale(1./6, w[1])
		ends2, middle2 := scale(1./24, addTimes(w[0], 4, w[2])), scale(1./12, w[1])
		return []*node{scale(1./4, w[0]), sub(ends1, middle1), add(ends1, middle1), add(ends2, middle2), sub(ends2, middle2), w[2]}
	}},
	gt: formula{6, 3, func(u []*node) []*node {
		sum1, difference1 := add(u[1], u[2]), sub(u[2], u[1])
		sum2, difference2 := add(u[3], u[4]), sub(u[3], u[4])
		return []*node{
			addTimes(subTimes(scale(1./4, u[0]), 1./6, sum1), 1./24, sum2),
			addTimes(scale(1./12, difference2), 1./6, difference1),
			addTimes(u[5], 1./6, sub(sum2, sum1)),
		}
	}},
}
