package ladder

// Order has the loops of Naive in another order: the output channels are
// innermost. Weights and sums are now read and written side by side, as
// they lie in memory, and one x serves a whole row of weights. Products
// that follow each other go into different sums, so that none waits. Not
// one product less is computed.
func Order(s Shape, y, x, w []float32) {
	for n := range s.N {
		for i := range s.H {
			for j := range s.W {
				sums := y[s.output(n, i, j):][:s.Out]
				clear(sums)
				for p := range 3 {
					for q := range 3 {
						if !s.inside(i+p-1, j+q-1) {
							continue
						}
						pixel := x[s.input(n, i+p-1, j+q-1):][:s.In]
						for c, v := range pixel {
							weights := w[((p*3+q)*s.In+c)*s.Out:][:s.Out]
							for o, weight := range weights {
								sums[o] += v * weight
							}
						}
					}
				}
			}
		}
	}
}
