package resnet50

import (
	"testing"

	"reslab/lessons/lab/labtest"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "13", bottleneckAnswers(), resnetAnswers(), seenAnswers())
}

func bottleneckAnswers() labtest.Exercise {
	f := func(f bottleneckFunc) bottleneckFunc { return f }
	w := func(q quirk) bottleneckFunc { return with(q) }
	return labtest.Exercise{
		Name: "bottleneck",
		Right: map[string]any{
			"the solution": f(bottleneck),
			"the formula of windows": f(func(in, width, edge, stride int) (params, macs int) {
				after := (edge+2-3)/stride + 1
				weights := width * (in*edge*edge + 9*width*after*after + 4*width*after*after)
				params = width*(in+9*width+4*width) + 2*(width+width+4*width)
				if stride > 1 || in != 4*width {
					return params + 4*width*(in+2), weights + 4*width*in*after*after
				}
				return params, weights
			}),
			"a loop": f(func(in, width, edge, stride int) (params, macs int) {
				for _, w := range (blockAsked{in, width, edge, stride}).windows() {
					p, m := conv(w.in, w.out, w.kernel, w.edge)
					params, macs = params+p, macs+m
				}
				return params, macs
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                                    labtest.Refused(emptyHoles, "Both holes are still empty"),
			"hole 1 alone":                                labtest.Refused(w(quirk{projection: never}), "Hole 1 is right. Now hole 2"),
			"hole 2 alone":                                labtest.Refused(w(quirk{middleEdge: atEdge, lastEdge: atEdge, shortcutEdge: atEdge}), "Hole 2 is right. Now hole 1"),
			"channels alone decide":                       labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return in != out }}), "Channels alone do not decide"),
			"the stride alone decides":                    labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return stride != 1 }}), "The stride alone does not decide"),
			"more channels may come in":                   labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return in < out || stride != 1 }}), "whether the two are the same"),
			"the stride is subtracted":                    labtest.Refused(behind(func(edge, stride int) int { return edge - stride }), "You subtract it"),
			"one less before dividing":                    labtest.Refused(behind(func(edge, stride int) int { return (edge - 1) / stride }), "At stride 1 the edge stays"),
			"and in place of or":                          labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return in != out && stride != 1 }}), "or, not and"),
			"turned round":                                labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return in == out && stride == 1 }}), "the wrong way round"),
			"every block has a projection":                labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return true }}), "Not every block has a projection"),
			"always half":                                 labtest.Refused(behind(func(edge, stride int) int { return edge / 2 }), "the stride is not always 2"),
			"the stride on the first window":              labtest.Refused(w(quirk{firstEdge: atAfter}), "as in the paper"),
			"the last window at the old edge":             labtest.Refused(w(quirk{lastEdge: atEdge}), "the last 1x1 works at the edge behind the 3x3"),
			"the projection at the old edge":              labtest.Refused(w(quirk{shortcutEdge: atEdge}), "The projection has the stride, too"),
			"windows of 1 by 1 do nothing":                labtest.Refused(only(func(w window) bool { return w.kernel == 3 }), "The windows of 1 by 1 have weights, too"),
			"the block writes its width":                  labtest.Refused(w(quirk{out: func(width int) int { return width }}), "A block writes four times its width"),
			"multiplied by the stride":                    labtest.Refused(behind(func(edge, stride int) int { return edge * stride }), "divided by the stride, not multiplied"),
			"divided twice":                               labtest.Refused(behind(func(edge, stride int) int { return edge / stride / stride }), "divided by the stride once"),
			"the padding is forgotten":                    labtest.Refused(behind(func(edge, stride int) int { return (edge-3)/stride + 1 }), "The padding of 1 makes up"),
			"what comes in is compared with the width":    labtest.Refused(w(quirk{projection: func(in, out, stride int) bool { return 4*in != out || stride != 1 }}), "and not with the width"),
			"no batch norms":                              labtest.Refused(noBatchNorms, "The batch norms are missing"),
			"the results have changed places":             labtest.Refused(f(func(in, width, edge, stride int) (int, int) { p, m := bottleneck(in, width, edge, stride); return m, p }), "changed places"),
			"a panic":                                     labtest.Refused(f(func(in, width, edge, stride int) (int, int) { panic("no") }), "For in=4 width=1 edge=2 stride=1 yours panics: no."),
			"nothing is named that is no mistake of many": labtest.Refused(f(func(in, width, edge, stride int) (int, int) { return 7, 7 }), "For in=4 width=1 edge=2 stride=1 yours gives 7 parameters. By hand, the weights of each convolution and its batch norm: 4 + 2 + 9 + 2 + 4 + 8 = 29. There is no projection"),
		},
	}
}

