package weights_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"

	"pgregory.net/rapid"
)

// TestReadsPyTorch loads a file that testdata/golden.py wrote, with numbers of
// four types and a flattened picture, and compares the logits.
func TestReadsPyTorch(t *testing.T) {
	var golden struct{ X, Logits []float32 }
	text, err := os.ReadFile(filepath.Join("testdata", "torch.json"))
	must(t, err)
	must(t, json.Unmarshal(text, &golden))
	net := nn.NewSequential().
		Add("conv", nn.NewConv2D(nn.ConvConfig{In: 2, Out: 3, Kernel: 3, Pad: 1, Bias: true})).Add("bn1", nn.NewBatchNorm2D(3)).
		Add("relu1", nn.NewReLU()).Add("pool", nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2})).Add("flatten", nn.NewFlatten()).
		Add("bn2", nn.NewBatchNorm2D(18)).Add("fc1", nn.NewLinear(18, 5)).Add("relu2", nn.NewReLU()).Add("fc2", nn.NewLinear(5, 4))
	f := open(t, filepath.Join("testdata", "torch.safetensors"))
	must(t, f.Load(net))
	logits := net.Forward(nn.FromSlice(golden.X, 2, 4, 6, 2), false)
	for i, want := range golden.Logits {
		if got := logits.Data[i]; math.Abs(float64(got-want)) > 2e-5*math.Max(1, math.Abs(float64(want))) {
			t.Errorf("logit %d is %v, PyTorch says %v", i, got, want)
		}
	}
}

// TestLayoutOnDisk looks at single numbers of each kind of parameter.
func TestLayoutOnDisk(t *testing.T) {
	conv := nn.NewConv2D(nn.ConvConfig{In: 4, Out: 6, Kernel: 3, Groups: 2})
	norm, fc, last := nn.NewBatchNorm2D(2*3*6), nn.NewLinear(2*3*6, 5), nn.NewLinear(5, 2)
	net := nn.NewSequential().Add("conv", conv).Add("flat", nn.NewFlatten()).Add("norm", norm).Add("fc", fc).Add("last", last)
	count(net)
	path := filepath.Join(t.TempDir(), "w.safetensors")
	must(t, weights.Save(path, net, weights.Metadata{Input: []int{4, 5, 4}}))
	f := open(t, path)
	onDisk := func(name string, index ...int) float32 {
		w, err := f.Tensor(name)
		must(t, err)
		return w.At(index...)
	}
	place := func(h, w, c int) int { return (h*3+w)*6 + c } // in memory
	for _, c := range []struct {
		name      string
		got, want float32
	}{
		{"conv", onDisk("conv.weight", 5, 1, 2, 0), conv.Weight.Value.At(2, 0, 1, 5)},
		{"norm", onDisk("norm.running_var", (4*2+1)*3+2), norm.RunningVar.Value.At(place(1, 2, 4))},
		{"fc", onDisk("fc.weight", 3, (5*2+1)*3+0), fc.Weight.Value.At(place(1, 0, 5), 3)},
		{"bias", onDisk("fc.bias", 4), fc.Bias.Value.At(4)},
		{"last", onDisk("last.weight", 1, 4), last.Weight.Value.At(4, 1)},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v on disk, %v in memory", c.name, c.got, c.want)
		}
	}
}

// TestRoundTrip saves random nets and loads them into fresh ones.
func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		build, input := randomNet(t)
		net, again := build(), build()
		count(net)
		path := filepath.Join(dir, "w.safetensors")
		meta := weights.Metadata{Input: input, Mean: make([]float32, input[2]), Std: make([]float32, input[2]), Notes: map[string]string{"a": rapid.String().Draw(t, "note")}}
		for c := range meta.Mean {
			meta.Mean[c], meta.Std[c] = rapid.Float32().Draw(t, "mean"), rapid.Float32Min(1e-6).Draw(t, "std")
		}
		if err := weights.Save(path, net, meta); err != nil {
			t.Fatal(err)
		}
		f, err := weights.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := f.Load(again); err != nil {
			t.Fatal(err)
		}
		sameParams(t, net, again)
		if m := f.Metadata; !slices.Equal(m.Mean, meta.Mean) || !slices.Equal(m.Std, meta.Std) || m.Notes["a"] != strings.ToValidUTF8(meta.Notes["a"], "\ufffd") || !slices.Equal(m.Input, input) {
			t.Errorf("got %+v", m)
		}
	})
}

