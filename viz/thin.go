package viz

import (
	"math"
	"slices"
)

// Thin returns the picture with curves of at most most points each, for a
// display that is narrower than its data are long. Of every stretch of a curve
// its first point and those with the least and the greatest value stay, so that
// no peak is lost; the very last point stays, too. A curve whose points are
// marked keeps the marks. Pictures without curves are returned as they are, and
// p itself does not change.
func Thin(p Picture, most int) Picture {
	switch p := p.(type) {
	case *Figure:
		thin := *p
		thin.Series = slices.Clone(p.Series)
		for i := range thin.Series {
			thin.Series[i] = thin.Series[i].thin(most)
		}
		return &thin
	case *Panels:
		thin := *p
		thin.Pictures = slices.Clone(p.Pictures)
		for i := range thin.Pictures {
			thin.Pictures[i] = Thin(thin.Pictures[i], most)
		}
		return &thin
	}
	return p
}

// thin cuts the curve into stretches of equal length, by number of points, and
// keeps three points of each.
func (s Series) thin(most int) Series {
	stretches := max(1, (most-1)/3)
	if len(s.Y) <= max(most, 4) || len(s.X) != len(s.Y) {
		return s
	}
	var keep []int
	for i := range stretches {
		from, to := i*len(s.Y)/stretches, (i+1)*len(s.Y)/stretches
		low, high := from, from
		for j := from; j < to; j++ {
			if s.Y[j] < s.Y[low] {
				low = j
			}
			if s.Y[j] > s.Y[high] || math.IsNaN(s.Y[j]) { // what is no number must not get lost
				high = j
			}
		}
		keep = append(keep, from, min(low, high), max(low, high))
	}
	keep = slices.Compact(append(keep, len(s.Y)-1))
	x, y := make([]float64, len(keep)), make([]float64, len(keep))
	for i, j := range keep {
		x[i], y[i] = s.X[j], s.Y[j]
	}
	s.X, s.Y = x, y
	return s
}