func resnetAnswers() labtest.Exercise {
	f := func(f resnetFunc) resnetFunc { return f }
	return labtest.Exercise{
		Name: "resnet",
		Right: map[string]any{
			"the solution": f(resnet),
			"what comes in is computed anew": f(func(blocks []int) (params, macs int) {
				params, macs = conv(3, 64, 7, 112)
				edge, out := 56, 64
				for stage, n := range blocks {
					for i := range n {
						in, stride := 4*64<<stage, 1
						if i == 0 && stage == 0 {
							in = 64
						} else if i == 0 {
							in, stride = out, 2
						}
						p, m := bottleneck(in, 64<<stage, edge, stride)
						params, macs = params+p, macs+m
						edge, out = edge/stride, 4*64<<stage
					}
				}
				return params + 1000*out + 1000, macs + 1000*out
			}),
			"the plan": paperPlan().count,
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                        labtest.Refused(but(func(p *plan) { p.inChanges = "stage" }), "For blocks=[2] yours gives 416552 parameters."),
			"the stub of bottleneck":          labtest.Refused(but(func(p *plan) { p.block = emptyHoles }), "solve that exercise first"),
			"both stubs":                      labtest.Refused(but(func(p *plan) { p.block, p.inChanges = emptyHoles, "stage" }), "Two things"),
			"in never changes":                labtest.Refused(but(func(p *plan) { p.inChanges = "never" }), "in never changes"),
			"in changes before the block":     labtest.Refused(but(func(p *plan) { p.inChanges = "before" }), "in changes too early"),
			"the block hands on its width":    labtest.Refused(but(func(p *plan) { p.writes = func(in, width int) int { return width } }), "A block writes four times its width"),
			"in is multiplied":                labtest.Refused(but(func(p *plan) { p.writes = func(in, width int) int { return 4 * in } }), "in grows with each block"),
			"every block has the stride":      labtest.Refused(but(func(p *plan) { p.stride = func(stage, i, n int) int { return 1 + min(stage, 1) } }), "Only the first block of a stage has the stride"),
			"the first stage has the stride":  labtest.Refused(but(func(p *plan) { p.stride = func(stage, i, n int) int { return 1 + max(0, 1-i) } }), "The first stage has no stride"),
			"the last block has the stride":   labtest.Refused(but(func(p *plan) { p.stride = lastHasStride }), "not the last"),
			"the maps keep their size":        labtest.Refused(but(func(p *plan) { p.edgeChanges = "never" }), "The maps never become smaller"),
			"the maps shrink after the stage": labtest.Refused(but(func(p *plan) { p.edgeChanges = "stage" }), "The edge changes with the block"),
			"every block counts the same":     labtest.Refused(but(func(p *plan) { p.width = func(int) int { return 64 } }), "All blocks are as wide as those of stage 1"),
			"the width grows by 64":           labtest.Refused(but(func(p *plan) { p.width = func(stage int) int { return 64 * (stage + 1) } }), "64, 128, 256, 512"),
			"the max pooling is forgotten":    labtest.Refused(but(func(p *plan) { p.edge = 112 }), "Behind the stem stands a max pooling"),
			"no batch norm behind the stem":   labtest.Refused(but(func(p *plan) { p.stemParams = 9408 }), "2*64 numbers"),
			"no bias":                         labtest.Refused(but(func(p *plan) { p.head = head(0, 0, 1) }), "a bias for each of the 1,000 answers"),
			"the bias is multiplied":          labtest.Refused(but(func(p *plan) { p.head = head(1000, 1000, 1) }), "no multiply-add"),
			"a convolution in the last place": labtest.Refused(but(func(p *plan) { p.head = head(1000, 0, 49) }), "it has one stop, not 49"),
			"the last layer is missing":       labtest.Refused(but(func(p *plan) { p.head = func(in int) (int, int) { return 0, 0 } }), "The fully connected layer at the end is missing"),
			"the last layer reads the width":  labtest.Refused(but(func(p *plan) { p.head = func(in int) (int, int) { return in/4*1000 + 1000, in / 4 * 1000 } }), "reads what the last stage writes"),
			"one block a stage":               labtest.Refused(but(func(p *plan) { p.firstBlocks = true }), "That counts one block a stage"),
			"the last stage is left out":      labtest.Refused(but(func(p *plan) { p.leaveOutLast = true }), "The last stage is left out"),
			"the number of the 50":            labtest.Refused(f(func([]int) (int, int) { return 25557032, 4089184256 }), "Yours gives that for any net"),
			"the results have changed places": labtest.Refused(f(func(blocks []int) (int, int) { p, m := resnet(blocks); return m, p }), "changed places"),
			"always four stages":              labtest.Refused(f(func(blocks []int) (int, int) { return resnet(blocks[:4:4]) }), "For blocks=[1] yours panics"),
			"blocks are used up": labtest.Refused(f(func(blocks []int) (params, macs int) {
				params, macs = resnet(blocks)
				clear(blocks)
				return params, macs
			}), "blocks was [1] and is [0] afterwards"),
		},
	}
}

func lastHasStride(stage, i, n int) int {
	if stage > 0 && i == n-1 {
		return 2
	}
	return 1
}

