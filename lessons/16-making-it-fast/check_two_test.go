package fast

import "reslab/lessons/lab/labtest"

func twoAnswers() labtest.Exercise {
	f := func(f twoFunc) twoFunc { return f }
	wrong := func(sums func(m1, m2, m3, m4 float64) (y0, y1 float64)) twoFunc {
		return func(x, g []float64, times times) (y0, y1 float64) { return sums(products(x, g, times)) }
	}
	return labtest.Exercise{
		Name: "four-products",
		Right: map[string]any{
			"the solution": f(two),
			"halves at the end": f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				m2 := times(x[1]+x[2], g[0]+g[1]+g[2]) / 2
				m3 := times(x[2]-x[1], g[0]-g[1]+g[2]) / 2
				return times(x[0]-x[2], g[0]) + m2 + m3, m2 - m3 - times(x[1]-x[3], g[2])
			}),
			"sums taken first, both signs turned": f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				outer := (g[0] + g[2]) / 2
				m2 := times(x[1]+x[2], outer+g[1]/2)
				m3 := times(x[1]-x[2], outer-g[1]/2)
				return times(x[0]-x[2], g[0]) + m2 - m3, m2 + m3 + times(x[3]-x[1], g[2])
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"six products": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				for k := range g {
					y0 += times(x[k], g[k])
					y1 += times(x[k+1], g[k])
				}
				return y0, y1
			}), "the sums are right, with 6 products"),
			"multiplied beside it": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				return x[0]*g[0] + x[1]*g[1] + x[2]*g[2], x[1]*g[0] + x[2]*g[1] + x[3]*g[2]
			}), "times was called 0 times"),
			"one is multiplied beside it": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				_, m2, m3, m4 := products(x, g, func(a, b float64) float64 { return a * b })
				return times(x[0]-x[2], g[0]) + m2 + m3, m2 - m3 - m4
			}), "times was called 1 time:"),
			"swapped": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				y0, y1 = two(x, g, times)
				return y1, y0
			}), "the wrong way round"),
			"plus everywhere":    labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 + m3, m2 + m3 + m4 }), "two signs are minus"),
			"the sign of m4":     labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 + m3, m2 - m3 + m4 }), "the sign of m4 is minus"),
			"the sign of m3":     labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 + m3, m2 + m3 - m4 }), "the sign of m3 is minus"),
			"no halves":          labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + 2*m2 + 2*m3, 2*m2 - 2*m3 - m4 }), "The halves are missing"),
			"m4 is forgotten":    labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 + m3, m2 - m3 }), "x3 is not used at all"),
			"m3 the other way":   labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 - m3, m2 + m3 - m4 }), "not x1 - x2"),
			"y1 is forgotten":    labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 + m3, 0 }), "Only y0 is computed"),
			"the same one twice": labtest.Refused(wrong(func(m1, m2, m3, m4 float64) (y0, y1 float64) { return m1 + m2 + m3, m1 + m2 + m3 }), "Yours begins at x0 both times"),
			"a sum in m1": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				_, m2, m3, m4 := products(x, g, times)
				return times(x[0]+x[2], g[0]) + m2 + m3, m2 - m3 - m4
			}), "In m1 the difference is x0 - x2"),
			"the filter turned round": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				return two(x, []float64{g[2], g[1], g[0]}, times)
			}), "The filter is turned round"),
			"beyond the end": labtest.Refused(f(func(x, g []float64, times func(a, b float64) float64) (y0, y1 float64) {
				return x[len(x)], 0
			}), "yours panics"),
		},
	}
}
