package onnx

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// A message of Protocol Buffers is a row of fields. Each has a number in front,
// which says what it is, and the kind of what follows: a whole number, 4 or 8
// bytes, or a length and so many bytes. A field that occurs several times is a
// list; one that the reader does not know is passed over.

// message is a struct with a table of its fields, for reading and for writing.
type message interface{ fields() []field }

// field is a line of the table.
type field struct {
	number protowire.Number
	value  codec
}

// codec reads and writes one field of a struct.
type codec interface {
	read(r *reader, p payload) error
	write(w *writer, number protowire.Number)
}

// payload is what follows the number of a field.
type payload struct {
	kind    protowire.Type
	number  uint64 // of a whole number, or of 4 or 8 bytes
	content []byte
}

// mostMessages bounds how much memory a file of empty messages may ask for.
const mostMessages = 1 << 20

// reader counts what it has read.
type reader struct{ messages int }

// read fills a message from its bytes. What is kept may alias them.
func (r *reader) read(m message, b []byte) error {
	if r.messages++; r.messages > mostMessages {
		return fmt.Errorf("it has more than %d parts", mostMessages)
	}
	table := m.fields()
	for len(b) > 0 {
		number, p, n := consume(b)
		if n < 0 {
			return fmt.Errorf("it breaks off, or is no ONNX file (%w)", protowire.ParseError(n))
		}
		b = b[n:]
		for _, f := range table {
			if f.number != number {
				continue
			}
			if err := f.value.read(r, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// consume takes one field from the front. A negative n is an error.
func consume(b []byte) (number protowire.Number, p payload, n int) {
	number, p.kind, n = protowire.ConsumeTag(b)
	if n < 0 {
		return number, p, n
	}
	used := 0
	switch rest := b[n:]; p.kind {
	case protowire.VarintType:
		p.number, used = protowire.ConsumeVarint(rest)
	case protowire.Fixed32Type:
		var v uint32
		v, used = protowire.ConsumeFixed32(rest)
		p.number = uint64(v)
	case protowire.Fixed64Type:
		p.number, used = protowire.ConsumeFixed64(rest)
	case protowire.BytesType:
		p.content, used = protowire.ConsumeBytes(rest)
	default:
		used = protowire.ConsumeFieldValue(number, p.kind, rest)
	}
	if used < 0 {
		return number, p, used
	}
	return number, p, n + used
}

// want refuses a field of another kind than its table says.
func (p payload) want(kind protowire.Type) error {
	if p.kind != kind {
		return fmt.Errorf("it is no ONNX file: a field has the kind %d in the place of %d", p.kind, kind)
	}
	return nil
}

// writer gathers the bytes of a message. Large rows of bytes are kept by
// reference, so that the weights of a net are in memory once.
type writer struct {
	parts [][]byte
	size  int
}

func (w *writer) add(b []byte) {
	w.parts = append(w.parts, b)
	w.size += len(b)
}

func (w *writer) tag(number protowire.Number, kind protowire.Type) {
	w.add(protowire.AppendTag(nil, number, kind))
}

func (w *writer) bytes(number protowire.Number, content []byte) {
	w.tag(number, protowire.BytesType)
	w.add(protowire.AppendVarint(nil, uint64(len(content))))
	w.add(content)
}

func (w *writer) message(number protowire.Number, m message) {
	inner := encode(m)
	w.tag(number, protowire.BytesType)
	w.add(protowire.AppendVarint(nil, uint64(inner.size)))
	w.parts = append(w.parts, inner.parts...)
	w.size += inner.size
}

func encode(m message) *writer {
	w := &writer{}
	for _, f := range m.fields() {
		f.value.write(w, f.number)
	}
	return w
}

// text is a string; an empty one is not written.
type text struct{ at *string }

func (c text) read(_ *reader, p payload) error {
	*c.at = string(p.content)
	return p.want(protowire.BytesType)
}

func (c text) write(w *writer, number protowire.Number) {
	if *c.at != "" {
		w.bytes(number, []byte(*c.at))
	}
}

// texts is a list of strings.
type texts struct{ at *[]string }

func (c texts) read(_ *reader, p payload) error {
	*c.at = append(*c.at, string(p.content))
	return p.want(protowire.BytesType)
}

func (c texts) write(w *writer, number protowire.Number) {
	for _, s := range *c.at {
		w.bytes(number, []byte(s))
	}
}

// raw is a row of bytes.
type raw struct{ at *[]byte }

func (c raw) read(_ *reader, p payload) error {
	*c.at = p.content
	return p.want(protowire.BytesType)
}

func (c raw) write(w *writer, number protowire.Number) {
	if len(*c.at) > 0 {
		w.bytes(number, *c.at)
	}
}

// whole is a whole number. Zero is written only if zeroToo.
type whole[T ~int32 | ~int64] struct {
	at      *T
	zeroToo bool
}

func (c whole[T]) read(_ *reader, p payload) error {
	*c.at = T(p.number)
	return p.want(protowire.VarintType)
}

func (c whole[T]) write(w *writer, number protowire.Number) {
	if *c.at != 0 || c.zeroToo {
		w.tag(number, protowire.VarintType)
		w.add(protowire.AppendVarint(nil, uint64(*c.at)))
	}
}

// float is a float32. Zero is written only if zeroToo.
type float struct {
	at      *float32
	zeroToo bool
}

func (c float) read(_ *reader, p payload) error {
	*c.at = math.Float32frombits(uint32(p.number))
	return p.want(protowire.Fixed32Type)
}

func (c float) write(w *writer, number protowire.Number) {
	if *c.at != 0 || c.zeroToo {
		w.tag(number, protowire.Fixed32Type)
		w.add(protowire.AppendFixed32(nil, math.Float32bits(*c.at)))
	}
}

// one is a message inside of another; nil if it is not there.
type one[T any, P interface {
	*T
	message
}] struct{ at **T }

func (c one[T, P]) read(r *reader, p payload) error {
	if *c.at == nil {
		*c.at = new(T)
	}
	if err := p.want(protowire.BytesType); err != nil {
		return err
	}
	return r.read(P(*c.at), p.content)
}

func (c one[T, P]) write(w *writer, number protowire.Number) {
	if *c.at != nil {
		w.message(number, P(*c.at))
	}
}

// many is a list of messages.
type many[T any, P interface {
	*T
	message
}] struct{ at *[]*T }

func (c many[T, P]) read(r *reader, p payload) error {
	m := new(T)
	*c.at = append(*c.at, m)
	if err := p.want(protowire.BytesType); err != nil {
		return err
	}
	return r.read(P(m), p.content)
}

func (c many[T, P]) write(w *writer, number protowire.Number) {
	for _, m := range *c.at {
		w.message(number, P(m))
	}
}
