package viz

// spread moves labels apart. Label i would like its centre at want[i] (in ascending order) and is
// size[i] high; all must fit between lo and hi without overlapping. The sum of squared moves is
// the least possible: this is isotonic regression, by pooling adjacent violators (Barlow et al.
// 1972), after the heights of the labels before it are taken off each position. Labels that
// together are higher than the space are pushed together evenly.
func spread(want, size []float64, lo, hi float64) []float64 {
	// offset[i] is where label i would stand if all labels were stacked from 0 without gaps.
	offset := make([]float64, len(want))
	total := 0.0
	for i, h := range size {
		offset[i] = total + h/2
		total += h
	}
	squeeze := 1.0
	if total > hi-lo && total > 0 {
		squeeze = (hi - lo) / total
	}
	slack := max(0, hi-lo-total)

	// A block is a run of labels that touch: they share one position of the stack.
	type block struct {
		sum   float64
		count int
	}
	var blocks []block
	mean := func(b block) float64 { return b.sum / float64(b.count) }
	for i := range want {
		b := block{want[i] - lo - squeeze*offset[i], 1}
		for len(blocks) > 0 && mean(blocks[len(blocks)-1]) > mean(b) {
			last := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			b = block{b.sum + last.sum, b.count + last.count}
		}
		blocks = append(blocks, b)
	}

	placed := make([]float64, 0, len(want))
	for _, b := range blocks {
		start := min(max(mean(b), 0), slack)
		for range b.count {
			placed = append(placed, lo+start+squeeze*offset[len(placed)])
		}
	}
	return placed
}
