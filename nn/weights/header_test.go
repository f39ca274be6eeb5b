package weights

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/weights/internal/half"
)

// fileOf is a safetensors file with this header and so many bytes of data.
func fileOf(header string, data int) []byte {
	file := append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...)
	return append(file, make([]byte, data)...)
}

func TestHeaderRefusals(t *testing.T) {
	one := `"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}`
	for want, file := range map[string][]byte{
		"ends within its first 8 bytes":       {1, 2, 3},
		"more than 100000000 are not read":    binary.LittleEndian.AppendUint64(nil, math.MaxUint64),
		"but the file has only 10":            append(binary.LittleEndian.AppendUint64(nil, 3), "{}"...),
		"does not begin with {":               fileOf(` {}`, 0),
		"header does not begin":               fileOf(``, 0),
		"is no JSON":                          fileOf(`{`+one, 8),
		"follows its header":                  fileOf(`{`+one+"}\n", 8),
		`the name "a" twice`:                  fileOf(`{`+one+`,`+one+`}`, 8),
		"metadata are not an object":          fileOf(`{"__metadata__":{"a":1}}`, 0),
		`describes "a" wrongly`:               fileOf(`{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}`, 8),
		"describes \"a\" wrongly: json: unkn": fileOf(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}`, 8),
		"must give":                           fileOf(`{"a":{"dtype":"F32","data_offsets":[0,8]}}`, 8),
		"and two data_offsets":                fileOf(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}`, 8),
		`has the type "F31"`:                  fileOf(`{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}`, 8),
		"impossible shape [-2]":               fileOf(`{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}`, 8),
		"impossible shape [4294967296":        fileOf(`{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}`, 0),
		"its shape [3] of F32 does not":       fileOf(`{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}`, 8),
		"but there are 7":                     fileOf(`{`+one+`}`, 7),
		"1 bytes follow":                      fileOf(`{`+one+`}`, 9),
		"a hole of 4 bytes":                   fileOf(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8),
		"within another tensor":               fileOf(`{`+one+`,"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8),
		"begins at byte -4":                   fileOf(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}`, 0),
		"its metadata have a wrong":           fileOf(`{"__metadata__":{"classes":"daisy"}}`, 0),
	} {
		if _, err := openBytes(t, file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: got %v, want %q", file, err, want)
		}
	}
}

func TestHeaderAccepts(t *testing.T) {
	f, err := openBytes(t, fileOf(`{"b":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"none":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]},`+
		`"n":{"dtype":"I64","shape":[],"data_offsets":[4,12]}}   `, 12))
	if err != nil {
		t.Fatal(err)
	}
	if names := strings.Join(f.Names(), " "); names != "b n none" {
		t.Errorf("the names are %s", names)
	}
	if scalar, err := f.Tensor("b"); err != nil || len(scalar.Data) != 1 {
		t.Errorf("got %v, %v", scalar, err)
	}
	for name, want := range map[string]string{"none": "is empty", "n": "of the type I64", "c": "has no tensor"} {
		if _, err := f.Tensor(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
}

func openBytes(t testing.TB, content []byte) (*File, error) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err == nil {
		t.Cleanup(func() { f.Close() })
	}
	return f, err
}

// TestHalf compares every half-precision number with the formula.
func TestHalf(t *testing.T) {
	for h := range 1 << 16 {
		sign, exponent, fraction := 1-2*float64(h>>15), h>>10&31, float64(h&1023)
		var want float64
		switch {
		case exponent == 31 && fraction == 0:
			want = math.Inf(int(sign))
		case exponent == 31:
			want = math.NaN()
		case exponent == 0:
			want = math.Copysign(fraction*math.Pow(2, -24), sign)
		default:
			want = sign * (1 + fraction/1024) * math.Pow(2, float64(exponent-15))
		}
		got := float64(half.Float(uint16(h)))
		if math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Fatalf("%#04x is %v, want %v", h, got, want)
		}
	}
}

// FuzzOpen reads what is no file of weights, and what nearly is one: no panic, and
// no more memory than the file is long.
func FuzzOpen(f *testing.F) {
	f.Add(fileOf(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"model":"resnet20","input":"[8,8,1]","classes":"[\"a\"]"}}`, 8))
	f.Add(fileOf(`{"fc.weight":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]},"fc.bias":{"dtype":"F64","shape":[2],"data_offsets":[4,20]}}`, 20))
	f.Add(fileOf(`{"a":{"dtype":"F4","shape":[1,2,0],"data_offsets":[0,0]}}`, 0))
	if golden, err := os.ReadFile(filepath.Join("testdata", "torch.safetensors")); err == nil {
		f.Add(golden)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := openBytes(t, content)
		if err != nil {
			return
		}
		for _, name := range file.Names() {
			if w, err := file.Tensor(name); err == nil && len(w.Data) > len(content) {
				t.Errorf("%q has %d numbers in a file of %d bytes", name, len(w.Data), len(content))
			}
		}
		if file.Load(nn.NewSequential().Add("fc", nn.NewLinear(1, 2))) == nil && len(file.Names()) < 2 {
			t.Error("a Linear was loaded from a file without its parameters")
		}
	})
}

// FuzzHeader looks at headers alone, which is faster: those that are accepted
// describe just the data, and can be written again.
func FuzzHeader(f *testing.F) {
	f.Add(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[1,1],"data_offsets":[8,10]}}`, uint16(10))
	f.Add(`{"__metadata__":{"format":"pt","model":"resnet20"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}  `, uint16(8))
	f.Fuzz(func(t *testing.T, text string, data uint16) {
		h, err := readHeader(bytes.NewReader(fileOf(text, 0)), int64(8+len(text)+int(data)))
		if err != nil {
			return
		}
		total := int64(0)
		for _, e := range h.entries {
			total += e.end - e.begin
		}
		if total != int64(data) {
			t.Errorf("%d bytes of data, and the tensors have %d", data, total)
		}
		again, err := h.encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readHeader(bytes.NewReader(again), int64(len(again)+int(data))); err != nil {
			t.Errorf("written again: %v\n%s", err, again)
		}
	})
}

// A header of 640 bytes begins with the two bytes of a pickle, and is a header.
func TestHeaderThatBeginsAsAPickle(t *testing.T) {
	header := `{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`
	file := fileOf(header+strings.Repeat(" ", 0x280-len(header)), 8)
	if _, err := readHeader(bytes.NewReader(file), int64(len(file))); err != nil {
		t.Error(err)
	}
	for name, start := range map[string]string{"a pickle": "\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.", "a zip": "PK\x03\x04\x00\x00\x08\x08\x00\x00"} {
		if _, err := readHeader(strings.NewReader(start), int64(len(start))); err == nil || !strings.Contains(err.Error(), "file of PyTorch") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