// randomNet draws a net and the size of its pictures.
func randomNet(t *rapid.T) (build func() *nn.Sequential, input []int) {
	small := func(name string) int { return rapid.IntRange(1, 4).Draw(t, name) }
	in, out, edge, classes := small("in"), small("out"), rapid.IntRange(2, 5).Draw(t, "edge"), small("classes")
	kernel, bias := 1+2*rapid.IntRange(0, 1).Draw(t, "kernel"), rapid.Bool().Draw(t, "bias")
	block, norm, flat := rapid.Bool().Draw(t, "block"), rapid.Bool().Draw(t, "norm"), rapid.Bool().Draw(t, "flat")
	input = []int{edge, edge + 1, in}
	return func() *nn.Sequential {
		net := nn.NewSequential().Add("conv", nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: kernel, Pad: kernel / 2, Bias: bias}))
		if block {
			body := nn.NewSequential().Add("conv1", nn.NewConv2D(nn.ConvConfig{In: out, Out: 2 * out, Kernel: 3, Pad: 1})).Add("bn1", nn.NewBatchNorm2D(2*out))
			road := nn.NewSequential().Add("0", nn.NewConv2D(nn.ConvConfig{In: out, Out: 2 * out, Kernel: 1}))
			net.Add("layer1", nn.NewResidual(body, road, true))
		} else {
			net.Add("wide", nn.NewConv2D(nn.ConvConfig{In: out, Out: 2 * out, Kernel: 1}))
		}
		features := 2 * out
		if flat {
			features *= edge * (edge + 1)
			net.Add("flat", nn.NewFlatten())
		} else {
			net.Add("pool", nn.NewGlobalAvgPool())
		}
		if norm {
			net.Add("norm", nn.NewBatchNorm2D(features))
		}
		return net.Add("relu", nn.NewReLU()).Add("fc", nn.NewLinear(features, classes))
	}, input
}

func TestBuildNeedsNothingElse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "model.safetensors")
	model := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Channels: 1, Classes: 3})
	count(model)
	meta := weights.Metadata{Model: "resnet20", Input: []int{28, 28, 1}, Classes: []string{"a", "b", "c"}, Mean: []float32{0.1}, Std: []float32{0.3}, Notes: map[string]string{"epoch": "3"}}
	must(t, weights.Save(path, model, meta))
	again, got, err := weights.Build(path)
	must(t, err)
	sameParams(t, model, again)
	if got.Model != meta.Model || !slices.Equal(got.Classes, meta.Classes) || got.Std[0] != 0.3 || got.Notes["epoch"] != "3" {
		t.Errorf("got %+v", got)
	}
}

// TestSaveGivesTheSameBytes: what the weights are, and nothing else, decides.
func TestSaveGivesTheSameBytes(t *testing.T) {
	var before []byte
	for range 3 {
		path := filepath.Join(t.TempDir(), "w.safetensors")
		net := nn.NewLinear(3, 2)
		must(t, weights.Save(path, net, weights.Metadata{Model: "m", Notes: map[string]string{"b": "1", "a": "2"}}))
		now, err := os.ReadFile(path)
		must(t, err)
		if before != nil && !bytes.Equal(before, now) {
			t.Fatalf("\n%q\n%q", before, now)
		}
		before = now
	}
}

// TestLoadTellsEveryFault in one sentence, and changes nothing.
func TestLoadTellsEveryFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	there := nn.NewSequential().Add("a", nn.NewLinear(2, 3)).Add("b", nn.NewLinear(3, 4)).Add("old", nn.NewLinear(4, 1))
	count(there)
	must(t, weights.Save(path, there, weights.Metadata{}))
	asked := nn.NewSequential().Add("a", nn.NewLinear(2, 3)).Add("b", nn.NewLinear(3, 5)).Add("new", nn.NewLinear(5, 1))
	err := open(t, path).Load(asked)
	want := "does not fit the model: it lacks new.weight, new.bias; it has in another shape b.weight ([4 3], not [5 3]), b.bias ([4], not [5]); " +
		"it has, and the model has not, old.bias, old.weight; build the model that the weights were made for"
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v\nwant ...%s", err, want)
	}
	for _, p := range asked.Params() {
		if p.Value.Norm() != 0 {
			t.Errorf("%s was changed", p.Name)
		}
	}
}

