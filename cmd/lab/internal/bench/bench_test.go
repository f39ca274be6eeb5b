package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reslab/nn/ladder"
)

// small measures little, for a moment.
func small(t *testing.T) {
	nets, layers, shape := netCases, layerCases, rungShape
	t.Cleanup(func() { netCases, layerCases, rungShape = nets, layers, shape })
	rungShape = ladder.Shape{N: 1, H: 4, W: 4, In: 8, Out: 8}
	netCases = []netCase{{"resnet20", "train", 2, [3]int{8, 8, 1}}, {"resnet20", "infer", 1, [3]int{8, 8, 3}}}
	layerCases = []layerCase{{"resnet20", 1, []ladder.Pass{ladder.Forward, ladder.InputGrad, ladder.WeightGrad}}}
}

// What checks rely on: the names in the JSON value, and that there are figures.
func TestJSON(t *testing.T) {
	small(t)
	var out bytes.Buffer
	if err := (Command{JSON: true, Each: time.Microsecond}).Run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	var found struct {
		CPU     string
		Kernel  string
		Threads int
		Peak    float64 `json:"peak_gflops_1"`
		Nets    []struct {
			Name, Mode string
			Batch      int
			Input      []int
			MS         float64
			Images     float64 `json:"images_per_s"`
		}
		Layers []struct {
			Pass, Method  string
			Chosen        bool
			GFLOPS, Share float64
		}
	}
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatalf("%v in %s", err, &out)
	}
	if found.CPU == "" || found.Kernel == "" || found.Threads < 1 || found.Peak <= 0 {
		t.Errorf("the machine is %+v", found)
	}
	if n := found.Nets; len(n) != 2 || n[0].Name != "resnet20" || n[0].Mode != "train" || n[0].Batch != 2 || len(n[0].Input) != 3 ||
		n[0].MS <= 0 || n[0].Images <= 0 || n[1].Mode != "infer" {
		t.Errorf("the nets are %+v", n)
	}
	chosen := 0
	for _, l := range found.Layers {
		if l.GFLOPS <= 0 || l.Share <= 0 || l.Method != "direct" && l.Method != "winograd" {
			t.Errorf("a layer is %+v", l)
		}
		if l.Chosen {
			chosen++
		}
	}
	if want := 6 * 3; chosen != want { // six shapes, three passes
		t.Errorf("%d passes have a method, want %d", chosen, want)
	}
}

// The papers count 20 and 50 weight layers; one is the Linear at the end, and
// ResNet-50 has four projections.
func TestConvolutions(t *testing.T) {
	for name, want := range map[string]int{"resnet20": 19, "resnet50": 49 + 4} {
		count, macs := 0, int64(0)
		for _, c := range convolutions(find(name), 1) {
			count += c.count
			macs += int64(c.count) * c.layer.MultiplyAdds()
		}
		if count != want {
			t.Errorf("%s has %d convolutions, want %d", name, count, want)
		}
		if name == "resnet50" && macs != 4089184256-2048*1000 { // published, less the Linear
			t.Errorf("%s has %d multiply-adds", name, macs)
		}
	}
}

func TestOut(t *testing.T) {
	small(t)
	folder, out := filepath.Join(t.TempDir(), "new"), new(bytes.Buffer)
	if err := (Command{Out: folder, Each: time.Microsecond}).Run(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	if err := (Command{Out: folder, Ladder: true, JSON: true, Each: time.Microsecond}).Run(context.Background(), new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"bench.json":   `"peak_gflops_1"`,
		"bench.md":     "| 3x3, 16 to 32, /2 | 32x32 | 1 |",
		"roofline.svg": "what one core can do",
		"ladder.md":    "| naive | the formula, loop by loop | 1 |",
	} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), want) {
			t.Errorf("%s lacks %q:\n%s", name, want, content)
		}
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 100 && !strings.Contains(line, "GFLOP/s") {
			t.Errorf("a line has %d letters: %s", n, line)
		}
	}
}

// The roof is the best trial of all, and a layer's time the fastest.
func TestKeep(t *testing.T) {
	r := Result{Machine: Machine{Peak1: 100}}
	for _, l := range []LayerTime{{Name: "conv1", MS: 3, Peak: 90}, {Name: "conv1", MS: 2, Peak: 110}, {Name: "conv1", MS: 4, Peak: 120}} {
		r.keep(l)
	}
	if len(r.Layers) != 1 || r.Layers[0].MS != 2 || r.Peak1 != 120 {
		t.Errorf("kept %+v beside a peak of %g, want 2 ms and 120", r.Layers, r.Peak1)
	}
}

// A share that cannot be is not left without a word.
func TestDisturbed(t *testing.T) {
	const warning = "Measure again when the machine is quiet"
	for _, c := range []struct {
		method string
		share  float64
		want   bool
	}{{"direct", 0.9, false}, {"direct", 1.1, false}, {"direct", 5, true}, {"winograd", 2.5, false}} {
		net := layerCases[0]
		r := Result{Layers: []LayerTime{{Net: net.net, Batch: net.batch, Name: "conv1", Pass: net.passes[0].String(), Method: c.method, Share: c.share}}}
		var b bytes.Buffer
		r.tables(&b, table.aligned)
		if got := strings.Contains(b.String(), warning); got != c.want {
			t.Errorf("%s at %g of the peak: warned %v in\n%s", c.method, c.share, got, &b)
		}
		for line := range strings.Lines(b.String()) {
			if n := len([]rune(line)); n > 101 { // with its end
				t.Errorf("a line has %d letters: %s", n-1, line)
			}
		}
	}
}

func TestStopped(t *testing.T) {
	small(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []Command{{Each: 1}, {Each: 1, Ladder: true}} {
		if err := c.Run(ctx, new(bytes.Buffer)); err != context.Canceled {
			t.Errorf("%+v: error is %v", c, err)
		}
	}
}

func TestWrongUse(t *testing.T) {
	for _, c := range []Command{{}, {Each: 1, Nets: true, Out: "x"}} {
		if err := c.Run(context.Background(), new(bytes.Buffer)); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}

func TestTable(t *testing.T) {
	table := table{head: []string{"name", "ms"}, numbers: 1}
	table.add("é", 1)
	table.add("long", "12.5")
	if got, want := table.aligned(), "name    ms\né        1\nlong  12.5\n"; got != want {
		t.Errorf("aligned:\n%s", got)
	}
	if got, want := table.markdown(), "| name | ms |\n|---|--:|\n| é | 1 |\n| long | 12.5 |\n"; got != want {
		t.Errorf("markdown:\n%s", got)
	}
}
