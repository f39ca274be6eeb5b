package residual

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type countFunc = func(blocks []int, perBlock int) int

// A plan is a question for weightLayers: a net of the papers, or a small one.
type plan struct {
	blocks   []int
	perBlock int
}

var plans = []plan{{[]int{1}, 2}, {[]int{2, 2, 2, 2}, 2}, {[]int{3, 4, 6, 3}, 2}, {[]int{3, 4, 6, 3}, 3}, {[]int{3, 4, 23, 3}, 3}, {[]int{3, 3, 3}, 2}, {[]int{5, 1, 2}, 3}, {nil, 3}}

var countSlips = []slip.Slip[countFunc]{
	{Advice: "The first convolution, before all blocks, and the fully connected layer behind them have weights too.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks) * perBlock }},
	{Advice: "One is missing: there is a convolution before the blocks, and a fully connected layer behind them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 1 }},
	{Advice: "That counts blocks. Each block has several convolutions.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks) + 2 }},
	{Advice: "That counts stages: the number of numbers, not their sum.", Wrong: func(blocks []int, perBlock int) int { return len(blocks)*perBlock + 2 }},
	{Advice: "That counts stages: the number of numbers, not their sum. And two layers stand outside of the blocks.", Wrong: func(blocks []int, perBlock int) int { return len(blocks) * perBlock }},
	{Advice: "That adds up the places, 0, 1, 2 and so on: range gives the place first, and then the number of blocks.", Wrong: func(blocks []int, perBlock int) int { return len(blocks)*(len(blocks)-1)/2*perBlock + 2 }},
	{Advice: "The stages stand one behind the other: their blocks are added, not multiplied.", Wrong: func(blocks []int, perBlock int) int {
		n := 1
		for _, b := range blocks {
			n *= b
		}
		return n*perBlock + 2
	}},
	{Advice: "The two layers outside stand there once. Multiply the blocks alone by perBlock.", Wrong: func(blocks []int, perBlock int) int { return (sumOf(blocks) + 2) * perBlock }},
	{Advice: "The first convolution stands there alone. Multiply the blocks alone by perBlock.", Wrong: func(blocks []int, perBlock int) int { return (sumOf(blocks)+1)*perBlock + 1 }},
	{Advice: "The first convolution stands there alone. Multiply the blocks alone by perBlock.", Wrong: func(blocks []int, perBlock int) int { return (sumOf(blocks)+1)*perBlock + 2 }},
	{Advice: "Each block has perBlock convolutions: multiply, do not add.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks) + perBlock + 2 }},
	{Advice: "Each block has perBlock convolutions: multiply, do not add.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks) + perBlock*len(blocks) + 2 }},
	{Advice: "That is the last stage alone: = forgets what was there, += adds to it.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks[max(0, len(blocks)-1):])*perBlock + 2 }},
	{Advice: "The last stage is left out: mind where the loop ends.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks[:max(0, len(blocks)-1)])*perBlock + 2 }},
	{Advice: "The first stage is left out: places begin at 0.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks[min(1, len(blocks)):])*perBlock + 2 }},
	{Advice: "The projections stand in shortcuts. The name of a net does not count them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2 + len(blocks) }},
	{Advice: "The projections stand in shortcuts. The name of a net does not count them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 1 + len(blocks) }},
	{Advice: "The projections stand in shortcuts. The name of a net does not count them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2 + 4 }},
	{Advice: "That counts a layer for each shortcut. Most of them are the identity, and the name of a net counts none.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*(perBlock+1) + 2 }},
	{Advice: "The two layers outside stand there once, not once a stage.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2*len(blocks) }},
	{Advice: "The pooling layers have no weights, so they do not count.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 4 }},
	{Advice: "Only two layers stand outside of the blocks: pooling has no weights, so it does not count.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 3 }},
	{Advice: "The batch norms are not counted: layers with weights are the convolutions and the fully connected layer.", Wrong: func(blocks []int, perBlock int) int { return 2*(sumOf(blocks)*perBlock+1) + 1 }},
}

func sumOf(blocks []int) (n int) {
	for _, b := range blocks {
		n += b
	}
	return n
}

func checkCount(yours countFunc) string {
	for _, p := range plans {
		blocks := slices.Clone(p.blocks)
		var got int
		if sentence := lab.Panics(func() { got = yours(blocks, p.perBlock) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", p, sentence, p.panicAdvice(sentence)))
		}
		if want := weightLayers(p.blocks, p.perBlock); got != want {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %d. By hand: %s. %s", p, got, p.byHand(), countAdvice(yours, got)))
		}
		if !slices.Equal(blocks, p.blocks) {
			return fmt.Sprintf("blocks was %v and is %v afterwards. Count, and leave it as it is: it belongs to others.", p.blocks, blocks)
		}
	}
	return ""
}

// countAdvice says which usual mistake yours makes, if it is one.
func countAdvice(yours countFunc, got int) string {
	always := slip.Slip[countFunc]{Advice: "Yours gives that for any net.", Wrong: func([]int, int) int { return got }}
	return slip.Find(yours, append(slices.Clone(countSlips), always), plans, answerCount)
}

func (p plan) String() string {
	return fmt.Sprintf("blocks=%v with %d convolutions each", p.blocks, p.perBlock)
}

func (p plan) panicAdvice(sentence string) string {
	if strings.Contains(sentence, "index out of range") {
		return fmt.Sprintf("A net may have any number of stages. Here len(blocks) is %d: go through blocks with range.", len(p.blocks))
	}
	return ""
}

func (p plan) byHand() string {
	if len(p.blocks) == 0 {
		return "no block, so the stem and the fully connected layer alone: 2"
	}
	words := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(p.blocks)), "+"), "[]")
	return fmt.Sprintf("1 + (%s)*%d + 1 = %d", words, p.perBlock, weightLayers(p.blocks, p.perBlock))
}

func answerCount(f countFunc, p plan) string {
	return fmt.Sprint(f(slices.Clone(p.blocks), p.perBlock))
}
