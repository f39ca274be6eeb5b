package engine

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/nn/weights/onnx"
)

// TestStandard runs the test cases of the ONNX standard itself, where they are:
// RESLAB_ONNX_TESTS names their folder, which has node/test_add and so on. Debian
// has them in the package libonnx-testdata. A case that is refused by a sentence is
// no failure; one with other numbers is, but for casts to 16 bits, which keep more.
func TestStandard(t *testing.T) {
	root := os.Getenv("RESLAB_ONNX_TESTS")
	if root == "" {
		t.Skip("RESLAB_ONNX_TESTS does not name the folder of the standard's tests")
	}
	cases, err := filepath.Glob(filepath.Join(root, "*", "test_*", "model.onnx"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("%d cases in %s, %v", len(cases), root, err)
	}
	passed, unknown, refused := 0, 0, 0
	for _, path := range cases {
		folder := filepath.Dir(path)
		m, err := onnx.Read(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		e, err := New(m, folder)
		if err != nil {
			unknown++
			continue
		}
		name := filepath.Base(folder)
		sets, _ := filepath.Glob(filepath.Join(folder, "test_data_set_*"))
		for _, set := range sets {
			err := e.runSet(set)
			switch {
			case err == nil:
				passed++
			case errors.Is(err, errRefused) || strings.Contains(name, "cast") && strings.Contains(name, "FLOAT16"):
				refused++
				t.Logf("%s: %v", name, err)
			default:
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	t.Logf("%d of the standard's tests pass, %d have an operator that is not known here, %d are refused", passed, unknown, refused)
}

var errRefused = errors.New("refused")

// runSet runs the graph on stored inputs and compares what comes out.
func (e *Engine) runSet(folder string) error {
	in := map[string]*onnx.Tensor{}
	for i, v := range e.inputs {
		x, err := storedTensor(folder, "input", i)
		if err != nil {
			return errors.Join(errRefused, err)
		}
		in[v.Name] = x
	}
	out, err := e.Run(context.Background(), in)
	if err != nil {
		return errors.Join(errRefused, err)
	}
	for i, v := range e.outputs {
		want, err := storedTensor(folder, "output", i)
		if err != nil {
			return errors.Join(errRefused, err)
		}
		if err := alike(out[v.Name], want); err != nil {
			return fmt.Errorf("%s: %w", v.Name, err)
		}
	}
	return nil
}

func storedTensor(folder, what string, i int) (*onnx.Tensor, error) {
	bytes, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("%s_%d.pb", what, i)))
	if err != nil {
		return nil, err
	}
	s, err := onnx.DecodeTensor(bytes)
	if err != nil {
		return nil, err
	}
	return s.Tensor("")
}

// alike compares tensors; numbers with fractions up to rounding.
func alike(got, want *onnx.Tensor) error {
	if got.Type.Whole() != want.Type.Whole() || !slices.Equal(got.Shape, want.Shape) || !slices.Equal(got.Ints, want.Ints) {
		return fmt.Errorf("got %v %v, want %v %v", got, got.Ints, want, want.Ints)
	}
	for i, v := range got.Floats {
		w := want.Floats[i]
		same := v == w || v != v && w != w
		if !same && !(math.Abs(float64(v-w)) <= 1e-5+1e-4*math.Abs(float64(w))) {
			return fmt.Errorf("number %d is %g, want %g", i, v, w)
		}
	}
	return nil
}
