package notebook

import (
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

const tour = "# A tour\n\nSome prose with `code` and a [link](https://example.org).\n\n## Numbers\n\n```go\nimport (\n\t\"fmt\"\n\n\t\"reslab/lessons/lab\"\n\t\"reslab/nn\"\n\t\"reslab/viz\"\n)\n```\n\n```go\n// double doubles.\nfunc double(n int) int {\n\treturn 2 * n // twice\n}\n\nfor i := range 100 {\n\tfmt.Println(\"line\", i, double(i))\n}\n```\n\nMore prose.\n\n```go\nx := 5\nfmt.Println(undefinedName + x)\n```\n\n## Charts\n\n```go\nf := viz.NewFigure(\"The loss falls\").Axes(\"step\", \"loss\").Line(\"plain\", viz.Plain, []float64{1, 2, 3, 4}, []float64{4, 3, 2.5, 2.2}).Line(\"residual\", viz.Residual, []float64{1, 2, 3, 4}, []float64{4, 2, 1, 0.5})\nlab.Show(f)\n```\n\n```go\nt := nn.NewTensor(1, 3, 3, 1)\nt\n```\n\n```go\nfor {\n}\n```\n"

func TestPageX(t *testing.T) {
	b := browsertest.Start(t)
	s := serve(t)
	s.write("tour.md", tour)
	p := b.Open(t, s.server.Address("/file/tour.md"))
	p.Wait(`document.querySelectorAll(".cell").length > 5`)
	p.Click(`.toolbar button[title="Run all"]`)
	p.Wait(`document.querySelectorAll(".cell")[2].dataset.state === "failed"`)
	p.Shot("ran")
	p.Click(`.toolbar button[title^="Stop"]`)
	browsertest.Eval[bool](p, `(scrollTo(0, 1000), true)`)
	p.Shot("ran2")
	p.Click(`.cell[data-id=` + browsertest.Eval[string](p, `document.querySelectorAll(".cell")[3].dataset.id`) + `] button.run`)
	p.Wait(`document.querySelectorAll(".cell")[3].dataset.state === "done"`)
	p.Click(`.cell[data-id=` + browsertest.Eval[string](p, `document.querySelectorAll(".cell")[4].dataset.id`) + `] button.run`)
	p.Wait(`document.querySelectorAll(".cell")[4].dataset.state === "done"`)
	browsertest.Eval[bool](p, `(scrollTo(0, 10000), true)`)
	p.Shot("ran3")
	p.Dark(true)
	p.Shot("dark")
	p.Dark(false)
	p.Press("?")
	p.Shot("help")
	p.Press("Escape")
	p.Press("p")
	p.Shot("present1")
	p.Press("ArrowRight")
	p.Shot("present2")
	p.Press("Escape")
	p.Size(380, 800)
	p.Shot("narrow")
	p.Print("paper")
}
