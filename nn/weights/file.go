package weights

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"reslab/nn"
)

// File is an open safetensors file. Its header is checked; the numbers are read
// tensor by tensor.
type File struct {
	Metadata Metadata

	path    string
	file    *os.File
	header  *header
	begin   int64 // where the data begin
	entries map[string]entry
}

// Open opens a safetensors file, which need not be one of ours. Published weights
// of a ResNet for ImageNet say nothing of themselves: their Metadata are what
// names and shapes tell, and the classes are called "class 0" and so on.
func Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot open the weights: %w", err)
	}
	f := &File{path: path, file: file, entries: map[string]entry{}}
	if err := f.open(); err != nil {
		file.Close()
		return nil, fmt.Errorf("%s is no whole file of weights: %w", path, err)
	}
	if err := f.Metadata.check(); err != nil {
		file.Close()
		return nil, fmt.Errorf("%s cannot be used: %w", path, err)
	}
	return f, nil
}

func (f *File) open() error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return errors.New("it is a folder")
	}
	if f.header, err = readHeader(f.file, info.Size()); err != nil {
		return err
	}
	f.begin = 8 + int64(len(f.header.text))
	for _, e := range f.header.entries {
		f.entries[e.name] = e
	}
	if f.Metadata, err = decodeMetadata(f.header.metadata); err != nil || f.Metadata.Model != "" {
		return err
	}
	if told, ok := f.published(); ok {
		told.Notes = f.Metadata.Notes
		f.Metadata = told
	}
	return nil
}

// Close ends the reading.
func (f *File) Close() error { return f.file.Close() }

// Names returns the names of all tensors, sorted.
func (f *File) Names() []string {
	var names []string
	for name := range f.entries {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Shape returns the shape of a tensor in the file; nil if there is none of the name.
func (f *File) Shape(name string) []int { return slices.Clone(f.entries[name].shape) }

// Tensor reads a tensor of F32, F16, BF16 or F64 as it lies in the file, in
// PyTorch's layout.
func (f *File) Tensor(name string) (*nn.Tensor, error) {
	e, err := f.numbers(name)
	if err != nil {
		return nil, err
	}
	if slices.Contains(e.shape, 0) {
		return nil, fmt.Errorf("%s: %q is empty: its shape is %v", f.path, name, e.shape)
	}
	t := nn.NewTensor(e.shape...)
	return t, f.read(t.Data, e, order{})
}

// numbers returns the entry of a tensor of a type that is read.
func (f *File) numbers(name string) (entry, error) {
	e, there := f.entries[name]
	if !there {
		return e, fmt.Errorf("%s has no tensor %q", f.path, name)
	}
	if decoders[e.kind] == nil {
		return e, fmt.Errorf("%s: %q holds numbers of the type %s, and only F32, F16, BF16 and F64 are read", f.path, name, e.kind)
	}
	return e, nil
}

// read reads the numbers of a tensor into memory of another order.
func (f *File) read(into []float32, e entry, o order) error {
	decode, size := decoders[e.kind], int(bitsOf[e.kind]/8)
	data := io.NewSectionReader(f.file, f.begin+e.begin, e.end-e.begin)
	block := make([]byte, min(1<<16, size*len(into)))
	for i := 0; i < len(into); {
		part := block[:min(len(block), size*(len(into)-i))]
		if _, err := io.ReadFull(data, part); err != nil {
			return fmt.Errorf("cannot read %q from %s: %w", e.name, f.path, err)
		}
		for ; len(part) > 0; part = part[size:] {
			into[o.at(i)] = decode(part)
			i++
		}
	}
	return nil
}
