package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"testing"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/cmd/lab/internal/notebook/browsertest"
	"reslab/cmd/lab/internal/notebook/page"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// shows are the cells whose displays are looked at, each under a name.
var shows = []struct{ name, source string }{
	{"slider", `lab.Slider("temperature", 0.1, 10, 1)`},
	{"linear", `lab.Slider("how many pixels are shuffled", 0, 1, 0.25)`},
	{"count", `lab.Count("sigmoids", 1, 12, 3)`},
	{"choice", `lab.Choice("activation", []string{"ReLU", "sigmoid", "tanh"})`},
	{"long-choice", `lab.Choice("picture", []string{"a sunflower in the garden", "a bee on a tulip", "a butterfly", "a peach blossom", "a ladybird", "a dragonfly", "a wild daisy"})`},
	{"switch", `lab.Switch("batch norm", true)`},
	{"toggle", `lab.NewToggle("the plus sign", false)`},
	{"dial", `lab.NewDial("learning rate", 0.001, 1, 0.1)`},
	{"paint", `lab.Paint("kernel", 3, 3, []float64{-1, 0, 1, -1, 0, 1, -1, 0, 1})`},
	{"levels", `lab.Bars("scores", []string{"cat", "dog", "frog", "horse"}, []float64{2, 1, -1, 0.5})`},
	{"pad", `lab.DrawPad("digit")`},
	{"drag", `seven := nn.NewTensor(1, 12, 12, 1)
for j := 3; j < 9; j++ { seven.Set(1, 0, 2, j, 0); seven.Set(0.6, 0, j+1, 8-(j-3)*2/3, 0) }
lab.DragOver("your digit", seven, 2)`},
	{"upload", `lab.Upload("photo")`},
	{"predict", `lab.Predict("deeper", "56 layers instead of 8: what happens to the training loss?", []string{"It falls further", "It stays where it is", "It rises"})`},
	{"predict-number", `lab.PredictNumber("weights", "How many weights has a 3x3 convolution from 3 to 16 channels?")`},
	{"predict-curve", `frame := viz.NewFigure("Your bet").Axes("layers", "training loss after 150 steps (nats)").Line("measured", viz.Plain, []float64{8, 20}, []float64{0.27, 0.4})
frame.X.From, frame.X.To, frame.Y.From, frame.Y.To = 8, 56, 0, 2.5
lab.PredictCurve("depth", "How does the loss go on with depth?", frame)`},
	{"turn", `turn := lab.NewTurn("paths")
x := 3 + turn.By("x")
square := x*x + turn.By("square")
sum := square + x + turn.By("sum")
g := lab.NewGraph("x·x + x: turn x, and see by how much the sum moves")
g.Node("x", "", x).Node("square", "·", square).Node("sum", "+", sum)
g.Edge("x", "square", x).Edge("x", "square", x).Edge("square", "sum", 1).Edge("x", "sum", 1)
g.Gradient("sum", 1).Gradient("square", 1).Gradient("x", 2*x+1)
turn.Show(g)`},
	{"bet-wrong", `bet := lab.Predict("weights2", "How many weights has a 3x3 convolution from 3 to 16 channels?", []string{"9", "144", "432"})
lab.Set("weights2", []byte("{\"choice\":\"144\",\"confidence\":0.8}"))
bet.Settle("432")`},
	{"bet-right", `lab.Set("weights2", []byte("{\"choice\":\"432\",\"confidence\":0.6}"))
bet.Settle("432")`},
	{"bet-none", `lab.Predict("weights3", "Does pooling mix channels?", []string{"yes", "no"}).Settle("no")`},
	{"figure", `var steps, plain, residual []float64
for i := 0; i < 150; i++ {
	s := float64(i)
	steps = append(steps, s)
	plain = append(plain, 2.3*math.Exp(-s/400)+0.1*math.Sin(s))
	residual = append(residual, 0.2+2.1*math.Exp(-s/30)+0.05*math.Sin(s*2))
}
lab.Show(viz.NewFigure("Plain-56 is stuck where residual-56 learns").Axes("step", "training loss (nats)").Line("plain-56", viz.Plain, steps, plain).Line("residual-56", viz.Residual, steps, residual).Reference(0.4, "plain-20"))`},
	{"figure-log", `var layer, vanish, fine []float64
for i := 1; i <= 56; i++ {
	layer = append(layer, float64(i))
	vanish = append(vanish, math.Pow(10, float64(i-56)))
	fine = append(fine, 0.5+0.3*math.Sin(float64(i)))
}
vanish[0], vanish[1] = 0, 0
fine[30] = math.NaN()
lab.Show(viz.NewFigure("Sigmoid without batch norm: the gradient of the first layers is lost").Axes("weight layer, counted from the input", "L2 norm of the gradient").LogY().Line("plain sigmoid", viz.Plain, layer, vanish).Line("residual", viz.Residual, layer, fine))`},
	{"panels", `panels := viz.NewPanels("The same scale on both sides")
for _, name := range []string{"plain", "residual"} {
	panels.Add(viz.NewFigure(name).Axes("step", "loss").Line("20", viz.Green, steps, residual).Line("56", viz.Purple, steps, plain))
}
lab.Show(panels)`},
	{"heat", `confusion := make([][]float64, 10)
names := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
for i := range confusion {
	confusion[i] = make([]float64, 10)
	for j := range confusion[i] { confusion[i][j] = float64((i*7 + j*3) % 5) }
	confusion[i][i] = 95
}
h := viz.NewHeatMap("Fours are taken for nines", confusion).Axes("digit", "was named", "pictures")
h.Counts, h.RowNames, h.ColumnNames = true, names, names
lab.Show(h)`},
	{"images", `grid := viz.NewImageGrid("Ten templates")
grid.Signed, grid.Columns = true, 5
for d := range 10 {
	m := make([][]float64, 14)
	for i := range m {
		m[i] = make([]float64, 14)
		for j := range m[i] { m[i][j] = math.Sin(float64(i*d)/9) * math.Cos(float64(j)/(2+float64(d))) }
	}
	grid.Add(fmt.Sprint(d), m)
}
lab.Show(grid)`},
	{"images-named", `named := viz.NewImageGrid("What the net says")
named.Columns = 5
for i := range 10 { named.AddImage(fmt.Sprintf("peach blossom: %d %% sure", 9*i), image.NewGray(image.Rect(0, 0, 32, 32))) }
lab.Show(named)`},
	{"tensor-small", `lab.Show(nn.FromSlice([]float32{-3, 0, 1.5, 2, 4, -0.25, 0, 0, 9}, 1, 3, 3, 1))`},
	{"tensor-digit", `digit := nn.NewTensor(1, 28, 28, 1)
for i := 4; i < 24; i++ { for k := -1; k < 2; k++ { digit.Set(1-0.4*float32(k*k), 0, i, 18-i/3+k, 0) } }
lab.Show(digit)`},
	{"tensor-photo", `p := data.Photo("sunflower", 64)
photo := nn.NewTensor(1, 64, 64, 3)
for i, v := range p.Pixels { photo.Data[i] = float32(v) / 255 }
lab.Show(photo)`},
	{"tensor-maps", `conv := nn.NewConv2D(nn.ConvConfig{In: 3, Out: 8, Kernel: 3, Pad: 1})
nn.Init(conv, 1, nn.HeFanIn)
lab.Show(conv.Forward(photo, false))`},
	{"tensor-kernels", `lab.Show(conv.Weight.Value)`},
	{"tensor-matrix", `w := nn.NewTensor(40, 60)
for i := range w.Data { w.Data[i] = float32(math.Sin(float64(i) / 17)) }
lab.Show(w)`},
	{"steps-conv", `picture := nn.FromSlice([]float32{1, 1, 5, 5, 2, 1, 1, 5, 5, 2, 1, 1, 5, 5, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2}, 1, 5, 5, 1)
lab.StepsConv(picture, nn.FromSlice([]float32{-1, 0, 1, -1, 0, 1, -1, 0, 1}, 3, 3), 1, 1)`},
	{"steps-photo", `lab.StepsConv(photo, conv.Weight.Value, 2, 1)`},
	{"steps-max", `lab.StepsPool("max", picture, 2, 1)`},
	{"steps-softmax", `lab.StepsSoftmax([]string{"cat", "dog", "frog"}, []float64{2, 1, -1})`},
	{"model", `lab.Architecture(nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true}), 32, 32, 3)`},
	{"model-50", `lab.Architecture(nn.NewImageNetNet(nn.ImageNetConfig{Depth: 50, Skip: true}), 224, 224, 3)`},
	{"model-plain", `lab.Architecture(nn.NewCIFARNet(nn.CIFARConfig{Depth: 8}), 14, 14, 3)`},
	{"graph", `big := lab.NewGraph("(w·x + b - y)², forward and back")
big.Node("w", "", 2).Node("x", "", 3).Node("b", "", -1).Node("y", "", 4).Node("wx", "·", 6).Node("z", "+", 5).Node("e", "-", 1).Node("L", "²", 1)
big.Edge("w", "wx", 6).Edge("x", "wx", 4).Edge("wx", "z", 2).Edge("b", "z", 2).Edge("z", "e", 2).Edge("y", "e", -2).Edge("e", "L", 2)
big.Gradient("L", 1).Gradient("e", 2).Gradient("z", 2).Gradient("wx", 2).Gradient("w", 6).Gradient("x", 4).Gradient("b", 2).Gradient("y", -2)
lab.Show(big)`},
	{"bars", `lab.Show(lab.NewBarChart("What each score is told: p - y for a cat", []string{"cat", "dog", "frog"}, []float64{0.7, 0.26, 0.04}).Arrows([]float64{0.3, -0.26, -0.04}).Between(0, 1))`},
	{"histogram", `lab.Histogram("The brightness of the pixels", photo)`},
	{"histograms", `r := nn.NewRandom(1)
ridges := lab.NewHistograms("The signal dies on its way through fifty layers")
for layer := 1; layer <= 50; layer++ {
	v := make([]float64, 500)
	for i := range v { v[i] = r.Normal() * math.Pow(0.93, float64(layer)) }
	ridges.Add(fmt.Sprint("layer ", layer), v)
}
lab.Show(ridges)`},
	{"wayback", `lab.Show(lab.NewWayBack("Each sigmoid takes three quarters at least", []string{"input", "sigmoid 1", "sigmoid 2", "sigmoid 3", "sigmoid 4", "loss"}, []float64{0, 0.0039, 0.0156, 0.0625, 0.25, 1}))`},
	{"verdict", `lab.Check("no such exercise", 1)`},
	{"text", `lab.Show("plain text")`},
}

