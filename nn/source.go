//go:build !symbols

package nn

import "embed"

// Source is the source of this package and of those below it, for who writes it
// along with a program that needs it.
//
//go:embed *.go data/*.go data/internal/*/*.go gradcheck/*.go ladder/*.go weights/*.go weights/internal/*/*.go weights/onnx/*.go weights/onnx/engine/*.go internal/kernel/*.go internal/kernel/*.s
var Source embed.FS
