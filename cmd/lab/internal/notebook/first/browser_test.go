package first

import (
	"fmt"
	"testing"
	"time"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// drawByMouse draws a digit with the mouse, on a part of the pad.
func drawByMouse(p *browsertest.Page, digit int, scale, left, top float64) {
	box := browsertest.Eval[[]float64](p, `(() => { const b = document.getElementById("pad").getBoundingClientRect(); return [b.left, b.top, b.width]; })()`)
	for _, line := range strokes[digit] {
		for i, point := range line {
			kind := "mouseMoved"
			if i == 0 {
				kind = "mousePressed"
			}
			p.Mouse(kind, box[0]+box[2]*(left+scale*point[0]), box[1]+box[2]*(top+scale*point[1]))
		}
		last := line[len(line)-1]
		p.Mouse("mouseReleased", box[0]+box[2]*(left+scale*last[0]), box[1]+box[2]*(top+scale*last[1]))
	}
}

// waitLong waits for what takes a training.
func waitLong(p *browsertest.Page, js string) {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end) && !browsertest.Eval[bool](p, "Boolean("+js+")"); {
		time.Sleep(50 * time.Millisecond)
	}
	p.Wait(js)
}

// A learner draws a seven, high in a corner, trains, and it is named; then bets,
// sees both curves, and switches the plus sign on.
func TestFirstPageInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("trains nets in a browser's sight")
	}
	b := browsertest.Start(t)
	c := usual
	c.seed = seeds(1)
	site, learner := serve(t, c)
	p := b.Open(t, site.URL)
	p.Shot("first-1-empty")
	if got := browsertest.Eval[int](p, `document.querySelectorAll(".bars.flat .bar").length`); got != 10 {
		t.Errorf("%d flat bars", got)
	}
	drawByMouse(p, 7, 0.45, 0.02, 0.02)
	p.Wait(`!document.getElementById("seen").hidden`)
	p.Shot("first-2-drawn")
	p.Click("#train")
	waitLong(p, `document.querySelector("#answer .named").innerText === "7"`)
	p.Shot("first-3-named")
	waitLong(p, `!document.getElementById("question").hidden`)
	if got := p.Text("#answer .named"); got != "7" {
		t.Errorf("after training it says %q", got)
	}
	p.Shot("first-4-question")
	p.Click("input[value=worse]")
	p.Size(1280, 800)
	p.Click("#go")
	p.Wait(`!document.getElementById("race").hidden`)
	if below := browsertest.Eval[float64](p, `document.getElementById("racing").getBoundingClientRect().bottom - innerHeight`); below > 0 {
		t.Errorf("the race opens %.0f pixels below what the window shows", below)
	}
	waitLong(p, `!document.getElementById("plus").hidden`)
	p.Shot("first-5-raced")
	p.WaitText("#verdict", "Worse.")
	p.WaitText("#verdict", "You bet on worse, 60 % sure: right.")
	p.Click("#switch")
	waitLong(p, `document.getElementById("jump").innerText.includes("it is below the lowest that either net had before")`)
	p.Shot("first-6-plus")
	for _, dark := range []bool{true, false} {
		p.Dark(dark)
		for _, width := range []int64{1280, 390} {
			p.Size(width, 1000)
			for i, id := range []string{"draw-title", "question-title", "plus"} {
				browsertest.Eval[bool](p, fmt.Sprintf(`(document.getElementById(%q).scrollIntoView({block: %q}), true)`, id, []string{"start", "start", "center"}[i]))
				p.Shot(fmt.Sprintf("first-look-%d-%v-%d", width, dark, i))
			}
		}
	}
	r, err := learner.Read()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Predictions) != 1 || r.Predictions[0].Truth != worse || !r.Predictions[0].Right {
		t.Errorf("kept %+v", r.Predictions)
	}
}

