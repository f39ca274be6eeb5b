package viz

import (
	"image"
	"image/color"
)

// Overlay lays a map of numbers over a picture: the redder a place, the further its
// number is above zero, up to the largest of the map. What is at or below zero leaves the
// picture as it is. The map may be coarser than the picture; its places are drawn as they
// are, since a blur would show an accuracy that is not there.
func Overlay(picture image.Image, heat [][]float64) image.Image {
	bounds := picture.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	most := 0.0
	for _, row := range heat {
		for _, v := range row {
			most = max(most, v)
		}
	}
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			old := color.RGBAModel.Convert(picture.At(bounds.Min.X+x, bounds.Min.Y+y)).(color.RGBA)
			share := 0.0
			if most > 0 {
				row := heat[y*len(heat)/bounds.Dy()]
				share = strongest * max(0, row[x*len(row)/bounds.Dx()]) / most
			}
			out.SetRGBA(x, y, color.RGBA{mixed(old.R, hot.R, share), mixed(old.G, hot.G, share), mixed(old.B, hot.B, share), 255})
		}
	}
	return out
}

// strongest leaves enough of the picture to see what lies under the reddest place.
const strongest = 0.7

var hot = color.RGBA{230, 30, 20, 255}

func mixed(from, to uint8, share float64) uint8 {
	return uint8((1-share)*float64(from) + share*float64(to) + 0.5)
}
