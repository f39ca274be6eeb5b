package engine_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"reslab/nn/weights/onnx"
	"reslab/nn/weights/onnx/engine"
)

// TestGraphsOfPyTorch runs graphs that PyTorch exported: testdata/golden.py wrote
// them, and what PyTorch computes.
func TestGraphsOfPyTorch(t *testing.T) {
	var golden map[string]struct {
		X, Y       []float32
		Shape, Out []int
	}
	text, err := os.ReadFile(filepath.Join("testdata", "golden.json"))
	must(t, err)
	must(t, json.Unmarshal(text, &golden))
	if len(golden) < 6 {
		t.Fatalf("only %d graphs", len(golden))
	}
	for name, c := range golden {
		m, err := onnx.Read(filepath.Join("testdata", name+".onnx"))
		must(t, err)
		e, err := engine.New(m, "testdata")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for range 2 { // what an operator has prepared serves again
			out, err := e.Run(t.Context(), map[string]*onnx.Tensor{"input": onnx.NewTensor(c.X, c.Shape...)})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
			y := out["output"]
			if far := distance(y.Floats, c.Y); far > 2e-6 || !slices.Equal(y.Shape, c.Out) {
				t.Errorf("%s: %v is %g of its size away from PyTorch's, %v", name, y, far, c.Out)
			}
		}
	}
}
