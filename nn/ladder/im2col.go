package ladder

// Im2col copies the window of every pixel into a row of a matrix, zeros of the
// border included. The convolution is then one matrix product,
//
//	[pixels, 9*In] times [9*In, Out] is [pixels, Out]
//
// and matrix products have been made fast for decades. The price: every number
// of x is stored nine times. (The name is that of Caffe, Jia et al. 2014, arXiv
// 1408.5093.)
func Im2col(s Shape, y, x, w []float32) {
	rows := windows(s, x)
	depth := 9 * s.In
	for r := range s.N * s.H * s.W {
		sums := y[r*s.Out:][:s.Out]
		clear(sums)
		for k, v := range rows[r*depth:][:depth] {
			for o, weight := range w[k*s.Out:][:s.Out] {
				sums[o] += v * weight
			}
		}
	}
}

// windows returns the matrix [N*H*W, 9*In] of all windows.
func windows(s Shape, x []float32) []float32 {
	rows := make([]float32, s.N*s.H*s.W*9*s.In)
	to := rows
	for n := range s.N {
		for i := range s.H {
			for j := range s.W {
				for p := range 3 {
					for q := range 3 {
						if s.inside(i+p-1, j+q-1) {
							copy(to[:s.In], x[s.input(n, i+p-1, j+q-1):])
						}
						to = to[s.In:]
					}
				}
			}
		}
	}
	return rows
}
