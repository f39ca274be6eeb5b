package data

import (
	"fmt"
	"math"

	"reslab/nn"
)

// Resize makes every picture h rows high and w columns wide, whatever shape it
// had. It is antialiased: when a picture shrinks, each new pixel is a weighted
// mean of all old ones below it. Its numbers are those of Pillow's BILINEAR.
func Resize(h, w int) Transform {
	checkSize("Resize", h, w)
	return Transform{Name: fmt.Sprintf("resize %dx%d", h, w), Apply: func(p *Picture, _ *nn.Random) *Picture {
		return resample(p, h, w, bilinear)
	}}
}

// ResizeCubic is Resize with Pillow's BICUBIC, which is a little sharper.
func ResizeCubic(h, w int) Transform {
	checkSize("ResizeCubic", h, w)
	return Transform{Name: fmt.Sprintf("resize %dx%d, cubic", h, w), Apply: func(p *Picture, _ *nn.Random) *Picture {
		return resample(p, h, w, bicubic)
	}}
}

// ResizeShort resizes so that the shorter side has n pixels, and keeps the
// shape. A side that would grow beyond all bounds, of a picture like a thread,
// is held at maxSide.
func ResizeShort(n int) Transform {
	checkSize("ResizeShort", n, n)
	return Transform{Name: fmt.Sprintf("resize short side %d", n), Apply: func(p *Picture, _ *nn.Random) *Picture {
		short := min(p.H, p.W)
		return resample(p, min(n*p.H/short, maxSide), min(n*p.W/short, maxSide), bilinear)
	}}
}

// maxSide bounds the sides of a picture that a transform makes.
const maxSide = 1 << 13

// filter is a weight for each distance from the middle of a new pixel. Beyond
// reach it is zero.
type filter struct {
	reach  float64
	weight func(distance float64) float64
}

// bilinear is a tent.
var bilinear = filter{1, func(d float64) float64 { return max(0, 1-math.Abs(d)) }}

// bicubic is the cubic of Keys (1981) with a = -1/2.
var bicubic = filter{2, func(d float64) float64 {
	const a = -0.5
	d = math.Abs(d)
	switch {
	case d < 1:
		return float64(float64(float64((a+2)*d)-(a+3))*float64(d*d)) + 1
	case d < 2:
		return float64(a * (float64(float64((d-5)*d+8)*d) - 4))
	}
	return 0
}}

// taps are the old pixels from first on that make a new one, with their
// weights in units of 1/one.
type taps struct {
	first   int
	weights []int32
}

// one leaves 8 bits for a pixel, and 2 for the sign and for sums above 255.
const one = 1 << 22

// taps returns those of each new pixel on a line. When it shrinks, the filter is
// stretched so that it covers all old pixels. All is rounded as Pillow does.
func (f filter) taps(old, new int) []taps {
	scale := float64(old) / float64(new)
	stretch := max(1, scale)
	reach := f.reach * stretch
	line := make([]taps, new)
	for i := range line {
		middle := (float64(i) + 0.5) * scale
		first, end := max(0, int(middle-reach+0.5)), min(old, int(middle+reach+0.5))
		weights, sum := make([]float64, end-first), 0.0
		for k := range weights {
			weights[k] = f.weight((float64(first+k) - middle + 0.5) * (1 / stretch))
			sum += weights[k]
		}
		line[i] = taps{first, make([]int32, len(weights))}
		for k, w := range weights {
			line[i].weights[k] = int32(math.Round(w / sum * one))
		}
	}
	return line
}

// resample resizes first along the rows, then along the columns; between the two
// everything is rounded to bytes.
func resample(p *Picture, h, w int, f filter) *Picture {
	if w != p.W {
		p = resampleRows(p, w, f)
	}
	if h != p.H {
		p = resampleColumns(p, h, f)
	}
	return p
}

func resampleRows(p *Picture, w int, f filter) *Picture {
	q := NewPicture(p.H, w, p.C)
	line := f.taps(p.W, w)
	for y := range p.H {
		row := p.Pixels[y*p.W*p.C : (y+1)*p.W*p.C]
		for x, t := range line {
			to := q.At(y, x)
			if p.C == 3 {
				to[0], to[1], to[2] = weigh3(row[t.first*3:], t.weights)
				continue
			}
			for c := range to {
				sum := int32(one / 2) // rounds
				for k, weight := range t.weights {
					sum += weight * int32(row[(t.first+k)*p.C+c])
				}
				to[c] = clip(sum)
			}
		}
	}
	return q
}

// weigh3 returns the weighted means of three channels.
func weigh3(pixels []uint8, weights []int32) (r, g, b uint8) {
	sumR, sumG, sumB := int32(one/2), int32(one/2), int32(one/2) // rounds
	for _, weight := range weights {
		sumR += weight * int32(pixels[0])
		sumG += weight * int32(pixels[1])
		sumB += weight * int32(pixels[2])
		pixels = pixels[3:]
	}
	return clip(sumR), clip(sumG), clip(sumB)
}

func resampleColumns(p *Picture, h int, f filter) *Picture {
	q := NewPicture(h, p.W, p.C)
	row := p.W * p.C
	sums := make([]int32, row)
	for y, t := range f.taps(p.H, h) {
		for i := range sums {
			sums[i] = one / 2 // rounds
		}
		for k, weight := range t.weights {
			for i, v := range p.Pixels[(t.first+k)*row : (t.first+k+1)*row] {
				sums[i] += weight * int32(v)
			}
		}
		for i, sum := range sums {
			q.Pixels[y*row+i] = clip(sum)
		}
	}
	return q
}

// clip makes a byte of a sum in units of 1/one.
func clip(sum int32) uint8 { return uint8(min(max(sum/one, 0), 255)) }
