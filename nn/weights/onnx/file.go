package onnx

import (
	"errors"
	"fmt"
	"io"
	"os"

	"reslab/nn/weights"
)

// mostBytes is the size of the largest file that is read: a message of Protocol
// Buffers cannot be larger.
const mostBytes = 1<<31 - 1

// Read reads a file. Weights in files of their own are left there until somebody
// asks for their numbers.
func Read(path string) (*Model, error) {
	bytes, err := readAll(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the net: %w", err)
	}
	m, err := Decode(bytes)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as an ONNX file: %w", path, err)
	}
	return m, nil
}

func readAll(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder; name an ONNX file", path)
	case info.Size() > mostBytes:
		return nil, fmt.Errorf("%s has more than 2 GB, which no ONNX file can have; larger nets keep their weights in files beside", path)
	}
	return os.ReadFile(path)
}

// Decode reads a model from the bytes of a file. It keeps parts of them.
func Decode(bytes []byte) (*Model, error) {
	m := &Model{}
	if err := new(reader).read(m, bytes); err != nil {
		return nil, err
	}
	if m.Graph == nil || len(m.Opsets) == 0 {
		return nil, errors.New("it holds no graph, or does not say which operators it means")
	}
	return m, nil
}

// DecodeTensor reads a file that holds one tensor, as the standard's own tests do.
func DecodeTensor(bytes []byte) (*Stored, error) {
	s := &Stored{}
	return s, new(reader).read(s, bytes)
}

// Write writes a file, whole or not at all.
func Write(path string, m *Model) error {
	return weights.WriteFile(path, func(w io.Writer) error { return Encode(w, m) })
}

// Encode writes the bytes of a file.
func Encode(w io.Writer, m *Model) error {
	content := encode(m)
	if content.size > mostBytes {
		return fmt.Errorf("the net takes %d bytes, and an ONNX file cannot have more than 2 GB", content.size)
	}
	for _, part := range content.parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
