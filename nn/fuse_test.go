package nn_test

import (
	"math"
	"sync"
	"testing"

	"reslab/nn"
	"reslab/nn/internal/kernel"
)

// fused compares a net with what Fuse makes of it. No number may differ by more
// than the share of the largest.
func fused(t *testing.T, net nn.Layer, x *nn.Tensor, share float64) {
	t.Helper()
	want := net.Forward(x, false)
	f := nn.Fuse(net)
	before := x.Clone()
	for range 2 { // the second time in memory that was used before
		got := f.Forward(x)
		if len(got.Shape) != len(want.Shape) || len(got.Data) != len(want.Data) {
			t.Fatalf("the shape is %v, want %v", got.Shape, want.Shape)
		}
		var largest, off float64
		for i, v := range want.Data {
			largest, off = max(largest, math.Abs(float64(v))), max(off, math.Abs(float64(got.Data[i]-v)))
		}
		if !(off <= share*largest) || math.IsInf(largest, 0) {
			t.Errorf("%v is off by %.1e of the largest number, %.3g", f, off/largest, largest)
		}
	}
	if !sameBits(x, before) {
		t.Error("Forward has changed x")
	}
}

// warmed is a net whose running averages are those of two batches.
func warmed(net *nn.Sequential, in ...int) *nn.Sequential {
	nn.Init(net, 1, nn.HeFanIn)
	for seed := range uint64(2) {
		net.Forward(randn(seed, in...), true)
	}
	return net
}

func TestFuseTheModels(t *testing.T) {
	for _, direct := range []bool{true, false} {
		share := 1e-4
		if direct {
			share = 1e-5
			defer kernel.SetWinograd(kernel.SetWinograd(kernel.WinogradNever))
		} else {
			kernel.SetWinograd(kernel.WinogradAuto)
		}
		for _, model := range nn.Models() {
			in := []int{2, 32, 32, 3}
			if model.Input[0] == 224 {
				in = []int{2, 48, 40, 3}
			}
			switch model.Name {
			case "plain20", "resnet20", "resnet18":
			case "resnet110", "plain34", "resnet50", "resnet50-v1":
				if testing.Short() {
					continue
				}
			default:
				continue // made of the blocks of these
			}
			t.Run(model.Name, func(t *testing.T) {
				fused(t, warmed(model.New(0, 10), in...), randn(9, in...), share)
			})
		}
	}
}

