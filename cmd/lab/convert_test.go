package main

import (
	"encoding/json"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
	"reslab/nn/weights/onnx"
)

// savedNet writes the weights of a net that nobody trained, and two pictures for it,
// channels first. It returns what the net makes of them.
func savedNet(t *testing.T, folder string, meta weights.Metadata) (file, pictures string, want *nn.Tensor) {
	t.Helper()
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Channels: 1, Classes: 3})
	nn.Init(net, 1, nn.HeFanIn)
	file, pictures = filepath.Join(folder, "net.safetensors"), filepath.Join(folder, "pictures.npy")
	x := nn.NewTensor(2, 8, 9, 1) // one channel: first or last, the numbers lie alike
	for i := range x.Data {
		x.Data[i] = float32(math.Sin(float64(i)))
	}
	for _, err := range []error{
		weights.Save(file, net, meta),
		onnx.WriteNPY(pictures, onnx.NewTensor(x.Data, 2, 1, 8, 9)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return file, pictures, net.Forward(x, false)
}

var savedMeta = weights.Metadata{Model: "resnet20", Input: []int{8, 9, 1}, Classes: []string{"rose", "tulip", "bee"}, Mean: []float32{0.5}, Std: []float32{0.25}}

// TestModelThereAndBack takes a net out as ONNX and runs it: the scores are the
// net's.
func TestModelThereAndBack(t *testing.T) {
	folder := t.TempDir()
	file, pictures, want := savedNet(t, folder, savedMeta)
	for _, more := range [][]string{nil, {"--fold"}} {
		graph, results := filepath.Join(folder, "net.onnx"), filepath.Join(folder, "results")
		did := readJSON(t, []byte(mustRun(t, append([]string{"model", "convert", file, graph, "--json"}, more...)...)))
		if did["model"] != "resnet20" || did["params"].(float64) < 1e5 {
			t.Errorf("converted: %v", did)
		}
		about := mustRun(t, "model", "run", graph)
		if !strings.Contains(about, "takes input float32 [batch 1 8 9]") || !strings.Contains(about, "makes output float32 [batch 3]") || !strings.Contains(about, "rose, tulip, bee") {
			t.Errorf("got\n%s", about)
		}
		var ran struct {
			Outputs []struct {
				Name, File string
				Shape      []int
				Min, Max   float32
				Top        [][]struct {
					Label string
					P     float64
				}
			}
		}
		if err := json.Unmarshal([]byte(mustRun(t, "model", "run", graph, "--in", "input="+pictures, "--out", results, "--top", "1", "--json")), &ran); err != nil {
			t.Fatal(err)
		}
		got, err := onnx.ReadNPY(filepath.Join(results, "output.npy"))
		if err != nil || !slices.Equal(got.Shape, want.Shape) {
			t.Fatal(got, err)
		}
		for i, v := range want.Data {
			if math.Abs(float64(v-got.Floats[i])) > 1e-5*want.Norm() {
				t.Errorf("score %d is %v, the net's is %v", i, got.Floats[i], v)
			}
		}
		o := ran.Outputs[0]
		best := slices.Index(got.Floats[3:], slices.Max(got.Floats[3:]))
		if o.Min != slices.Min(got.Floats) || o.Max != slices.Max(got.Floats) || len(o.Top) != 2 || o.Top[1][0].Label != savedMeta.Classes[best] {
			t.Errorf("told: %+v", o)
		}
	}
}

// TestModelSeesAPicture: the graph names a picture as lab classify does.
func TestModelSeesAPicture(t *testing.T) {
	folder := t.TempDir()
	file, _, _ := savedNet(t, folder, savedMeta)
	graph, photo := filepath.Join(folder, "net.onnx"), filepath.Join(folder, "photo.png")
	picture := image.NewGray(image.Rect(0, 0, 30, 20))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i * i)
	}
	writePNG(t, photo, picture)
	mustRun(t, "model", "convert", file, graph)
	var want classified
	var got struct {
		Outputs []struct {
			Top [][]struct {
				Label string
				P     float64
			}
		}
	}
	for _, err := range []error{
		json.Unmarshal([]byte(mustRun(t, "classify", "--weights", file, photo, "--json")), &want),
		json.Unmarshal([]byte(mustRun(t, "model", "run", graph, "--in", photo, "--json")), &got),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, guess := range want[0].Top {
		if told := got.Outputs[0].Top[0][i]; told.Label != guess.Label || math.Abs(told.P-guess.P) > 1e-5 {
			t.Errorf("%+v, and lab classify says %+v", told, guess)
		}
	}
}

