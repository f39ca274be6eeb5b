package page_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

type spot = browsertest.Spot

// Every control is used by mouse, by touch and by keys, as far as it knows them,
// and says what it was moved to.
func controlsAreUsed(t *testing.T, p *browsertest.Page) {
	p.Size(900, 800)

	says := func(what, control, want string) { t.Helper(); says(p, what, control, want) }
	press := func(selector string, keys ...string) {
		t.Helper()
		focus(p, selector)
		p.Press(keys...)
	}

	p.Drag("#linear input", spot{X: 0.25, Y: 0.5}, spot{X: 0.4, Y: 0.5}, spot{X: 1, Y: 0.5})
	says("dragged to its end", "how many pixels are shuffled", "1")
	press("#linear input", "ArrowLeft", "ArrowLeft")
	says("two steps back", "how many pixels are shuffled", "0.99")
	press("#slider input", "ArrowRight")
	says("a step in powers of ten", "temperature", "1.05")
	p.Click("#slider .back")
	says("back to its start", "temperature", "1")
	p.Touch("#dial input", spot{X: 0.67, Y: 0.5}, spot{X: 0.5, Y: 0.5}, spot{X: 0.01, Y: 0.5})
	says("by touch to its beginning", "learning rate", "0.001")
	p.Click("#count .stepper > button:last-of-type")
	says("one more", "sigmoids", "4")
	press("#count input", "ArrowLeft", "ArrowLeft")
	says("two less", "sigmoids", "2")

	p.Click("#choice label:nth-child(3)")
	says("clicked", "activation", `"tanh"`)
	press("#choice input:checked", "ArrowLeft")
	says("by key", "activation", `"sigmoid"`)
	press("#long-choice select", "ArrowDown")
	says("by key", "picture", `"a bee on a tulip"`)
	p.Click("#switch button")
	says("clicked", "batch norm", "false")
	press("#toggle button", "Space")
	says("by key", "the plus sign", "true")

	p.Drag("#paint .paint-grid", spot{X: 0.17, Y: 0.17}, spot{X: 0.17, Y: 0.5}, spot{X: 0.17, Y: 0.83})
	says("painted with one", "kernel", "[1,0,1,1,0,1,1,0,1]")
	press("#paint .paint-cell:nth-child(1)", "ArrowRight")
	p.Type("-2.5")
	says("typed", "kernel", "[1,-2.5,1,1,0,1,1,0,1]")
	p.Wheel("#paint .paint-cell:focus", -100)
	says("scrolled", "kernel", "[1,-2.4,1,1,0,1,1,0,1]")
	p.Click("#paint .back")
	says("back", "kernel", "[-1,0,1,-1,0,1,-1,0,1]")
	p.Touch("#paint .paint-grid", spot{X: 0.5, Y: 0.17}, spot{X: 0.5, Y: 0.5})
	says("painted by touch", "kernel", "[-1,1,1,-1,1,1,-1,0,1]")

	p.Drag("#levels .level:nth-of-type(2) .catch", spot{X: 0.5, Y: 0.3}, spot{X: 0.5, Y: 0.2}, spot{X: 0.5, Y: 0})
	says("dragged up", "scores", "[4,1,-1,0.5]")
	press("#levels .level:nth-of-type(3)", "Home", "ArrowUp")
	says("by keys", "scores", "[4,-3.8,-1,0.5]")

	p.Drag("#drag .drag-frame", spot{X: 0.5, Y: 0.5}, spot{X: 0.55, Y: 0.55}, spot{X: 0.5 + 2.0/12, Y: 0.5 + 1.0/12})
	says("dragged", "your digit", "[1,2]")
	press("#drag .drag-frame", "ArrowUp", "ArrowLeft", "ArrowUp")
	says("by keys", "your digit", "[-1,1]")

	press("#turn [data-part='node x']", "ArrowUp", "ArrowUp", "ArrowUp")
	says("turned by keys", "paths", `{"by":{"x":0.3},"cut":[]}`)
	press("#turn [data-part='edge x>sum']", "Enter")
	says("cut", "paths", `{"by":{"x":0.3},"cut":["x>sum"]}`)
	p.Drag("#turn [data-part='node square'] .rim", spot{X: 0.5, Y: 0.5}, spot{X: 0.5, Y: 0.2}, spot{X: 0.5, Y: -0.5})
	p.Wait(last("paths") + ".by.square > 0")
}

// ink counts, in JavaScript, the pixels of the pad that were said to be full, or
// the rows that have some.
const (
	ink  = `window.sets.findLast(([name]) => name === "digit")?.[1].filter((v) => v > 0.9).length`
	rows = `new Set(window.sets.findLast(([name]) => name === "digit")?.[1].map((v, i) => v > 0.9 && Math.floor(i / 28)).filter((row) => row !== false)).size`
)

