package data

import (
	"math"
	"testing"
)

// A product and a sum give the numbers of the formula for every byte, to the last
// bit: (pixel/255 - mean)/std is rounded once, to float32.
func TestNormaliseIsTheFormula(t *testing.T) {
	all := NewPicture(16, 16, 1)
	for v := range 256 {
		all.Pixels[v] = uint8(v)
	}
	for _, channel := range [][]float32{{0, 1}, {0.485, 0.229}, {0.456, 0.224}, {0.406, 0.225}, {0.1307, 0.3081}, {0.5, 0.5}} {
		var mean, std []float32
		if channel[0] > 0 {
			mean, std = channel[:1], channel[1:]
		}
		x := all.Tensor(mean, std)
		for v := range 256 {
			if want := float32((float64(v)/255 - float64(channel[0])) / float64(channel[1])); math.Float32bits(x.Data[v]) != math.Float32bits(want) {
				t.Errorf("mean %g, std %g: the byte %d is %v, want %v", channel[0], channel[1], v, x.Data[v], want)
			}
		}
	}
}
