package data

import "fmt"

// Shrink returns the pictures at a smaller size of h rows and w columns: a
// quarter of the pixels train a net in about a quarter of the time. Each new
// pixel is the mean of the area that it covers; old pixels on the border of two
// areas count in both by their share.
//
//	3 columns to 2:   | a | b | c |  ->  | (2a+b)/3 | (b+2c)/3 |
//
// Mean and Std stay those of the full size: call Standardise for new ones.
func (s *Set) Shrink(h, w int) *Set {
	s.check()
	if h < 1 || w < 1 || h > s.H || w > s.W {
		panic(mistake("Shrink", "pictures of %dx%d shrink to sizes from 1x1 to %dx%d, not to %dx%d", s.H, s.W, s.H, s.W, h, w))
	}
	small := *s
	small.Name, small.H, small.W = fmt.Sprintf("%s at %dx%d", s.Name, h, w), h, w
	small.Pixels = make([]uint8, s.Len()*small.size())
	rows, columns := overlaps(s.H, h), overlaps(s.W, w)
	for i := range s.Len() {
		shrink(small.picture(i), s.picture(i), rows, columns, s.W, s.C)
	}
	return &small
}

// shrink fills one small picture. The weights are whole numbers, and those of a
// new pixel add up to the number of old ones.
func shrink(small, large []uint8, rows, columns [][]overlap, width, channels int) {
	area, k := len(large)/channels, 0
	for _, row := range rows {
		for _, column := range columns {
			for c := range channels {
				sum := area / 2 // rounds
				for _, y := range row {
					for _, x := range column {
						sum += y.share * x.share * int(large[(y.at*width+x.at)*channels+c])
					}
				}
				small[k] = uint8(sum / area)
				k++
			}
		}
	}
}

// overlap says that an old pixel covers a share of a new one.
type overlap struct{ at, share int }

// overlaps returns, for each of the new pixels in a line, the old ones that it
// covers. An old pixel is as long as there are new ones, and a new pixel as
// long as there are old ones, so all borders are whole numbers.
func overlaps(old, new int) [][]overlap {
	lines := make([][]overlap, new)
	for i := range lines {
		begin, end := i*old, (i+1)*old
		for at := begin / new; at*new < end; at++ {
			lines[i] = append(lines[i], overlap{at, min(end, (at+1)*new) - max(begin, at*new)})
		}
	}
	return lines
}
