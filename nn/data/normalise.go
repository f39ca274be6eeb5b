package data

import (
	"reslab/nn"
	"reslab/nn/internal/kernel"
)

// Tensor returns the picture as a net reads it, [1, H, W, C], each channel
// (pixel/255 - mean) / std. Both empty: pixel/255.
func (p *Picture) Tensor(mean, std []float32) *nn.Tensor {
	if len(mean) != len(std) || len(mean) != 0 && len(mean) != p.C {
		panic(mistake("Tensor", "mean and std need a number for each of %d channels, got %d and %d", p.C, len(mean), len(std)))
	}
	x := nn.NewTensor(1, p.H, p.W, p.C)
	newNormaliser(mean, std).write(x.Data, p)
	return x
}

// normaliser turns the bytes of pictures into the numbers that a net reads, each
// channel (pixel/255 - mean) / std = pixel*scale + shift.
type normaliser struct{ scale, shift []float64 }

// newNormaliser returns one for pixel/255 where mean and std are empty.
func newNormaliser(mean, std []float32) *normaliser {
	if len(mean) == 0 {
		return &normaliser{[]float64{1. / 255}, []float64{0}}
	}
	n := &normaliser{make([]float64, len(mean)), make([]float64, len(mean))}
	for c := range mean {
		m, s := float64(mean[c]), float64(std[c])
		n.scale[c], n.shift[c] = 1/(255*s), -m/s
	}
	return n
}

// fits says whether pictures of so many channels can be normalised.
func (n *normaliser) fits(channels int) bool { return len(n.scale) == 1 || len(n.scale) == channels }

// write writes the numbers that stand for the bytes of p.
func (n *normaliser) write(x []float32, p *Picture) {
	kernel.ScaleShiftBytes(x, p.Pixels, n.scale, n.shift)
}
