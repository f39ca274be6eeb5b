package onnx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"reslab/nn/weights"
)

// A file of NumPy, as numpy.save writes it, holds one array:
//
//	"\x93NUMPY", the version in two bytes, and the length of the header in two or four
//	the header, a Python dict: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
//	the numbers, row by row, or column by column where fortran_order is True

const npyMagic = "\x93NUMPY"

// npyTypes are the types of numbers, as NumPy writes them.
var npyTypes = map[string]DataType{
	"<f4": 1, "|u1": 2, "|i1": 3, "<u2": 4, "<i2": 5, "<i4": 6, "<i8": 7, "|b1": 9, "<f2": 10, "<f8": 11, "<u4": 12, "<u8": 13,
}

// ReadNPY reads an array that numpy.save wrote.
func ReadNPY(path string) (*Tensor, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the array: %w", err)
	}
	t, err := DecodeNPY(content)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as an array of NumPy: %w; write it by numpy.save", path, err)
	}
	return t, nil
}

// DecodeNPY reads an array from the bytes of a file.
func DecodeNPY(content []byte) (*Tensor, error) {
	header, numbers, err := npyHeader(content)
	if err != nil {
		return nil, err
	}
	text := string(header)
	descr, order, shape := npyDescr.FindStringSubmatch(text), npyOrder.FindStringSubmatch(text), npyShape.FindStringSubmatch(text)
	if descr == nil || order == nil || shape == nil {
		return nil, fmt.Errorf("its header must have a descr, a fortran_order and a shape, and is %.80q", text)
	}
	kind, known := npyTypes[descr[1]]
	if !known {
		return nil, fmt.Errorf("numbers of the type %q are not read; take float32 or int64", descr[1])
	}
	t := &Tensor{Type: kind, Shape: []int{}}
	n := 1
	for size := range strings.FieldsFuncSeq(shape[1], func(r rune) bool { return r == ',' || r == ' ' }) {
		d, err := strconv.Atoi(size)
		if err != nil || d < 0 || d > math.MaxInt32 || d > 0 && n > math.MaxInt32/d {
			return nil, fmt.Errorf("its shape (%s) is impossible", shape[1])
		}
		n *= d
		t.Shape = append(t.Shape, d)
	}
	if err := t.decode(numbers, n, kinds[kind]); err != nil {
		return nil, err
	}
	if order[1] == "True" {
		t.byColumns()
	}
	return t, nil
}

var (
	npyDescr = regexp.MustCompile(`'descr': *'([^']*)'`)
	npyOrder = regexp.MustCompile(`'fortran_order': *(True|False)`)
	npyShape = regexp.MustCompile(`'shape': *\(([0-9, ]*)\)`)
)

// npyHeader cuts a file into its header and its numbers.
func npyHeader(content []byte) (header, numbers []byte, err error) {
	if !bytes.HasPrefix(content, []byte(npyMagic)) || len(content) < 12 {
		return nil, nil, errors.New("it does not begin as one")
	}
	length, begin := int(binary.LittleEndian.Uint16(content[8:])), 10
	if content[6] > 1 {
		length, begin = int(binary.LittleEndian.Uint32(content[8:])), 12
	}
	if length > len(content)-begin {
		return nil, nil, errors.New("it ends within its header")
	}
	return content[begin : begin+length], content[begin+length:], nil
}

// byColumns puts numbers that lie column by column, the first index moving fastest,
// into rows.
func (t *Tensor) byColumns() {
	was := t.Clone()
	index := make([]int, len(t.Shape))
	for i := range t.Len() {
		at, step := 0, 1
		for axis, k := range index {
			at += k * step
			step *= t.Shape[axis]
		}
		if t.Type.Whole() {
			t.Ints[i] = was.Ints[at]
		} else {
			t.Floats[i] = was.Floats[at]
		}
		for axis := len(index) - 1; axis >= 0; axis-- {
			if index[axis]++; index[axis] < t.Shape[axis] {
				break
			}
			index[axis] = 0
		}
	}
}

// WriteNPY writes a file that numpy.load reads, whole or not at all.
func WriteNPY(path string, t *Tensor) error {
	return weights.WriteFile(path, func(w io.Writer) error { return EncodeNPY(w, t) })
}

// EncodeNPY writes the bytes of such a file: as float32, int64 or bool.
func EncodeNPY(w io.Writer, t *Tensor) error {
	descr, numbers := "<f4", Store("", t).raw
	switch {
	case t.Type == Bool:
		descr, numbers = "|b1", make([]byte, len(t.Ints))
		for i, v := range t.Ints {
			numbers[i] = byte(v)
		}
	case t.Type.Whole():
		descr = "<i8"
	}
	shape := strings.Trim(strings.ReplaceAll(fmt.Sprint(t.Shape), " ", ", "), "[]")
	if len(t.Shape) == 1 {
		shape += ","
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, shape)
	pad := 63 - (len(header)+10)%64 // the numbers begin at a multiple of 64
	header += strings.Repeat(" ", pad) + "\n"
	head := binary.LittleEndian.AppendUint16([]byte(npyMagic+"\x01\x00"), uint16(len(header)))
	_, err := w.Write(slices.Concat(head, []byte(header), numbers))
	return err
}
