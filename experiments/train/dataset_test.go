package train

import (
	"context"
	"slices"
	"testing"

	"reslab/nn/data"
	"reslab/nn/weights"
)

// TestLikePublishedWeights: pictures are cut out of the middle after their
// shorter edge was brought to the size that the weights name, in the channels
// and with the normalisation of the weights.
func TestLikePublishedWeights(t *testing.T) {
	photo := data.Photo("tulip", 20)
	wide := data.Pipeline{data.Resize(20, 31)}.Apply(photo, nil)
	d := &dataset{test: &data.Pictures{C: 3, Labels: []int{0}, Open: func(int) (*data.Picture, error) { return wide, nil }}}
	meta := &weights.Metadata{Input: []int{12, 12, 3}, Shorter: 14, Mean: []float32{0.1, 0.2, 0.3}, Std: []float32{1, 2, 3}}
	if err := d.like(context.Background(), meta); err != nil {
		t.Fatal(err)
	}
	got, err := d.test.Open(0)
	if err != nil {
		t.Fatal(err)
	}
	want := data.Pipeline{data.ResizeShort(14), data.CentreCrop(12, 12)}.Apply(wide, nil)
	if got.H != 12 || got.W != 12 || !slices.Equal(got.Pixels, want.Pixels) || d.test.Mean[2] != 0.3 || d.test.Std[1] != 2 {
		t.Errorf("got %v, %v, %v", got, d.test.Mean, d.test.Std)
	}
	if covered := (data.Pipeline{data.Resize(12, 12)}).Apply(wide, nil); slices.Equal(got.Pixels, covered.Pixels) {
		t.Error("the whole picture would give the same: the test tells nothing")
	}
}
