package onnx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"
)

// TestByHand reads a file that is written out byte by byte.
func TestByHand(t *testing.T) {
	file := []byte{
		8, 7, // field 1, a number: IR 7
		66, 2, 16, 13, // field 8, 2 bytes: {2: 13}, version 13 of the operators
		58, 19, // field 7, 19 bytes: the graph
		10, 12, 10, 1, 'x', 18, 1, 'y', 34, 4, 'R', 'e', 'l', 'u', // {1: {1: "x", 2: "y", 4: "Relu"}}
		90, 3, 10, 1, 'x', // {11: {1: "x"}}
		250, 1, // field 31, 2 bytes, which is not known
		1, 1,
	}
	m, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(m.IR, *m.Opsets[0], m.Graph.Nodes[0], m.Graph.Nodes[0].Inputs, m.Graph.Inputs[0])
	if want := "7 { 13} Relu (which makes y) [x] x type 0 of any shape"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// full has something in every field that is written.
func full() *Model {
	return &Model{
		IR: 8, Opsets: []*Opset{{"", 13}, {"ai.onnx.ml", 2}}, Producer: "somebody", Metadata: []*Entry{{"key", "value"}, {"empty", ""}},
		Graph: &Graph{
			Name: "net",
			Nodes: []*Node{{Inputs: []string{"x", "", "w"}, Outputs: []string{"y"}, Name: "n", Op: "Op", Domain: "d", Attributes: []*Attribute{
				{Name: "f", Type: FloatAttribute}, {Name: "i", Type: IntAttribute, I: -3}, {Name: "s", Type: StringAttribute, S: "word"},
				{Name: "t", Type: TensorAttribute, T: Store("inner", NewInts([]int64{-1, 1 << 40}, 2))},
				{Name: "fs", Type: FloatsAttribute, Floats: []float32{0, -1.5}}, {Name: "is", Type: IntsAttribute, Ints: []int64{0, -1, 300}}}}},
			Initializers: []*Stored{Store("w", NewTensor([]float32{1, 2, 3}, 3, 1))},
			Inputs:       []*ValueInfo{{"x", &Type{&TensorType{Float32, &Shape{[]*Dim{{Name: "batch"}, {Size: 3}, {}}}}}}},
			Outputs:      []*ValueInfo{{Name: "y", Type: &Type{&TensorType{Element: Int64}}}},
		},
	}
}

// TestWriteAndRead writes every field and reads it back.
func TestWriteAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "net.onnx")
	if err := Write(path, full()); err != nil {
		t.Fatal(err)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, full()) {
		t.Errorf("got  %+v\nwant %+v", got, full())
	}
	if s := got.Graph.Inputs[0].String(); s != "x float32 [batch 3 ?]" {
		t.Error(s)
	}
}

// TestZeroIsWritten: a setting of 0 is not one that is left out.
func TestZeroIsWritten(t *testing.T) {
	content := bytes.Join(encode(&Attribute{Name: "axis", Type: IntAttribute}).parts, nil)
	if !bytes.Contains(content, []byte{3 << 3, 0}) {
		t.Errorf("%v has no field 3", content)
	}
}

// TestListsUnpacked reads lists in both forms, by chance cut in pieces.
func TestListsUnpacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.Int64()).Draw(t, "numbers")
		var file []byte
		for rest := numbers; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			if n == 1 {
				file = protowire.AppendVarint(protowire.AppendTag(file, 8, protowire.VarintType), uint64(rest[0]))
			} else {
				w := &writer{}
				piece := slices.Clone(rest[:n])
				wholes(&piece).write(w, 8)
				file = slices.Concat(file, bytes.Join(w.parts, nil))
			}
			rest = rest[n:]
		}
		a := &Attribute{}
		if err := new(reader).read(a, file); err != nil || !slices.Equal(a.Ints, numbers) {
			t.Fatalf("%v, %v, want %v", a.Ints, err, numbers)
		}
	})
}

// TestTypes reads numbers of each type, as bytes and from the field for the type.
func TestTypes(t *testing.T) {
	for _, c := range []struct {
		s    *Stored
		want *Tensor
	}{
		{&Stored{Type: 1, floats: []float32{1, -2}}, &Tensor{Floats: []float32{1, -2}}},
		{&Stored{Type: 2, raw: []byte{1, 255}}, &Tensor{Ints: []int64{1, 255}}},
		{&Stored{Type: 3, raw: []byte{1, 255}}, &Tensor{Ints: []int64{1, -1}}},
		{&Stored{Type: 4, raw: []byte{1, 0, 255, 255}}, &Tensor{Ints: []int64{1, 65535}}},
		{&Stored{Type: 5, raw: []byte{1, 0, 255, 255}}, &Tensor{Ints: []int64{1, -1}}},
		{&Stored{Type: 6, wholes: []int64{1, -2}}, &Tensor{Ints: []int64{1, -2}}},
		{&Stored{Type: 6, raw: []byte{1, 0, 0, 0, 254, 255, 255, 255}}, &Tensor{Ints: []int64{1, -2}}},
		{&Stored{Type: 7, longs: []int64{1, -2}}, &Tensor{Ints: []int64{1, -2}}},
		{&Stored{Type: 9, raw: []byte{1, 0}}, &Tensor{Ints: []int64{1, 0}}},
		{&Stored{Type: 10, wholes: []int64{0x3c00, 0xc000}}, &Tensor{Floats: []float32{1, -2}}},
		{&Stored{Type: 10, raw: []byte{0, 0x3c, 0, 0xc0}}, &Tensor{Floats: []float32{1, -2}}},
		{&Stored{Type: 11, doubles: []float64{1, -2}}, &Tensor{Floats: []float32{1, -2}}},
		{&Stored{Type: 12, unsigned: []int64{1, 2}}, &Tensor{Ints: []int64{1, 2}}},
		{&Stored{Type: 16, raw: []byte{0x80, 0x3f, 0, 0xc0}}, &Tensor{Floats: []float32{1, -2}}},
	} {
		c.s.dims, c.want.Shape, c.want.Type = []int64{2}, []int{2}, c.s.Type
		got, err := c.s.Tensor("")
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %+v, %v, want %+v", c.s.Type, got, err, c.want)
		}
	}
}

