package nn

// Param is an array of numbers that belongs to a layer: weights to learn, or
// running statistics to keep (Trainable false).
type Param struct {
	// Name is the name in the layer, as "weight", and in what the Params of a
	// container returns the path below that container, as "conv1.weight": below
	// the one that was asked last.
	Name string

	Value *Tensor
	Grad  *Tensor // nil until the first Backward

	Trainable bool // an optimiser may change it
	Decay     bool // true for weights, not for biases and batch norm: see DecayWeightsOnly in optim.go

	// Layout and Flattened say how the memory maps to a checkpoint, a file of
	// weights with PyTorch's order of axes: the number of axes alone cannot tell.
	Layout    Layout
	Flattened [3]int // the H, W, C that were flattened into the input axis: see NoteFlattened; else zero

	local string // the name in the layer, once a container has made Name a path
}

// Layout is the order of the axes of a parameter in memory.
type Layout int

const (
	AsIs  Layout = iota // the same in memory and in a checkpoint
	HWIO                // convolution: kernel row, kernel column, input, output channel; a checkpoint has OIHW
	InOut               // Linear: input, output; a checkpoint has output, input
)

// String describes the parameter, as "weight 3x3x16x32".
func (p *Param) String() string {
	if p.Value == nil {
		return p.Name
	}
	return p.Name + " " + shapeString(p.Value.Shape)
}

// grad returns p.Grad, made of zeros at the first call.
func (p *Param) grad() *Tensor {
	if p.Grad == nil {
		p.Grad = NewTensor(p.Value.Shape...)
	}
	return p.Grad
}

// ZeroGrad sets every gradient to zero: Backward adds to what is there.
func ZeroGrad(params []*Param) {
	for _, p := range params {
		if p.Grad != nil {
			clear(p.Grad.Data)
		}
	}
}

// newWeight returns a parameter that learns, of zeros until Init draws it.
func newWeight(name string, layout Layout, shape ...int) *Param {
	return &Param{Name: name, Value: NewTensor(shape...), Trainable: true, Decay: true, Layout: layout}
}

// newBias returns a parameter that learns but is no weight: a bias, or the scale
// or shift of batch norm.
func newBias(name string, size int) *Param {
	return &Param{Name: name, Value: NewTensor(size), Trainable: true}
}

// share returns a parameter over the same numbers with a gradient of its own,
// for a copy of the layer (Clone).
func (p *Param) share() *Param {
	if p == nil {
		return nil
	}
	twin := *p
	twin.Grad = nil
	return &twin
}

// lister is a layer with parameters of its own.
type lister interface {
	list([]*Param) []*Param
}

// appendParams appends the parameters that l.Params() would return, without
// giving them names. It knows only nn's own layers.
func appendParams(params []*Param, l Layer) (all []*Param, known bool) {
	own, known := ours(l)
	switch l := own.(type) {
	case *Sequential:
		for _, c := range l.children {
			more, ok := appendParams(params, c.layer)
			params, known = more, known && ok
		}
	case *Residual:
		params, known = appendParams(params, l.Body)
		if l.Skip && l.Shortcut != nil {
			more, ok := appendParams(params, l.Shortcut)
			params, known = more, known && ok
		}
	case lister:
		params = l.list(params)
	}
	return params, known
}
