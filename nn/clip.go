package nn

import "math"

// ClipGradient shortens the gradient of all trainable parameters together to a
// norm of at most most, and keeps its direction: one batch that would throw the
// weights far away moves them a bounded step (Pascanu, Mikolov and Bengio 2013,
// arXiv 1211.5063). It returns the norm before, as GradientNorm does.
func ClipGradient(params []*Param, most float64) (norm float64) {
	if !(most > 0) {
		panic(mistake("ClipGradient", "the largest norm must be above 0, got %g", most))
	}
	norm = GradientNorm(params)
	shorten(params, norm, most)
	return norm
}

// shorten multiplies a gradient of a known norm by most/norm, if that is below 1.
// The small number is PyTorch's.
func shorten(params []*Param, norm, most float64) {
	by := float32(most / (norm + 1e-6))
	if by >= 1 {
		return
	}
	for _, p := range params {
		if !p.Trainable || p.Grad == nil {
			continue
		}
		for i := range p.Grad.Data {
			p.Grad.Data[i] *= by
		}
	}
}

// GradientNorm returns the Euclidean norm of the gradient of all trainable
// parameters together, summed in float64. It is finite just if every number is.
func GradientNorm(params []*Param) float64 {
	var sum float64
	for _, p := range params {
		if p.Trainable && p.Grad != nil {
			sum += sumOfSquares(p.Grad.Data)
		}
	}
	return math.Sqrt(sum)
}

// sumOfSquares adds up in four sums side by side: one would have to wait for
// itself.
func sumOfSquares(v []float32) float64 {
	var sums [4]float64
	for len(v) >= 4 {
		for i, x := range v[:4] {
			sums[i] += float64(x) * float64(x)
		}
		v = v[4:]
	}
	for i, x := range v {
		sums[i] += float64(x) * float64(x)
	}
	return sums[0] + sums[1] + (sums[2] + sums[3])
}
