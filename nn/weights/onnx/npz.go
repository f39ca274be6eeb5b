package onnx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"reslab/nn/weights"
)

// ReadNPZ reads the arrays that numpy.savez wrote: a zip with a file NAME.npy for
// each.
func ReadNPZ(path string) (map[string]*Tensor, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as arrays of NumPy: %w; write them by numpy.savez", path, err)
	}
	defer archive.Close()
	all := map[string]*Tensor{}
	left := int64(mostBytes) // of all arrays: a small zip may unpack to anything
	for _, entry := range archive.File {
		name, isArray := strings.CutSuffix(entry.Name, ".npy")
		if !isArray {
			continue
		}
		content, err := unpack(entry, left)
		if err != nil {
			return nil, fmt.Errorf("%s: cannot unpack %q: %w", path, name, err)
		}
		left -= int64(len(content))
		if all[name], err = DecodeNPY(content); err != nil {
			return nil, fmt.Errorf("%s: %q cannot be read as an array of NumPy: %w", path, name, err)
		}
	}
	return all, nil
}

func unpack(entry *zip.File, most int64) ([]byte, error) {
	reader, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	content, err := io.ReadAll(io.LimitReader(reader, most+1))
	if err == nil && int64(len(content)) > most {
		err = errors.New("the arrays have more than 2 GB")
	}
	return content, err
}

// WriteNPZ writes a file that numpy.load reads, whole or not at all.
func WriteNPZ(path string, all map[string]*Tensor) error {
	return weights.WriteFile(path, func(w io.Writer) error {
		archive := zip.NewWriter(w)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			entry, err := archive.CreateHeader(&zip.FileHeader{Name: name + ".npy"}) // stored as it is: weights hardly shrink
			if err != nil {
				return err
			}
			if err := EncodeNPY(entry, all[name]); err != nil {
				return err
			}
		}
		return archive.Close()
	})
}
