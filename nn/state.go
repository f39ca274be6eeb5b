package nn

// What a training changes beside the weights, laid open for checkpoints: see
// package weights.

// AllParams returns every parameter of a model with its path, also those of the
// shortcuts of closed Residuals, which Params leaves out: such a highway may
// have been open before, and may open again.
func AllParams(model Layer) []*Param {
	var all []*Param
	walk("", &child{layer: model}, true, func(path string, c *child) {
		if isContainer(c.layer) {
			return
		}
		for _, p := range leafParams(c.layer) {
			p.Name = join(path, p.Name)
			all = append(all, p)
		}
	})
	return all
}

// Dropouts returns every Dropout of a model, in a fixed order. Their Draws are
// part of the state of a training.
func Dropouts(model Layer) []*Dropout {
	var all []*Dropout
	walk("", &child{layer: model}, true, func(_ string, c *child) {
		if d, ok := c.layer.(*Dropout); ok {
			all = append(all, d)
		}
	})
	return all
}

// State returns what the optimiser remembers of a parameter: how many steps it
// took, and a tensor in the shape of the parameter for each number that its rule
// keeps: the momentum, or the two moments of Adam. The tensors are the
// optimiser's own. A parameter that never moved has 0 steps and no tensors.
func (o *Optimiser) State(p *Param) (steps int, memory []*Tensor) {
	known := o.known[p]
	if known == nil {
		return 0, nil
	}
	for i := range o.memories {
		memory = append(memory, FromSlice(known.slots[i], p.Value.Shape...))
	}
	return known.steps, memory
}

// SetState makes the optimiser remember what State returned for a parameter: it
// goes on as if it had taken the steps. It copies the tensors.
func (o *Optimiser) SetState(p *Param, steps int, memory []*Tensor) {
	if steps == 0 {
		delete(o.known, p)
		return
	}
	if len(memory) != o.memories {
		panic(mistake(o.name, "the state of %s must have %s, got %d", p.Name, count(o.memories, "tensor"), len(memory)))
	}
	for _, t := range memory {
		wantShape(o, "the state of "+p.Name, t, p.Value.Shape)
	}
	known := o.memory(p)
	known.steps = steps
	for i, t := range memory {
		copy(known.slots[i], t.Data)
	}
}

// Memories returns how many tensors State has for a parameter that moved.
func (o *Optimiser) Memories() int { return o.memories }

// State returns what NewRandom makes a stream of that goes on just where this
// one is.
func (r *Random) State() uint64 { return r.state }
