package notebook

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// testTyping writes a cell with an editor's help.
func testTyping(t *testing.T, b *browsertest.Browser, editor string) {
	s := serve(t)
	s.write("type.md", "```go\nimport \"reslab/nn\"\n```\n\n```go\n\n```\n\n```go\nvar a int = \"ä\" + missing\n```\n")
	r := openWith(t, b, s, "/file/type.md", editor)
	r.Click(r.cell(1) + " button.run")
	r.waitState(r.cell(1), "done")

	typed := func(want string) {
		t.Helper()
		r.Wait(fmt.Sprintf(`((e) => e.value ?? [...e.querySelectorAll(".cm-line")].map((l) => l.textContent).join("\n"))(%s) === %q`, focused, want))
	}
	popup := `[document, ...[...document.querySelectorAll(".codemirror")].map((e) => e.shadowRoot)].map((root) => root.querySelector(%q)).find(Boolean)`
	shown := func(selector, text string) {
		t.Helper()
		r.Wait(fmt.Sprintf(`(%s)?.innerText.includes(%q)`, fmt.Sprintf(popup, selector), text))
	}

	// Completion, by the types; the call and its arguments; a bracket closes itself.
	r.edit(r.cell(2))
	r.Type("t := nn.NewTen")
	shown(".completion, .cm-tooltip-autocomplete", "NewTensor")
	r.Shot("completion-" + editor)
	r.Pause(100 * time.Millisecond) // a person's pause: CodeMirror takes no choice before
	r.Press("Enter")
	typed("t := nn.NewTensor")
	r.Type("(2, 3")
	typed("t := nn.NewTensor(2, 3)")
	shown(".tip", "shape ...int")
	r.Shot("call-" + editor)
	r.Type(")")
	typed("t := nn.NewTensor(2, 3)")

	// Indentation.
	r.Press("Enter")
	r.Type("for {\nbreak\n}")
	typed("t := nn.NewTensor(2, 3)\nfor {\n\tbreak\n}")
	r.Press("Ctrl-a", "Ctrl-/")
	typed("// t := nn.NewTensor(2, 3)\n// for {\n// \tbreak\n// }")
	r.Press("Ctrl-/", "Tab")
	typed("\tt := nn.NewTensor(2, 3)\n\tfor {\n\t\tbreak\n\t}")
	r.Pause(600 * time.Millisecond) // what is done at once is undone at once
	r.Press("Shift-Tab")
	typed("t := nn.NewTensor(2, 3)\nfor {\n\tbreak\n}")
	r.Press("Ctrl-z")
	typed("\tt := nn.NewTensor(2, 3)\n\tfor {\n\t\tbreak\n\t}")
	r.Press("Ctrl-a", "Delete")
	typed("")

	// Documentation under the mouse.
	r.Type("nn.NewTensor(1)")
	r.Press("Escape", "Escape", "Escape")
	at := browsertest.Eval[[]float64](r.Page, fmt.Sprintf(`(() => {
		const root = document.querySelector(%q).shadowRoot ?? document.querySelector(%q);
		const line = root.querySelector(".cm-line, pre code").getBoundingClientRect();
		return [line.left + 60, line.top + 10];
	})()`, r.cell(2)+" .editor", r.cell(2)+" .editor"))
	r.Move(at[0]-20, at[1])
	r.Move(at[0], at[1])
	shown(".tip", "NewTensor returns")
	r.Shot("hover-" + editor)

	// A mistake is underlined where it is, and told below.
	r.Click(r.cell(3) + " button.run")
	r.waitState(r.cell(3), "failed")
	r.WaitText(r.cell(3)+" .mistake", "missing")
	r.Wait(fmt.Sprintf(`(document.querySelector(%q).shadowRoot ?? document.querySelector(%q)).querySelector(".wrong").textContent === "missing"`, r.cell(3)+" .editor", r.cell(3)+" .editor"))
	r.Shot("mistake-" + editor)
}

// most is how long a page of 200 cells may compute for a letter or for a step of
// scrolling: beyond it people feel that they wait.
const most = 50 * time.Millisecond

