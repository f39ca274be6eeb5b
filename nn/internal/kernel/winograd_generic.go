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
		output: func(y, m, add []float32, tiles, channels, pixel, row, step int, relu bool) {
			var sums [16]float32
			for t := range tiles {
				for c := range channels {
					product(at, points, edge, sums[:], grid{edge, 1}, m[t*channels+c:], line(step))
					for i, sum := range sums[:edge*edge] {
						place := t*edge*pixel + i/edge*row + i%edge*pixel + c
						if add != nil {
							sum += add[place]
						}
						if relu {
							sum = max(0, sum)
						}
						y[place] = sum
					}
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

// multiply4x4 computes M[p] = V[p] U[p] for all positions, on the tile of the
// direct convolution.
func multiply4x4(m, v, u []float32, positions, panels, chunks, depth, mRow, vRow, mStep, vStep, uStep int, ahead []float32, aheadStep, pace int, aside []float32) {
	to, from, runs := [4]int{0, mRow, 2 * mRow, 3 * mRow}, [4]int{0, vRow, 2 * vRow, 3 * vRow}, [1]int{}
	for p := range positions {
		for panel := range panels {
			b := u[p*uStep+panel*depth*4:]
			for chunk := range chunks {
				c, a := m[p*mStep+chunk*4*mRow+panel*4:], v[p*vStep+chunk*4*vRow:]
				product4x4(c, nil, nil, a, b, to[:], from[:], runs[:], depth, 1, 4, false)
			}
		}
	}
}

// collect4x4 computes dU[p] += V[p]ᵀ Z[p] for all positions.
func collect4x4(du, v, z []float32, positions, panels, chunks, tiles, vRow, zRow, duStep, vStep, zStep int, ahead, aside []float32) {
	to, from, runs := [4]int{0, zRow, 2 * zRow, 3 * zRow}, [4]int{0, 1, 2, 3}, [1]int{}
	for p := range positions {
		for panel := range panels {
			for chunk := range chunks {
				c, a := du[p*duStep+chunk*4*zRow+panel*4:], v[p*vStep+chunk*4:]
				product4x4(c, c, nil, a, z[p*zStep+panel*4:], to[:], from[:], runs[:], tiles, vRow, zRow, false)
			}
		}
	}
}
