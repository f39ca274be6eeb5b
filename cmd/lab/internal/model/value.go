package model

import (
	"encoding/json"
	"fmt"

	"reslab/nn/weights/onnx"
)

// value describes an input or output of a graph.
type value struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Shape []any  `json:"shape"` // a number, the name of any number, or null; null for any shape

	info *onnx.ValueInfo
}

func valuesOf(infos []*onnx.ValueInfo) []value {
	all := []value{}
	for _, info := range infos {
		v := value{Name: info.Name, Type: info.Element().String(), info: info}
		if dims, known := info.Dims(); known {
			v.Shape = []any{}
			for _, d := range dims {
				v.Shape = append(v.Shape, sizeOf(d))
			}
		}
		all = append(all, v)
	}
	return all
}

func sizeOf(d *onnx.Dim) any {
	switch {
	case d.Name != "":
		return d.Name
	case d.Size != 0:
		return d.Size
	}
	return nil
}

func (v value) String() string { return v.info.String() }

// number is a number that JSON has no word for if it is not finite.
type number float64

// MarshalJSON writes null in the place of what is not finite.
func (n number) MarshalJSON() ([]byte, error) {
	if n-n != 0 {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

func (n number) String() string { return fmt.Sprintf("%.4g", float64(n)) }
