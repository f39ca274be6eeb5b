package notebook

import (
	"fmt"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// A learner moves what lessons are remembered by, on the lessons as they are.
func TestMomentsOfLessons(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	t.Run("shuffle", func(t *testing.T) { testShuffle(t, b) })
	t.Run("scores", func(t *testing.T) { testScores(t, b) })
	t.Run("sigmoids", func(t *testing.T) { testSigmoids(t, b) })
	t.Run("wheels", func(t *testing.T) { testWheels(t, b) })
	t.Run("digit", func(t *testing.T) { testDigit(t, b) })
	t.Run("window", func(t *testing.T) { testWindow(t, b) })
	t.Run("scissors", func(t *testing.T) { testScissors(t, b) })
	t.Run("ruler", func(t *testing.T) { testRuler(t, b) })
	t.Run("cross", func(t *testing.T) { testCross(t, b) })
	t.Run("attention", func(t *testing.T) { testAttention(t, b) })
}

// runCells runs the cells that have these texts in them, in this order, and
// returns a selector of the last one.
func (r *reader) runCells(texts ...string) (last string) {
	r.t.Helper()
	for _, text := range texts {
		last = r.cellWith(text)
		browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).click(), true)`, last+" button.run"))
		r.waitState(last, "done")
	}
	return last
}

// cellWith is a selector of the first cell that has a text in it.
func (r *reader) cellWith(text string) string {
	r.t.Helper()
	id := browsertest.Eval[string](r.Page, fmt.Sprintf(`[...document.querySelectorAll(".cell")].find((c) => c.querySelector(".source").textContent.includes(%q))?.dataset.id ?? ""`, text))
	if id == "" {
		r.t.Fatalf("no cell of the lesson has %q in it", text)
	}
	return fmt.Sprintf(`[data-id=%q]`, id)
}

// The slider of lesson 01 shuffles a picture: it goes, its histogram stays, and
// sliding back brings it back.
func testShuffle(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/01")
	cell := r.runCells("import (", "flower :=", "func grey", "func histogram", "func shuffled", "lab.Slider")
	state := func(what string) string {
		return browsertest.Eval[string](r.Page, fmt.Sprintf(`(() => {
			const cell = document.querySelector(%q);
			const picture = cell.querySelector("canvas.pixels").toDataURL();
			const bars = [...cell.querySelectorAll("rect.bar")].map((bar) => bar.getAttribute("height")).join(" ");
			return {picture, bars}[%q];
		})()`, cell, what))
	}
	slider := cell + " input[type=range]"
	slide := func(from, to float64) {
		t.Helper()
		r.Drag(slider, browsertest.Spot{X: from, Y: 0.5}, browsertest.Spot{X: (from + to) / 2, Y: 0.5}, browsertest.Spot{X: to, Y: 0.5})
	}
	shows := func(is string, picture string) {
		t.Helper()
		r.Wait(fmt.Sprintf(`document.querySelector(%q).querySelector("canvas.pixels").toDataURL() %s %q`, cell, is, picture))
	}

	r.Wait(fmt.Sprintf(`document.querySelector(%q) !== null`, cell+" canvas.pixels")) // what a cell shows may come after it is done
	some, bars := state("picture"), state("bars")
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, slider))
	r.Press("Home") // in one step: no other picture comes between
	shows("!==", some)
	whole := state("picture")
	slide(0.015, 1)
	r.WaitText(cell+" output.value", "100")
	shows("!==", whole)
	r.Shot("shuffled")
	if got := state("bars"); got != bars {
		t.Errorf("the histogram has bars of\n%s\nand had, before the pixels were shuffled,\n%s", got, bars)
	}
	slide(0.985, 0)
	shows("===", whole)
}

// Bars of scores are dragged in lesson 06, and the arrows p - y follow: where the
// true class has nearly all, they are gone.
func testScores(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/06")
	cell := r.runCells("import (", "betFrog :=", "func shares", "betGuess :=", "func lossOf", "betDog :=", "func nudged", "lab.Bars")
	arrows := fmt.Sprintf(`[...document.querySelectorAll(%q)].map((arrow) => arrow.textContent).join(" ")`, cell+" .own-figure .arrow:not(.still)")
	r.Wait(arrows + ` === "+0.71 −0.74 +0.035"`)
	drag := func(bar, from, to float64) {
		r.Drag(cell+" svg.levels", browsertest.Spot{X: bar, Y: from}, browsertest.Spot{X: bar, Y: (from + to) / 2}, browsertest.Spot{X: bar, Y: to})
	}
	drag(0.22, 0.27, 0.8) // the cat, down
	r.Wait(fmt.Sprintf(`document.querySelector(%q).textContent.startsWith("−")`, cell+" .level .value"))
	drag(0.5, 0.37, 0.1) // the dog, up
	r.Wait(arrows + ` === ""`)
	r.WaitText(cell+" .own-figure", "Surprise 0.0")
	r.Shot("scores")
	r.Click(cell + " .segments label:nth-of-type(2)") // no, it was a cat
	r.Wait(arrows + `.startsWith("−1 +0.9")`)
}

// In lesson 04 sigmoids are added until float32 has nothing left for the first;
// the numbers never stand on each other.
func testSigmoids(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/04")
	cell := r.runCells("import (", "func sigmoid", "betSlope :=", "func slope", "lab.Count")
	first := fmt.Sprintf(`document.querySelector(%q)?.textContent`, cell+" .own-figure text.gradient")
	r.Wait(first + ` === "0.012"`)
	r.Click(cell + ` [aria-label="One more sigmoids"]`)
	r.Wait(first + ` === "0.0027"`)
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, cell+" input[type=range]"))
	r.Press("End")
	r.Wait(first + ` === "0"`)
	overlap := fmt.Sprintf(`(() => {
		const boxes = [...document.querySelectorAll(%q)].map((text) => text.getBoundingClientRect());
		return boxes.some((box, i) => i && box.left < boxes[i - 1].right);
	})()`, cell+" .own-figure text.gradient")
	for _, button := range []string{"Show all 81", "Fold the middle"} {
		if browsertest.Eval[bool](r.Page, overlap) {
			t.Errorf("numbers overlap, above %q", button)
		}
		r.WaitText(cell+" .own-figure button", button)
		r.Click(cell + " .own-figure button")
	}
	r.Shot("sigmoids")
}

// In lesson 07 a wheel is turned, and the sum moves by as much as the gradient
// said; a cut path takes its share with it.
func testWheels(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/07")
	cell := r.runCells("import (", "lab.NewTurn")
	reads := func(words ...string) {
		t.Helper()
		for _, word := range words {
			r.Wait(fmt.Sprintf(`document.querySelector(%q)?.getAttribute("aria-label").includes(%q)`, cell+" svg.graph", word))
		}
	}
	reads("x is 3, gradient 7;", "sum is 12,")
	wheel := cell + ` [data-part="node x"]`
	r.Drag(wheel, browsertest.Spot{X: 0.5, Y: 0.5}, browsertest.Spot{X: 0.5, Y: -0.5}, browsertest.Spot{X: 0.5, Y: -1})
	r.Wait(fmt.Sprintf(`Number(document.querySelector(%q).getAttribute("aria-valuenow")) > 0.3`, wheel))
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, wheel))
	r.Press("Home")
	reads("x is 3,", "sum is 12,")
	r.Press("ArrowUp")
	reads("x is 3.1, gradient 7.2;", "sum is 12.7,")
	r.Press("Home")
	reads("x is 3, gradient 7;")
	r.Click(cell + ` [data-part="edge x>sum"]`)
	reads("x is 3, gradient 6;")
	overlap := fmt.Sprintf(`(() => {
		const boxes = [...document.querySelectorAll(%q)].map((part) => part.getBoundingClientRect());
		return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
	})()`, cell+" :is(text.share, .scissors circle, .wheel .rim)")
	for _, width := range []int64{1280, 420, 360} {
		r.Size(width, 900)
		r.Wait(fmt.Sprintf(`((box) => box.scrollWidth <= box.clientWidth)(document.querySelector(%q))`, cell+" .scroll"))
		if browsertest.Eval[bool](r.Page, overlap) {
			t.Errorf("in a window of %d pixels, numbers, scissors and wheels of the graph overlap", width)
		}
		r.Shot(fmt.Sprint("wheels-", width))
	}
}

// In lesson 08 a digit is drawn and named; dragged off the centre, it is not. The
// net is trained for fewer steps than in the lesson.
func testDigit(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/08")
	r.runCells("import (", "func newNet", "data.Load(", "func learn(")
	training := r.cellWith("steps: 400")
	r.show(training)
	r.edit(training)
	r.Type("net := newNet(1)\nlosses, err := learn(net, settings{steps: 100, rate: 0.02, momentum: 0.9})")
	r.Press("Ctrl-Enter")
	r.waitState(training, "done")
	pad, place := r.runCells("lab.DrawPad"), r.runCells("lab.Drag(")

	bars := fmt.Sprintf(`document.querySelector(%q)?.getAttribute("aria-label")`, place+" .own-figure svg")
	r.Wait(bars)
	empty := browsertest.Eval[string](r.Page, bars)
	named := fmt.Sprintf(`((high) => high.indexOf(Math.max(...high)))([...document.querySelectorAll(%q)].map((bar) => Number(bar.getAttribute("height"))))`, place+" rect.bar")
	var seven []browsertest.Spot
	for _, at := range [][2]float64{{0.3, 0.25}, {0.5, 0.25}, {0.7, 0.25}, {0.6, 0.45}, {0.5, 0.65}, {0.45, 0.8}} {
		seven = append(seven, browsertest.Spot{X: at[0], Y: at[1]})
	}
	r.Drag(pad+" canvas.pad", seven...)
	r.Wait(named + " === 7")
	r.Drag(place+" .drag-frame", browsertest.Spot{X: 0.4, Y: 0.5}, browsertest.Spot{X: 0.6, Y: 0.5}, browsertest.Spot{X: 0.7, Y: 0.5})
	r.WaitText(place+" output.value", "8 right")
	r.Wait(named + " !== 7")
	r.Shot("digit")
	r.Click(place + " button.back")
	r.Wait(named + " === 7")
	r.Click(pad + " .control-foot button") // Clear
	r.Wait(fmt.Sprintf("%s === %q", bars, empty))
}

// In lesson 09 fifty layers lose the signal or blow it up, but for a narrow
// window of weights; batch norm opens it.
func testWindow(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/09")
	cell := r.runCells("import (", "func rms", "lab.Slider")
	prints := func(text string) { // wherever on the page it stands
		t.Helper()
		r.Wait(fmt.Sprintf(`document.querySelector(%q).textContent.includes(%q)`, cell, text))
	}
	prints("the RMS is 2e-13")
	r.Drag(cell+" input[type=range]", browsertest.Spot{X: 0.17, Y: 0.5}, browsertest.Spot{X: 0.6, Y: 0.5}, browsertest.Spot{X: 1, Y: 0.5})
	prints("e+22")
	prints("The signal runs away")
	r.Click(cell + " [role=switch]")
	prints("the RMS is 0.")
	prints("The signal comes through")
	r.Shot("window")
}

// In lesson 12 a block is cut out of a thousand trained layers: with shortcuts
// hardly a picture is missed, and without them the net guesses.
func testScissors(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/12")
	cell := r.runCells("import (", "func shrink", "func loudness", "type deep struct", "plainBet :=", "he := newDeep", "func blocks", "func wayBack", "losses := learn(residual", "func thinned")
	r.show(cell + " .output")
	right := func(title, condition string) { // of the heights of both bars, in pixels
		t.Helper()
		r.WaitText(cell+" .own-figure", title)
		r.Wait(fmt.Sprintf(`(([residual, plain]) => %s)([...document.querySelectorAll(%q)].map((bar) => Number(bar.getAttribute("height"))))`, condition, cell+" rect.bar"))
	}
	right("Right with 499 of 500 blocks, 999 of 1000 layers", "residual > 100 && plain < 50")
	r.Click(cell + ` [aria-label="One more block to cut out"]`)
	r.WaitText(cell+" output.value", "251")
	right("Right with 499 of 500 blocks, 999 of 1000 layers", "residual > 100 && plain < 50")
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, cell+" .slider input"))
	r.Press("End")
	right("Right with 0 of 500 blocks, 0 of 1000 layers", "residual < 50 && plain < 50")
	r.Shot("scissors")
}

// In lesson 13 a ruler goes through ResNet-50: what one number can see grows from
// a speck to the whole picture and beyond.
func testRuler(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/13")
	cell := r.runCells("import (", "nn.Init(net", "lab.Upload(", "func fit", "onePixel :=", "func bottleneck", "func resnet", "counted :=", "type sight struct", "lab.Count(")
	r.show(cell + " .output")
	r.WaitText(cell+" .output", "one number can see 11 by 11 pixels")
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, cell+" input[type=range]"))
	r.Press("Home")
	r.WaitText(cell+" .output", "one number can see 7 by 7 pixels")
	r.Press("End")
	r.WaitText(cell+" .output", "one number can see 427 by 427 pixels")
	r.Shot("ruler")
}

// In lesson 14 a net goes by a cross in a corner: with it a sunflower is a ladybird
// to it, one pixel further it is a sunflower again, and four pixels further a
// ladybird. The net that never saw a cross says sunflower all the time.
func testCross(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/14")
	cell := r.runCells("import (", "kinds := []string", "func learn(", "func listen(", "func cam(", "func stamp(", "crossLeft := lab.Count(")
	r.show(cell + " .output")
	says := func(net, kind string) {
		t.Helper()
		r.WaitText(cell+" .output", fmt.Sprintf("%-13s says %s", net, kind))
	}
	says("the first net", "sunflower")
	says("Hans", "ladybird")
	more := cell + ` [aria-label="One more the cross, pixels from the left"]`
	r.Click(more)
	says("Hans", "sunflower")
	for range 3 {
		r.Click(more)
	}
	says("Hans", "ladybird")
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, cell+" input[type=range]"))
	r.Press("End") // out of the picture
	says("Hans", "sunflower")
	says("the first net", "sunflower")
	r.Shot("cross")
}

// In lesson 17 a pixel looks at what is alike, wherever it is, until its place counts
// so much that it looks at its neighbours alone.
func testAttention(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/17")
	cell := r.runCells("import (", "attend(query []float64", "lab.Upload(", "func looks", `lab.Count("row"`)
	r.show(cell + " .output")
	outside := func(condition string) { // of its attention, the percentage outside of the window
		t.Helper()
		r.Wait(fmt.Sprintf(`((percent) => %s)(Number(document.querySelector(%q).innerText.match(/attention (\d+) %%/)?.[1]))`, condition, cell+" .output"))
	}
	outside("percent > 60")
	r.Click(cell + ` [aria-label="One more row"]`)
	r.WaitText(cell+" output.value", "19")
	outside("percent > 60")
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, cell+" .slider input"))
	r.Press("End")
	outside("percent < 10")
	r.Shot("attention")
}
