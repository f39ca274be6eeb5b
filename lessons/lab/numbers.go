package lab

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

// Numbers are float32 that go to a page as base64 of their bytes, the low one
// first: exact, small, and NaN is no exception.
type Numbers []float32

// MarshalJSON writes the numbers as a string.
func (n Numbers) MarshalJSON() ([]byte, error) {
	bytes := make([]byte, 4*len(n))
	for i, v := range n {
		binary.LittleEndian.PutUint32(bytes[4*i:], math.Float32bits(v))
	}
	return json.Marshal(bytes)
}

// String says how many there are.
func (n Numbers) String() string { return fmt.Sprintf("%d numbers", len(n)) }

// A Number goes to a page in seven digits; infinities and NaN, which JSON has
// not, go as strings.
type Number float64

// MarshalJSON writes the number.
func (n Number) MarshalJSON() ([]byte, error) {
	switch v := float64(n); {
	case math.IsNaN(v):
		return []byte(`"NaN"`), nil
	case math.IsInf(v, 1):
		return []byte(`"Infinity"`), nil
	case math.IsInf(v, -1):
		return []byte(`"-Infinity"`), nil
	default:
		return fmt.Appendf(nil, "%.7g", v), nil
	}
}

// String is the number in four digits.
func (n Number) String() string { return short(float64(n)) }

// ForPage makes numbers ready for a page.
func ForPage(numbers []float64) []Number {
	ready := make([]Number, len(numbers))
	for i, v := range numbers {
		ready[i] = Number(v)
	}
	return ready
}
