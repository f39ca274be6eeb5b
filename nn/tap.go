package nn

import "slices"

// tap listens at one child.
type tap struct {
	path string
	hook func(path string, t *Tensor, backward bool)
}

// Tap calls hook for every layer of the model that has a name, whenever it
// runs: with its output after Forward, and with dL/d(output), backward
// true, before Backward. It changes no number. A tensor is valid until hook
// returns: copy what you keep. Call stop to end it.
func Tap(
	model Layer,
	hook func(path string, t *Tensor, backward bool),
) (stop func()) {
	var tapped []*child
	mine := map[*tap]bool{}
	walk("", &child{layer: model}, true, func(path string, c *child) {
		if c.name == "" {
			return
		}
		t := &tap{path, hook}
		mine[t] = true
		c.taps = append(c.taps, t)
		tapped = append(tapped, c)
	})
	isMine := func(t *tap) bool { return mine[t] }
	return func() {
		for _, c := range tapped {
			// A copy: if a hook stops itself, the child is going through
			// its taps at this moment.
			c.taps = slices.DeleteFunc(slices.Clone(c.taps), isMine)
		}
	}
}
