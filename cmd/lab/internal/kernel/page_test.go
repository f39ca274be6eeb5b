package kernel_test

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel"
)

// show runs source for a page and returns the displays, each with its data read.
func show(t testing.TB, c *kernel.Client, source string) (displays []kernel.Display, data []map[string]any) {
	t.Helper()
	_, err := c.Execute(context.Background(), kernel.Cell{Name: "cell", Source: source, Accept: kernel.PageKinds(false)}, func(e kernel.Event) {
		if d, ok := e.(kernel.Display); ok {
			var values map[string]any
			if json.Unmarshal([]byte(d.Data), &values) != nil {
				values = nil
			}
			displays, data = append(displays, d), append(data, values)
		}
	})
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return displays, data
}

// Everything that package lab shows comes to a page in its kind, from a cell.
func TestPageKinds(t *testing.T) {
	c := start(t, kernel.Options{})
	for _, step := range []struct {
		source string
		kind   kernel.Kind
		part   string // of the data
		text   string // the beginning
	}{
		{`t := lab.Slider("temperature", 0.1, 10, 1)`, kernel.Control, `"kind":"slider"`, "temperature: 1 (from 0.1 to 10)"},
		{`n := lab.Count("layers", 1, 9, 3)`, kernel.Control, `"kind":"count"`, "layers: 3"},
		{`which := lab.Choice("which", []string{"a", "b"})`, kernel.Control, `"options":["a","b"]`, "which: a"},
		{`on := lab.Switch("on", true)`, kernel.Control, `"kind":"switch"`, "on: on"},
		{`k := lab.Paint("kernel", 3, 3, []float64{-1, 0, 1, -1, 0, 1, -1, 0, 1})`, kernel.Control, `"rows":3`, "kernel:\n  -1   0   1"},
		{`scores := lab.Bars("scores", []string{"cat", "dog"}, []float64{2, -1})`, kernel.Control, `"to":4`, "scores: cat 2, dog -1"},
		{`digit := lab.DrawPad("digit")`, kernel.Control, `"kind":"pad"`, "digit: a pad"},
		{`moved := lab.DragOver("moved", digit, 2)`, kernel.Control, `"grid":2`, "moved: moved down by 0"},
		{`own := lab.Upload("own")`, kernel.Control, `"pixels":"`, "own: a picture of 224x224"},
		{`rate := lab.NewDial("rate", 0.001, 1, 0.1)`, kernel.Control, `"log":true`, "rate: 0.1"},
		{`plus := lab.NewToggle("plus", false)`, kernel.Control, `"live":true`, "plus: off"},
		{`bet := lab.Predict("sum", "What?", []string{"0", "4"})`, kernel.Control, `"text":"What?"`, "Predict first: What? (0 / 4)"},
		{`bet.Settle("4")`, kernel.Bet, `"truth":"4"`, "It is 4."},
		{`lab.StepsConv(nn.NewTensor(4, 4), nn.NewTensor(3, 3), 1, 0)`, kernel.Steps, `"operation":"conv"`, "conv of 4x4x1"},
		{`lab.StepsPool("max", nn.NewTensor(4, 4), 2, 2)`, kernel.Steps, `"operation":"max"`, "max of 4x4x1"},
		{`lab.StepsSoftmax([]string{"a", "b"}, []float64{1, 2})`, kernel.Steps, `"scores":[1,2]`, "        score"},
		{`lab.Architecture(nn.NewSequential().Add("fc", nn.NewLinear(4, 2)), 4)`, kernel.Model, `"params":10`, "input"},
		{`lab.Show(lab.NewGraph("g").Node("x", "", 3).Gradient("x", 7))`, kernel.Graph, `"gradient":7`, "g\nx = 3, gradient 7"},
		{`lab.NewTurn("turn").Show(lab.NewGraph("g").Node("x", "", 3))`, kernel.Control, `"graph":{`, "g\nx = 3"},
		{`lab.Histogram("h", []float64{1, 2, 3})`, kernel.Histograms, `"from":1`, "h (from 1 to 3)"},
		{`lab.Show(lab.NewBarChart("b", []string{"a"}, []float64{1}).Arrows([]float64{-0.5}))`, kernel.Bars, `"arrows":[-0.5]`, "b\na"},
		{`lab.Show(lab.NewWayBack("w", []string{"a", "b"}, []float64{0, 1}))`, kernel.WayBack, `"gradients":[0,1]`, "w\nb 1 <- a 0"},
		{`lab.Plot([]float64{1, 2, 3})`, kernel.Figure, `"y":[1,2,3]`, "figure"},
		{`lab.Show(viz.NewFigure("f").Line("a", viz.Plain, nil, []float64{1, math.NaN(), math.Inf(-1)}).LogY())`, kernel.Text, "", "figure"},
		{`lab.Show(viz.NewFigure("f").Line("a", viz.Plain, nil, []float64{1, math.NaN(), math.Inf(1)}).LogY())`, kernel.Figure, `"y":[1,"NaN","Infinity"]`, "figure"},
		{`lab.Show(viz.NewHeatMap("h", [][]float64{{1, 2}}))`, kernel.Figure, `"columns":2`, "heat"},
		{`lab.Show(viz.NewPanels("p").Add(viz.NewFigure("f").Line("a", viz.Plain, nil, []float64{1, 2})))`, kernel.Figure, `"panels":[{`, "1 panels"},
		{`lab.Show(viz.NewImageGrid("i").Add("one", [][]float64{{1, 2}}))`, kernel.Images, `"caption":"one"`, "grid"},
		{`lab.Show(nn.NewTensor(2, 2))`, kernel.Tensor, `"kind":"matrix"`, "tensor [2 2]"},
		{`lab.Show(nn.NewTensor(1, 8, 9, 3))`, kernel.Tensor, `"planes":3`, "tensor [1 8 9 3]"},
		{`lab.Show(nn.NewTensor(3, 3, 3, 16))`, kernel.Tensor, `"kind":"kernels"`, "tensor [3 3 3 16]"},
		{`lab.Show(nn.NewTensor(1, 300, 300, 8))`, kernel.Tensor, `"left_out":540000`, "tensor [1 300"},
		{`lab.Show(data.Photo("bee", 32).Image())`, kernel.PNG, "", "tensor [32 32 1]"},
		{`lab.Show("text")`, kernel.Text, "", "text"},
	} {
		displays, _ := show(t, c, step.source)
		if len(displays) != 1 {
			t.Errorf("%s shows %d displays", step.source, len(displays))
			continue
		}
		d := displays[0]
		if d.Kind != step.kind || !strings.Contains(d.Data, step.part) || !strings.HasPrefix(d.Text, step.text) {
			t.Errorf("%s shows a %s of %d bytes, %.200s\nin words %q\nwant a %s with %s, %q", step.source, d.Kind, len(d.Data), d.Data, d.Text, step.kind, step.part, step.text)
		}
		if d.Kind != kernel.PNG && d.Kind != kernel.Text && !json.Valid([]byte(d.Data)) {
			t.Errorf("%s sends no JSON", step.source)
		}
	}
}

