package nn

// Flatten makes one row of each picture: [N, H, W, C] becomes [N, H*W*C]. The
// numbers stay where they are in memory.
type Flatten struct {
	loan
	in, out memo // shapes of x and y
}

// NewFlatten returns a Flatten.
func NewFlatten() *Flatten { return &Flatten{} }

// Forward returns x under the shape of rows.
func (f *Flatten) Forward(x *Tensor, train bool) *Tensor {
	f.wantBatch(x.Shape)
	y := f.view(x, x.Shape[0], size(x.Shape[1:]))
	f.in.keep(x.Shape)
	f.out.keep(y.Shape)
	return y
}

// Backward returns dy under the shape of x.
func (f *Flatten) Backward(dy *Tensor) *Tensor {
	in := f.in.take(f)
	wantShape(f, "dy", dy, f.out.take(f))
	return f.view(dy, in...)
}

// Params returns nothing: there is nothing to learn.
func (f *Flatten) Params() []*Param { return nil }

func (f *Flatten) String() string { return "Flatten" }

func (f *Flatten) outShape(in []int) []int {
	f.wantBatch(in)
	return []int{in[0], size(in[1:])}
}

func (f *Flatten) wantBatch(in []int) {
	if len(in) == 0 {
		panic(mistake(f.String(), "the input must be a batch, got a single number"))
	}
}

func (f *Flatten) clone() Layer { return NewFlatten() }
