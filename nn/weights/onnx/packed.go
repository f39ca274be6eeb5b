package onnx

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// A list of numbers is one field for each, or one field with all of them side by
// side, packed. Readers must take both.

// list is a list of numbers of one kind.
type list[T any] struct {
	at   *[]T
	kind protowire.Type
	of   func(bits uint64) T
	bits func(v T) uint64
}

func wholes(at *[]int64) list[int64] {
	return list[int64]{at, protowire.VarintType, func(b uint64) int64 { return int64(b) }, func(v int64) uint64 { return uint64(v) }}
}

func floats(at *[]float32) list[float32] {
	return list[float32]{at, protowire.Fixed32Type,
		func(b uint64) float32 { return math.Float32frombits(uint32(b)) }, func(v float32) uint64 { return uint64(math.Float32bits(v)) }}
}

func doubles(at *[]float64) list[float64] {
	return list[float64]{at, protowire.Fixed64Type, math.Float64frombits, math.Float64bits}
}

func (c list[T]) read(_ *reader, p payload) error {
	if p.kind != protowire.BytesType {
		*c.at = append(*c.at, c.of(p.number))
		return p.want(c.kind)
	}
	for rest := p.content; len(rest) > 0; {
		bits, n := c.next(rest)
		if n < 0 {
			return protowire.ParseError(n)
		}
		*c.at = append(*c.at, c.of(bits))
		rest = rest[n:]
	}
	return nil
}

// next takes a number from the front of packed ones.
func (c list[T]) next(b []byte) (bits uint64, n int) {
	switch c.kind {
	case protowire.Fixed32Type:
		v, n := protowire.ConsumeFixed32(b)
		return uint64(v), n
	case protowire.Fixed64Type:
		return protowire.ConsumeFixed64(b)
	}
	return protowire.ConsumeVarint(b)
}

func (c list[T]) write(w *writer, number protowire.Number) {
	if len(*c.at) == 0 {
		return
	}
	var packed []byte
	for _, v := range *c.at {
		switch bits := c.bits(v); c.kind {
		case protowire.Fixed32Type:
			packed = binary.LittleEndian.AppendUint32(packed, uint32(bits))
		case protowire.Fixed64Type:
			packed = binary.LittleEndian.AppendUint64(packed, bits)
		default:
			packed = protowire.AppendVarint(packed, bits)
		}
	}
	w.bytes(number, packed)
}