// The numbers of a tensor arrive plane by plane, in the order in which they are
// looked at.
func TestTensorPlanes(t *testing.T) {
	c := start(t, kernel.Options{})
	execute(t, c, `number := func(shape []int) *nn.Tensor {
		t := nn.NewTensor(shape...)
		for i := range t.Data { t.Data[i] = float32(i) }
		return t
	}`)
	for shape, want := range map[string]string{
		"[]int{4}":          "[0 1 2 3]",
		"[]int{2, 2}":       "[0 1 2 3]",
		"[]int{2, 2, 2}":    "[0 2 4 6 1 3 5 7]",                             // channel 0, then 1
		"[]int{2, 1, 2, 2}": "[0 2 1 3 4 6 5 7]",                             // of two pictures
		"[]int{3, 3, 1, 2}": "[0 2 4 6 8 10 12 14 16 1 3 5 7 9 11 13 15 17]", // two windows
	} {
		_, data := show(t, c, "number("+shape+")")
		raw, err := base64.StdEncoding.DecodeString(data[0]["values"].(string))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(floats(raw)); got != want {
			t.Errorf("%s arrives as %s, want %s", shape, got, want)
		}
	}
}

func floats(raw []byte) (numbers []float32) {
	for ; len(raw) > 0; raw = raw[4:] {
		numbers = append(numbers, math.Float32frombits(binary.LittleEndian.Uint32(raw)))
	}
	return numbers
}

