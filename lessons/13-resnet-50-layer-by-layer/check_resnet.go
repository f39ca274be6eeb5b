package resnet50

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type resnetFunc = func(blocks []int) (params, macs int)

var netsAsked = [][]int{{1}, {2}, {1, 1}, {1, 2}, {2, 1, 2}, {2, 2, 2, 2}, {3, 4, 6, 3}, {3, 4, 23, 3}, {3, 8, 36, 3}}

// A plan is how a net is put together; a wrong one does one thing otherwise.
type plan struct {
	block                     bottleneckFunc
	stemParams                int
	head                      func(in int) (params, macs int)
	stride                    func(stage, i, n int) int
	width                     func(stage int) int
	writes                    func(in, width int) int // what in becomes
	inChanges, edgeChanges    string                  // after each "block", after each "stage", or "never"; in also "before" each block
	edge                      int                     // of the maps that the first block gets
	firstBlocks, leaveOutLast bool                    // only the first block of each stage; not the last stage
}

// paperPlan is that of the net of the lesson.
func paperPlan() plan {
	stem, _ := conv(3, 64, 7, 112)
	return plan{
		block: bottleneck, stemParams: stem,
		head: func(in int) (int, int) { return in*1000 + 1000, in * 1000 },
		stride: func(stage, i, n int) int {
			if stage > 0 && i == 0 {
				return 2
			}
			return 1
		},
		width:     func(stage int) int { return 64 << stage },
		writes:    func(in, width int) int { return 4 * width },
		inChanges: "block", edgeChanges: "block", edge: 56,
	}
}

// but returns the count of the net with one thing changed.
func but(change func(p *plan)) resnetFunc {
	p := paperPlan()
	change(&p)
	return p.count
}

func (p plan) count(blocks []int) (params, macs int) {
	_, stemMACs := conv(3, 64, 7, 112)
	params, macs = p.stemParams, stemMACs
	in, edge := 64, p.edge
	if p.leaveOutLast {
		blocks = blocks[:max(0, len(blocks)-1)]
	}
	for stage, n := range blocks {
		width, stride := p.width(stage), 1
		if p.firstBlocks {
			n = min(n, 1)
		}
		for i := range n {
			stride = p.stride(stage, i, n)
			if p.inChanges == "before" {
				in = p.writes(in, width)
			}
			blockParams, blockMACs := p.block(in, width, edge, stride)
			params, macs = params+blockParams, macs+blockMACs
			if p.inChanges == "block" {
				in = p.writes(in, width)
			}
			if p.edgeChanges == "block" {
				edge /= stride
			}
		}
		if p.inChanges == "stage" {
			in = p.writes(in, width)
		}
		if p.edgeChanges == "stage" && stage > 0 {
			edge /= 2
		}
	}
	headParams, headMACs := p.head(in)
	return params + headParams, macs + headMACs
}

