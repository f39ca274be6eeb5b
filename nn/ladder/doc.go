// Package ladder climbs from the convolution that everybody writes first to
// the fast one, one idea a step. All steps compute the same:
//
//	y[n,i,j,o] = sum over p, q, c of x[n, i+p-1, j+q-1, c] * w[p,q,c,o]
//
// a window of 3x3 pixels, with stride 1 and a border of zeros. Each step is a
// function in a file of its own, to be read beside the one before it:
//
//	naive.go      the formula, loop by loop
//	order.go      the same loops, memory read in the order in which it lies
//	im2col.go     windows copied into rows, then one matrix product
//	blocking.go   sums kept in registers, numbers used while they are in the cache
//	tiles.go      what tile of sums suits plain Go, measured
//	winograd.go   fewer multiplications
//	machine.go    vector registers, direct convolution, Winograd and threads: the kernels of package nn
//
// Climb times them on this machine, beside Peak, what its arithmetic can do at
// most. The steps of machine.go are the ones that nets run on.
package ladder
