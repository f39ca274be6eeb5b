package onnx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"

	"reslab/nn/weights/internal/half"
)

// DataType is the type of a tensor's numbers in a file.
type DataType int32

// The types with which tensors are made here; others are read as one of these.
const (
	Float32 DataType = 1
	Int64   DataType = 7
	Bool    DataType = 9
)

// kind is how a type is written and read.
type kind struct {
	name  string
	bytes int
	whole bool // read as int64, else as float32
}

var kinds = map[DataType]kind{
	1: {"float32", 4, false}, 2: {"uint8", 1, true}, 3: {"int8", 1, true}, 4: {"uint16", 2, true}, 5: {"int16", 2, true},
	6: {"int32", 4, true}, 7: {"int64", 8, true}, 9: {"bool", 1, true}, 10: {"float16", 2, false}, 11: {"float64", 8, false},
	12: {"uint32", 4, true}, 13: {"uint64", 8, true}, 16: {"bfloat16", 2, false},
}

// String returns the name of the type, as "float32".
func (t DataType) String() string {
	if k, ok := kinds[t]; ok {
		return k.name
	}
	return fmt.Sprintf("type %d", int32(t))
}

// Whole tells the types that are read as int64 from those that are read as float32.
func (t DataType) Whole() bool { return kinds[t].whole }

// Tensor is an array in row-major order. Numbers with a fraction are in Floats;
// whole ones and truth values, 0 or 1, are in Ints.
type Tensor struct {
	Type   DataType
	Shape  []int
	Floats []float32
	Ints   []int64
}

// Len returns how many numbers there are.
func (t *Tensor) Len() int { return max(len(t.Floats), len(t.Ints)) }

// String describes the tensor, as "float32 [1 10]".
func (t *Tensor) String() string { return fmt.Sprintf("%v %v", t.Type, t.Shape) }

// NewTensor returns a tensor over the numbers.
func NewTensor(numbers []float32, shape ...int) *Tensor {
	return &Tensor{Type: Float32, Shape: shape, Floats: numbers}
}

// NewInts returns a tensor over whole numbers.
func NewInts(numbers []int64, shape ...int) *Tensor {
	return &Tensor{Type: Int64, Shape: shape, Ints: numbers}
}

// mostAxes is more than any net has.
const mostAxes = 64

// Store puts a tensor of float32 or int64 into the form of a file.
func Store(name string, t *Tensor) *Stored {
	s := &Stored{Name: name, Type: t.Type}
	for _, d := range t.Shape {
		s.dims = append(s.dims, int64(d))
	}
	s.raw = make([]byte, 0, kinds[t.Type].bytes*t.Len())
	for _, v := range t.Floats {
		s.raw = binary.LittleEndian.AppendUint32(s.raw, math.Float32bits(v))
	}
	for _, v := range t.Ints {
		s.raw = binary.LittleEndian.AppendUint64(s.raw, uint64(v))
	}
	return s
}

// Tensor reads the numbers. Folder is where the model's file lies: numbers in a
// file of their own are looked for there, and nowhere else.
func (s *Stored) Tensor(folder string) (*Tensor, error) {
	t, err := s.tensor(folder)
	if err != nil {
		return nil, fmt.Errorf("the tensor %q cannot be read: %w", s.Name, err)
	}
	return t, nil
}

func (s *Stored) tensor(folder string) (*Tensor, error) {
	k, known := kinds[s.Type]
	if !known {
		return nil, fmt.Errorf("numbers of the %v are not known here", s.Type)
	}
	if len(s.dims) > mostAxes {
		return nil, fmt.Errorf("it has %d axes, and more than %d are not read", len(s.dims), mostAxes)
	}
	t := &Tensor{Type: s.Type, Shape: make([]int, 0, len(s.dims))}
	n := 1
	for _, d := range s.dims {
		if d < 0 || d > math.MaxInt32 || d > 0 && n > math.MaxInt32/int(d) {
			return nil, fmt.Errorf("its shape %v is impossible", s.dims)
		}
		n *= int(d)
		t.Shape = append(t.Shape, int(d))
	}
	bytes := s.raw
	if s.location == 1 {
		var err error
		if bytes, err = s.beside(folder, n*k.bytes); err != nil {
			return nil, err
		}
	}
	if bytes != nil || n == 0 {
		return t, t.decode(bytes, n, k)
	}
	return t, s.typed(t, n)
}

