package onnx

import (
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// npy is a file of NumPy with a header of our choice.
func npy(header string, numbers ...byte) []byte {
	header += "\n"
	return append([]byte(npyMagic+"\x01\x00"+string(rune(len(header)))+"\x00"+header), numbers...)
}

// TestNumPyByHand reads what numpy.save wrote: numpy.arange(6) in 2 rows of 3, as
// int16, row by row and column by column.
func TestNumPyByHand(t *testing.T) {
	for order, numbers := range map[string][]byte{
		"False": {0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0},
		"True":  {0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5, 0},
	} {
		got, err := DecodeNPY(npy("{'descr': '<i2', 'fortran_order': "+order+", 'shape': (2, 3), }", numbers...))
		if err != nil || fmt.Sprint(got.Shape, got.Ints) != "[2 3] [0 1 2 3 4 5]" {
			t.Errorf("%s: %v, %v", order, got, err)
		}
	}
	single, err := DecodeNPY(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 0, 0, 0, 0, 0, 0, 0xf8, 0x3f))
	if err != nil || len(single.Shape) != 0 || single.Floats[0] != 1.5 {
		t.Error(single, err)
	}
}

// TestNumPyBothWays writes arrays and reads them back. NumPy wants the numbers at a
// multiple of 64 bytes.
func TestNumPyBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := &Tensor{Type: rapid.SampledFrom([]DataType{Float32, Int64, Bool}).Draw(t, "type"), Shape: rapid.SliceOfN(rapid.IntRange(0, 3), 0, 3).Draw(t, "shape")}
		n := 1
		for _, d := range x.Shape {
			n *= d
		}
		for i := range n {
			switch x.Type {
			case Float32:
				x.Floats = append(x.Floats, float32(i)-1.5)
			case Int64:
				x.Ints = append(x.Ints, int64(i)-1)
			default:
				x.Ints = append(x.Ints, int64(i)%2)
			}
		}
		var file bytes.Buffer
		EncodeNPY(&file, x)
		got, err := DecodeNPY(file.Bytes())
		if err != nil || got.Type != x.Type || fmt.Sprint(got.Shape, got.Floats, got.Ints) != fmt.Sprint(x.Shape, x.Floats, x.Ints) {
			t.Fatalf("%v %v, %v, want %v", got, got.Ints, err, x)
		}
		if header, _, _ := npyHeader(file.Bytes()); (10+len(header))%64 != 0 {
			t.Fatalf("the numbers begin at byte %d", 10+len(header))
		}
	})
}

func TestNumPyFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	if err := WriteNPY(path, NewTensor([]float32{1, 2}, 1, 2)); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadNPY(path); err != nil || got.String() != "float32 [1 2]" || got.Floats[1] != 2 {
		t.Error(got, err)
	}
	if _, err := ReadNPY(path + ".none"); err == nil || !strings.Contains(err.Error(), "cannot read the array") {
		t.Error(err)
	}
}

func TestNumPyRefusals(t *testing.T) {
	good := "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"
	for want, file := range map[string][]byte{
		"does not begin as one":                  []byte("PK"),
		"it ends within its header":              npy(good)[:20],
		"must have a descr":                      npy("{}", 0),
		`numbers of the type ">f4"`:              npy(strings.Replace(good, "<f4", ">f4", 1), 0, 0, 0, 0),
		"it has 3 bytes":                         npy(good, 0, 0, 0),
		"its shape (99999, 99999) is impossible": npy(strings.Replace(good, "1,", "99999, 99999", 1)),
		"is impossible":                          npy(strings.Replace(good, "1,", "9 9999999999999999999", 1)),
	} {
		if _, err := DecodeNPY(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func FuzzNPY(f *testing.F) {
	f.Add(npy("{'descr': '<i2', 'fortran_order': True, 'shape': (1, 2), }", 0, 0, 1, 0))
	f.Fuzz(func(t *testing.T, content []byte) {
		x, err := DecodeNPY(content)
		if err != nil {
			return
		}
		var file bytes.Buffer
		EncodeNPY(&file, x)
		if again, err := DecodeNPY(file.Bytes()); err != nil || !reflect.DeepEqual(again.Shape, x.Shape) || again.Len() != x.Len() {
			t.Fatalf("%v, %v, want %v", again, err, x)
		}
	})
}