// TestModelWeightsBothWays: the weights alone come back from each format as they
// were, from ONNX with what the file says of itself.
func TestModelWeightsBothWays(t *testing.T) {
	folder := t.TempDir()
	file, _, _ := savedNet(t, folder, savedMeta)
	in := func(name string) string { return filepath.Join(folder, name) }
	mustRun(t, "model", "convert", file, in("net.onnx"))
	mustRun(t, "model", "convert", in("net.onnx"), in("from-onnx.safetensors"))
	mustRun(t, "model", "convert", file, in("net.npz"))
	mustRun(t, "model", "convert", in("net.npz"), in("from-npz.safetensors"))
	before, err := weights.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	for _, name := range []string{"from-onnx.safetensors", "from-npz.safetensors"} {
		after, err := weights.Open(in(name))
		if err != nil {
			t.Fatal(err)
		}
		defer after.Close()
		for _, tensor := range before.Names() {
			a, _ := before.Tensor(tensor)
			b, err := after.Tensor(tensor)
			if err != nil || !slices.Equal(a.Shape, b.Shape) || !slices.Equal(a.Data, b.Data) {
				t.Errorf("%s: %s differs: %v", name, tensor, err)
			}
		}
	}
	if a, b := string(readFile(t, file)), string(readFile(t, in("from-onnx.safetensors"))); !strings.HasPrefix(b, a[:100]) {
		t.Error("the file that went through ONNX says other things of itself")
	}
}

// TestModelRefuses: one sentence, and the status that tells a slip from a failure.
func TestModelRefuses(t *testing.T) {
	folder := t.TempDir()
	file, pictures, _ := savedNet(t, folder, weights.Metadata{Input: []int{8, 9, 1}})
	in := func(name string) string { return filepath.Join(folder, name) }
	for _, name := range []string{"text.onnx", "text.npy"} {
		if err := os.WriteFile(in(name), []byte("no graph"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, "model", "convert", file, in("net.onnx"), "--model", "resnet20")
	for _, c := range []struct {
		status int
		want   string
		args   []string
	}{
		{2, "name it by --model", []string{"convert", file, in("x.onnx")}},
		{2, "there is no net", []string{"convert", file, in("x.onnx"), "--model", "resnet21"}},
		{1, "does not fit the model", []string{"convert", file, in("x.onnx"), "--model", "resnet32"}},
		{2, "ends in .onnx, .safetensors or .npz", []string{"convert", file, in("x.pth")}},
		{2, "in its own place", []string{"convert", in("net.onnx"), in("net.onnx")}},
		{2, "write its weights as a .safetensors file first", []string{"convert", in("net.onnx"), in("x.onnx")}},
		{2, "there is no", []string{"convert", in("none"), in("x.onnx")}},
		{1, "there is no folder", []string{"convert", file, in("none/x.onnx")}},
		{2, "--fold changes the net", []string{"convert", file, in("x.npz"), "--fold"}},
		{1, "cannot be read as an ONNX file", []string{"run", in("text.onnx")}},
		{2, "none.onnx; name an ONNX file", []string{"run", in("none.onnx")}},
		{2, `no input "x"`, []string{"run", in("net.onnx"), "--in", "x=" + pictures}},
		{2, "twice", []string{"run", in("net.onnx"), "--in", pictures, "--in", "input=" + pictures}},
		{1, "this is no PNG", []string{"run", in("net.onnx"), "--in", in("text.onnx")}},
		{1, "cannot be read as an array of NumPy", []string{"run", in("net.onnx"), "--in", in("text.npy")}},
		{2, "has nothing to hold without an input", []string{"run", in("net.onnx"), "--out", folder}},
		{2, "--top 0", []string{"run", in("net.onnx"), "--top", "0"}},
	} {
		status, out, errOut := run(t, "", append([]string{"model"}, c.args...)...)
		if status != c.status || out != "" || !strings.Contains(errOut, c.want) || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%v: status %d, %q, want %d, %q", c.args, status, errOut, c.status, c.want)
		}
	}
	if left, _ := filepath.Glob(in("x.*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