// The keyboard alone draws a one, trains, bets, races and switches.
func TestFirstPageByKeys(t *testing.T) {
	b := browsertest.Start(t)
	site, _ := serve(t, short())
	p := b.Open(t, site.URL)
	p.Wait(`!document.getElementById("train").disabled`)
	tabTo(p, "pad")
	p.Press("Space")
	for range 20 {
		p.Press("ArrowDown")
	}
	p.Press("Space")
	p.Wait(`!document.getElementById("seen").hidden`)
	p.Shot("first-keys")
	if !browsertest.Eval[bool](p, `getComputedStyle(document.getElementById("pad-keys")).visibility === "visible"`) {
		t.Error("nothing says which keys draw")
	}
	p.Press("Enter")
	p.Wait(`!document.getElementById("question").hidden`)
	p.Wait(`!document.querySelector(".bars.flat")`)
	tabTo(p, "train") // past the pad
	for browsertest.Eval[string](p, "document.activeElement.name ?? ''") != "choice" {
		p.Press("Tab")
	}
	p.Press("Space", "ArrowDown", "ArrowDown")
	p.Wait(`document.querySelector("input[name=choice]:checked").value === "worse"`)
	p.Press("Tab", "ArrowRight")
	p.WaitText("#bet output", "61 %")
	p.Press("Tab", "Enter")
	p.Wait(`!document.getElementById("plus").hidden`)
	p.WaitText("#verdict", "You bet on worse, 61 % sure")
	tabTo(p, "switch")
	p.Press("Space")
	p.Wait(`document.getElementById("switch").getAttribute("aria-checked") === "true"`)
	p.WaitText("#jump", "The loss was")
	tabTo(p, "pad")
	p.Press("Delete")
	p.Wait(`document.getElementById("seen").hidden`)
	p.Wait(`document.querySelector(".bars.flat")`)
}

// tabTo presses Tab until the element has the focus.
func tabTo(p *browsertest.Page, id string) {
	for range 40 {
		if browsertest.Eval[string](p, "document.activeElement.id") == id {
			return
		}
		p.Press("Tab")
	}
	p.Wait(fmt.Sprintf("document.activeElement.id === %q", id))
}

// A finger draws, and the page does not scroll under it.
func TestFirstPageByTouch(t *testing.T) {
	b := browsertest.Start(t)
	site, _ := serve(t, short())
	p := b.Open(t, site.URL)
	p.Size(390, 500)
	p.Wait(`!document.getElementById("train").disabled`)
	box := browsertest.Eval[[]float64](p, `(() => { const b = document.getElementById("pad").getBoundingClientRect(); return [b.left, b.top, b.width]; })()`)
	at := func(x, y float64) [2]float64 { return [2]float64{box[0] + x*box[2], box[1] + y*box[2]} }
	p.TouchAt(at(0.5, 0.8), at(0.5, 0.6), at(0.5, 0.4), at(0.5, 0.2))
	p.Wait(`!document.getElementById("seen").hidden`)
	if y := browsertest.Eval[float64](p, "scrollY"); y != 0 {
		t.Errorf("the page scrolled by %v", y)
	}
	if over := browsertest.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		t.Errorf("the page is %d too wide", over)
	}
}

// A connection that is lost comes back by itself, and the page says that the net
// is gone. The drawing stays.
func TestFirstPageConnectsAgain(t *testing.T) {
	b := browsertest.Start(t)
	endless := short()
	endless.readSteps = 1e9
	site, _ := serve(t, endless)
	p := b.Open(t, site.URL)
	p.Wait(`!document.getElementById("train").disabled`)
	drawByMouse(p, 7, 1, 0, 0)
	p.Click("#train")
	p.Wait(`!document.querySelector(".bars.flat")`)
	site.Listener.(*cutter).cut()
	p.WaitText("#problem", "is back")
	p.Wait(`!document.getElementById("train").disabled && document.getElementById("reading").hidden`)
	p.Click("#train")
	p.Wait(`!document.getElementById("reading").hidden && document.querySelector("#reading .left").innerText.includes("left")`)
	p.Click("#reading button")
	p.Wait(`document.getElementById("reading").hidden`)
}

// Who has been here before finds a way on at the head, and need not begin anew.
func TestWayOnAtTheHead(t *testing.T) {
	b := browsertest.Start(t)
	site, learner := serve(t, short())
	if err := learner.Left("02", 7, "b11"); err != nil {
		t.Fatal(err)
	}
	p := b.Open(t, site.URL)
	p.WaitText("#head-ways a", "Go on: 02 Convolution")
	p.WaitText("#head-ways a", "cell 7")
	if got := browsertest.Eval[string](p, `document.querySelector("#head-ways a").getAttribute("href")`); got != "/lesson/02#b11" {
		t.Errorf("it leads to %s", got)
	}
	p.Size(360, 800)
	p.Shot("narrow-head")
	if gap := browsertest.Eval[float64](p, `document.querySelector("#head-ways").getBoundingClientRect().left - document.querySelector(".page-head .mark").getBoundingClientRect().left - document.querySelector(".page-head .mark").scrollWidth`); gap < 8 {
		t.Errorf("on a narrow screen the way on begins %g pixels behind the mark: it covers it", gap)
	}
}
