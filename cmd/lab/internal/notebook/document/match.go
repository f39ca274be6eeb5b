package document

import "strings"

// match finds for each block of a list the one of another list that it comes
// from: of the same kind, in the same order, and as alike as can be. What was
// moved is found if its text is the same.
func match(blocks, from []*Block) map[*Block]*Block {
	alike := make([][]float64, len(blocks))
	best := make([][]float64, len(blocks)+1) // how alike blocks[i:] and from[j:] are at best
	for i := range best {
		best[i] = make([]float64, len(from)+1)
	}
	for i := len(blocks) - 1; i >= 0; i-- {
		alike[i] = make([]float64, len(from))
		for j := len(from) - 1; j >= 0; j-- {
			alike[i][j] = likeness(blocks[i], from[j])
			best[i][j] = max(best[i+1][j], best[i][j+1], alike[i][j]+best[i+1][j+1])
		}
	}
	pairs := map[*Block]*Block{}
	for i, j := 0, 0; i < len(blocks) && j < len(from); {
		switch best[i][j] {
		case best[i+1][j]:
			i++
		case best[i][j+1]:
			j++
		default:
			pairs[blocks[i]] = from[j]
			i, j = i+1, j+1
		}
	}
	matchMoved(blocks, from, pairs)
	return pairs
}

func matchMoved(blocks, from []*Block, pairs map[*Block]*Block) {
	taken := map[*Block]bool{}
	for _, f := range pairs {
		taken[f] = true
	}
	for _, b := range blocks {
		if pairs[b] != nil {
			continue
		}
		for _, f := range from {
			if !taken[f] && likeness(b, f) >= 1 {
				pairs[b], taken[f] = f, true
				break
			}
		}
	}
}

// likeness is 0 for what cannot come from each other, and 1 or more for what is
// the same. Cells that share no line may still be versions of one: a learner
// writes a cell anew.
func likeness(a, b *Block) float64 {
	switch {
	case a.Kind != b.Kind || a.exercise() != b.exercise():
		return 0
	case a.exercise() != "":
		return 3
	case a.Source == b.Source:
		return 1
	}
	const least = 0.01
	return least + 0.9*shared(a.Source, b.Source)
}

func (b *Block) exercise() string {
	if b.Exercise == nil {
		return ""
	}
	return b.Exercise.Name
}

// shared is the share of lines that two texts have in common, up to 1.
func shared(a, b string) float64 {
	counts := map[string]int{}
	total := 0
	for line := range strings.Lines(a) {
		counts[strings.TrimSpace(line)]++
		total++
	}
	common, other := 0, 0
	for line := range strings.Lines(b) {
		line = strings.TrimSpace(line)
		other++
		if counts[line] > 0 && line != "" {
			counts[line]--
			common++
		}
	}
	if total+other == 0 {
		return 1
	}
	return 2 * float64(common) / float64(total+other)
}
