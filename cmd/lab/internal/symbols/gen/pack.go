package main

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
)

// exported is the export data of a package. Package symbols reads a list of
// them back, field by name.
type exported struct {
	Path string
	Data []byte
}

// pack encodes and compresses a list; the header holds no name and no time.
func pack(list any) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(w).Encode(list); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