type fixture struct {
	Name string      `json:"name"`
	Kind kernel.Kind `json:"kind"`
	Data string      `json:"data"`
	Text string      `json:"text"`
}

// fixtures runs the cells in a real kernel.
func fixtures(t *testing.T) (all []fixture) {
	t.Helper()
	client, err := kernel.Start(context.Background(), kernel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, s := range shows {
		var last *kernel.Display
		_, err := client.Execute(context.Background(), kernel.Cell{Name: s.name, Source: s.source, Accept: kernel.PageKinds(false)}, func(e kernel.Event) {
			if d, ok := e.(kernel.Display); ok && !d.Result {
				last = &d
			}
		})
		if err != nil || last == nil {
			t.Fatalf("%s shows %v, %v", s.name, last, err)
		}
		all = append(all, fixture{s.name, last.Kind, last.Data, last.Text})
	}
	return all
}

// policy is as strict as that of the notebook: no script and no style that
// stands in a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'"

// gallery serves a page with all fixtures.
func gallery(t *testing.T) *httptest.Server {
	t.Helper()
	list, err := json.Marshal(fixtures(t))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/static/", http.StripPrefix("/static/", page.Handler()))
	mux.Handle("/testdata/", http.StripPrefix("/testdata/", http.FileServer(http.Dir("testdata"))))
	mux.HandleFunc("/fixtures.json", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(list) })
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// TestKinds looks at all displays and uses all controls, in one browser.
func TestKinds(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	address := gallery(t).URL + "/testdata/kinds.html"
	for name, test := range map[string]func(t *testing.T, p *browsertest.Page){
		"drawn": kindsAreDrawn, "controls": controlsAreUsed, "pad": padIsDrawnOn, "upload": upload, "bets": betsAreMade, "steps": stepsAreGoneThrough,
		"not pulled back": controlsAreNotPulledBack, "do not grow": liveFiguresDoNotGrow, "answer time": answerTime, "captions": captionsCanBeRead, "axe": nothingKeepsPeopleOut,
	} {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, address)
			p.Wait("window.ready")
			test(t, p)
		})
	}
}

