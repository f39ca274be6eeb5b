package ladder

// Naive is the formula as it stands. Seven loops, and every number comes
// straight from memory: for each product the weight is fetched from a place Out
// floats further on, so that each fetch brings 16 floats and uses one.
func Naive(s Shape, y, x, w []float32) {
	for n := range s.N {
		for o := range s.Out {
			for i := range s.H {
				for j := range s.W {
					var sum float32
					for p := range 3 {
						for q := range 3 {
							if !s.inside(i+p-1, j+q-1) {
								continue
							}
							for c := range s.In {
								sum += x[s.input(n, i+p-1, j+q-1)+c] * w[((p*3+q)*s.In+c)*s.Out+o]
							}
						}
					}
					y[s.output(n, i, j)+o] = sum
				}
			}
		}
	}
}
