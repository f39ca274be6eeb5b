package lab

import (
	"fmt"

	"reslab/nn"
	"reslab/nn/data"
)

// padSize is the edge of a DrawPad, that of MNIST's digits.
const padSize = 28

// DrawPad shows an empty pad to draw on and returns the drawing as a picture
// [1, 28, 28, 1], from 0 (nothing) to 1 (ink), as it was drawn: nothing centres
// it.
func DrawPad(name string) *nn.Tensor {
	picture := nn.NewTensor(1, padSize, padSize, 1)
	if drawn := read[[]float32](name, nil); len(drawn) == len(picture.Data) {
		for i, v := range drawn {
			picture.Data[i] = min(max(v, 0), 1)
		}
	}
	Show(Control{Kind: "pad", Name: name, Value: picture.Clone().Data, Rows: padSize, Columns: padSize})
	return picture
}

// Drag shows a picture [1, H, W, C] of one or three channels that can be moved
// within its frame, and returns it where it stands. What leaves the frame is
// gone, what comes in is 0.
func Drag(name string, picture *nn.Tensor) *nn.Tensor { return DragOver(name, picture, 0) }

// mostDragged is the longest edge of a picture that is moved: it goes to the page
// with every move.
const mostDragged = 256

// DragOver is Drag with windows drawn over the picture, grid x grid pixels each:
// those of a pooling.
func DragOver(name string, picture *nn.Tensor, grid int) *nn.Tensor {
	if len(picture.Shape) != 4 || picture.Shape[0] != 1 || picture.Shape[3] != 1 && picture.Shape[3] != 3 {
		panic(fmt.Sprintf("lab.Drag(%q) moves a picture [1, H, W, 1] or [1, H, W, 3], not one of shape %v", name, picture.Shape))
	}
	h, w := picture.Shape[1], picture.Shape[2]
	if max(h, w) > mostDragged {
		panic(fmt.Sprintf("lab.Drag(%q) moves pictures of up to %d pixels an edge, not %dx%d", name, mostDragged, h, w))
	}
	at := read(name, [2]int{}) // rows down, columns to the right
	at = [2]int{min(max(at[0], -h), h), min(max(at[1], -w), w)}
	Show(Control{Kind: "drag", Name: name, Value: at, Start: [2]int{}, Rows: h, Columns: w, Grid: max(grid, 0), Picture: picture.Clone().Data})
	return moved(picture, at[0], at[1])
}

// moved returns a picture [1, H, W, C] moved down and right, zeros coming in.
func moved(picture *nn.Tensor, down, right int) *nn.Tensor {
	h, w, channels := picture.Shape[1], picture.Shape[2], picture.Shape[3]
	out := nn.NewTensor(picture.Shape...)
	for i := max(down, 0); i < min(h, h+down); i++ {
		for j := max(right, 0); j < min(w, w+right); j++ {
			for c := range channels {
				out.Set(picture.At(0, i-down, j-right, c), 0, i, j, c)
			}
		}
	}
	return out
}

// mostEdge is the longest edge of a picture that comes from or goes to a page.
// A page shrinks what is larger.
const mostEdge = 512

// An upload is a picture that somebody gave: rows of pixels of red, green, blue.
type upload struct {
	Height int    `json:"height"`
	Width  int    `json:"width"`
	Pixels []byte `json:"pixels"` // in base64
}

func (u upload) fits() bool {
	return u.Height > 0 && u.Width > 0 && max(u.Height, u.Width) <= mostEdge && len(u.Pixels) == 3*u.Height*u.Width
}

// Upload shows a place for a picture of one's own and returns that as
// [1, H, W, 3], 0 to 1; no edge is longer than 512. Until there is one it is a
// sunflower that package data draws, [1, 224, 224, 3].
func Upload(name string) *nn.Tensor {
	own := read(name, upload{})
	if !own.fits() {
		drawn := data.Photo("sunflower", 224)
		own = upload{drawn.H, drawn.W, drawn.Pixels}
	}
	picture := nn.NewTensor(1, own.Height, own.Width, 3)
	for i, v := range own.Pixels {
		picture.Data[i] = float32(v) / 255
	}
	Show(Control{Kind: "upload", Name: name, Value: own, Rows: own.Height, Columns: own.Width})
	return picture
}
