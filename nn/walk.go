package nn

import (
	"fmt"
	"strings"
)

// Walk visits the model and every layer in it that runs, a container before
// what it contains, with the path of each. The model's own path is empty; a
// layer added with no name has the path of its container. A learner's layer is
// a leaf.
func Walk(model Layer, visit func(path string, l Layer)) {
	walk("", &child{layer: model}, false, func(path string, c *child) { visit(path, c.layer) })
}

// Replace puts l into the place of the layer at path: the way of a layer of
// one's own into a whole net. It panics if there is no such layer.
func Replace(model Layer, path string, l Layer) {
	if l == nil {
		panic(mistake("Replace", "%q needs a layer, got nil", path))
	}
	found := false
	put := func(place *Layer, name, at string) {
		if join(at, name) == path && name != "" && !found {
			*place, found = l, true
		}
	}
	walk("", &child{layer: model}, true, func(at string, c *child) {
		switch container := c.layer.(type) {
		case *Sequential:
			for _, inner := range container.children {
				put(&inner.layer, inner.name, at)
			}
		case *Residual:
			if container.Shortcut != nil {
				put(&container.Shortcut, "downsample", at)
			}
		}
	})
	if !found {
		panic(mistake("Replace", "the model has no layer %q; its layers are %s", path, strings.Join(paths(model), ", ")))
	}
}

// Clone returns a copy of the model for another goroutine: it shares the
// weights and running averages, and has caches and gradients of its own. It
// panics at a layer that is not nn's, whose insides it cannot know.
func Clone(model Layer) Layer {
	if l, ok := ours(model); ok {
		return l.clone()
	}
	panic(mistake(describe(model), "Clone knows only the layers of nn; a layer of your own has to be built again for each goroutine"))
}

// walk visits every child from c down. With all true it goes into the
// shortcuts of closed Residuals too, which do not run.
func walk(path string, c *child, all bool, visit func(path string, c *child)) {
	path = join(path, c.name)
	visit(path, c)
	switch l := c.layer.(type) {
	case *Sequential:
		for _, inner := range l.children {
			walk(path, inner, all, visit)
		}
	case *Residual:
		walk(path, l.body(), all, visit)
		if l.Shortcut != nil && (l.Skip || all) {
			walk(path, l.road(), all, visit)
		}
	}
}

// layer is what nn knows of its own layers beside Layer.
type layer interface {
	Layer
	fmt.Stringer
	clone() Layer
}

// leaf is a layer that is no container: it tells the shape of its output
// without computing it.
type leaf interface {
	layer
	outShape(in []int) []int
}

// ours tells nn's layers by their very type: a learner's struct that embeds
// one has its methods too, but is another layer.
func ours(l Layer) (layer, bool) {
	switch l := l.(type) {
	case *Conv2D, *BatchNorm2D, *Linear, *ReLU, *LeakyReLU, *Sigmoid, *Tanh, *MaxPool2D, *AvgPool2D, *GlobalAvgPool,
		*Flatten, *Dropout, *Softmax, *Sequential, *Residual, *PadShortcut, identity:
		return l.(layer), true
	}
	return nil, false
}

func isContainer(l Layer) bool {
	switch l.(type) {
	case *Sequential, *Residual:
		return true
	}
	return false
}

// describe names a layer. A learner's layer has no good name: where the code is
// interpreted, its type says nothing.
func describe(l Layer) string {
	if l, ok := ours(l); ok {
		return l.String()
	}
	return "a layer of your own"
}

// paths lists the named layers.
func paths(model Layer) []string {
	var all []string
	walk("", &child{layer: model}, true, func(path string, c *child) {
		if c.name != "" {
			all = append(all, path)
		}
	})
	return all
}
