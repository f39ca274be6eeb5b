package nn

import "fmt"

// Mistake is what nn panics with when it is used wrongly: a shape that does
// not fit, a Backward without a Forward. Its message is one sentence that
// names the layer, what it wanted and what it got. The containers, layers made
// of layers, add the path while the panic passes through them.
type Mistake struct {
	Path    string // as "layer1.0.conv1"; empty outside a container
	Layer   string // as "Conv2D 3x3, 16 to 32"
	Problem string
}

func (m *Mistake) Error() string {
	if m.Path == "" {
		return fmt.Sprintf("nn: %s: %s", m.Layer, m.Problem)
	}
	return fmt.Sprintf("nn: %s (%s): %s", m.Path, m.Layer, m.Problem)
}

// mistake returns what to panic with.
func mistake(layer, format string, args ...any) *Mistake {
	return &Mistake{Layer: layer, Problem: fmt.Sprintf(format, args...)}
}

// locate is deferred by a container around the call of a child: it puts the
// child's name before the path of a Mistake, and lets every panic go on.
func locate(name *string) {
	p := recover()
	if p == nil {
		return
	}
	if m, ok := p.(*Mistake); ok {
		m.Path = join(*name, m.Path)
	}
	panic(p)
}

// join puts a dot between two parts of a path, if both are there.
func join(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}

// named is a name for what is no layer.
type named string

func (n named) String() string { return string(n) }
