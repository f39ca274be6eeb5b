package fast

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type speedupFunc = func(alone float64, cores int) float64

// A crew is a question for speedup.
type crew struct {
	alone float64
	cores int
}

var crews = []crew{{0.2, 2}, {0, 8}, {1, 4}, {0.1, 1}, {0.5, 4}, {0.1, 1000}, {0.25, 3}}

var speedupSlips = []slip.Slip[speedupFunc]{
	{Advice: "That is as many times as there are cores. While one works alone, the others wait, and that part takes as long as before.", Wrong: func(alone float64, cores int) float64 { return float64(cores) }},
	{Advice: "That is the time that is left, in shares of the time of one core. How many times as fast is 1 divided by it.", Wrong: func(alone float64, cores int) float64 { return alone + (1-alone)/float64(cores) }},
	{Advice: "The two parts are the wrong way round: what can be shared is 1 - alone.", Wrong: func(alone float64, cores int) float64 { return 1 / (1 - alone + alone/float64(cores)) }},
	{Advice: "The part that one core does alone takes time, too.", Wrong: func(alone float64, cores int) float64 { return float64(cores) / (1 - alone) }},
	{Advice: "The speeds are weighted there. It is the times that add up: first the time alone, then the time together.", Wrong: func(alone float64, cores int) float64 { return alone + (1-alone)*float64(cores) }},
	{Advice: "The cores do not lose their share of the work: they wait. Add up the times of the two parts.", Wrong: func(alone float64, cores int) float64 { return (1 - alone) * float64(cores) }},
	{Advice: "That is the most that can ever be reached, with any number of cores.", Wrong: func(alone float64, cores int) float64 { return 1 / alone }},
	{Advice: "Nothing is shared there: the second part is divided by the cores.", Wrong: func(alone float64, cores int) float64 { return 1 }},
	{Advice: "alone is a share from 0 to 1, and no percentage: all together is 1.", Wrong: func(alone float64, cores int) float64 { return 100 / (alone + (100-alone)/float64(cores)) }},
	{Advice: "Speeds do not add up. Add up the times of the two parts, and divide 1 by that.", Wrong: func(alone float64, cores int) float64 { return 1 + (1-alone)*float64(cores) }},
	{Advice: "All of it is divided by the cores there. Only what can be shared is.", Wrong: func(alone float64, cores int) float64 { return 1 / (alone + 1/float64(cores)) }},
}

// checkSpeedup compares yours with the time alone and the time together.
func checkSpeedup(yours speedupFunc) string {
	for _, c := range crews {
		given := fmt.Sprintf("For alone=%v cores=%d", c.alone, c.cores)
		var got float64
		if sentence := lab.Panics(func() { got = yours(c.alone, c.cores) }); sentence != "" {
			return fmt.Sprintf("%s yours panics: %s.", given, sentence)
		}
		if want := speedup(c.alone, c.cores); !(math.Abs(got-want) <= 1e-6*want) {
			constant := slip.Slip[speedupFunc]{Advice: "Yours gives that whatever it is asked.", Wrong: func(_ float64, _ int) float64 { return got }}
			advice := slip.Find(yours, append(slices.Clone(speedupSlips), constant), crews, func(f speedupFunc, c crew) string { return fmt.Sprintf("%.6g", f(c.alone, c.cores)) })
			return strings.TrimSpace(fmt.Sprintf("%s yours gives %.4g. By hand: of a time of 1, %v is done alone, and %v by %s, which takes %.4g. Together %.4g, and 1 divided by that is %.4g. %s",
				given, got, c.alone, 1-c.alone, slip.Plural(c.cores, "core"), (1-c.alone)/float64(c.cores), 1/want, want, advice))
		}
	}
	return ""
}
