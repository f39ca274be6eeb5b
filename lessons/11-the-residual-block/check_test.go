package residual

import (
	"math"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "11", wayBackAnswers(), highwayAnswers(), addRoadAnswers(), countAnswers())
}

func wayBackAnswers() labtest.Exercise {
	f := func(f wayBackFunc) wayBackFunc { return f }
	return labtest.Exercise{
		Name: "way-back",
		Right: map[string]any{
			"the solution": f(wayBack),
			"one product":  f(func(slope, dy float64) float64 { return (slope + 1) * dy }),
			"by nudging": f(func(slope, dy float64) float64 {
				y := func(x float64) float64 { return slope*x + x }
				return (y(1) - y(-1)) / 2 * dy
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the plain block":                  labtest.Refused(f(func(slope, dy float64) float64 { return slope * dy }), "Hole 2 is still empty"),
			"the input passes as if by itself": labtest.Refused(f(func(slope, dy float64) float64 { return dy }), "That is the road alone"),
			"1 over the road":                  labtest.Refused(f(func(slope, dy float64) float64 { return slope*dy + 1 }), "Over the road comes all of dy, not 1"),
			"multiplied":                       labtest.Refused(f(func(slope, dy float64) float64 { return slope * dy * dy }), "The two parts are added"),
			"wrong sign":                       labtest.Refused(f(func(slope, dy float64) float64 { return dy - slope*dy }), "the sign of both parts is plus"),
			"slope added":                      labtest.Refused(f(func(slope, dy float64) float64 { return slope + dy }), "The slope by itself is not a part"),
			"the mean":                         labtest.Refused(f(func(slope, dy float64) float64 { return (slope*dy + dy) / 2 }), "No mean is taken"),
			"the stub":                         labtest.Refused(f(func(slope, dy float64) float64 { return 0 }), "both holes are empty"),
			"dy is forgotten":                  labtest.Refused(f(func(slope, dy float64) float64 { return slope + 1 }), "The loss moves dy times as far"),
			"divided":                          labtest.Refused(f(func(slope, dy float64) float64 { return dy/slope + dy }), "do not divide by it"),
			"the body's part in both holes":    labtest.Refused(f(func(slope, dy float64) float64 { return slope*dy + slope*dy }), "The body's part is counted twice. Over the road comes dy"),
			"the body's part again":            labtest.Refused(f(func(slope, dy float64) float64 { return slope*dy + slope*dy + dy }), "Over the road comes dy alone"),
			"dy in both holes":                 labtest.Refused(f(func(slope, dy float64) float64 { return dy + dy }), "dy is counted twice"),
			"the sign is dropped":              labtest.Refused(f(func(slope, dy float64) float64 { return math.Abs(slope*dy) + dy }), "The sign of the slope counts"),
			"the number of the example":        labtest.Refused(f(func(slope, dy float64) float64 { return 1.5 }), "Yours gives that whatever slope and dy are"),
			"the slope of the example":         labtest.Refused(f(func(slope, dy float64) float64 { return 1.5 * dy }), "1.5 is right for a slope of 0.5 alone"),
			"too few digits":                   labtest.Refused(f(func(slope, dy float64) float64 { return float64(float32(slope*dy) + float32(dy)) }), "A float32 has seven digits"),
			"a panic":                          labtest.Refused(f(func(slope, dy float64) float64 { panic("no") }), "For slope=0.5 dy=1 yours panics: no."),
		},
	}
}

func minus(a, b *nn.Tensor) *nn.Tensor {
	y := a.Clone()
	for i, v := range b.Data {
		y.Data[i] -= v
	}
	return y
}

// into adds b to a, and spoils a.
func into(a, b *nn.Tensor) *nn.Tensor {
	for i, v := range b.Data {
		a.Data[i] += v
	}
	return a
}

func countAnswers() labtest.Exercise {
	f := func(f countFunc) countFunc { return f }
	return labtest.Exercise{
		Name: "count",
		Right: map[string]any{
			"the solution": f(weightLayers),
			"one product":  f(func(blocks []int, perBlock int) int { return 2 + perBlock*sumOf(blocks) }),
			"one by one": f(func(blocks []int, perBlock int) int {
				n := 2
				for _, b := range blocks {
					for range b {
						n += perBlock
					}
				}
				return n
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"blocks alone":              labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) * perBlock }), "have weights too"),
			"one layer is missing":      labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 1 }), "One is missing"),
			"a block counts as a layer": labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) + 2 }), "That counts blocks."),
			"stages in place of blocks": labtest.Refused(f(func(blocks []int, perBlock int) int { return len(blocks)*perBlock + 2 }), "That counts stages"),
			"projections count":         labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2 + len(blocks) }), "The projections stand in shortcuts."),
			"stem and head a stage":     labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2*len(blocks) }), "once, not once a stage"),
			"pooling counts":            labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 4 }), "The pooling layers have no weights"),
			"places in place of blocks": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for b := range blocks {
					n += b * perBlock
				}
				return n
			}), "range gives the place first"),
			"stages multiplied": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := perBlock
				for _, b := range blocks {
					n *= b
				}
				return n + 2
			}), "added, not multiplied"),
			"the outside times perBlock":     labtest.Refused(f(func(blocks []int, perBlock int) int { return (sumOf(blocks) + 2) * perBlock }), "Multiply the blocks alone by perBlock"),
			"the stem times perBlock":        labtest.Refused(f(func(blocks []int, perBlock int) int { return (sumOf(blocks)+1)*perBlock + 1 }), "The first convolution stands there alone"),
			"perBlock added":                 labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) + perBlock + 2 }), "multiply, do not add"),
			"perBlock added for every stage": labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) + len(blocks)*perBlock + 2 }), "multiply, do not add"),
			"overwritten every turn": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 0
				for _, b := range blocks {
					n = b * perBlock
				}
				return n + 2
			}), "+= adds to it"),
			"ends too early": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for i := 0; i < len(blocks)-1; i++ {
					n += blocks[i] * perBlock
				}
				return n
			}), "The last stage is left out"),
			"begins too late": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for i := 1; i < len(blocks); i++ {
					n += blocks[i] * perBlock
				}
				return n
			}), "The first stage is left out"),
			"always four stages": labtest.Refused(f(func(blocks []int, perBlock int) int {
				return 2 + perBlock*(blocks[0]+blocks[1]+blocks[2]+blocks[3])
			}), "A net may have any number of stages. Here len(blocks) is 1"),
			"fifty":                     labtest.Refused(f(func(blocks []int, perBlock int) int { return 50 }), "Yours gives that for any net"),
			"the projections of the 50": labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 6 }), "The projections stand in shortcuts."),
			"shortcuts count":           labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*(perBlock+1) + 2 }), "a layer for each shortcut"),
			"batch norms count":         labtest.Refused(f(func(blocks []int, perBlock int) int { return 2*(sumOf(blocks)*perBlock+1) + 1 }), "The batch norms are not counted"),
			"one pooling counts":        labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 3 }), "Only two layers stand outside"),
			"blocks are used up": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for i := range blocks {
					for ; blocks[i] > 0; blocks[i]-- {
						n += perBlock
					}
				}
				return n
			}), "blocks was [1] and is [0] afterwards"),
			"the stub": labtest.Refused(f(func(blocks []int, perBlock int) int { return len(blocks) * perBlock }), "For blocks=[1] with 2 convolutions each yours gives 2. By hand: 1 + (1)*2 + 1 = 4."),
		},
	}
}
