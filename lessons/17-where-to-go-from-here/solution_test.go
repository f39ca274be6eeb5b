package beyond

import (
	"math"
	"path/filepath"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
)

// The file that nn/weights writes has each weight where onDisk says.
func TestOnDiskIsTheFilesOrder(t *testing.T) {
	const kernel, in, out = 3, 2, 5
	conv := nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: kernel})
	net := nn.NewSequential().Add("conv", conv)
	nn.Init(net, 1, nn.HeFanIn)
	path := filepath.Join(t.TempDir(), "net.safetensors")
	if err := weights.Save(path, net, weights.Metadata{}); err != nil {
		t.Fatal(err)
	}
	file, err := weights.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	disk, err := file.Tensor("conv.weight")
	if err != nil {
		t.Fatal(err)
	}
	for r := range kernel {
		for c := range kernel {
			for i := range in {
				for o := range out {
					got, want := disk.Data[onDisk(r, c, i, o, kernel, in, out)], conv.Weight.Value.At(r, c, i, o)
					if got != want {
						t.Errorf("weight %d %d %d %d is %v in the file, %v in memory", r, c, i, o, got, want)
					}
				}
			}
		}
	}
}

// A query that asks for nothing gets the mean, and shares never leave the
// values' range.
func TestAttendIsAMean(t *testing.T) {
	keys, values := [][]float64{{1, 0}, {0, 1}, {2, 2}}, [][]float64{{1, 5}, {2, 6}, {6, 7}}
	if got := attend([]float64{0, 0}, keys, values); math.Abs(got[0]-3) > 1e-12 || math.Abs(got[1]-6) > 1e-12 {
		t.Errorf("a query of zeros gets %v, want [3 6]", got)
	}
	for _, size := range []float64{-300, -3, 3, 300} {
		if got := attend([]float64{size, size}, keys, values)[0]; !(got >= 1 && got <= 6) {
			t.Errorf("a query of size %v gets %v, beyond the values", size, got)
		}
	}
}

// The convolution that makes patches has as many weights and stops as patches says.
func TestPatchesAreAConvolution(t *testing.T) {
	for _, c := range cuttings[:2] {
		conv := nn.NewConv2D(nn.ConvConfig{In: 3, Out: c.width, Kernel: c.patch, Stride: c.patch})
		y := conv.Forward(nn.NewTensor(1, c.edge, c.edge, 3), false)
		tokens, weights, _ := patches(c.edge, c.patch, c.width)
		if got := y.Shape[1] * y.Shape[2]; got != tokens || len(conv.Weight.Value.Data) != weights {
			t.Errorf("%v: the convolution has %d stops and %d weights, not %d and %d", c, got, len(conv.Weight.Value.Data), tokens, weights)
		}
	}
}
