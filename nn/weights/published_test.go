package weights

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// TestPublishedNamesTellTheNet: each residual net for ImageNet is known by its
// names and shapes alone.
func TestPublishedNamesTellTheNet(t *testing.T) {
	names := []string{"resnet18", "resnet50", "resnet34", "resnet101", "resnet152"}
	if testing.Short() {
		names = names[:2]
	}
	for _, want := range names {
		got, ok := namesOf(modelNamed(want).New(3, 12)).published()
		if !ok || got.Model != want || len(got.Classes) != 12 || got.Classes[11] != "class 11" {
			t.Errorf("%s: got %+v, %v", want, got, ok)
		}
		if err := got.check(); err != nil {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestOtherNamesTellNothing: of what is no residual net for ImageNet in colour,
// nothing is made up.
func TestOtherNamesTellNothing(t *testing.T) {
	empty := namesOf(modelNamed("resnet18").New(3, 12))
	empty.entries["fc.weight"] = entry{name: "fc.weight", shape: []int{1 << 40, 0}} // which takes no byte
	for what, f := range map[string]*File{
		"a net for CIFAR":    namesOf(modelNamed("resnet20").New(3, 10)),
		"a net for grey":     namesOf(modelNamed("resnet18").New(1, 12)),
		"a depth of no net":  namesOf(nn.NewImageNetNet(nn.ImageNetConfig{Depth: 18, Skip: true}), "layer1.1.conv1.weight"),
		"classes of nothing": empty,
	} {
		if got, ok := f.published(); ok {
			t.Errorf("%s: got %+v", what, got)
		}
	}
}

// TestBuildPublished: a file without a word about itself becomes a net that
// computes the same.
func TestBuildPublished(t *testing.T) {
	net := modelNamed("resnet18").New(3, 12)
	nn.Init(net, 1, nn.HeFanIn)
	path := filepath.Join(t.TempDir(), "resnet18.safetensors")
	if err := Save(path, net, Metadata{Notes: map[string]string{"from": "somewhere"}}); err != nil {
		t.Fatal(err)
	}
	again, meta, err := Build(path)
	if err != nil {
		t.Fatal(err)
	}
	if meta.Model != "resnet18" || meta.Shorter != 256 || !slices.Equal(meta.Input, []int{224, 224, 3}) || meta.Notes["from"] != "somewhere" {
		t.Errorf("got %+v", meta)
	}
	x := nn.NewTensor(1, 32, 32, 3)
	for i := range x.Data {
		x.Data[i] = float32(i%7) - 3
	}
	if want, got := net.Forward(x, false), again.Forward(x, false); !slices.Equal(want.Data, got.Data) {
		t.Errorf("got %v, want %v", got.Data, want.Data)
	}
}

// TestShorterIsKept: the way pictures are cut stands in the file, and a way that
// cannot be is refused.
func TestShorterIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.safetensors")
	for shorter, want := range map[int]string{0: "", 8: "", 12: "", 7: "bring the shorter edge of a picture to 7", -1: "to -1", 1 << 20: "at most 8192"} {
		if err := Save(path, nn.NewReLU(), Metadata{Input: []int{8, 6, 3}, Shorter: shorter}); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		switch {
		case want != "":
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%d: got %v, want %q", shorter, err, want)
			}
		case err != nil:
			t.Errorf("%d: %v", shorter, err)
		case f.Metadata.Shorter != shorter:
			t.Errorf("%d came back as %d", shorter, f.Metadata.Shorter)
		}
		if f != nil {
			f.Close()
		}
	}
}

// namesOf is what the header of a file tells that holds a model.
func namesOf(model nn.Layer, leftOut ...string) *File {
	f := &File{entries: map[string]entry{}}
	for _, p := range model.Params() {
		if !slices.Contains(leftOut, p.Name) {
			f.entries[p.Name] = entry{name: p.Name, shape: orderOf(p).shape}
		}
	}
	return f
}