func padIsDrawnOn(t *testing.T, p *browsertest.Page) {
	for what, draw := range map[string]func(){
		"mouse": func() { p.Drag("#pad canvas", spot{X: 0.2, Y: 0.5}, spot{X: 0.5, Y: 0.5}, spot{X: 0.8, Y: 0.5}) },
		"touch": func() { p.Touch("#pad canvas", spot{X: 0.2, Y: 0.5}, spot{X: 0.5, Y: 0.5}, spot{X: 0.8, Y: 0.5}) },
		"keys": func() {
			focus(p, "#pad canvas")
			p.Press("Space")
			p.Press(slices.Repeat([]string{"ArrowRight"}, 10)...)
			p.Press("Space")
		},
	} {
		draw()
		p.Wait(ink + " > 9")
		if full, lines := browsertest.Eval[int](p, ink), browsertest.Eval[int](p, rows); full > 80 || lines > 4 {
			t.Errorf("a line by %s has %d pixels of ink in %d rows", what, full, lines)
		}
		p.Click("#pad .quiet")
		p.Wait(ink + " === 0")
	}
}

func upload(t *testing.T, p *browsertest.Page) {
	const choose = `(async () => {
		const canvas = new OffscreenCanvas(%d, %d), context = canvas.getContext("2d");
		context.fillStyle = "#ff0000";
		context.fillRect(0, 0, %[1]d, %[2]d);
		const files = new DataTransfer();
		files.items.add(new File([%s], "own.png", {type: "image/png"}));
		const input = document.querySelector("#upload input");
		input.files = files.files;
		input.dispatchEvent(new Event("change"));
		return true;
	})()`
	browsertest.Eval[bool](p, fmt.Sprintf(choose, 1024, 512, "await canvas.convertToBlob()"))
	p.Wait(`window.sets.some(([name]) => name === "photo")`)
	got := browsertest.Eval[string](p, `(({height, width, pixels}) => [height, width, atob(pixels).length, ...[0, 1, 2].map((i) => atob(pixels).charCodeAt(i))].join(" "))(window.sets.findLast(([name]) => name === "photo")[1])`)
	if got != fmt.Sprint(256, 512, 256*512*3, 255, 0, 0) {
		t.Errorf("a picture of 1024 x 512 arrives as %s", got)
	}
	browsertest.Eval[bool](p, fmt.Sprintf(choose, 8, 8, `"no picture"`))
	p.WaitText("#upload .note", "cannot be read as a picture")
}

func betsAreMade(t *testing.T, p *browsertest.Page) {
	if !browsertest.Eval[bool](p, `document.querySelector("#predict .main").disabled`) {
		t.Error("a bet on nothing can be made")
	}
	focus(p, "#predict input[type=radio]")
	p.Press("Space", "ArrowDown", "Tab", "ArrowRight", "Tab", "Enter")
	says(p, "by keys", "deeper", `{"choice":"It stays where it is","confidence":0.65}`)
	if text := p.Text("#predict"); !strings.Contains(text, "It stays where it is") || !strings.Contains(strings.ToLower(text), "65 % sure") || browsertest.Eval[bool](p, `Boolean(document.querySelector("#predict input"))`) {
		t.Errorf("committed, it shows %q", text)
	}
	p.Click("#predict-number .bet-number input")
	p.Type("432")
	p.Click("#predict-number .main")
	says(p, "typed", "weights", `{"number":432,"confidence":0.6}`)
	p.Drag("#predict-curve .sheet", spot{X: 0.01, Y: 0.9}, spot{X: 0.3, Y: 0.6}, spot{X: 0.7, Y: 0.4}, spot{X: 0.99, Y: 0.1})
	focus(p, "#predict-curve svg")
	p.Press("ArrowDown", "ArrowDown")
	p.Click("#predict-curve .main")
	p.Wait(last("depth"))
	points := browsertest.Eval[[][]float64](p, last("depth")+".curve")
	if len(points) < 24 || points[0][0] != 8 || points[0][1] > 0.4 || points[len(points)-1][0] != 56 || points[len(points)-1][1] < 1.9 || points[len(points)-1][1] > 2.25 {
		t.Errorf("the curve is %v", points)
	}
	if browsertest.Eval[bool](p, `document.querySelector("#predict-curve svg").hasAttribute("tabindex")`) {
		t.Error("a committed curve can be drawn on")
	}
}

