package data

import (
	"fmt"
	"math"

	"reslab/nn"
)

// CentreCrop cuts h rows and w columns out of the middle. Where the picture is
// smaller, black is added around it.
func CentreCrop(h, w int) Transform {
	checkSize("CentreCrop", h, w)
	return Transform{Name: fmt.Sprintf("centre crop %dx%d", h, w), Apply: func(p *Picture, _ *nn.Random) *Picture {
		return cut(p, floorHalf(p.H-h), floorHalf(p.W-w), h, w)
	}}
}

// RandomCrop cuts h rows and w columns out of a place drawn by chance, each as
// likely as the others. Where the picture is smaller, black is added around it.
func RandomCrop(h, w int) Transform { return PadAndCrop(0, h, w) }

// PadAndCrop adds pad black pixels on each side and then cuts h rows and w
// columns out of a place drawn by chance: with 4, 32 and 32 the augmentation of
// CIFAR-10 (He et al. 2015, section 4.2, after Lee et al. 2014; there the
// padding is zero after the mean is taken off).
func PadAndCrop(pad, h, w int) Transform {
	checkSize("PadAndCrop", h, w)
	if pad < 0 {
		panic(mistake("PadAndCrop", "the padding must be 0 at least, got %d", pad))
	}
	name := fmt.Sprintf("random crop %dx%d", h, w)
	if pad > 0 {
		name += fmt.Sprintf(" after padding %d", pad)
	}
	return Transform{Name: name, Random: true, Apply: func(p *Picture, r *nn.Random) *Picture {
		return cut(p, drawOffset(p.H, pad, h, r), drawOffset(p.W, pad, w, r), h, w)
	}}
}

// drawOffset draws where a window of size pixels begins on a line of length
// pixels with a padding on both sides; a window that is too long has the line in
// its middle.
func drawOffset(length, pad, size int, r *nn.Random) int {
	room := length + 2*pad - size
	if room < 0 {
		return floorHalf(length - size)
	}
	return r.Intn(room+1) - pad
}

// floorHalf is n/2 rounded down, also below zero.
func floorHalf(n int) int { return n >> 1 }

// cut returns h rows and w columns from row top and column left on; what lies
// outside of p is black.
func cut(p *Picture, top, left, h, w int) *Picture {
	if top == 0 && left == 0 && h == p.H && w == p.W {
		return p
	}
	q := NewPicture(h, w, p.C)
	first, end := max(0, -left), min(w, p.W-left)
	if first >= end {
		return q
	}
	for y := max(0, -top); y < min(h, p.H-top); y++ {
		row := p.Pixels[((top+y)*p.W+left+first)*p.C:]
		copy(q.Pixels[(y*w+first)*p.C:(y*w+end)*p.C], row)
	}
	return q
}

// RandomResizedCrop cuts out a part drawn by chance, from the share least of the
// area to all of it and from 3:4 to 4:3 in shape, and resizes it to h rows and w
// columns: the augmentation of ImageNet nets, with 0.08 for least (Szegedy et al.
// 2014, arXiv 1409.4842, section 6).
func RandomResizedCrop(h, w int, least float64) Transform {
	checkSize("RandomResizedCrop", h, w)
	if !(least > 0 && least <= 1) {
		panic(mistake("RandomResizedCrop", "the least share of the area must be above 0 and at most 1, got %g", least))
	}
	return Transform{Name: fmt.Sprintf("random resized crop %dx%d", h, w), Random: true, Apply: func(p *Picture, r *nn.Random) *Picture {
		top, left, rows, columns := drawBox(p.H, p.W, least, r)
		return resample(cut(p, top, left, rows, columns), h, w, bilinear)
	}}
}

// drawBox draws a part of a picture of h rows and w columns. Ten tries may fail,
// as in a narrow picture; then it is the middle, as large as the shape allows.
func drawBox(h, w int, least float64, r *nn.Random) (top, left, rows, columns int) {
	const tries, widest = 10, 4.0 / 3
	for range tries {
		// The explicit conversions keep every machine from fusing product and sum.
		area := float64(h*w) * float64(least+float64((1-least)*r.Float64()))
		shape := 1 + float64((widest-1)*r.Float64())
		if r.Intn(2) == 0 {
			shape = 1 / shape
		}
		rows, columns = int(math.Round(math.Sqrt(area/shape))), int(math.Round(math.Sqrt(area*shape)))
		if rows >= 1 && columns >= 1 && rows <= h && columns <= w {
			return r.Intn(h - rows + 1), r.Intn(w - columns + 1), rows, columns
		}
	}
	rows, columns = min(h, max(1, int(float64(w)*widest))), min(w, max(1, int(float64(h)*widest)))
	return (h - rows) / 2, (w - columns) / 2, rows, columns
}

func checkSize(what string, h, w int) {
	if h < 1 || w < 1 || h > maxSide || w > maxSide {
		panic(mistake(what, "a picture has from 1x1 to %[1]dx%[1]d pixels, not %[2]dx%[3]d", maxSide, h, w))
	}
}
