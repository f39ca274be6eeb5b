package nn

import "fmt"

// Dropout sets a random share of the numbers to zero while training, so that
// no unit can lean on one other (Srivastava et al. 2014). What stays is made
// larger by 1/(1-Share), so that the sum stays the same on average; when not
// training, x passes as it is.
//
// Input and output have the same, any, shape.
type Dropout struct {
	Share float64 // from 0 up to, but not with, 1
	Seed  uint64

	// Draws counts the forward passes in training; the mask depends on nothing
	// but Seed and Draws. Save it to go on just as before.
	Draws uint64

	loan
	in   memo
	mask []float32 // 0 or 1/(1-Share) in training, else 1
}

// NewDropout returns a dropout of a share of the numbers.
func NewDropout(share float64, seed uint64) *Dropout {
	if !(share >= 0 && share < 1) {
		panic(mistake("Dropout", "the share must be at least 0 and less than 1, got %g", share))
	}
	return &Dropout{Share: share, Seed: seed}
}

// Forward computes y = mask * x.
func (d *Dropout) Forward(x *Tensor, train bool) *Tensor {
	d.draw(len(x.Data), train)
	d.in.keep(x.Shape)
	y := d.tensor(x.Shape...)
	for i, v := range x.Data {
		y.Data[i] = v * d.mask[i]
	}
	return y
}

// Backward computes dx = mask * dy.
func (d *Dropout) Backward(dy *Tensor) *Tensor {
	wantShape(d, "dy", dy, d.in.take(d))
	dx := d.tensor(dy.Shape...)
	for i, v := range dy.Data {
		dx.Data[i] = v * d.mask[i]
	}
	return dx
}

// Params returns nothing: there is nothing to learn.
func (d *Dropout) Params() []*Param { return nil }

func (d *Dropout) String() string          { return fmt.Sprintf("Dropout %g", d.Share) }
func (d *Dropout) outShape(in []int) []int { return in }
func (d *Dropout) clone() Layer            { return &Dropout{Share: d.Share, Seed: d.Seed, Draws: d.Draws} }

func (d *Dropout) draw(n int, train bool) {
	d.mask = resize(d.mask, n)
	if !train {
		for i := range d.mask {
			d.mask[i] = 1
		}
		return
	}
	random := NewRandom(NewRandom(d.Seed).Uint64() ^ d.Draws)
	d.Draws++
	for i := range d.mask {
		d.mask[i] = 0
		if random.Float64() >= d.Share {
			d.mask[i] = float32(1 / (1 - d.Share))
		}
	}
}
