package weights

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"reslab/nn"
)

// Load reads the weights and running statistics of a model. The file must have
// them all, in the model's shapes, and no others but PyTorch's counts of batches.
// Nothing is changed unless all of them fit. Numbers that are not finite are an
// error.
func (f *File) Load(model nn.Layer) error {
	_, err := f.load(model, nil)
	return err
}

// LoadBody is Load for a model that learns other classes: where the file has
// another number of them, the last Linear keeps what it has. It returns the names
// of the parameters that the file did not change.
func (f *File) LoadBody(model nn.Layer) (left []string, err error) {
	return f.load(model, lastLinear(model))
}

// load fills the model. If a parameter of head does not fit, all of head stays.
func (f *File) load(model nn.Layer, head []string) (left []string, err error) {
	params, err := prepared(model, f.Metadata.Input)
	if err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", f.path, err)
	}
	for _, p := range params {
		if e, there := f.entries[p.Name]; there && slices.Contains(head, p.Name) && !slices.Equal(e.shape, orderOf(p).shape) {
			left = head
		}
	}
	if err := f.fits(params, left); err != nil {
		return nil, err
	}
	for _, p := range params {
		if slices.Contains(left, p.Name) {
			continue
		}
		if err := f.read(p.Value.Data, f.entries[p.Name], orderOf(p)); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(p.Value.Data, notFinite) {
			return nil, fmt.Errorf("%s holds numbers in %s that are not finite, from a training that went astray: take other weights", f.path, p.Name)
		}
	}
	return left, nil
}

// fits holds the names and shapes of the file against those of a model.
func (f *File) fits(params []*nn.Param, left []string) error {
	var missing, wrong, surplus []string
	known := map[string]bool{}
	for _, p := range params {
		known[p.Name] = true
		if slices.Contains(left, p.Name) {
			continue
		}
		e, there := f.entries[p.Name]
		want := orderOf(p).shape
		switch {
		case !there:
			missing = append(missing, p.Name)
		case !slices.Equal(e.shape, want):
			wrong = append(wrong, fmt.Sprintf("%s (%v, not %v)", p.Name, e.shape, want))
		case decoders[e.kind] == nil:
			wrong = append(wrong, fmt.Sprintf("%s (numbers of the type %s)", p.Name, e.kind))
		}
	}
	for _, name := range f.Names() {
		if !known[name] && !strings.HasSuffix(name, "num_batches_tracked") {
			surplus = append(surplus, name)
		}
	}
	var faults []string
	for _, fault := range []struct {
		what  string
		names []string
	}{{"lacks", missing}, {"has in another shape", wrong}, {"has, and the model has not,", surplus}} {
		if len(fault.names) > 0 {
			faults = append(faults, fault.what+" "+firstOf(fault.names))
		}
	}
	if faults == nil {
		return nil
	}
	return fmt.Errorf("%s does not fit the model: it %s; build the model that the weights were made for", f.path, strings.Join(faults, "; it "))
}

func notFinite(v float32) bool { return v-v != 0 }

// firstOf lists some names, which tell which model it is about.
func firstOf(names []string) string {
	const enough = 4
	if len(names) <= enough {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:enough], ", "), len(names)-enough)
}

// prepared returns the parameters of a model, which know how a picture of the
// given size was flattened. A file in the wrong order would not be noticed, so a
// model that flattens and does not say how is refused.
func prepared(model nn.Layer, input []int) ([]*nn.Param, error) {
	params := model.Params()
	if len(input) > 0 {
		if err := caught(func() { nn.NoteFlattened(model, input...) }); err != nil {
			return nil, err
		}
	}
	flat := false
	var unknown error
	nn.Walk(model, func(path string, l nn.Layer) {
		switch l := l.(type) {
		case *nn.Flatten:
			flat = true
		case *nn.Linear:
			if flat && l.Weight.Flattened == [3]int{} && unknown == nil {
				unknown = fmt.Errorf("the size of the pictures that are flattened before %q is not known; name it by nn.NoteFlattened(model, height, width, channels), or in the metadata's Input", path)
			}
			flat = false
		}
	})
	return params, unknown
}

// lastLinear returns the names of the parameters of the model's last Linear.
func lastLinear(model nn.Layer) (names []string) {
	model.Params() // names them from the model down
	nn.Walk(model, func(path string, l nn.Layer) {
		if l, ok := l.(*nn.Linear); ok {
			names = []string{l.Weight.Name, l.Bias.Name}
		}
	})
	return names
}

// caught returns the *nn.Mistake that f panics with as an error.
func caught(f func()) (err error) {
	defer func() {
		p := recover()
		if m, ok := p.(*nn.Mistake); ok {
			err = m
		} else if p != nil {
			panic(p)
		}
	}()
	f()
	return nil
}

// Build builds the model that the metadata of a file name, and loads it. Of
// published weights the names and shapes tell the model: see Open.
func Build(path string) (nn.Layer, Metadata, error) {
	f, err := Open(path)
	if err != nil {
		return nil, Metadata{}, err
	}
	defer f.Close()
	model, err := f.build()
	if err != nil {
		return nil, Metadata{}, fmt.Errorf("%s: %w", path, err)
	}
	return model, f.Metadata, f.Load(model)
}

func (f *File) build() (nn.Layer, error) {
	m := f.Metadata
	if m.Model == "" {
		return nil, errors.New("it does not say which model it is for, and its names and shapes are not those of a published ResNet; in Go, build the model and load the file by Load")
	}
	if len(m.Input) == 0 {
		return nil, errors.New("its metadata do not name the height, width and channels of a picture")
	}
	if len(m.Classes) == 0 {
		return nil, errors.New("its metadata name no classes")
	}
	if known := modelNamed(m.Model); known != nil {
		return known.New(m.Input[2], len(m.Classes)), nil
	}
	var names []string
	for _, known := range nn.Models() {
		names = append(names, known.Name)
	}
	return nil, fmt.Errorf("there is no model called %q; there are %s", m.Model, strings.Join(names, ", "))
}

// modelNamed returns nil if there is no model of that name.
func modelNamed(name string) *nn.Model {
	for _, known := range nn.Models() {
		if known.Name == name {
			return &known
		}
	}
	return nil
}
