package model

import (
	"fmt"
	"path/filepath"
	"strings"

	"reslab/experiments/train"
	"reslab/nn"
	"reslab/nn/weights"
	"reslab/nn/weights/onnx"
)

// weights writes the weights alone, under the names and in the order of axes that
// they have.
func (c Convert) weights(did *converted) error {
	all, meta, err := c.tensors()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("%s holds no weights", c.In)
	}
	if c.Model != "" {
		meta.Model = c.Model
	}
	if c.Input != (input{}) {
		meta.Input, meta.Shorter = c.Input[:], 0
	}
	did.Tensors, did.Model = len(all), meta.Model
	if strings.EqualFold(filepath.Ext(c.Out), ".npz") {
		return onnx.WriteNPZ(c.Out, all)
	}
	plain := map[string]*nn.Tensor{}
	for name, t := range all {
		plain[name] = nn.FromSlice(t.Floats, t.Shape...)
	}
	return weights.SaveTensors(c.Out, plain, meta)
}

// tensors reads the weights of any file. PyTorch's counts of batches, and other
// whole numbers, are none.
func (c Convert) tensors() (map[string]*onnx.Tensor, weights.Metadata, error) {
	var all map[string]*onnx.Tensor
	var meta weights.Metadata
	var err error
	switch strings.ToLower(filepath.Ext(c.In)) {
	case ".npz":
		all, err = onnx.ReadNPZ(c.In)
	case ".onnx":
		all, meta, err = ofGraph(c.In)
	default:
		all, meta, err = ofFile(c.In)
	}
	for name, t := range all {
		if t.Type.Whole() || t.Len() == 0 {
			delete(all, name)
		}
	}
	return all, meta, err
}

// ofGraph reads the tensors that a graph begins with.
func ofGraph(path string) (map[string]*onnx.Tensor, weights.Metadata, error) {
	m, err := onnx.Read(path)
	if err != nil {
		return nil, weights.Metadata{}, err
	}
	all := map[string]*onnx.Tensor{}
	for _, s := range m.Graph.Initializers {
		if all[s.Name], err = s.Tensor(filepath.Dir(path)); err != nil {
			return nil, weights.Metadata{}, fmt.Errorf("%s: %w", path, err)
		}
	}
	meta, err := m.Notes()
	if err != nil {
		return nil, meta, fmt.Errorf("%s: %w", path, err)
	}
	return all, meta, nil
}

// ofFile reads a safetensors file, or that of a training.
func ofFile(path string) (map[string]*onnx.Tensor, weights.Metadata, error) {
	path, err := train.WeightsAt(path)
	if err != nil {
		return nil, weights.Metadata{}, err
	}
	f, err := weights.Open(path)
	if err != nil {
		return nil, weights.Metadata{}, err
	}
	defer f.Close()
	all := map[string]*onnx.Tensor{}
	for _, name := range f.Names() {
		if strings.HasSuffix(name, "num_batches_tracked") {
			continue
		}
		t, err := f.Tensor(name)
		if err != nil {
			return nil, weights.Metadata{}, err
		}
		all[name] = onnx.NewTensor(t.Data, t.Shape...)
	}
	return all, f.Metadata, nil
}
