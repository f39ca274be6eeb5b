package weights

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// A safetensors file (the format of the safetensors project, version 0.4):
//
//	8 bytes   n, the length of the header, little-endian
//	n bytes   the header, JSON: {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...},
//	          and under "__metadata__" an object of strings; spaces may follow
//	the rest  the numbers, little-endian; offsets count from here
//
// The tensors fill the rest without a hole and without an overlap.

// mostHeader is the longest header that is read, as in the format's own library.
const mostHeader = 100_000_000

const metadataName = "__metadata__"

// entry is what the header says of a tensor.
type entry struct {
	name       string
	kind       string // dtype
	shape      []int
	begin, end int64 // bytes, from the start of the file's data
}

// header is a header that was checked.
type header struct {
	entries  []entry // in the order of the data
	metadata map[string]string
	text     []byte // as it stands in the file
}

// readHeader reads and checks the header of a file of so many bytes.
func readHeader(r io.Reader, fileSize int64) (*header, error) {
	var length [8]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, shortened(err, "it ends within its first 8 bytes")
	}
	n := binary.LittleEndian.Uint64(length[:])
	tooLong := n > mostHeader || int64(n) > fileSize-8
	switch {
	case tooLong && ofPyTorch(length[:]):
		return nil, errors.New("this is a file of PyTorch, which may hold any program; in Python, write its tensors by safetensors.torch.save_file(torch.load(PATH), \"weights.safetensors\")")
	case n > mostHeader:
		return nil, fmt.Errorf("its header would be %d bytes long, and more than %d are not read", n, mostHeader)
	case int64(n) > fileSize-8:
		return nil, fmt.Errorf("its header should be %d bytes long, but the file has only %d", n, fileSize)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, shortened(err, "it ends within its header")
	}
	h, err := parseHeader(text)
	if err != nil {
		return nil, err
	}
	return h, h.check(fileSize - 8 - int64(n))
}

// ofPyTorch tells from its first bytes whether a file may be one of PyTorch: a zip, or
// a pickle. A header of 640 bytes begins as a pickle does, so ask only where no header
// can be so long.
func ofPyTorch(start []byte) bool {
	return bytes.HasPrefix(start, []byte("PK\x03\x04")) || bytes.HasPrefix(start, []byte("\x80\x02"))
}

// shortened says that a file ended too soon, and passes other errors on.
func shortened(err error, sentence string) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New(sentence)
	}
	return err
}

// parseHeader reads the JSON. It goes through the object key by key: a name that
// stands twice would be lost in a map.
func parseHeader(text []byte) (*header, error) {
	h := &header{text: text}
	if len(text) == 0 || text[0] != '{' {
		return nil, errors.New("its header does not begin with {")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	d.Token() // the {
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, noJSON(err)
		}
		name := key.(string) // a key of an object is one
		if seen[name] {
			return nil, fmt.Errorf("its header has the name %q twice", name)
		}
		seen[name] = true
		if name == metadataName {
			if err := d.Decode(&h.metadata); err != nil {
				return nil, fmt.Errorf("its metadata are not an object of strings: %w", err)
			}
			continue
		}
		e, err := parseEntry(d, name)
		if err != nil {
			return nil, err
		}
		h.entries = append(h.entries, e)
	}
	if _, err := d.Token(); err != nil {
		return nil, noJSON(err)
	}
	if rest := text[d.InputOffset():]; len(bytes.TrimRight(rest, " ")) > 0 {
		return nil, errors.New("something other than spaces follows its header")
	}
	return h, nil
}

func noJSON(err error) error { return fmt.Errorf("its header is no JSON: %w", err) }

func parseEntry(d *json.Decoder, name string) (entry, error) {
	var raw struct {
		Kind    *string `json:"dtype"`
		Shape   *[]int  `json:"shape"`
		Offsets []int64 `json:"data_offsets"`
	}
	if err := d.Decode(&raw); err != nil {
		return entry{}, fmt.Errorf("its header describes %q wrongly: %w", name, err)
	}
	if raw.Kind == nil || raw.Shape == nil || len(raw.Offsets) != 2 {
		return entry{}, fmt.Errorf("its header must give %q a dtype, a shape and two data_offsets", name)
	}
	return entry{name: name, kind: *raw.Kind, shape: *raw.Shape, begin: raw.Offsets[0], end: raw.Offsets[1]}, nil
}

// check holds the entries against each other and against the data's size. It
// sorts them by their place.
func (h *header) check(dataSize int64) error {
	slices.SortStableFunc(h.entries, func(a, b entry) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return cmp.Compare(a.end, b.end) // an empty tensor before what begins at the same byte
	})
	var at int64
	for _, e := range h.entries {
		switch {
		case e.begin < at:
			return fmt.Errorf("%q begins at byte %d, within another tensor", e.name, e.begin)
		case e.begin > at:
			return fmt.Errorf("there is a hole of %d bytes before %q", e.begin-at, e.name)
		case e.end < e.begin || e.end > dataSize:
			return fmt.Errorf("%q lies from byte %d to %d, but there are %d", e.name, e.begin, e.end, dataSize)
		}
		if err := e.checkSize(); err != nil {
			return err
		}
		at = e.end
	}
	if at != dataSize {
		return fmt.Errorf("%d bytes follow the last tensor", dataSize-at)
	}
	return nil
}

// checkSize holds the shape against the offsets.
func (e entry) checkSize() error {
	bits, known := bitsOf[e.kind]
	if !known {
		return fmt.Errorf("%q has the type %q, which the format does not know", e.name, e.kind)
	}
	n := int64(1)
	for _, d := range e.shape {
		if d < 0 || d > 0 && n > math.MaxInt64/64/int64(d) {
			return fmt.Errorf("%q has the impossible shape %v", e.name, e.shape)
		}
		n *= int64(d)
	}
	if n*bits != 8*(e.end-e.begin) {
		return fmt.Errorf("%q has %d bytes, and its shape %v of %s does not", e.name, e.end-e.begin, e.shape, e.kind)
	}
	return nil
}

// encode returns the bytes that come before the data. Spaces make the data begin
// at a multiple of 8.
func (h *header) encode() ([]byte, error) {
	object := map[string]any{}
	if len(h.metadata) > 0 {
		object[metadataName] = h.metadata
	}
	for _, e := range h.entries {
		if _, taken := object[e.name]; taken {
			return nil, fmt.Errorf("two parameters are called %q; give their layers names of their own", e.name)
		}
		object[e.name] = map[string]any{"dtype": e.kind, "shape": e.shape, "data_offsets": []int64{e.begin, e.end}}
	}
	text, err := json.Marshal(object) // sorts the names
	if err != nil {
		return nil, err
	}
	text = append(text, strings.Repeat(" ", (8-len(text)%8)%8)...)
	if len(text) > mostHeader {
		return nil, fmt.Errorf("the names and metadata come to %d bytes, and no more than %d may be written", len(text), mostHeader)
	}
	return append(lengthOf(len(text)), text...), nil
}

// lengthOf returns the first 8 bytes of a file.
func lengthOf(header int) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(header)) }