// decode reads numbers that lie as they are in memory.
func (t *Tensor) decode(bytes []byte, n int, k kind) error {
	if len(bytes) != n*k.bytes {
		return fmt.Errorf("it has %d bytes, and its shape %v of %v wants %d", len(bytes), t.Shape, t.Type, n*k.bytes)
	}
	if k.whole {
		t.Ints = make([]int64, n)
	} else {
		t.Floats = make([]float32, n)
	}
	for i := range n {
		b := bytes[i*k.bytes:]
		switch t.Type {
		case 1:
			t.Floats[i] = math.Float32frombits(binary.LittleEndian.Uint32(b))
		case 10:
			t.Floats[i] = half.Float(binary.LittleEndian.Uint16(b))
		case 11:
			t.Floats[i] = float32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
		case 16:
			t.Floats[i] = half.Brain(binary.LittleEndian.Uint16(b))
		case 2, 9:
			t.Ints[i] = int64(b[0])
		case 3:
			t.Ints[i] = int64(int8(b[0]))
		case 4:
			t.Ints[i] = int64(binary.LittleEndian.Uint16(b))
		case 5:
			t.Ints[i] = int64(int16(binary.LittleEndian.Uint16(b)))
		case 6:
			t.Ints[i] = int64(int32(binary.LittleEndian.Uint32(b)))
		case 12:
			t.Ints[i] = int64(binary.LittleEndian.Uint32(b))
		case 7, 13:
			t.Ints[i] = int64(binary.LittleEndian.Uint64(b))
		}
	}
	return nil
}

// typed reads numbers that stand in a field for their type.
func (s *Stored) typed(t *Tensor, n int) error {
	switch s.Type {
	case 1:
		t.Floats = s.floats
	case 10, 16:
		for _, v := range s.wholes {
			if s.Type == 10 {
				t.Floats = append(t.Floats, half.Float(uint16(v)))
			} else {
				t.Floats = append(t.Floats, half.Brain(uint16(v)))
			}
		}
	case 11:
		for _, v := range s.doubles {
			t.Floats = append(t.Floats, float32(v))
		}
	case 7:
		t.Ints = s.longs
	case 12, 13:
		t.Ints = s.unsigned
	default:
		for _, v := range s.wholes {
			t.Ints = append(t.Ints, int64(int32(v)))
		}
	}
	if t.Len() != n {
		return fmt.Errorf("it has %d numbers, and its shape %v wants %d", t.Len(), t.Shape, n)
	}
	return nil
}

// beside reads the bytes from the file that the tensor names. That must lie in
// the folder of the model or below it: os.Root sees to that.
func (s *Stored) beside(folder string, want int) ([]byte, error) {
	place := map[string]string{"offset": "0", "length": strconv.Itoa(want)}
	for _, e := range s.external {
		place[e.Key] = e.Value
	}
	offset, err := strconv.ParseInt(place["offset"], 10, 64)
	length, err2 := strconv.Atoi(place["length"])
	if err := errors.Join(err, err2); err != nil || offset < 0 || length != want {
		return nil, fmt.Errorf("it claims to lie at byte %q of a file, %q bytes long, and its shape %v of %v wants %d", place["offset"], place["length"], s.dims, s.Type, want)
	}
	if folder == "" {
		return nil, errors.New("its numbers are in another file, and the folder of the model is not known")
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.Open(place["location"])
	if err != nil {
		return nil, fmt.Errorf("its numbers are in a file beside the model: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size()-offset < int64(want) {
		return nil, fmt.Errorf("%s should have %d bytes from byte %d on, and has not", place["location"], want, offset)
	}
	bytes := make([]byte, want)
	_, err = io.ReadFull(io.NewSectionReader(file, offset, int64(want)), bytes)
	return bytes, err
}

// Clone returns a copy that shares nothing.
func (t *Tensor) Clone() *Tensor {
	return &Tensor{t.Type, slices.Clone(t.Shape), slices.Clone(t.Floats), slices.Clone(t.Ints)}
}

// Known tells the types that can be read.
func (t DataType) Known() bool { _, ok := kinds[t]; return ok }