func TestLoadBodyLeavesTheHead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	build := func(classes int) *nn.Sequential {
		return nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Classes: classes})
	}
	from := build(10)
	count(from)
	must(t, weights.Save(path, from, weights.Metadata{}))
	for classes, want := range map[int][]string{10: nil, 3: {"fc.weight", "fc.bias"}} {
		net := build(classes)
		left, err := open(t, path).LoadBody(net)
		must(t, err)
		if !slices.Equal(left, want) {
			t.Errorf("%d classes: left %v, want %v", classes, left, want)
		}
		for i, p := range net.Params() {
			loaded := slices.Equal(p.Value.Data, from.Params()[i].Value.Data)
			if loaded == slices.Contains(left, p.Name) {
				t.Errorf("%d classes: %s is loaded: %v", classes, p.Name, loaded)
			}
		}
	}
	grey := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Channels: 1, Classes: 3})
	if _, err := open(t, path).LoadBody(grey); err == nil || !strings.Contains(err.Error(), "conv1.weight") {
		t.Errorf("other channels gave %v", err)
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "w.safetensors")
	flat := func() nn.Layer {
		return nn.NewSequential().Add("flat", nn.NewFlatten()).Add("fc", nn.NewLinear(12, 2))
	}
	twice := nn.NewSequential().Add("", nn.NewLinear(2, 2)).Add("", nn.NewLinear(2, 2))
	must(t, weights.Save(filepath.Join(dir, "flat"), flat(), weights.Metadata{Input: []int{2, 2, 3}, Model: "none", Classes: []string{"a", "b"}}))
	withoutInput := filepath.Join(dir, "no-input")
	must(t, weights.Save(withoutInput, nn.NewSequential().Add("fc", nn.NewLinear(12, 2)), weights.Metadata{}))
	meta := func(channels int, m weights.Metadata) string {
		at := filepath.Join(dir, "meta")
		must(t, weights.Save(at, nn.NewConv2D(nn.ConvConfig{In: channels, Out: 1, Kernel: 1}), m))
		return at
	}
	build := func(path string) error { _, _, err := weights.Build(path); return err }
	for want, err := range map[string]error{
		"two parameters are called":       weights.Save(path, twice, weights.Metadata{}),
		"flattened before \"fc\" is not":  weights.Save(path, flat(), weights.Metadata{}),
		"nn.NoteFlattened(model":          open(t, withoutInput).Load(flat()),
		"on its last axis":                weights.Save(path, flat(), weights.Metadata{Input: []int{2, 2, 2}}),
		`no model called "none"`:          build(filepath.Join(dir, "flat")),
		"which model it is for":           build(meta(3, weights.Metadata{})),
		"height, width and channels":      build(meta(1025, weights.Metadata{Model: "resnet20", Input: []int{8, 8, 1025}})),
		"name no classes":                 build(meta(3, weights.Metadata{Model: "resnet20", Input: []int{8, 8, 3}})),
		"unsupported value":               weights.Save(path, nn.NewLinear(1, 1), weights.Metadata{Mean: []float32{float32(math.NaN())}}),
		"cannot open the weights":         build(filepath.Join(dir, "nowhere")),
		"no such file or directory; make": weights.Save(filepath.Join(dir, "no", "where"), nn.NewLinear(1, 1), weights.Metadata{}),
	} {
		if strings.HasPrefix(want, "no such file") && err != nil {
			want = "cannot write" // the rest is the system's
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a Save that was refused left a file")
	}
}

// TestStrangeMetadata: a file may say anything.
func TestStrangeMetadata(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	for want, meta := range map[string]weights.Metadata{
		"height, width and channels of a picture, at most 8192, 8192 and 1024, not [100000 8 3]": {Input: []int{100000, 8, 3}},
		"not [-1 0 3]":                                  {Input: []int{-1, 0, 3}},
		"not [8 8]":                                     {Input: []int{8, 8}},
		"for each of 3 channels, not 1 and 1":           {Input: []int{8, 8, 3}, Mean: []float32{0}, Std: []float32{1}},
		"for each of 1 channels, not 1 and 0":           {Mean: []float32{0}},
		"the standard deviations [0] of the pictures":   {Mean: []float32{0.5}, Std: []float32{0}},
		"the standard deviations [-1] of the pictures:": {Mean: []float32{0.5}, Std: []float32{-1}},
	} {
		must(t, weights.Save(path, nn.NewReLU(), meta))
		if _, err := weights.Open(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestWeightsThatAreNotFinite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		bad := nn.NewSequential().Add("fc", nn.NewLinear(2, 2))
		bad.Params()[0].Value.Data[3] = float32(v)
		must(t, weights.Save(path, bad, weights.Metadata{}))
		err := open(t, path).Load(nn.NewSequential().Add("fc", nn.NewLinear(2, 2)))
		if err == nil || !strings.Contains(err.Error(), "numbers in fc.weight that are not finite") {
			t.Errorf("%g: got %v", v, err)
		}
	}
}

// TestWeightsOfAnotherModel: one sentence that a reader can take in.
func TestWeightsOfAnotherModel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	net := func(depth int) nn.Layer {
		return nn.NewCIFARNet(nn.CIFARConfig{Depth: depth, Skip: true, Channels: 3, Classes: 2})
	}
	must(t, weights.Save(path, net(8), weights.Metadata{}))
	err := open(t, path).Load(net(56))
	if err == nil || !strings.Contains(err.Error(), "lacks layer1.1.conv1.weight, ") || !strings.Contains(err.Error(), " more; build") || len(err.Error()) > 400 {
		t.Errorf("got %v", err)
	}
}

// count gives every parameter numbers of its own.
func count(model nn.Layer) {
	v := float32(0)
	for _, p := range model.Params() {
		for i := range p.Value.Data {
			v++
			p.Value.Data[i] = v
		}
	}
}

func sameParams(t interface{ Errorf(string, ...any) }, a, b nn.Layer) {
	for i, p := range b.Params() {
		if q := a.Params()[i]; p.Name != q.Name || !slices.Equal(p.Value.Data, q.Value.Data) {
			t.Errorf("%s and %s differ", p.Name, q.Name)
		}
	}
}

func open(t *testing.T, path string) *weights.File {
	t.Helper()
	f, err := weights.Open(path)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
