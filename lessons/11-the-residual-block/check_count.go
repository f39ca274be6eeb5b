package residual

import (
	"fmt"
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

var plans = []plan{{[]int{1}, 2}, {[]int{2, 2, 2, 2}, 2}, {[]int{3, 4, 6, 3}, 2}, {[]int{3, 4, 6, 3}, 3}, {[]int{3, 4, 23, 3}, 3}, {[]int{3, 3, 3}, 2}, {nil, 3}}

var countSlips = []slip.Slip[countFunc]{
	{Advice: "The first convolution, before all blocks, and the fully connected layer behind them have weights too.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks) * perBlock }},
	{Advice: "One is missing: there is a convolution before the blocks, and a fully connected layer behind them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 1 }},
	{Advice: "That counts blocks. Each block has several convolutions.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks) + 2 }},
	{Advice: "That counts stages: the number of numbers, not their sum.", Wrong: func(blocks []int, perBlock int) int { return len(blocks)*perBlock + 2 }},
	{Advice: "The projections stand in shortcuts. The name of a net does not count them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2 + len(blocks) }},
	{Advice: "The projections stand in shortcuts. The name of a net does not count them.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 1 + len(blocks) }},
	{Advice: "The two layers outside stand there once, not once a stage.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2*len(blocks) }},
	{Advice: "The pooling layers have no weights, so they do not count.", Wrong: func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 4 }},
}

func sumOf(blocks []int) (n int) {
	for _, b := range blocks {
		n += b
	}
	return n
}

func checkCount(yours countFunc) string {
	for _, p := range plans {
		var got int
		if sentence := lab.Panics(func() { got = yours(p.blocks, p.perBlock) }); sentence != "" {
			return fmt.Sprintf("For blocks=%v with %d convolutions each yours panics: %s.", p.blocks, p.perBlock, sentence)
		}
		if want := weightLayers(p.blocks, p.perBlock); got != want {
			return strings.TrimSpace(fmt.Sprintf("For blocks=%v with %d convolutions each yours gives %d. By hand: %s. %s",
				p.blocks, p.perBlock, got, p.byHand(), slip.Find(yours, countSlips, plans, answerCount)))
		}
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

func answerCount(f countFunc, p plan) string { return fmt.Sprint(f(p.blocks, p.perBlock)) }
