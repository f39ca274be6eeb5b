package beyond

import (
	"testing"

	"reslab/lessons/lab/labtest"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "17", onDiskAnswers(), attendAnswers(), preNormAnswers(), patchesAnswers())
}

func onDiskAnswers() labtest.Exercise {
	f := func(f onDiskFunc) onDiskFunc { return f }
	return labtest.Exercise{
		Name: "on-disk",
		Right: map[string]any{
			"the solution": f(onDisk),
			"multiplied out": f(func(r, c, i, o, kernel, in, out int) int {
				window := kernel * kernel
				return o*in*window + i*window + r*kernel + c
			}),
			"counted": f(func(r, c, i, o, kernel, in, out int) (at int) {
				for oo := range out {
					for ii := range in {
						for rr := range kernel {
							for cc := range kernel {
								if oo == o && ii == i && rr == r && cc == c {
									return at
								}
								at++
							}
						}
					}
				}
				return -1
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"as in memory":             labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((r*kernel+c)*in+i)*out + o }), "yours gives 8. By hand: before it stand 0 outputs of 18 numbers, 0 inputs of 9, 0 rows of 3, and 1 more: 1. That is the place in memory"),
			"row and column swapped":   labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((o*in+i)*kernel+c)*kernel + r }), "Row and column are swapped"),
			"input and output swapped": labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((i*out+o)*kernel+r)*kernel + c }), "Input and output are swapped"),
			"times out":                labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((o*out+i)*kernel+r)*kernel + c }), "o is multiplied by out"),
			"channels last":            labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((o*kernel+r)*kernel+c)*in + i }), "output, row, column, input"),
			"bytes":                    labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return 4 * onDisk(r, c, i, o, kernel, in, out) }), "That counts bytes"),
			"from one":                 labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return onDisk(r, c, i, o, kernel, in, out) + 1 }), "do not add one"),
			"the channel is forgotten": labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return (o*kernel+r)*kernel + c }), "The input channel is left out"),
			"added up":                 labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return r + c + i + o }), "how many numbers one step of it skips"),
			"always three":             labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((o*in+i)*3+r)*3 + c }), "windows of 3 by 3 only"),
			"rows have one number":     labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return (o*in+i)*kernel*kernel + r + c }), "before row r stand r*kernel"),
			"from the back":            labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return ((c*kernel+r)*in+i)*out + o }), "read from the back"),
			"half a window":            labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { return (o*in+i)*kernel + r*kernel + c }), "kernel*kernel in all"),
			"a panic":                  labtest.Refused(f(func(r, c, i, o, kernel, in, out int) int { var none []int; return none[r] }), "yours panics"),
		},
	}
}

func patchesAnswers() labtest.Exercise {
	f := func(f patchesFunc) patchesFunc { return f }
	with := func(wrong func(e, p, w int, tokens, weights, scores *int)) patchesFunc {
		return func(e, p, w int) (tokens, weights, scores int) {
			tokens, weights, scores = patches(e, p, w)
			wrong(e, p, w, &tokens, &weights, &scores)
			return tokens, weights, scores
		}
	}
	return labtest.Exercise{
		Name: "patches",
		Right: map[string]any{
			"the solution": f(patches),
			"by area": f(func(e, p, w int) (int, int, int) {
				n := e * e / (p * p)
				return n, 3 * w * p * p, n * n
			}),
			"counted": f(func(e, p, w int) (tokens, weights, scores int) {
				for range e / p {
					for range e / p {
						tokens++
					}
				}
				for range tokens {
					scores += tokens
				}
				for range 3 * w {
					weights += p * p
				}
				return tokens, weights, scores
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                        labtest.Refused(f(func(e, p, w int) (int, int, int) { return e / p, p * p * w, e / p }), "For edge=8 patch=4 width=5 yours gives 2 tokens. By hand: 2 patches in a row, and 2 rows: 4. That is one row of patches"),
			"pixels for tokens":               labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t = e * e }), "Those are the pixels"),
			"patches overlap":                 labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t = (e - p + 1) * (e - p + 1) }), "Patches do not overlap"),
			"the edge in place of the area":   labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t = e * e / p }), "A patch has an area, too"),
			"rows are added":                  labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t = e/p + e/p }), "do not add them"),
			"^ for a power":                   labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t = (e / p) ^ 2 }), "^ is no power"),
			"tokens and tokens":               labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = *t + *t }), "multiply tokens by tokens"),
			"^ for the square of tokens":      labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = *t ^ 2 }), "^ is no power"),
			"a token for the class":           labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t++ }), "One too many"),
			"channels are tokens":             labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *t *= 3 }), "A patch goes through all of them"),
			"the channels are forgotten":      labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *ww = p * p * w }), "it has a weight for each of them"),
			"one kernel":                      labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *ww = p * p * 3 }), "There are width of them"),
			"biases":                          labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *ww += w }), "it is width less"),
			"weights for each patch":          labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *ww *= *t }), "All patches share one set of weights"),
			"a patch is one row":              labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *ww = p * 3 * w }), "as high as it is wide"),
			"a score for each token":          labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = *t }), "tokens times tokens"),
			"each pair once":                  labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = *t * (*t - 1) / 2 }), "with other scores"),
			"nobody looks at itself":          labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = *t * (*t - 1) }), "looks at itself, too"),
			"a score is as wide as the token": labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = *t * *t * w }), "A score is one number"),
			"pixels look at pixels":           labtest.Refused(with(func(e, p, w int, t, ww, s *int) { *s = e * e * e * e }), "Tokens look at tokens"),
			"a panic":                         labtest.Refused(f(func(e, p, w int) (int, int, int) { var none []int; return none[e], 0, 0 }), "yours panics"),
		},
	}
}