// Nets in which something stands in the way of folding.
func TestFuseOddNets(t *testing.T) {
	norm := func(c int) nn.Layer { return nn.NewBatchNorm2D(c) }
	biased := func(in, out int) nn.Layer {
		return nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: 3, Pad: 1, Bias: true})
	}
	chain := func(layers ...nn.Layer) *nn.Sequential {
		s := nn.NewSequential()
		for _, l := range layers {
			s.Add("", l)
		}
		return s
	}
	for name, net := range map[string]*nn.Sequential{
		"nothing":                   chain(),
		"dropout alone":             chain(nn.NewDropout(0.5, 1)),
		"norm first":                chain(norm(4), biased(4, 6), norm(6), norm(6), nn.NewReLU(), nn.NewReLU()),
		"relu between":              chain(biased(4, 6), nn.NewReLU(), norm(6)),
		"preactivation":             chain(biased(4, 4), nn.NewResidual(chain(norm(4), nn.NewReLU(), biased(4, 4)), nil, true), norm(4), nn.NewReLU()),
		"relu on one road":          chain(biased(4, 4), nn.NewResidual(chain(nn.NewReLU()), nil, true)),
		"norm on one road":          chain(biased(4, 4), nn.NewResidual(chain(norm(4)), nil, true), nn.NewReLU()),
		"empty body":                chain(biased(4, 4), nn.NewResidual(chain(), nil, true), norm(4)),
		"empty body, road":          chain(nn.NewResidual(chain(), biased(4, 4), true), nn.NewReLU()),
		"empty body, road, input":   chain(biased(4, 4), nn.NewResidual(chain(), chain(biased(4, 4), norm(4)), true), nn.NewReLU()),
		"two roads":                 chain(nn.NewResidual(chain(biased(4, 5), norm(5)), chain(biased(4, 5), norm(5)), true), nn.NewReLU()),
		"body ends in relu":         chain(nn.NewResidual(chain(biased(4, 4), norm(4), nn.NewReLU()), nil, true), norm(4)),
		"nested":                    chain(nn.NewResidual(chain(biased(4, 4), nn.NewResidual(biased(4, 4), nil, true)), nil, true), nn.NewReLU()),
		"closed":                    chain(nn.NewResidual(chain(biased(4, 4), norm(4)), biased(4, 4), false), nn.NewReLU()),
		"pad shortcut":              chain(nn.NewResidual(chain(conv(4, 6, 2), norm(6)), nn.NewPadShortcut(4, 6, 2), true), nn.NewReLU()),
		"groups":                    chain(nn.NewConv2D(nn.ConvConfig{In: 4, Out: 8, Kernel: 3, Stride: 2, Groups: 2}), norm(8), nn.NewLeakyReLU(0.1)),
		"pools":                     chain(nn.NewMaxPool2D(nn.PoolConfig{Kernel: 3, Stride: 2, Pad: 1}), nn.NewAvgPool2D(nn.PoolConfig{Kernel: 2}), nn.NewTanh(), nn.NewSigmoid()),
		"flatten, linear, norm":     chain(nn.NewFlatten(), nn.NewLinear(8*7*4, 9), norm(9), nn.NewReLU(), nn.NewDropout(0.5, 1), nn.NewLinear(9, 3), nn.NewSoftmax()),
		"linear at each pixel":      chain(nn.NewLinear(4, 3), nn.NewReLU(), nn.NewGlobalAvgPool()),
		"linear in a block, pooled": chain(nn.NewResidual(chain(nn.NewLinear(4, 4), norm(4)), nil, true), nn.NewGlobalAvgPool()),
	} {
		t.Run(name, func(t *testing.T) { fused(t, shaken(net, 5), randn(6, 3, 8, 7, 4), 1e-5) })
	}
}

// Training the model on does not change what was made from it.
func TestFusedKeepsNothingOfTheModel(t *testing.T) {
	net := warmed(nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true}), 4, 8, 8, 3)
	f, x := nn.Fuse(net), randn(1, 2, 8, 8, 3)
	before := f.Forward(x)
	shaken(net, 3)
	if !sameBits(f.Forward(x), before) {
		t.Error("it has changed with the model")
	}
}

// Many goroutines, and pictures of several sizes; the race detector watches.
func TestFusedIsSafeForMany(t *testing.T) {
	f := nn.Fuse(warmed(nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true}), 4, 8, 8, 3))
	var wait sync.WaitGroup
	for size := range 4 {
		x := randn(uint64(size), 1+size, 8+size, 8, 3)
		want := f.Forward(x)
		for range 2 {
			wait.Go(func() {
				for range 5 {
					if !sameBits(f.Forward(x), want) {
						t.Error("another answer in a goroutine")
					}
				}
			})
		}
	}
	wait.Wait()
}

// learners is a layer of one's own.
type learners struct{}

func (learners) Forward(x *nn.Tensor, _ bool) *nn.Tensor { return x }
func (learners) Backward(dy *nn.Tensor) *nn.Tensor       { return dy }
func (learners) Params() []*nn.Param                     { return nil }

func TestFuseRefuses(t *testing.T) {
	net := nn.NewSequential().Add("a", nn.NewSequential().Add("mine", learners{}))
	if m := mistakeOf(t, "a learner's layer", func() { nn.Fuse(net) }); m.Path != "a.mine" {
		t.Errorf("%q does not name the layer", m)
	}
	f := nn.Fuse(nn.NewSequential().Add("block", nn.NewSequential().Add("conv1", conv(3, 4, 1))))
	if m := mistakeOf(t, "a wrong shape", func() { f.Forward(nn.NewTensor(1, 8, 8, 4)) }); m.Path != "block.conv1" {
		t.Errorf("%q does not name the layer", m)
	}
	f = nn.Fuse(nn.NewSequential().Add("block", nn.NewResidual(conv(3, 4, 1), nil, true)))
	mistakeOf(t, "unequal roads", func() { f.Forward(nn.NewTensor(1, 8, 8, 3)) })
}
