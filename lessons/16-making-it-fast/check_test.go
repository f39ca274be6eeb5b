package fast

import (
	"testing"

	"reslab/lessons/lab/labtest"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "16", fetchesAnswers(), productAnswers(), twoAnswers(), speedupAnswers())
}

func fetchesAnswers() labtest.Exercise {
	f := func(f fetchesFunc) fetchesFunc { return f }
	return labtest.Exercise{
		Name: "tile-loads",
		Right: map[string]any{
			"the solution": f(fetches),
			"two shares":   f(func(r, c int) float64 { return 1/float64(r) + 1/float64(c) }),
			"counted": f(func(r, c int) float64 {
				fetched, products := r, 0.0
				for range c {
					fetched++
					products += float64(r)
				}
				return float64(fetched) / products
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"two for each product":      labtest.Refused(f(func(r, c int) float64 { return 2 }), "as if each had numbers of its own"),
			"multiplied":                labtest.Refused(f(func(r, c int) float64 { return float64(r*c) / float64(r*c) }), "added, not multiplied"),
			"rows alone":                labtest.Refused(f(func(r, c int) float64 { return float64(r) / float64(r*c) }), "Only the numbers of the rows are counted"),
			"columns alone":             labtest.Refused(f(func(r, c int) float64 { return float64(c) / float64(r*c) }), "Only the numbers of the columns are counted"),
			"upside down":               labtest.Refused(f(func(r, c int) float64 { return float64(r*c) / float64(r+c) }), "the other way round"),
			"the sums are fetched":      labtest.Refused(f(func(r, c int) float64 { return float64(r+c+r*c) / float64(r*c) }), "They stay in registers"),
			"a product for each row":    labtest.Refused(f(func(r, c int) float64 { return float64(r+c) / float64(r) }), "one for each row"),
			"a product for each column": labtest.Refused(f(func(r, c int) float64 { return float64(r+c) / float64(c) }), "one for each column"),
			"the larger side alone":     labtest.Refused(f(func(r, c int) float64 { return float64(max(r, c)) / float64(r*c) }), "The larger of the two sides"),
			"and stored":                labtest.Refused(f(func(r, c int) float64 { return float64(r+c+2*r*c) / float64(r*c) }), "fetched and stored"),
			"whole numbers":             labtest.Refused(f(func(r, c int) float64 { return float64((r + c) / (r * c)) }), "Go drops the rest"),
			"square tiles alone":        labtest.Refused(f(func(r, c int) float64 { return 2 / float64(r) }), "square tiles only"),
			"square tiles, columns":     labtest.Refused(f(func(r, c int) float64 { return 2 / float64(c) }), "square tiles only"),
			"around the tile":           labtest.Refused(f(func(r, c int) float64 { return float64(2*r+2*c) / float64(r*c) }), "the way around the tile"),
			"hole 2 is empty":           labtest.Refused(f(func(r, c int) float64 { return float64(r + c) }), "Hole 2 is still empty"),
			"the stub":                  labtest.Refused(f(func(r, c int) float64 { return 0 }), "By hand: in a turn 2 + 4 = 6 numbers are fetched, and 2 * 4 = 8 products are made: 0.75. Both holes are still empty."),
			"the number of an example":  labtest.Refused(f(func(r, c int) float64 { return 0.5 }), "Yours gives that for every tile"),
			"a panic":                   labtest.Refused(f(func(r, c int) float64 { var none []float64; return none[r] }), "For a tile of 2x4 yours panics"),
		},
	}
}

func speedupAnswers() labtest.Exercise {
	f := func(f speedupFunc) speedupFunc { return f }
	return labtest.Exercise{
		Name: "speedup",
		Right: map[string]any{
			"the solution": f(speedup),
			"one fraction": f(func(alone float64, cores int) float64 {
				n := float64(cores)
				return n / (n*alone + 1 - alone)
			}),
			"in seconds": f(func(alone float64, cores int) float64 {
				const seconds = 60
				first := seconds * alone
				return seconds / (first + (seconds-first)/float64(cores))
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"as many times as there are cores": labtest.Refused(f(func(alone float64, cores int) float64 { return float64(cores) }), "the others wait"),
			"the time in place of the speed":   labtest.Refused(f(func(alone float64, cores int) float64 { return alone + (1-alone)/float64(cores) }), "is 1 divided by it"),
			"the parts are swapped":            labtest.Refused(f(func(alone float64, cores int) float64 { return 1 / (1 - alone + alone/float64(cores)) }), "the wrong way round"),
			"the time alone is forgotten":      labtest.Refused(f(func(alone float64, cores int) float64 { return float64(cores) / (1 - alone) }), "takes time, too"),
			"speeds are added":                 labtest.Refused(f(func(alone float64, cores int) float64 { return alone + (1-alone)*float64(cores) }), "It is the times that add up"),
			"a percentage":                     labtest.Refused(f(func(alone float64, cores int) float64 { return 100 / (alone + (100-alone)/float64(cores)) }), "no percentage"),
			"one and the rest":                 labtest.Refused(f(func(alone float64, cores int) float64 { return 1 + (1-alone)*float64(cores) }), "Speeds do not add up"),
			"a share of the cores":             labtest.Refused(f(func(alone float64, cores int) float64 { return (1 - alone) * float64(cores) }), "they wait"),
			"the limit":                        labtest.Refused(f(func(alone float64, cores int) float64 { return 1 / alone }), "the most that can ever be reached"),
			"nothing is shared":                labtest.Refused(f(func(alone float64, cores int) float64 { return 1 }), "divided by the cores"),
			"all of it is divided":             labtest.Refused(f(func(alone float64, cores int) float64 { return 1 / (alone + 1/float64(cores)) }), "Only what can be shared is"),
			"the example's number":             labtest.Refused(f(func(alone float64, cores int) float64 { return 1.5 }), "whatever it is asked"),
		},
	}
}
