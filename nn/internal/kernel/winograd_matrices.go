package kernel

// The matrices of Lavin and Gray (arXiv 1509.09308, section 4), each as a
// function that multiplies a vector by it. A Winograd convolution in one
// dimension is y = Aᵀ [(G w) * (Bᵀ d)], with three weights w.
//
// F(2x2,3x3), the points 0, 1, -1 and infinity: four inputs d, two outputs y,
// 16 multiplications instead of 36.
//
//	Bᵀ = 1  0 -1  0    G =  1   0   0    Aᵀ = 1  1  1  0
//	     0  1  1  0        1/2 1/2 1/2        0  1 -1 -1
//	     0 -1  1  0        1/2-1/2 1/2
//	     0  1  0 -1         0   0   1
//
// F(4x4,3x3), the points 0, 1, -1, 2, -2 and infinity: six inputs, four outputs,
// 36 multiplications instead of 144. Its larger numbers cost a decimal of
// precision.
//
//	Bᵀ = 4  0 -5  0  1  0    G =  1/4    0     0     Aᵀ = 1  1  1  1  1  0
//	     0 -4 -4  1  1  0        -1/6  -1/6  -1/6         0  1 -1  2 -2  0
//	     0  4 -4 -1  1  0        -1/6   1/6  -1/6         0  1  1  4  4  0
//	     0 -2 -1  2  1  0         1/24  1/12  1/6         0  1 -1  8 -8  1
//	     0  2 -1 -2  1  0         1/24 -1/12  1/6
//	     0  4  0 -5  0  1          0     0     1

// vector has room for all positions of a row; how many count is up to the matrix.
type vector [6]float32

func timesB2T(d vector) vector { return vector{d[0] - d[2], d[1] + d[2], d[2] - d[1], d[1] - d[3]} }
func timesA2T(m vector) vector { return vector{m[0] + m[1] + m[2], m[1] - m[2] - m[3]} }
func timesA2(y vector) vector  { return vector{y[0], y[0] + y[1], y[0] - y[1], -y[1]} }

func timesG2(w vector) vector {
	ends, middle := (w[0]+w[2])/2, w[1]/2
	return vector{w[0], ends + middle, ends - middle, w[2]}
}

func timesG2T(u vector) vector {
	half := (u[1] + u[2]) / 2
	return vector{u[0] + half, (u[1] - u[2]) / 2, half + u[3]}
}

// The rows for a point and its negative share their even and their odd terms.

func timesB4T(d vector) vector {
	even1, odd1 := d[4]-4*d[2], d[3]-4*d[1]
	even2, odd2 := d[4]-d[2], 2*(d[3]-d[1])
	return vector{
		4*d[0] - 5*d[2] + d[4],
		even1 + odd1, even1 - odd1,
		even2 + odd2, even2 - odd2,
		4*d[1] - 5*d[3] + d[5],
	}
}

func timesA4T(m vector) vector {
	sum1, difference1 := m[1]+m[2], m[1]-m[2]
	sum2, difference2 := m[3]+m[4], m[3]-m[4]
	return vector{
		m[0] + sum1 + sum2,
		difference1 + 2*difference2,
		sum1 + 4*sum2,
		difference1 + 8*difference2 + m[5],
	}
}

func timesA4(y vector) vector {
	even1, odd1 := y[0]+y[2], y[1]+y[3]
	even2, odd2 := y[0]+4*y[2], 2*(y[1]+4*y[3])
	return vector{y[0], even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, y[3]}
}

func timesG4(w vector) vector {
	ends1, middle1 := -(w[0]+w[2])/6, w[1]/6
	ends2, middle2 := (w[0]+4*w[2])/24, w[1]/12
	return vector{w[0] / 4, ends1 - middle1, ends1 + middle1, ends2 + middle2, ends2 - middle2, w[2]}
}

func timesG4T(u vector) vector {
	sum1, difference1 := u[1]+u[2], u[2]-u[1]
	sum2, difference2 := u[3]+u[4], u[3]-u[4]
	return vector{
		u[0]/4 - sum1/6 + sum2/24,
		difference1/6 + difference2/12,
		(sum2-sum1)/6 + u[5],
	}
}
