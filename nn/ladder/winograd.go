package ladder

// Winograd needs 16 products where the formula needs 36. Four neighbouring
// outputs share most of their inputs, and sums of inputs may be multiplied
// instead of the inputs themselves. In one dimension, for two outputs of a
// filter of three:
//
//	m1 = (x0-x2) g0    m2 = (x1+x2)(g0+g1+g2)/2    m3 = (x2-x1)(g0-g1+g2)/2    m4 = (x1-x3) g2
//	y0 = m1 + m2 + m3  y1 = m2 - m3 - m4
//
// four products instead of six: multiply it out. Twice over, for rows and for
// columns, it is 16 instead of 36 for 2x2 outputs from 4x4 inputs. The sums over
// the filter are taken once for all pictures, and between the sums over x and
// those over m lie 16 matrix products over the channels, one for each place of
// the 4x4. It is called F(2x2, 3x3) (Lavin and Gray 2015, arXiv 1509.09308,
// after Winograd 1980). With larger tiles the saving grows, and so do the
// errors of rounding.
func Winograd(s Shape, y, x, w []float32) {
	u := transformedWeights(s, w)
	v, m := make([]float32, 16*s.In), make([]float32, 16*s.Out)
	for n := range s.N {
		for i := 0; i < s.H; i += 2 {
			for j := 0; j < s.W; j += 2 {
				for c := range s.In {
					spread(v[c:], s.In, inputTile(s.tile(x, n, i, j, c)))
				}
				for place := range 16 {
					multiply(m[place*s.Out:][:s.Out], v[place*s.In:][:s.In], u[place*s.In*s.Out:])
				}
				for o := range s.Out {
					s.store(y, n, i, j, o, outputTile(m[o:], s.Out))
				}
			}
		}
	}
}

// transformedWeights returns [16, In, Out]: for each place of the 4x4, a matrix
// from input to output channels.
func transformedWeights(s Shape, w []float32) []float32 {
	u := make([]float32, 16*s.In*s.Out)
	for at := range s.In * s.Out {
		var half [4][3]float32
		for q := range 3 {
			tap := func(p int) float32 { return w[(p*3+q)*s.In*s.Out+at] }
			for k, v := range filter(tap(0), tap(1), tap(2)) {
				half[k][q] = v
			}
		}
		for k, row := range half {
			for l, v := range filter(row[0], row[1], row[2]) {
				u[(k*4+l)*s.In*s.Out+at] = v
			}
		}
	}
	return u
}

// filter returns what the four products take from a filter of three.
func filter(g0, g1, g2 float32) [4]float32 {
	return [4]float32{g0, (g0 + g1 + g2) / 2, (g0 - g1 + g2) / 2, g2}
}

// tile returns the 4x4 pixels of a channel that outputs (i, j) to (i+1, j+1)
// are made from.
func (s Shape) tile(x []float32, n, i, j, c int) (d [4][4]float32) {
	for p := range 4 {
		for q := range 4 {
			if s.inside(i+p-1, j+q-1) {
				d[p][q] = x[s.input(n, i+p-1, j+q-1)+c]
			}
		}
	}
	return d
}

// inputTile takes the sums over x, down the columns and then along the rows.
func inputTile(d [4][4]float32) [4][4]float32 {
	for range 2 {
		for q := range 4 {
			x0, x1, x2, x3 := d[0][q], d[1][q], d[2][q], d[3][q]
			d[0][q], d[1][q], d[2][q], d[3][q] = x0-x2, x1+x2, x2-x1, x1-x3
		}
		d = transposed(d)
	}
	return d
}

// outputTile takes the sums over m, which lie so many floats apart.
func outputTile(m []float32, apart int) (t [2][2]float32) {
	var half [2][4]float32
	for l := range 4 {
		m1, m2, m3, m4 := m[l*apart], m[(4+l)*apart], m[(8+l)*apart], m[(12+l)*apart]
		half[0][l], half[1][l] = m1+m2+m3, m2-m3-m4
	}
	for k, h := range half {
		t[k] = [2]float32{h[0] + h[1] + h[2], h[1] - h[2] - h[3]}
	}
	return t
}

// store writes the four outputs; those beyond the edge are left out.
func (s Shape) store(y []float32, n, i, j, o int, t [2][2]float32) {
	for p, row := range t {
		for q, v := range row {
			if s.inside(i+p, j+q) {
				y[s.output(n, i+p, j+q)+o] = v
			}
		}
	}
}

// multiply sets y to the product of a row and a matrix.
func multiply(y, row, matrix []float32) {
	clear(y)
	for c, v := range row {
		for o, weight := range matrix[c*len(y):][:len(y)] {
			y[o] += v * weight
		}
	}
}

// spread stores a tile's 16 numbers so many floats apart.
func spread(to []float32, apart int, d [4][4]float32) {
	for k, row := range d {
		for l, v := range row {
			to[(k*4+l)*apart] = v
		}
	}
}

func transposed(d [4][4]float32) (t [4][4]float32) {
	for p, row := range d {
		for q, v := range row {
			t[q][p] = v
		}
	}
	return t
}
