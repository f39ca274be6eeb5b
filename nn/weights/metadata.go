package weights

import (
	"fmt"
	"slices"
)

// These keep a small file from asking for a huge model or huge pictures.
const (
	mostChannels = 1024
	longestEdge  = 1 << 13
)

// check refuses metadata of a file that no training can have written. What is
// left out is all right.
func (m *Metadata) check() error {
	channels := len(m.Mean)
	if n := m.Input; len(n) > 0 {
		if len(n) != 3 || slices.Min(n) < 1 || max(n[0], n[1]) > longestEdge || n[2] > mostChannels {
			return fmt.Errorf("its metadata must name height, width and channels of a picture, at most %d, %[1]d and %d, not %v", longestEdge, mostChannels, n)
		}
		channels = n[2]
	}
	if m.Shorter != 0 && (len(m.Input) == 0 || m.Shorter < max(m.Input[0], m.Input[1]) || m.Shorter > longestEdge) {
		return fmt.Errorf("its metadata bring the shorter edge of a picture to %d, and it must cover the input %v and be at most %d", m.Shorter, m.Input, longestEdge)
	}
	if len(m.Mean) == 0 && len(m.Std) == 0 {
		return nil
	}
	if len(m.Mean) != channels || len(m.Std) != channels {
		return fmt.Errorf("its metadata must name a mean and a standard deviation for each of %d channels, not %d and %d", channels, len(m.Mean), len(m.Std))
	}
	if slices.ContainsFunc(m.Mean, notFinite) || slices.ContainsFunc(m.Std, func(v float32) bool { return notFinite(v) || v <= 0 }) {
		return fmt.Errorf("its metadata name the means %v and the standard deviations %v of the pictures: these must be finite, and those above 0", m.Mean, m.Std)
	}
	return nil
}
