package data_test

import (
	"testing"

	"reslab/nn/data"
)

// BenchmarkTensor turns the bytes of a picture of 224x224 pixels into the numbers
// that a net reads.
func BenchmarkTensor(b *testing.B) {
	p := data.NewPicture(224, 224, 3)
	mean, std := []float32{0.485, 0.456, 0.406}, []float32{0.229, 0.224, 0.225}
	b.SetBytes(int64(len(p.Pixels)))
	for b.Loop() {
		p.Tensor(mean, std)
	}
}