// kindsAreDrawn looks at every display: it is there, and nothing failed. With
// $RESLAB_SHOTS set it writes pictures of them for people to look at.
func kindsAreDrawn(t *testing.T, p *browsertest.Page) {
	for _, s := range shows {
		box := browsertest.Eval[[]float64](p, fmt.Sprintf(`(({width, height}) => [width, height])(document.getElementById(%q).firstElementChild.getBoundingClientRect())`, s.name))
		if box[0] < 20 || box[1] < 15 {
			t.Errorf("%s takes %v pixels", s.name, box)
		}
	}
	if only := os.Getenv("RESLAB_SHOTS"); only == "" {
		return
	}
	for _, width := range []int64{800, 380} {
		for _, dark := range []bool{false, true} {
			p.Dark(dark)
			for _, s := range shows {
				if width == 380 && dark {
					continue
				}
				height := browsertest.Eval[float64](p, fmt.Sprintf(`document.getElementById(%q).getBoundingClientRect().height + 60`, s.name))
				p.Size(width, int64(min(max(height, 90), 1400)))
				browsertest.Eval[bool](p, fmt.Sprintf(`(document.getElementById(%q).parentElement.previousElementSibling.scrollIntoView(), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))`, s.name))
				p.Shot(fmt.Sprintf("%s-%d%s", s.name, width, map[bool]string{true: "-dark"}[dark]))
			}
		}
	}
	p.Dark(false)
	p.Size(800, 900)
	p.Print("kinds")
}

// captionsCanBeRead: on a phone, pictures in fixed columns stay wide enough for the
// words below them; those with short names all fit.
func captionsCanBeRead(t *testing.T, p *browsertest.Page) {
	p.Size(360, 800)
	if lines := browsertest.Eval[float64](p, `Math.max(...[...document.querySelectorAll("#images-named figcaption")].map((e) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)))`); lines > 2.5 {
		t.Errorf("a caption of 24 letters takes %.1f lines", lines)
	}
	if !browsertest.Eval[bool](p, `((row) => row.scrollWidth <= row.clientWidth)(document.querySelector("#images .tiles"))`) {
		t.Error("five digits beside each other do not fit")
	}
}

// last returns what was said last of a control, in JavaScript.
func last(control string) string {
	return fmt.Sprintf(`window.sets.findLast(([name]) => name === %q)?.[1]`, control)
}

// says waits until a control has said what it is wanted to say.
func says(p *browsertest.Page, what, control, want string) {
	p.Wait(fmt.Sprintf(`window.last = JSON.stringify(%s), window.last === %q || (window.waits = %q, false)`, last(control), want, what+": "+control))
}

func focus(p *browsertest.Page, selector string) {
	browsertest.Eval[bool](p, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, selector))
}
