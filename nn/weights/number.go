package weights

import (
	"encoding/binary"
	"math"

	"reslab/nn/weights/internal/half"
)

// bitsOf lists the types of numbers that the format knows, with their sizes.
var bitsOf = map[string]int64{
	"BOOL": 8, "U8": 8, "I8": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
	"U16": 16, "I16": 16, "F16": 16, "BF16": 16,
	"U32": 32, "I32": 32, "F32": 32,
	"U64": 64, "I64": 64, "F64": 64, "C64": 64,
}

// decoders turn the bytes of a number into the number. Only these types are read.
var decoders = map[string]func(b []byte) float32{
	"F32":  func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) },
	"F64":  func(b []byte) float32 { return float32(math.Float64frombits(binary.LittleEndian.Uint64(b))) },
	"F16":  func(b []byte) float32 { return half.Float(binary.LittleEndian.Uint16(b)) },
	"BF16": func(b []byte) float32 { return half.Brain(binary.LittleEndian.Uint16(b)) },
}