func stepsAreGoneThrough(t *testing.T, p *browsertest.Page) {
	p.Click(`#steps-conv [title="One step on"]`)
	p.WaitText("#steps-conv .sum-line", "row 0, column 1: 0·(−1) + 0·0 + 0·1 + 1·(−1) + 1·0 + 5·1 + 1·(−1) + 1·0 + 5·1 = 8")
	p.Click(`#steps-conv [title="One step back"]`)
	p.WaitText("#steps-conv .sum-line", "row 0, column 0")
	focus(p, "#steps-conv input")
	p.Press(slices.Repeat([]string{"ArrowRight"}, 24)...)
	p.WaitText("#steps-conv .where", "25 of 25")
	p.Click(`#steps-conv [title="Play"]`)
	p.WaitText("#steps-conv .sum-line", "row 0, column 2")
	p.Click(`#steps-conv [title="Play"]`) // now it says Pause
	p.Click(`#steps-photo .channels label:nth-of-type(3)`)
	p.WaitText("#steps-photo .sum-line", "channel 2 gives")
	for range 4 {
		p.Click(`#steps-softmax [title="One step on"]`)
	}
	p.WaitText("#steps-softmax", "0.705")
	p.Hover("#figure svg.own", spot{X: 0.5, Y: 0.5})
	p.WaitText("#figure .readout", "plain-56")
	focus(p, "#figure-log svg")
	p.Press("Home")
	p.WaitText("#figure-log .readout", "too small for float32")
	p.Hover("#tensor-digit canvas", spot{X: 0.01, Y: 0.01})
	p.WaitText("#tensor-digit .readout", "row 0, column 0")
	p.Hover("#heat canvas", spot{X: 0.05, Y: 0.05})
	p.WaitText("#heat .readout", "digit 0, was named 0")
}

// What the server says of an older value does not pull a control back, and its
// newest value counts in the end.
func controlsAreNotPulledBack(t *testing.T, p *browsertest.Page) {
	const late = `(() => {
		const input = document.querySelector("#linear input");
		input.value = 0.75;
		input.dispatchEvent(new Event("input"));
		window.kept = input;
		window.drawn.linear.update(JSON.stringify({kind: "slider", name: "how many pixels are shuffled", value: 0.5, start: 0.25, to: 1}));
		return input.value + " " + (window.kept === document.querySelector("#linear input"));
	})()`
	if got := browsertest.Eval[string](p, late); got != "0.75 true" {
		t.Errorf("an older value makes it %s", got)
	}
	p.WaitText("#linear .value", "0.5")
}

// Updates leave the page as large as it was: an hour of them makes nothing grow.
func liveFiguresDoNotGrow(t *testing.T, p *browsertest.Page) {
	const live = `(async () => {
		const count = () => document.querySelectorAll("*").length;
		const figure = (n) => JSON.stringify({title: "loss", description: "", x: {label: "step", to: 600}, y: {label: "loss"},
			curves: [{name: "", colour: "#D55E00", x: Array.from({length: 600}, (_, i) => i), y: Array.from({length: 600}, (_, i) => Math.sin(i + n))}]});
		window.drawn.figure.update(figure(0));
		const before = count();
		for (let n = 1; n <= 300; n++) {
			window.drawn.figure.update(figure(n));
			if (n % 20 === 0) await new Promise((done) => setTimeout(done));
		}
		return count() - before;
	})()`
	if grown := browsertest.Eval[int](p, live); grown > 4 {
		t.Errorf("the page has %d elements more", grown)
	}
}

// The answers of controls to inputs: the 95th percentile is written down, not
// judged, for the machine may be busy.
func answerTime(t *testing.T, p *browsertest.Page) {
	path := make([]spot, 60)
	for i := range path {
		path[i] = spot{X: 0.1 + 0.8*float64(i)/60, Y: 0.2 + 0.6*float64(i%20)/20}
	}
	var all []float64
	measure := func(selector string, use func()) {
		browsertest.Eval[bool](p, "(window.delays.length = 0, true)")
		before := p.Work()
		use()
		work := p.Work() - before
		delays := browsertest.Eval[[]float64](p, "new Promise((done) => setTimeout(() => done(window.delays), 300))")
		slices.Sort(delays)
		if len(delays) < 20 {
			t.Fatalf("only %d answers of %s were measured", len(delays), selector)
		}
		t.Logf("%-42s %3d answers: half within %.1f ms, 95 %% within %.1f ms; %.1f ms of work each", selector, len(delays), delays[len(delays)/2], delays[len(delays)*95/100], 1000*work.Seconds()/float64(len(delays)))
		all = append(all, delays...)
	}
	for _, selector := range []string{"#linear input", "#paint .paint-grid", "#levels .level:nth-of-type(2) .catch", "#pad canvas", "#drag .drag-frame", "#turn [data-part='node x'] .rim", "#predict-curve .sheet"} {
		measure(selector, func() { p.Drag(selector, path...) })
	}
	measure("#steps-photo input", func() {
		focus(p, "#steps-photo input")
		p.Press(slices.Repeat([]string{"ArrowRight"}, 40)...)
	})
	slices.Sort(all)
	t.Logf("all %d answers: half within %.1f ms, 95 %% within %.1f ms, the slowest %.1f ms", len(all), all[len(all)/2], all[len(all)*95/100], all[len(all)-1])
}