var resnetSlips = []slip.Slip[resnetFunc]{
	{Advice: "in changes once a stage, but the second block of a stage reads what the first has written. Where does in have to change?", Wrong: but(func(p *plan) { p.inChanges = "stage" })},
	{Advice: "The parts are put together well, but they call a bottleneck whose holes are still empty: solve that exercise first.", Wrong: but(func(p *plan) { p.block = emptyHoles })},
	{Advice: "Two things: they call a bottleneck whose holes are still empty, so solve that exercise first; and in changes once a stage, not after each block.", Wrong: but(func(p *plan) {
		p.block, p.inChanges = emptyHoles, "stage"
	})},
	{Advice: "in never changes: each block is counted as if it read the 64 channels of the stem.", Wrong: but(func(p *plan) { p.inChanges = "never" })},
	{Advice: "in changes too early: it is what the next block gets. A block first reads the old in, and then writes the new one.", Wrong: but(func(p *plan) { p.inChanges = "before" })},
	{Advice: "A block writes four times its width: behind stage 1 that is 256, not 64.", Wrong: but(func(p *plan) { p.writes = func(in, width int) int { return width } })},
	{Advice: "in grows with each block in yours. A block writes four times its own width, whatever it has read.", Wrong: but(func(p *plan) { p.writes = func(in, width int) int { return 4 * in } })},
	{Advice: "Only the first block of a stage has the stride. The maps would be halved by each of them.", Wrong: but(func(p *plan) {
		p.stride = func(stage, i, n int) int { return 1 + min(stage, 1) }
	})},
	{Advice: "The first stage has no stride: the max pooling before it has halved the maps already.", Wrong: but(func(p *plan) {
		p.stride = func(stage, i, n int) int {
			if i == 0 {
				return 2
			}
			return 1
		}
	})},
	{Advice: "The first block of a stage has the stride, not the last.", Wrong: but(func(p *plan) {
		p.stride = func(stage, i, n int) int {
			if stage > 0 && i == n-1 {
				return 2
			}
			return 1
		}
	})},
	{Advice: "The maps never become smaller in yours: behind a block with a stride the edge is half as long, for all blocks that follow.", Wrong: but(func(p *plan) { p.edgeChanges = "never" })},
	{Advice: "The edge changes with the block that has the stride: the second block of a stage already works on small maps.", Wrong: but(func(p *plan) { p.edgeChanges = "stage" })},
	{Advice: "All blocks are as wide as those of stage 1 in yours, so all count about the same. The width doubles from stage to stage.", Wrong: but(func(p *plan) { p.width = func(int) int { return 64 } })},
	{Advice: "The width doubles from stage to stage: 64, 128, 256, 512.", Wrong: but(func(p *plan) { p.width = func(stage int) int { return 64 * (stage + 1) } })},
	{Advice: "Behind the stem stands a max pooling: the first block gets maps of 56 by 56.", Wrong: but(func(p *plan) { p.edge = 112 })},
	{Advice: "The batch norm behind the first convolution has 2*64 numbers.", Wrong: but(func(p *plan) { p.stemParams = 7 * 7 * 3 * 64 })},
	{Advice: "The fully connected layer has a bias for each of the 1,000 answers.", Wrong: but(func(p *plan) { p.head = func(in int) (int, int) { return in * 1000, in * 1000 } })},
	{Advice: "A bias is added and not multiplied: it is a parameter, and no multiply-add.", Wrong: but(func(p *plan) {
		p.head = func(in int) (int, int) { return in*1000 + 1000, in*1000 + 1000 }
	})},
	{Advice: "The fully connected layer at the end is missing.", Wrong: but(func(p *plan) { p.head = func(in int) (int, int) { return 0, 0 } })},
	{Advice: "A fully connected layer reads what the last stage writes, four times its width.", Wrong: but(func(p *plan) {
		p.head = func(in int) (int, int) { return in/4*1000 + 1000, in / 4 * 1000 }
	})},
	{Advice: "The mean over all places comes before the fully connected layer: it has one stop, not 49.", Wrong: but(func(p *plan) {
		p.head = func(in int) (int, int) { return in*1000 + 1000, in * 1000 * 49 }
	})},
	{Advice: "That counts one block a stage. blocks says how many there are.", Wrong: but(func(p *plan) { p.firstBlocks = true })},
	{Advice: "The last stage is left out: mind where the loop ends.", Wrong: but(func(p *plan) { p.leaveOutLast = true })},
	{Advice: "The two results have changed places.", Wrong: func(blocks []int) (int, int) {
		params, macs := resnet(blocks)
		return macs, params
	}},
}

// checkResnet compares yours with the plan of the net.
func checkResnet(yours resnetFunc) string {
	for _, blocks := range netsAsked {
		mine := slices.Clone(blocks)
		var params, macs int
		if sentence := lab.Panics(func() { params, macs = yours(mine) }); sentence != "" {
			return fmt.Sprintf("For blocks=%v yours panics: %s.", blocks, sentence)
		}
		wantParams, wantMACs := resnet(blocks)
		problem := ""
		switch {
		case params != wantParams:
			problem = fmt.Sprintf("For blocks=%v yours gives %d parameters. %s", blocks, params, byHand(blocks, "parameters", func(params, _ int) int { return params }))
		case macs != wantMACs:
			problem = fmt.Sprintf("For blocks=%v yours gives %d parameters, which is right, and %d multiply-adds. %s", blocks, params, macs, byHand(blocks, "multiply-adds", func(_, macs int) int { return macs }))
		case !slices.Equal(mine, blocks):
			return fmt.Sprintf("blocks was %v and is %v afterwards. It is not yours to change: count without writing to it.", blocks, mine)
		default:
			continue
		}
		return strings.TrimSpace(problem + " " + resnetAdvice(yours, params, macs))
	}
	return ""
}

// byHand adds up a net of few blocks part by part, in words.
func byHand(blocks []int, what string, part func(params, macs int) int) string {
	parts := []string{fmt.Sprintf("%d in the stem", part(conv(3, 64, 7, 112)))}
	in, edge := 64, 56
	for stage, n := range blocks {
		for i := range n {
			stride := 1
			if stage > 0 && i == 0 {
				stride = 2
			}
			parts = append(parts, fmt.Sprintf("%d in block layer%d.%d, which reads %d channels", part(bottleneck(in, 64<<stage, edge, stride)), stage+1, i, in))
			in, edge = 4*64<<stage, edge/stride
		}
	}
	parts = append(parts, fmt.Sprintf("%d in fc", part(in*1000+1000, in*1000)))
	return fmt.Sprintf("By hand: %s. So %d %s.", strings.Join(parts, ", "), part(resnet(blocks)), what)
}

// resnetAdvice says which usual mistake yours makes, if it is one.
func resnetAdvice(yours resnetFunc, params, macs int) string {
	always := slip.Slip[resnetFunc]{Advice: "Yours gives that for any net.", Wrong: func([]int) (int, int) { return params, macs }}
	return slip.Find(yours, append(slices.Clone(resnetSlips), always), netsAsked, func(f resnetFunc, blocks []int) string { return fmt.Sprint(f(slices.Clone(blocks))) })
}
