package notebook

import (
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// moves is a notebook of controls, in which each is used by a cell below.
var moves = "# Moves\n\n" + cells(
	"import (\n\t\"reslab/lessons/lab\"\n\t\"reslab/nn\"\n\t\"reslab/viz\"\n)",
	"scale := lab.Slider(\"scale\", 0, 10, 1)\nangle := lab.Slider(\"angle\", 0, 1, 0.5)",
	"t := nn.NewTensor(2, 2)\nfor i := range t.Data {\n\tt.Data[i] = float32(scale) * float32(i)\n}\nlab.Show(t)\nlab.Plot([]float64{0, angle, scale})",
	"rate := lab.NewDial(\"rate\", 0, 1, 0.25)\nfor rate.Value() != 1 {\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Println(\"the dial was heard\")",
	"bet := lab.Predict(\"sum\", \"What is 2 + 2?\", []string{\"3\", \"4\"})",
	"bet.Settle(\"4\")",
	"own := lab.Upload(\"own\")",
	"fmt.Println(own.Shape)",
	"drawn := lab.DrawPad(\"drawn\")",
	"full := 0\nfor _, ink := range drawn.Data {\n\tif ink > 0.9 {\n\t\tfull++\n\t}\n}\nfmt.Println(\"there is ink:\", full > 5)",
)

// cells writes cells as Markdown.
func cells(sources ...string) string {
	return "```go\n" + strings.Join(sources, "\n```\n\n```go\n") + "\n```\n"
}

// A learner moves controls of a real notebook: cells below follow, nothing that
// is held goes away under the hand, and a cell that runs hears a dial.
func TestControlsInTheNotebook(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	s := serve(t)
	s.write("moves.md", moves)
	p := b.Open(t, s.server.Address("/file/moves.md"))
	p.Wait(`document.querySelectorAll(".cell").length === 10`)
	run := func(cells string) {
		browsertest.Eval[bool](p, `(`+cells+`.forEach((i) => document.querySelectorAll(".cell")[i].querySelector("button.run").click()), true)`)
	}
	run("[0, 1, 2, 4, 6, 7, 8, 9]")
	p.Wait(`document.querySelectorAll(".cell")[9].dataset.state === "done"`)

	browsertest.Eval[bool](p, `(() => {
		const sliders = document.querySelectorAll("input[type=range]");
		sliders[0].id = "scale";
		sliders[1].id = "angle";
		return true;
	})()`)
	p.Drag("#scale", browsertest.Spot{X: 0.1, Y: 0.5}, browsertest.Spot{X: 0.2, Y: 0.5}, browsertest.Spot{X: 0.5, Y: 0.5}, browsertest.Spot{X: 1, Y: 0.5})
	p.Wait(`[...document.querySelectorAll(".cell")[2].querySelectorAll("table.numbers td")].map((cell) => cell.textContent).join(" ") === "0 10 20 30"`)
	if !browsertest.Eval[bool](p, `["scale", "angle"].every((id) => document.getElementById(id)?.isConnected) && document.activeElement.id === "scale" && document.getElementById("scale").value === "10"`) {
		t.Error("the slider was taken away while it was moved")
	}

	run("[3]")
	p.Wait(`document.querySelectorAll(".cell")[3].querySelector(".dial")`)
	browsertest.Eval[bool](p, `(document.querySelector(".dial input").focus(), true)`)
	p.Press("End")
	p.Wait(`document.querySelectorAll(".cell")[3].innerText.includes("the dial was heard")`)

	browsertest.Eval[bool](p, `(document.querySelector(".predict input[value='3']").click(), document.querySelector(".predict .main").click(), true)`)
	p.Wait(`document.querySelector(".predict.committed, .committed")?.innerText.includes("3")`)
	run("[5]")
	p.Wait(`document.querySelector(".settled.wrong")?.innerText.includes("It is")`)
	if line := browsertest.Eval[string](p, `getComputedStyle(document.querySelector(".settled.wrong")).textDecorationLine`); line != "none" {
		t.Errorf("a bet that was lost is marked as a mistake in code is: %s", line)
	}

	browsertest.Eval[bool](p, `(async () => {
		const canvas = new OffscreenCanvas(400, 300);
		canvas.getContext("2d").fillRect(0, 0, 400, 300);
		const files = new DataTransfer();
		files.items.add(new File([await canvas.convertToBlob()], "own.png", {type: "image/png"}));
		const input = document.querySelector(".upload input");
		input.files = files.files;
		input.dispatchEvent(new Event("change"));
		return true;
	})()`)
	p.Wait(`document.querySelectorAll(".cell")[7].innerText.includes("[1 300 400 3]")`)

	p.Drag(".pad canvas", browsertest.Spot{X: 0.2, Y: 0.5}, browsertest.Spot{X: 0.5, Y: 0.5}, browsertest.Spot{X: 0.8, Y: 0.5})
	p.Wait(`document.querySelectorAll(".cell")[9].innerText.includes("there is ink: true")`)
}