// A control is moved while a cell runs, and the cell sees it.
func TestSetIsHeardWhileACellRuns(t *testing.T) {
	c := start(t, kernel.Options{})
	time.AfterFunc(100*time.Millisecond, func() {
		if err := c.Set("rate", []byte("0.5")); err != nil {
			t.Error(err)
		}
	})
	got, _, err := execute(t, c, `rate := lab.NewDial("rate", 0, 1, 0.1)
for rate.Value() != 0.5 { time.Sleep(time.Millisecond) }
fmt.Println(rate.Value())`)
	if err != nil || !strings.HasSuffix(got, "0.5\n") {
		t.Errorf("got %q, %v", got, err)
	}
}

// What a control was moved to outlives the child, and is there before the cells
// run again.
func TestSetOutlivesTheChild(t *testing.T) {
	c := start(t, kernel.Options{})
	if err := c.Set("layers", []byte("7")); err != nil {
		t.Fatal(err)
	}
	execute(t, c, `n := lab.Count("layers", 1, 9, 3)`)
	if _, _, err := execute(t, c, "os.Exit(3)"); err == nil {
		t.Fatal("the child lives")
	}
	if got, _, err := execute(t, c, "n"); got != "7\n" || err != nil {
		t.Errorf("after a death it is %q, %v", got, err)
	}
	if err := c.Restart(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got, _, err := execute(t, c, `lab.Count("layers", 1, 9, 3)`); !strings.HasSuffix(got, "7\n") || err != nil {
		t.Errorf("after a restart it is %q, %v", got, err)
	}
}

func TestSetRefuses(t *testing.T) {
	c := start(t, kernel.Options{})
	for value, want := range map[string]string{"{": "no JSON", `"` + strings.Repeat("x", 5<<20) + `"`: "4 MB"} {
		if err := c.Set("x", []byte(value)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it says %v, want something with %q", err, want)
		}
	}
	var last error
	for i := range 1001 {
		last = c.Set(fmt.Sprint("control ", i), []byte("1"))
	}
	if last == nil || !strings.Contains(last.Error(), "1000 controls") {
		t.Errorf("the last of too many says %v", last)
	}
}

// The last value wins, however many come at once.
func TestSetKeepsTheOrder(t *testing.T) {
	c := start(t, kernel.Options{})
	for i := range 200 {
		if err := c.Set("n", []byte(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if got, _, err := execute(t, c, `lab.Count("n", 0, 1000, 1)`); !strings.HasSuffix(got, "199\n") || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

// Where a page has ECharts, a figure comes for it, but not one that changes.
func TestEChartsAreStill(t *testing.T) {
	c := start(t, kernel.Options{})
	displays, _ := shown(t, c, `f := viz.NewFigure("f").Line("a", viz.Plain, nil, []float64{1, 2})
lab.Show(f)
live := lab.NewLive()
live.Show(f)
lab.NewLive().Show(3)`, kernel.PageKinds(true)...)
	if len(displays) != 3 || displays[0].Kind != kernel.ECharts || displays[1].Kind != kernel.Figure || displays[2].Kind != kernel.Text {
		t.Errorf("got %v", displays)
	}
}

// A training that is watched shows its loss and its gradients, updated in place
// and at the end complete.
func TestWatchInACell(t *testing.T) {
	c := start(t, kernel.Options{})
	displays, data := show(t, c, `
model := nn.NewSequential().Add("fc1", nn.NewLinear(2, 4)).Add("relu", nn.NewReLU()).Add("fc2", nn.NewLinear(4, 2))
nn.Init(model, 1, nn.HeFanIn)
training := &nn.Training{Model: model, Steps: 400, Optimiser: nn.NewSGD(nn.SGDConfig{}), Rate: nn.Constant(0.1),
	Batches: func(int) (*nn.Tensor, []int) { return nn.FromSlice([]float32{1, 0, 0, 1}, 2, 2), []int{0, 1} }}
lab.Watch(training)
err := training.Run(context.Background())
`)
	ids := map[int64]bool{}
	for _, d := range displays {
		if d.Kind != kernel.Figure {
			t.Fatalf("it shows a %s: %s", d.Kind, d.Text)
		}
		ids[d.ID] = true
	}
	if len(ids) != 2 {
		t.Errorf("%d displays", len(ids))
	}
	titles := []string{data[len(data)-2]["title"].(string), data[len(data)-1]["title"].(string)}
	slices.Sort(titles)
	if !slices.Equal(titles, []string{"Gradient of each layer", "Loss of each step"}) {
		t.Errorf("the last are %q", titles)
	}
}
