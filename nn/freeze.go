package nn

import "strings"

// Freeze stops the learning of every layer from the input up to and with
// the one at path, which may be a container, as "layer2": its weights and
// biases are not Trainable any more, and its batch norms keep their running
// averages. What was learned on many pictures stays while the rest learns
// a new task. Of a Residual, the shortcut counts as coming after the body.
// The error, if the model has no such layer, names those that it has.
func Freeze(model Layer, path string) error {
	var leaves []Layer
	frozen := 0 // so many of the leaves
	walk("", &child{layer: model}, true, func(at string, c *child) {
		if isContainer(c.layer) {
			return
		}
		leaves = append(leaves, c.layer)
		if at == path || strings.HasPrefix(at, path+".") {
			frozen = len(leaves)
		}
	})
	if frozen == 0 || path == "" {
		return mistake("Freeze", "the model has no layer %q; "+
			"its layers are %s", path, strings.Join(paths(model), ", "))
	}
	for _, l := range leaves[:frozen] {
		for _, p := range l.Params() {
			p.Trainable = false
		}
		if norm, ok := l.(*BatchNorm2D); ok {
			norm.Frozen = true
		}
	}
	return nil
}
