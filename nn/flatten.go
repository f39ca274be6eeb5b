package nn

// Flatten makes one row of each picture: [N, H, W, C] becomes [N, H*W*C]. The
// numbers stay where they are in memory.
type Flatten struct {
	in []int // shape of x, nil after Backward
}

// NewFlatten returns a Flatten.
func NewFlatten() *Flatten { return &Flatten{} }

// Forward returns x under the shape of rows.
func (f *Flatten) Forward(x *Tensor, train bool) *Tensor {
	y := x.Reshape(f.outShape(x.Shape)...)
	f.in = x.Shape
	return y
}

// Backward returns dy under the shape of x.
func (f *Flatten) Backward(dy *Tensor) *Tensor {
	needForward(f.in != nil, f.String())
	in := f.in
	f.in = nil
	wantShape(f.String(), "dy", dy, f.outShape(in))
	return dy.Reshape(in...)
}

// Params returns nothing: there is nothing to learn.
func (f *Flatten) Params() []*Param { return nil }

func (f *Flatten) String() string { return "Flatten" }

func (f *Flatten) outShape(in []int) []int {
	if len(in) == 0 {
		panic(mistake(f.String(), "the input must be a batch, got a single number"))
	}
	return []int{in[0], size(in[1:])}
}

func (f *Flatten) clone() Layer { return NewFlatten() }
