package ladder

// Naive is the formula as it stands, seven loops. All products of an output go
// into one sum, so that each addition waits for the one before it. And each weight
// is fetched from a place Out floats further on: memory brings 16 floats at a time,
// and one of them is used. The second matters where the weights are too many for
// the cache.
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
