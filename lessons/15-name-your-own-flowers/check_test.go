package flowers

import (
	"math"
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "15", nearestAnswers(), holdAnswers(), byPlantAnswers())
}

func nearestAnswers() labtest.Exercise {
	f := func(f nearestFunc) nearestFunc { return f }
	return labtest.Exercise{
		Name: "nearest",
		Right: map[string]any{
			"the solution": f(nearest),
			"with the root": f(func(rows [][]float64, x []float64) int {
				best := 0
				far := func(row []float64) float64 { return math.Sqrt(added(square)(row, x)) }
				for i := range rows {
					if far(rows[i]) < far(rows[best]) {
						best = i
					}
				}
				return best
			}),
			"all distances first": f(func(rows [][]float64, x []float64) int {
				var all []float64
				for _, row := range rows {
					all = append(all, added(square)(row, x))
				}
				return slices.Index(all, slices.Min(all))
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                      labtest.Refused(f(emptySearch), "Yours never takes a row"),
			"hole 1 empty":                  labtest.Refused(fromZero, "Hole 1 is still empty"),
			"the furthest":                  labtest.Refused(most(added(square)), "That is the row furthest from x"),
			"every row is taken":            labtest.Refused(f(func(rows [][]float64, x []float64) int { return len(rows) - 1 }), "so the last one stays"),
			"the first row":                 labtest.Refused(f(func([][]float64, []float64) int { return 0 }), "always the first row"),
			"the last of equals":            labtest.Refused(by(added(square), func(now, best float64) bool { return now <= best }), "take the first"),
			"no square":                     labtest.Refused(by(added(func(v, x float64) float64 { return v - x }), less), "what is far below counts as very near"),
			"no square, the other way":      labtest.Refused(by(added(func(v, x float64) float64 { return x - v }), less), "what is far above counts as very near"),
			"sizes in place of squares":     labtest.Refused(by(added(func(v, x float64) float64 { return math.Abs(v - x) }), less), "Add their squares"),
			"plus for minus":                labtest.Refused(by(added(func(v, x float64) float64 { return (v + x) * (v + x) }), less), "not plus"),
			"a product":                     labtest.Refused(by(added(func(v, x float64) float64 { return v * x * v * x }), less), "not a product"),
			"the first number of x for all": labtest.Refused(nearestSlips[11].Wrong, "from the first of x"),
			"the sum is overwritten":        labtest.Refused(nearestSlips[12].Wrong, "have to be added up"),
			"only the first number":         labtest.Refused(nearestSlips[13].Wrong, "all of them do"),
			"only the largest difference":   labtest.Refused(nearestSlips[14].Wrong, "Only the largest difference"),
			"one number too far":            labtest.Refused(f(func(rows [][]float64, x []float64) int { return int(x[len(x)]) }), "yours panics"),
			"no mistake of many":            labtest.Refused(f(func([][]float64, []float64) int { return 7 }), "yours gives 7. By hand: row 0 is 9 + 9 = 18 away, squared; row 1 is 0 + 1 = 1 away, squared. So row 1."),
		},
	}
}

// norms runs a func on every batch norm of a body.
func norms(body nn.Layer, change func(norm *nn.BatchNorm2D)) {
	nn.Walk(body, func(_ string, l nn.Layer) {
		if norm, ok := l.(*nn.BatchNorm2D); ok {
			change(norm)
		}
	})
}

// frozen freezes every batch norm, and what of the parameters may says.
func frozen(may func(p *nn.Param) bool) holdFunc {
	return func(body nn.Layer) {
		for _, p := range body.Params() {
			if may(p) {
				p.Trainable = false
			}
		}
		norms(body, func(norm *nn.BatchNorm2D) { norm.Frozen = true })
	}
}

// weightsHeld is hold as a learner finds it, and what comes after.
func weightsHeld(after func(body nn.Layer)) holdFunc {
	return func(body nn.Layer) {
		for _, p := range body.Params() {
			p.Trainable = false
		}
		after(body)
	}
}

func holdAnswers() labtest.Exercise {
	f := func(f holdFunc) holdFunc { return f }
	return labtest.Exercise{
		Name: "hold",
		Right: map[string]any{
			"the solution": f(hold),
			"all in one walk": f(func(body nn.Layer) {
				nn.Walk(body, func(_ string, l nn.Layer) {
					for _, p := range l.Params() {
						p.Trainable = false
					}
					if norm, ok := l.(*nn.BatchNorm2D); ok {
						norm.Frozen = true
					}
				})
			}),
			"by the library, layer by layer": f(func(body nn.Layer) {
				var last string
				nn.Walk(body, func(path string, _ nn.Layer) { last = path })
				if err := nn.Freeze(body, last); err != nil {
					panic(err)
				}
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                    labtest.Refused(weightsHeld(func(nn.Layer) {}), "the running averages are no weights"),
			"nothing is held":             labtest.Refused(f(func(nn.Layer) {}), "Neither is anything else held: conv.weight is still Trainable"),
			"only the batch norms":        labtest.Refused(frozen(func(*nn.Param) bool { return false }), "conv.weight is still Trainable"),
			"only what decays":            labtest.Refused(frozen(func(p *nn.Param) bool { return p.Decay }), "bn.weight is still Trainable"),
			"only the running averages":   labtest.Refused(f(func(body nn.Layer) { norms(body, func(n *nn.BatchNorm2D) { n.RunningMean.Trainable = false }) }), "Neither is anything else held"),
			"the momentum is set to zero": labtest.Refused(weightsHeld(func(body nn.Layer) { norms(body, func(n *nn.BatchNorm2D) { n.Momentum = 0 }) }), "bn still uses mean and variance of the batch"),
			"the numbers are set to zero": labtest.Refused(weightsHeld(func(body nn.Layer) {
				for _, p := range body.Params() {
					clear(p.Value.Data)
				}
			}), "conv.weight was 2 and is 0"),
			"the averages are reset": labtest.Refused(weightsHeld(func(body nn.Layer) {
				norms(body, func(n *nn.BatchNorm2D) { n.Frozen = true; n.RunningVar.Value.Data[0] = 0 })
			}), "bn.running_var was 1 and is 0"),
			"frozen the wrong way round": labtest.Refused(weightsHeld(func(body nn.Layer) { norms(body, func(n *nn.BatchNorm2D) { n.Frozen = false }) }), "Frozen."),
			"only the first batch norm": labtest.Refused(weightsHeld(func(body nn.Layer) {
				done := false
				norms(body, func(n *nn.BatchNorm2D) { n.Frozen, done = n.Frozen || !done, true })
			}), "are not Frozen: nn.Walk visits the layers inside"),
			"only a layer called bn": labtest.Refused(weightsHeld(func(body nn.Layer) {
				nn.Walk(body, func(path string, l nn.Layer) {
					if norm, ok := l.(*nn.BatchNorm2D); ok && (path == "bn" || path == "bn1") {
						norm.Frozen = true
					}
				})
			}), "the batch norms layer1.0.bn1"),
			"every layer is taken for a batch norm": labtest.Refused(f(func(body nn.Layer) {
				nn.Walk(body, func(_ string, l nn.Layer) { l.(*nn.BatchNorm2D).Frozen = true })
			}), "yours panics"),
		},
	}
}

func byPlantAnswers() labtest.Exercise {
	f := func(f byPlantFunc) byPlantFunc { return f }
	return labtest.Exercise{
		Name: "by-plant",
		Right: map[string]any{
			"the solution": f(byPlant),
			"the plants first": f(func(plants []string, n int) (learn, test []int) {
				var order []string
				for _, p := range plants {
					if !slices.Contains(order, p) {
						order = append(order, p)
					}
				}
				for i, p := range plants {
					if slices.Index(order, p)%n == n-1 {
						test = append(test, i)
					} else {
						learn = append(learn, i)
					}
				}
				return learn, test
			}),
			"a map of what is tested": f(func(plants []string, n int) (learn, test []int) {
				tested, number := map[string]bool{}, 0
				for i, p := range plants {
					if _, known := tested[p]; !known {
						number++
						tested[p] = number%n == 0
					}
					if tested[p] {
						test = append(test, i)
					} else {
						learn = append(learn, i)
					}
				}
				return learn, test
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"every n-th photo":                 labtest.Refused(emptyDeal, "Count the plants, not the photos"),
			"every n-th photo, from 0":         labtest.Refused(byPlantSlips[1].Wrong, "counted from 0"),
			"a share of each plant":            labtest.Refused(byPlantSlips[2].Wrong, "then every plant is on both sides"),
			"only the first photo of a plant":  labtest.Refused(byPlantSlips[3].Wrong, "its other photos have to go with it"),
			"a plant that comes back is new":   labtest.Refused(byPlantSlips[4].Wrong, "the next a is the first again"),
			"the number of the last new plant": labtest.Refused(byPlantSlips[5].Wrong, "keeps the number of the last new one"),
			"counted from 0":                   labtest.Refused(byPlantSlips[6].Wrong, "so the first plant goes to the test"),
			"only the n-th plant":              labtest.Refused(byPlantSlips[7].Wrong, "Only one plant goes to the test"),
			"all plants from the n-th on":      labtest.Refused(byPlantSlips[8].Wrong, "only every n-th does"),
			"the results have changed places":  labtest.Refused(byPlantSlips[9].Wrong, "changed places"),
			"nothing to test with":             labtest.Refused(byPlantSlips[10].Wrong, "nothing is left to test with"),
			"nothing at all":                   labtest.Refused(byPlantSlips[11].Wrong, "Nothing is dealt"),
			"the numbers of the plants":        labtest.Refused(byPlantSlips[12].Wrong, "not of the photos"),
			"a new number for each photo":      labtest.Refused(f(numberedAnew), "Number it once"),
			"the plant of each photo":          labtest.Refused(f(plantOfEach), "Append the number of the photo"),
			"the test photos are learned, too": labtest.Refused(f(func(plants []string, n int) ([]int, []int) {
				learn, test := byPlant(plants, n)
				return append(learn, test...), test
			}), "Photo 2 is there 2 times"),
			"a photo that does not exist": labtest.Refused(f(func(plants []string, n int) ([]int, []int) {
				learn, test := byPlant(plants, n)
				return append(learn, len(plants)), test
			}), "There are photos 0 to 2, and no others"),
			"backwards": labtest.Refused(f(func(plants []string, n int) ([]int, []int) {
				learn, test := byPlant(plants, n)
				slices.Reverse(learn)
				return learn, test
			}), "not in their order"),
			"the plants are sorted on the way": labtest.Refused(f(func(plants []string, n int) ([]int, []int) {
				slices.Sort(plants)
				slices.Reverse(plants)
				return nil, nil
			}), "it is not yours to change"),
			"a division by the number of plant": labtest.Refused(f(func(plants []string, n int) ([]int, []int) { return []int{n / (len(plants) - 3)}, nil }), "yours panics"),
		},
	}
}
