package data

import (
	"fmt"
	"image"
	"image/draw"
)

// Picture is one picture: H rows of W pixels of C bytes, 0 is black. C is 1
// (grey) or 3 (red, green, blue).
type Picture struct {
	H, W, C int
	Pixels  []uint8 // H*W*C
}

// NewPicture returns a black picture.
func NewPicture(h, w, c int) *Picture {
	if h < 1 || w < 1 || c < 1 {
		panic(mistake("Picture", "every size must be 1 at least, got %dx%dx%d", h, w, c))
	}
	return &Picture{H: h, W: w, C: c, Pixels: make([]uint8, h*w*c)}
}

// At returns the channels of a pixel. They share memory with the picture.
func (p *Picture) At(y, x int) []uint8 {
	k := (y*p.W + x) * p.C
	return p.Pixels[k : k+p.C : k+p.C]
}

// Image returns the picture as Go's image package has it. A grey one shares its
// pixels.
func (p *Picture) Image() image.Image {
	box := image.Rect(0, 0, p.W, p.H)
	switch p.C {
	case 1:
		return &image.Gray{Pix: p.Pixels, Stride: p.W, Rect: box}
	case 3:
		img := image.NewNRGBA(box)
		for k := 0; k < len(p.Pixels); k += 3 {
			copy(img.Pix[k/3*4:], p.Pixels[k:k+3])
			img.Pix[k/3*4+3] = 255
		}
		return img
	}
	panic(mistake("Image", "a picture of %d channels cannot be shown, only one of 1 or 3", p.C))
}

// String says the size.
func (p *Picture) String() string {
	if p == nil {
		return "no picture"
	}
	return fmt.Sprintf("picture of %dx%dx%d", p.H, p.W, p.C)
}

// FromImage returns the picture in three channels. What is transparent shows
// white.
func FromImage(img image.Image) *Picture {
	return paint(img, img.Bounds(), upright)
}

// paint draws the part of img that lies in box on white, turned as a camera was
// held. It goes in strips, so that a large picture is never there a third time.
func paint(img image.Image, box image.Rectangle, turn orientation) *Picture {
	const rows = 64
	w, h := box.Dx(), box.Dy()
	p := NewPicture(h, w, 3)
	if turn.swaps() {
		p.H, p.W = w, h
	}
	strip := image.NewRGBA(image.Rect(0, 0, w, min(rows, h)))
	for top := 0; top < h; top += rows {
		area := image.Rect(0, 0, w, min(rows, h-top))
		draw.Draw(strip, area, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, area, img, box.Min.Add(image.Pt(0, top)), draw.Over)
		for y := range area.Dy() {
			row := strip.Pix[y*strip.Stride:]
			for x := range w {
				ty, tx := turn.place(top+y, x, h, w)
				copy(p.At(ty, tx), row[x*4:x*4+3])
			}
		}
	}
	return p
}

// grey returns how bright a pixel is: the sum of its colours with the weights of
// ITU-R BT.601, as in JPEG, rounded.
func grey(pixel []uint8) uint8 {
	if len(pixel) != 3 {
		return pixel[0]
	}
	return uint8((19595*uint32(pixel[0]) + 38470*uint32(pixel[1]) + 7471*uint32(pixel[2]) + 1<<15) >> 16)
}