// head is a last layer with so many numbers added, and with so many stops.
func head(params, macs, stops int) func(in int) (int, int) {
	return func(in int) (int, int) { return in*1000 + params, in*1000*stops + macs }
}

func seenAnswers() labtest.Exercise {
	f := func(f seenFunc) seenFunc { return f }
	step := func(s func(first, last, k, s, p int) (int, int)) seenFunc { return back(s) }
	return labtest.Exercise{
		Name: "seen",
		Right: map[string]any{
			"the solution": f(seen),
			"one window, then the others": f(func(kernels, strides, pads []int, i int) (int, int) {
				var rec func(n, first, last int) (int, int)
				rec = func(n, first, last int) (int, int) {
					if n == 0 {
						return first, last
					}
					return rec(n-1, first*strides[n-1]-pads[n-1], last*strides[n-1]-pads[n-1]+kernels[n-1]-1)
				}
				return rec(len(kernels), i, i)
			}),
			"from the picture on": f(func(kernels, strides, pads []int, i int) (int, int) {
				start, step, edge := 0, 1, 1
				for l := range kernels {
					start -= pads[l] * step
					edge += (kernels[l] - 1) * step
					step *= strides[l]
				}
				return start + i*step, start + i*step + edge - 1
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                        labtest.Refused(f(func(_, _, _ []int, i int) (int, int) { return i, i }), "the loop over the windows is missing"),
			"from the first window on":        labtest.Refused(f(forwards), "You go from the picture on"),
			"the padding is forgotten":        labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first * s, last*s + k - 1 }), "Where did the padding go?"),
			"the padding at one end":          labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s + k - 1 }), "The padding moves both ends"),
			"the padding widens":              labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s + p + k - 1 }), "You add it at the end"),
			"the padding is added":            labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s + p, last*s + p + k - 1 }), "subtract it"),
			"the stride is forgotten":         labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first - p, last - p + k - 1 }), "Where did the stride go?"),
			"the stride is added":             labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first + s - p, last + s - p + k - 1 }), "not at i plus the stride"),
			"the padding before the stride":   labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return (first - p) * s, (last-p)*s + k - 1 }), "First the stride, then the padding"),
			"the window is multiplied":        labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, (last+k-1)*s - p }), "behind the multiplication"),
			"the padding twice":               labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s + k - 1 - 2*p }), "twice from the last"),
			"half a window":                   labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s - p + k/2 }), "not in its middle"),
			"from place 0":                    labtest.Refused(f(func(k, s, p []int, i int) (int, int) { return seen(k, s, p, 0) }), "begin with place i"),
			"the place is added at the end":   labtest.Refused(f(func(k, s, p []int, i int) (int, int) { first, last := seen(k, s, p, 0); return first + i, last + i }), "i is added too late"),
			"one too far in each window":      labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, last*s - p + k }), "it ends K - 1 further, not K"),
			"one too far at the end":          labtest.Refused(f(func(k, s, p []int, i int) (int, int) { first, last := seen(k, s, p, i); return first, last + 1 }), "not the one behind it"),
			"only the first place":            labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - p, first*s - p + k - 1 }), "follow both ends"),
			"first is overwritten":            labtest.Refused(step(func(first, last, k, s, p int) (int, int) { first = first*s - p; return first, first*s - p + k - 1 }), "first was changed before last"),
			"cut off in the loop":             labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return max(0, first*s-p), last*s - p + k - 1 }), "the answer may be below 0"),
			"cut off at the end":              labtest.Refused(f(func(k, s, p []int, i int) (int, int) { first, last := seen(k, s, p, i); return max(0, first), last }), "the answer may be below 0"),
			"the number of rows":              labtest.Refused(f(func(k, s, p []int, i int) (int, int) { first, last := seen(k, s, p, i); return 0, last - first }), "Say where they lie"),
			"as much on both sides":           labtest.Refused(step(func(first, last, k, s, p int) (int, int) { return first*s - k/2, last*s + k/2 }), "only if its padding is half of it"),
			"as long as the first window":     labtest.Refused(f(func(k, s, p []int, i int) (int, int) { first, _ := seen(k, s, p, i); return first, first + k[0] - 1 }), "Each window on the way makes it longer"),
			"the first window is left out":    labtest.Refused(f(func(k, s, p []int, i int) (int, int) { n := min(1, len(k)); return seen(k[n:], s[n:], p[n:], i) }), "The first window, next to the picture"),
			"the last window is left out":     labtest.Refused(f(func(k, s, p []int, i int) (int, int) { n := max(0, len(k)-1); return seen(k[:n], s[:n], p[:n], i) }), "The last window is left out"),
			"the results have changed places": labtest.Refused(f(func(k, s, p []int, i int) (int, int) { first, last := seen(k, s, p, i); return last, first }), "changed places"),
			"the loop begins too far": labtest.Refused(f(func(k, s, p []int, i int) (int, int) {
				return k[len(k)], i
			}), "begin there, and end with 0"),
		},
	}
}
