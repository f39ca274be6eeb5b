package kernel

// genericWinograd runs on every processor: the formulas of winograd.go, to be
// read.
var genericWinograd = winogradSet{
	name: "generic", lanes: 4,
	f2:       genericForm(2, 4, timesB2T, timesA2T, timesA2, timesG2, timesG2T),
	f4:       genericForm(4, 6, timesB4T, timesA4T, timesA4, timesG4, timesG4T),
	products: []winogradProduct{{4, 4, multiply4x4, 4, collect4x4}},
}

// grid is where the elements of a square stand: rows and columns so far apart.
type grid struct{ row, column int }

// product computes to = M from Mᵀ for a square of size elements: M times each
// column, then M times each row of the result.
func product(m func(vector) vector, size, resultSize int, to []float32, toGrid grid, from []float32, fromGrid grid) {
	var half [6]vector // M from, by rows
	for j := range size {
		var column vector
		for i := range size {
			column[i] = from[i*fromGrid.row+j*fromGrid.column]
		}
		for i, value := range m(column) {
			half[i][j] = value
		}
	}
	for i := range resultSize {
		row := m(half[i])
		for j := range resultSize {
			to[i*toGrid.row+j*toGrid.column] = row[j]
		}
	}
}

// genericForm makes the transforms from the matrices.
func genericForm(edge, points int, bt, at, a, g, gt func(vector) vector) winogradForm {
	line := func(step int) grid { return grid{points * step, step} } // of positions
	return winogradForm{
		edge: edge, points: points,
		input: func(v, x []float32, tiles, channels, row, step int) {
			for t := range tiles {
				for c := range channels {
					product(bt, points, points, v[t*channels+c:], line(step), x[t*edge*channels+c:], grid{row, channels})
				}
			}
		},
		output: func(y, m []float32, tiles, channels, row, step int) {
			for t := range tiles {
				for c := range channels {
					product(at, points, edge, y[t*edge*channels+c:], grid{row, channels}, m[t*channels+c:], line(step))
				}
			}
		},
		gradient: func(z, dy []float32, tiles, channels, row, step int) {
			for t := range tiles {
				for c := range channels {
					product(a, edge, points, z[t*channels+c:], line(step), dy[t*edge*channels+c:], grid{row, channels})
				}
			}
		},
		weights: func(u, w []float32, n, uNext, wNext, step, tap int) {
			for i := range n {
				for lane := range 4 {
					product(g, 3, points, u[i*uNext+lane:], line(step), w[i*wNext+lane:], grid{3 * tap, tap})
				}
			}
		},
		weightGrad: func(dw, du []float32, n, tap, step int) {
			for i := range 4 * n {
				product(gt, points, 3, dw[i:], grid{3 * tap, tap}, du[i:], line(step))
			}
		},
	}
}

// multiply4x4 computes M[p] = V[p] U[p] for all positions.
func multiply4x4(m, v, u []float32, positions, panels, chunks, depth, mRow, vRow, mStep, vStep, uStep int) {
	for p := range positions {
		for panel := range panels {
			b := u[p*uStep+panel*depth*4:][:depth*4]
			for chunk := range chunks {
				to, a := p*mStep+chunk*4*mRow+panel*4, v[p*vStep+chunk*4*vRow:]
				a0, a1, a2, a3 := a[:depth], a[vRow:][:depth], a[2*vRow:][:depth], a[3*vRow:][:depth]
				var sums tile16
				for k := range depth {
					line := b[4*k:][:4]
					sums.add(a0[k], a1[k], a2[k], a3[k], line[0], line[1], line[2], line[3])
				}
				sums.store(m[to:], mRow, false)
			}
		}
	}
}

// collect4x4 computes dU[p] += V[p]ᵀ Z[p] for all positions.
func collect4x4(du, v, z []float32, positions, panels, chunks, tiles, vRow, zRow, duStep, vStep, zStep int) {
	for p := range positions {
		for panel := range panels {
			for chunk := range chunks {
				var sums tile16
				for t := range tiles {
					a, line := v[p*vStep+t*vRow+chunk*4:][:4], z[p*zStep+t*zRow+panel*4:][:4]
					sums.add(a[0], a[1], a[2], a[3], line[0], line[1], line[2], line[3])
				}
				sums.store(du[p*duStep+chunk*4*zRow+panel*4:], zRow, true)
			}
		}
	}
}

// tile16 is sixteen sums, as many as the compiler can keep in registers.
type tile16 struct{ c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33 float32 }

func (s *tile16) add(a0, a1, a2, a3, b0, b1, b2, b3 float32) {
	s.c00 += a0 * b0
	s.c01 += a0 * b1
	s.c02 += a0 * b2
	s.c03 += a0 * b3
	s.c10 += a1 * b0
	s.c11 += a1 * b1
	s.c12 += a1 * b2
	s.c13 += a1 * b3
	s.c20 += a2 * b0
	s.c21 += a2 * b1
	s.c22 += a2 * b2
	s.c23 += a2 * b3
	s.c30 += a3 * b0
	s.c31 += a3 * b1
	s.c32 += a3 * b2
	s.c33 += a3 * b3
}

// store writes the sums, or adds them to what is there.
func (s *tile16) store(c []float32, row int, add bool) {
	for i, sums := range [4][4]float32{
		{s.c00, s.c01, s.c02, s.c03}, {s.c10, s.c11, s.c12, s.c13}, {s.c20, s.c21, s.c22, s.c23}, {s.c30, s.c31, s.c32, s.c33},
	} {
		for j, sum := range sums {
			if add {
				sum += c[i*row+j]
			}
			c[i*row+j] = sum
		}
	}
}
