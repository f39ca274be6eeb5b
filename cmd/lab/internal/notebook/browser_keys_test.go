package notebook

import (
	"fmt"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// TestKeyboard goes through a notebook without a mouse.
func TestKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	t.Run("path", func(t *testing.T) { testKeyboardPath(t, b) })
	t.Run("tab", func(t *testing.T) { testTabStops(t, b) })
}

const keysNotebook = "# Keys\n\n## One\n\nFirst.\n\n```go\nimport \"reslab/lessons/lab\"\nscale := lab.Slider(\"scale\", 0, 10, 1)\n```\n\n## Two\n\nSecond.\n\n```go\nscale * 2\n```\n"

// on waits until the focus is on the element that a selector finds.
func (r *reader) on(selector string) {
	r.t.Helper()
	r.Wait(fmt.Sprintf(focused+`.matches(%q)`, selector))
}

// testKeyboardPath runs a cell, hears what came of it, moves a control, edits,
// and uses the menu, the sections and the list of keys.
func testKeyboardPath(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("keys.md", keysNotebook)
	r := open(t, b, s, "/file/keys.md")
	r.Size(1000, 800) // where the sections are a panel
	heard := func(text string) {
		t.Helper()
		r.Wait(fmt.Sprintf(`document.querySelector("#announcer").textContent === %q`, text))
	}
	toCell := func(n int) { // down to a cell
		t.Helper()
		for range 6 {
			if browsertest.Eval[bool](r.Page, fmt.Sprintf(focused+`.matches(%q)`, r.cell(n))) {
				break
			}
			r.Press("j")
		}
		r.on(r.cell(n))
	}
	r.Press("Tab", "Enter", "Tab") // the link that skips the bar, and the first block
	r.on(".block")
	toCell(1)
	r.Press("Ctrl-Enter")
	r.waitState(r.cell(1), "done")
	r.on(".cell")
	for range 12 {
		r.Press("Tab")
		if browsertest.Eval[bool](r.Page, focused+`.matches("input[type=range]")`) {
			break
		}
	}
	r.on("input[type=range]")
	r.Press("End")
	r.WaitText(r.cell(1)+" output.value", "10")
	r.Press("Escape")
	r.on(".cell")
	toCell(2)
	r.Press("Enter")
	r.on("textarea")
	r.Press("Ctrl-a")
	r.Type("scale * 3")
	r.Press("Ctrl-Enter")
	r.waitState(r.cell(2), "done")
	heard("Cell 2 done: 30")
	r.Press("Enter", "Ctrl-a") // to run it has left the text
	r.Type("scale + nosuch")
	r.Press("Shift-Enter")
	r.waitState(r.cell(2), "failed")
	r.Wait(`document.querySelector("#announcer").textContent.startsWith("Cell 2 failed: ")`)
	r.Press("Escape")
	r.on(".cell, .prose")

	// The list of keys gives the focus back.
	before := browsertest.Eval[string](r.Page, focused+`.dataset.id`)
	r.Press("?")
	r.Wait(`document.querySelector("dialog.help").open`)
	r.Press("Escape")
	r.Wait(fmt.Sprintf(focused+`.dataset.id === %q`, before))

	// The menu opens, closes by Escape, and closes when the focus goes on.
	focusOn := func(selector string) {
		browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, selector))
	}
	focusOn(".menu summary")
	r.Press("Enter", "Tab")
	r.on(".menu .items button")
	r.Press("Escape")
	r.on(".menu summary")
	r.Wait(`!document.querySelector(".menu").open`)
	r.Press("Enter")
	r.Wait(`document.querySelector(".menu").open`)
	for range 12 {
		r.Press("Tab")
	}
	r.Wait(`!document.querySelector(".menu").open`)

	// The sections open, close by Escape, and lead to the block of a section.
	const panel = `document.querySelector("#outline.open")`
	focusOn(`.toolbar button[aria-label="Sections"]`)
	r.Press("Enter")
	r.on("#outline a")
	r.Press("Escape")
	r.Wait("!" + panel)
	r.on(`.toolbar button[aria-label="Sections"]`)
	r.Press("Enter", "Tab", "Enter")
	r.Wait("!" + panel)
	r.Wait(focused + `.matches(".prose") && ` + focused + `.innerText.startsWith("Two")`)
}

// testTabStops goes through all of a lesson's first part by Tab: each place has a
// name, shows that it has the focus, is on the screen, and can be left.
func testTabStops(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/02")
	r.runCells("import (")
	browsertest.Eval[bool](r.Page, `(document.activeElement.blur(), scrollTo(0, 0), true)`)
	type stop struct {
		What                   string
		Named, Shown, OnScreen bool
	}
	const look = `(async () => {
		await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		const e = ` + focused + `;
		const block = e.closest(".block");
		const mark = e === block && getComputedStyle(block, "::before").backgroundColor;
		const style = getComputedStyle(e);
		const name = e.ariaLabel || e.labels?.[0]?.innerText || e.innerText?.trim() || e.title || e.alt;
		const source = e.closest(".source");
		const box = e.getBoundingClientRect();
		return {
			What: e.outerHTML.slice(0, 120), Named: Boolean(name),
			Shown: parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none" || mark && mark !== "rgba(0, 0, 0, 0)" || Boolean(source && getComputedStyle(source).borderColor !== "rgba(0, 0, 0, 0)"),
			OnScreen: box.bottom > 0 && box.top < innerHeight,
		};
	})()`
	seen := map[string]int{}
	for range 80 {
		r.Press("Tab")
		at := browsertest.Eval[stop](r.Page, look)
		seen[at.What]++
		if !at.Named || !at.Shown || !at.OnScreen {
			t.Errorf("named %v, shows its focus %v, on the screen %v: %s", at.Named, at.Shown, at.OnScreen, at.What)
		}
	}
	if len(seen) < 30 {
		t.Errorf("80 times Tab comes to %d places only: %v", len(seen), seen)
	}
}
