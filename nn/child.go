package nn

import "fmt"

// child is a layer with the name that its container knows it by. All that a
// container does for the sake of paths happens here: the names of parameters,
// the taps, the place of a mistake, and to stop when interrupted.
type child struct {
	name  string // may be empty: then the child adds nothing to the path
	layer Layer
	taps  []*tap // who listens: see Tap
}

func (c *child) forward(x *Tensor, train bool) *Tensor {
	defer locate(&c.name)
	pause()
	y := c.layer.Forward(x, train)
	if y == nil {
		panic(mistake(describe(c.layer), "Forward must return a tensor, got nil"))
	}
	c.heard(y)
	return y
}

func (c *child) backward(dy *Tensor) *Tensor {
	defer locate(&c.name)
	pause()
	c.blamed(dy)
	dx := c.layer.Backward(dy)
	if dx == nil {
		panic(mistake(describe(c.layer), "Backward must return a tensor, got nil"))
	}
	return dx
}

// heard and blamed call the hooks of the taps.
func (c *child) heard(y *Tensor) {
	for _, t := range c.taps {
		t.hook(t.path, y, false)
	}
}

func (c *child) blamed(dy *Tensor) {
	for _, t := range c.taps {
		t.hook(t.path, dy, true)
	}
}

// params returns the child's parameters, named from its container down.
func (c *child) params() []*Param {
	defer locate(&c.name)
	var params []*Param
	if isContainer(c.layer) {
		params = c.layer.Params()
	} else {
		params = leafParams(c.layer)
	}
	for _, p := range params {
		p.Name = join(c.name, p.Name)
	}
	return params
}

// leafParams returns the parameters of a leaf under its own names, and numbers
// those that repeat: weight, weight2, weight3.
func leafParams(leaf Layer) []*Param {
	for _, p := range leaf.Params() { // take off the path of an earlier call
		if p == nil {
			panic(mistake(describe(leaf), "Params must return parameters, got nil among them"))
		}
		if p.Value == nil {
			panic(mistake(describe(leaf), "the parameter %q must have a Value, got nil", p.Name))
		}
		if p.local == "" {
			p.local = p.Name
		}
		p.Name = p.local
	}
	// Ask again: a learner's layer may hold a container, which names its parameters anew at each call.
	params, seen := leaf.Params(), map[string]int{}
	for _, p := range params {
		seen[p.Name]++
		if n := seen[p.Name]; n > 1 {
			p.Name = fmt.Sprintf("%s%d", p.Name, n)
		}
	}
	return params
}

func (c *child) clone() *child {
	defer locate(&c.name)
	return &child{name: c.name, layer: Clone(c.layer)}
}