// testMany runs, types into and scrolls a notebook of 200 cells.
func testMany(t *testing.T, b *browsertest.Browser, editor string) {
	s := serve(t)
	s.write("many.md", long(200))
	r := openWith(t, b, s, "/file/many.md", editor)
	r.Wait(`document.querySelectorAll(".cell").length === 200`)
	r.Click(`.toolbar button[title="Run all"]`)
	r.waitState(r.cell(200), "done")
	r.edit(r.cell(100))
	r.Press("End", "Enter")
	r.Pause(100 * time.Millisecond)
	each := func(what string, n int, do func()) {
		t.Helper()
		before := r.Work()
		do()
		took := (r.Work() - before) / time.Duration(n)
		t.Logf("%s: the page computes for %.1f ms", what, took.Seconds()*1000)
		if took > most {
			t.Errorf("%s takes %v, more than %v", what, took, most)
		}
	}
	const line = "x := len(words) // the quick brown fox jumps\n"
	each("a letter", len(line), func() {
		r.Type(line)
		r.Pause(100 * time.Millisecond)
	})
	const steps = 20
	each("a step of scrolling", steps, func() {
		browsertest.Eval[bool](r.Page, fmt.Sprintf(`(async () => {
			for (let i = 0; i < %d; i++) {
				scrollBy(0, 400);
				await new Promise(requestAnimationFrame);
			}
			return true;
		})()`, steps))
	})
}

// testLooks asks axe about the page in all its clothes, and keeps pictures of
// them for people.
// testRoom types at the lower edge of the window: the list opens below the line,
// inside of the window, and covers none of the code above.
func testRoom(t *testing.T, b *browsertest.Browser, editor string) {
	s := serve(t)
	s.write("long.md", long(9))
	r := openWith(t, b, s, "/file/long.md", editor)
	r.Size(1280, 700)
	cell := r.cell(6)
	r.edit(cell)
	r.Press("End", "Enter")
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(scrollBy({top: document.querySelector(%q).getBoundingClientRect().bottom - innerHeight + 10, behavior: "instant"}), true)`, cell+" .source"))
	r.Type("str")
	r.Wait(fmt.Sprintf(`(() => {
		const source = document.querySelector(%q), root = source.querySelector(".codemirror")?.shadowRoot;
		const list = (root ?? document).querySelector(".completing, .cm-tooltip-autocomplete")?.getBoundingClientRect();
		const line = parseFloat(getComputedStyle(source).fontSize);
		return list && list.top > source.getBoundingClientRect().bottom - 2 * line && list.bottom <= innerHeight;
	})()`, cell+" .source"))
	r.Shot("room-" + editor)
}

func testLooks(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("looks.md", looks)
	r := open(t, b, s, "/file/looks.md")
	r.Click(`.toolbar button[title="Run all"]`)
	r.waitState(r.cell(5), "done")
	r.Size(1440, 900)
	r.Shot("light")
	r.axe("light")
	r.Dark(true)
	r.Shot("dark")
	r.axe("dark")
	r.Dark(false)
	r.Press("?")
	r.axe("keys")
	r.Press("Escape")
	r.Click(r.block(0))
	r.Press("p")
	r.Press("ArrowRight")
	r.WaitText(".present-bar", "2 of 3")
	r.Shot("present")
	r.axe("presenting")
	r.Press("ArrowRight")
	r.Wait(`!document.querySelector(".prose h2").checkVisibility()`)
	r.Shot("present-chart")
	r.Press("Escape")
	r.Size(380, 800)
	r.Wait(`document.documentElement.scrollWidth <= 380`)
	r.Wait(`Math.min(...[...document.querySelectorAll(".display figure text")].filter((text) => text.checkVisibility() && text.textContent).map((text) => text.getBoundingClientRect().height)) > 9`)
	r.Shot("narrow")
	r.axe("narrow")
	r.Print("paper")
}

const looks = "# How it looks\n\nSome prose with `code` and a [link](/lessons).\n\n## Numbers\n\n```go\nimport (\n\t\"fmt\"\n\n\t\"reslab/lessons/lab\"\n\t\"reslab/viz\"\n)\n```\n\n" +
	"```go\n// double doubles.\nfunc double(n int) int {\n\treturn 2 * n // twice\n}\n\nfor i := range 80 {\n\tfmt.Println(\"line\", i, double(i))\n}\n```\n\n```go\nx := 5\nfmt.Println(x + missing)\n```\n\n" +
	"## A chart\n\n```go\nlab.Show(viz.NewFigure(\"The loss falls\").Axes(\"step\", \"loss\").\n\tLine(\"plain\", viz.Plain, []float64{1, 2, 3, 4}, []float64{4, 3, 2.5, 2.2}).\n\tLine(\"residual\", viz.Residual, []float64{1, 2, 3, 4}, []float64{4, 2, 1, 0.5}))\n```\n\n```go\nlab.Check(\"nothing\", double)\n```\n"

// axe lets axe-core look for what keeps people out.
func (r *reader) axe(name string) {
	r.t.Helper()
	r.Axe(filepath.Join("page", "node_modules", "axe-core", "axe.min.js"), name)
}
