package fast

import "reslab/lessons/lab/labtest"

type weights = func(int) float32

func productAnswers() labtest.Exercise {
	f := func(f productFunc) productFunc { return f }
	wrong := func(visit func(y, row []float32, k, o, out int, weight weights)) productFunc {
		return func(row []float32, out int, weight weights) []float32 {
			return loops(row, out, func(y []float32, k, o int) { visit(y, row, k, o, out, weight) })
		}
	}
	return labtest.Exercise{
		Name: "order",
		Right: map[string]any{
			"the solution": f(product),
			"one loop": f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := make([]float32, out)
				for place := range len(row) * out {
					y[place%out] += row[place/out] * weight(place)
				}
				return y
			}),
			"lines of 16 columns": f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := make([]float32, out)
				for from := 0; from < out; from += 16 {
					for k, v := range row {
						for o := from; o < min(from+16, out); o++ {
							y[o] += v * weight(k*out+o)
						}
					}
				}
				return y
			}),
			"from the end": f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := make([]float32, out)
				for k := len(row) - 1; k >= 0; k-- {
					for o := out - 1; o >= 0; o-- {
						y[o] += row[k] * weight(k*out+o)
					}
				}
				return y
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"down the columns": labtest.Refused(f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := make([]float32, out)
				for o := range y {
					for k, v := range row {
						y[o] += v * weight(k*out+o)
					}
				}
				return y
			}), "256 lines are brought"),
			"down the columns, two at a time": labtest.Refused(f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := make([]float32, out)
				for o := 0; o < out; o += 2 {
					for k, v := range row {
						for p := o; p < min(o+2, out); p++ {
							y[p] += v * weight(k*out+p)
						}
					}
				}
				return y
			}), "128 lines are brought"),
			"the place is turned as well": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				y[o] += row[k] * weight(o*len(row)+k)
			}), "The table has not moved"),
			"a row as long as the numbers": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				y[o] += row[k] * weight(k*len(row)+o)
			}), "row k begins at k*out"),
			"= in place of +=": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				y[o] = row[k] * weight(k*out+o)
			}), "+= adds to a sum"),
			"the row is forgotten": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				y[o] += weight(k*out + o)
			}), "multiplied by a number of the row first"),
			"from 1 on": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				if k > 0 {
					y[o] += row[k] * weight(k*out+o)
				}
			}), "The first number of the row is left out"),
			"one too few": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				if k < len(row)-1 {
					y[o] += row[k] * weight(k*out+o)
				}
			}), "The last number of the row is left out"),
			"the place in place of the number": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				y[o] += float32(k) * weight(k*out+o)
			}), "The number there is row[k]"),
			"an answer for each number": labtest.Refused(f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := make([]float32, len(row))
				for k, v := range row {
					for o := range out {
						y[k] += v * weight(k*out+o)
					}
				}
				return y
			}), "There is one for each column: 3"),
			"beyond the table": labtest.Refused(wrong(func(y, row []float32, k, o, out int, weight weights) {
				y[o] += row[k] * weight((k+1)*out+o)
			}), "place 6 is not in a table of 2 rows and 3 columns"),
			"the row is spoilt": labtest.Refused(f(func(row []float32, out int, weight func(place int) float32) []float32 {
				y := product(row, out, weight)
				row[0] = 7
				return y
			}), "it is not yours to change"),
		},
	}
}
