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
	p.Click("#go")
	waitLong(p, `!document.getElementById("plus").hidden`)
	p.Shot("first-5-raced")
	p.WaitText("#verdict", "Worse.")
	p.WaitText("#verdict", "You bet on worse, 60 % sure: right.")
	p.Click("#switch")
	waitLong(p, `document.getElementById("jump").innerText.includes("it is below all that went before")`)
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
