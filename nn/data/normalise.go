package data

import "reslab/nn"

// Tensor returns the picture as a net reads it, [1, H, W, C], each channel
// (pixel/255 - mean) / std. Both empty: pixel/255.
func (p *Picture) Tensor(mean, std []float32) *nn.Tensor {
	if len(mean) != len(std) || len(mean) != 0 && len(mean) != p.C {
		panic(mistake("Tensor", "mean and std need a number for each of %d channels, got %d and %d", p.C, len(mean), len(std)))
	}
	x := nn.NewTensor(1, p.H, p.W, p.C)
	normalise(x.Data, p, numbers(mean, std))
	return x
}

// normalise writes the numbers that stand for the bytes of p.
func normalise(row []float32, p *Picture, numbers [][256]float32) {
	if len(numbers) == 1 {
		for j, v := range p.Pixels {
			row[j] = numbers[0][v]
		}
		return
	}
	for j := 0; j < len(row); j += p.C {
		for c := range p.C {
			row[j+c] = numbers[c][p.Pixels[j+c]]
		}
	}
}

// numbers returns, for each channel, the number that stands for a byte: one
// table for all channels where nothing is to be normalised.
func numbers(mean, std []float32) [][256]float32 {
	tables := make([][256]float32, max(1, len(mean)))
	for c := range tables {
		m, s := 0.0, 1.0
		if len(mean) > 0 {
			m, s = float64(mean[c]), float64(std[c])
		}
		for v := range 256 {
			tables[c][v] = float32((float64(v)/255 - m) / s)
		}
	}
	return tables
}