// TestRefusals reads what is no model.
func TestRefusals(t *testing.T) {
	var whole bytes.Buffer
	if err := Encode(&whole, full()); err != nil {
		t.Fatal(err)
	}
	for want, file := range map[string][]byte{
		"it holds no graph":    nil,
		"it breaks off":        whole.Bytes()[:whole.Len()-3],
		"a field has the kind": {58 - 2, 1, 7},
	} {
		if _, err := Decode(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := (&reader{messages: mostMessages}).read(&Entry{}, nil); err == nil {
		t.Error("one part too many was read")
	}
	for want, s := range map[string]*Stored{
		`"w" cannot be read: its shape [1073741824 1073741824] is impossible`: {dims: []int64{1 << 30, 1 << 30}, Type: 1},
		"its shape [-1] is impossible":                                        {dims: []int64{-1}, Type: 1},
		"it has 4 bytes, and its shape [2] of float32":                        {dims: []int64{2}, Type: 1, raw: make([]byte, 4)},
		"it has 0 numbers, and its shape [2000000000]":                        {dims: []int64{2e9}, Type: 7},
		"it has 65 axes":                               {dims: make([]int64, 65), Type: 1},
		"numbers of the type 8 are not known":          {Type: 8},
		"the folder of the model is not known":         {dims: []int64{1}, Type: 1, location: 1},
		`a file, "3" bytes long, and its shape [1] of`: {dims: []int64{1}, Type: 1, location: 1, external: []*Entry{{"length", "3"}}},
		`it claims to lie at byte "-8" of a file`:      {dims: []int64{1}, Type: 1, location: 1, external: []*Entry{{"offset", "-8"}}},
		`it claims to lie at byte "a lot" of a file`:   {dims: []int64{1}, Type: 1, location: 1, external: []*Entry{{"offset", "a lot"}}},
	} {
		s.Name = "w"
		if _, err := s.Tensor(""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Error(err)
	}
	if _, err := Read("none.onnx"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestNumbersBeside reads weights from a file of their own, which lies beside the
// model and nowhere else.
func TestNumbersBeside(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "net")
	for path, content := range map[string]string{"w.bin": "....\x00\x00\x80?", "../secret": "\x00\x00\x80?"} {
		path = filepath.Join(folder, path)
		os.MkdirAll(folder, 0o777)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	beside := func(location, offset string) (*Tensor, error) {
		s := &Stored{Name: "w", Type: 1, dims: []int64{1}, location: 1, external: []*Entry{{"location", location}, {"offset", offset}, {"length", "4"}}}
		return s.Tensor(folder)
	}
	if got, err := beside("w.bin", "4"); err != nil || got.Floats[0] != 1 {
		t.Error(got, err)
	}
	for location, want := range map[string]string{"../secret": "escapes", filepath.Join(folder, "../secret"): "escapes", "none": "no such file", ".": "should have 4 bytes", "w.bin": "should have 4 bytes"} {
		offset := "0"
		if location == "w.bin" {
			offset = "6"
		}
		if _, err := beside(location, offset); err == nil || runtime.GOOS == "linux" && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", location, err, want)
		}
	}
}

// FuzzDecode reads any bytes. What was read can be written, and is then read as the
// same.
func FuzzDecode(f *testing.F) {
	var file bytes.Buffer
	if err := Encode(&file, full()); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte{58, 0, 66, 0})
	f.Fuzz(func(t *testing.T, content []byte) {
		m, err := Decode(content)
		if err != nil {
			return
		}
		for _, s := range m.Graph.Initializers {
			if x, err := s.Tensor(""); err == nil && x.Len() > 10*len(content) {
				t.Fatalf("%v of a file of %d bytes", x, len(content))
			}
		}
		var first, second bytes.Buffer
		if err := Encode(&first, m); err != nil {
			t.Fatal(err)
		}
		again, err := Decode(first.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if Encode(&second, again); !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatalf("%x is written as %x", first.Bytes(), second.Bytes())
		}
	})
}
