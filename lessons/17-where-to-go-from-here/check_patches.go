package beyond

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type patchesFunc = func(edge, patch, width int) (tokens, weights, scores int)

// A cutting is a question for patches.
type cutting struct{ edge, patch, width int }

var cuttings = []cutting{{8, 4, 5}, {6, 2, 10}, {224, 16, 768}, {32, 4, 64}, {16, 16, 8}, {12, 1, 2}}

// wrongTokens, wrongWeights and wrongScores have one mistake each in one of the three.
var (
	wrongTokens = []slip.Slip[patchesFunc]{
		{Advice: "That is one row of patches: there are as many rows.", Wrong: counts(func(e, p, w int) int { return e / p })},
		{Advice: "Those are the pixels. A patch holds many of them.", Wrong: counts(func(e, p, w int) int { return e * e })},
		{Advice: "Those are the windows of a stride of 1. Patches do not overlap.", Wrong: counts(func(e, p, w int) int { return (e - p + 1) * (e - p + 1) })},
		{Advice: "The area is divided by the edge of a patch. A patch has an area, too.", Wrong: counts(func(e, p, w int) int { return e * e / p })},
		{Advice: "That counts the three channels as patches of their own. A patch goes through all of them.", Wrong: counts(func(e, p, w int) int { return 3 * (e / p) * (e / p) })},
		{Advice: "As many rows as patches in a row: multiply the two, do not add them.", Wrong: counts(func(e, p, w int) int { return e/p + e/p })},
		{Advice: "In Go ^ is no power: a^b flips the bits of a where b has ones. Multiply.", Wrong: counts(func(e, p, w int) int { return (e / p) ^ 2 })},
		{Advice: "One too many: a token for the class is a thing of its own, and none of the patches.", Wrong: counts(func(e, p, w int) int { return (e/p)*(e/p) + 1 })},
	}
	wrongWeights = []slip.Slip[patchesFunc]{
		{Advice: "A kernel reads three channels: it has a weight for each of them.", Wrong: counts(func(e, p, w int) int { return p * p * w })},
		{Advice: "Those are the weights of one kernel. There are width of them.", Wrong: counts(func(e, p, w int) int { return p * p * 3 })},
		{Advice: "The kernels have biases in yours: without them it is width less.", Wrong: counts(func(e, p, w int) int { return p*p*3*w + w })},
		{Advice: "All patches share one set of weights, as large as one patch: do not multiply by the number of tokens.", Wrong: counts(func(e, p, w int) int { return p * p * 3 * w * (e / p) * (e / p) })},
		{Advice: "A patch has patch*patch pixels: it is as high as it is wide.", Wrong: counts(func(e, p, w int) int { return p * 3 * w })},
	}
	wrongScores = []slip.Slip[patchesFunc]{
		{Advice: "That is one query's. Each token asks, and looks at each: tokens times tokens.", Wrong: counts(func(e, p, w int) int { return (e / p) * (e / p) })},
		{Advice: "Each pair is counted once in yours. But i looks at j, and j looks at i, with other scores.", Wrong: counts(func(e, p, w int) int { n := (e / p) * (e / p); return n * (n - 1) / 2 })},
		{Advice: "Each token asks each: multiply tokens by tokens, do not add them.", Wrong: counts(func(e, p, w int) int { return 2 * (e / p) * (e / p) })},
		{Advice: "In Go ^ is no power: a^b flips the bits of a where b has ones. Multiply.", Wrong: counts(func(e, p, w int) int { return ((e / p) * (e / p)) ^ 2 })},
		{Advice: "A token looks at itself, too.", Wrong: counts(func(e, p, w int) int { n := (e / p) * (e / p); return n * (n - 1) })},
		{Advice: "A score is one number, however wide the tokens are.", Wrong: counts(func(e, p, w int) int { n := (e / p) * (e / p); return n * n * w })},
		{Advice: "Those are pairs of pixels. Tokens look at tokens.", Wrong: counts(func(e, p, w int) int { return e * e * e * e })},
		{Advice: "That is one row of patches, squared: it is the number of tokens. Square that.", Wrong: counts(func(e, p, w int) int { return e / p * e / p })},
	}
)

// counts makes a slip of a wrong count, whichever of the three it stands for.
func counts(f func(edge, patch, width int) int) patchesFunc {
	return func(e, p, w int) (int, int, int) { n := f(e, p, w); return n, n, n }
}

// checkPatches looks at the three counts one after the other.
func checkPatches(yours patchesFunc) string {
	for _, c := range cuttings {
		given := fmt.Sprintf("For edge=%d patch=%d width=%d", c.edge, c.patch, c.width)
		var got [3]int
		if sentence := lab.Panics(func() { got = c.ask(yours) }); sentence != "" {
			return fmt.Sprintf("%s yours panics: %s.", given, strings.TrimSuffix(sentence, "."))
		}
		want, row := c.ask(patches), c.edge/c.patch
		for k, part := range []struct {
			name, byHand string
			slips        []slip.Slip[patchesFunc]
		}{
			{"tokens", fmt.Sprintf("%d patches in a row, and %d rows", row, row), wrongTokens},
			{"weights", fmt.Sprintf("%d*%d places of 3 channels, for %d kernels", c.patch, c.patch, c.width), wrongWeights},
			{"scores", fmt.Sprintf("each of %d tokens looks at all %d", want[0], want[0]), wrongScores},
		} {
			if got[k] != want[k] {
				advice := slip.Find(yours, part.slips, cuttings, func(f patchesFunc, c cutting) string { return fmt.Sprint(c.ask(f)[k]) })
				return strings.TrimSpace(fmt.Sprintf("%s yours gives %s. By hand: %s: %d. %s", given, slip.Plural(got[k], strings.TrimSuffix(part.name, "s")), part.byHand, want[k], advice))
			}
		}
	}
	return ""
}

func (c cutting) ask(f patchesFunc) [3]int {
	tokens, weights, scores := f(c.edge, c.patch, c.width)
	return [3]int{tokens, weights, scores}
}
