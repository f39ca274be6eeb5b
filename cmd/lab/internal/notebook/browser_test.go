package notebook

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"reslab/cmd/lab/internal/notebook/browsertest"
	page "reslab/cmd/lab/internal/notebook/page"
)

// TestBrowser is a learner in front of the page, in a real Chromium.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	t.Run("lesson", func(t *testing.T) { testLesson(t, b) })
	t.Run("blocks", func(t *testing.T) { testBlocks(t, b) })
	t.Run("runaway", func(t *testing.T) { testRunaway(t, b) })
	t.Run("lost", func(t *testing.T) { testLost(t, b) })
	t.Run("place", func(t *testing.T) { testPlace(t, b) })
	t.Run("elsewhere", func(t *testing.T) { testElsewhere(t, b) })
	t.Run("disk", func(t *testing.T) { testDisk(t, b) })
	t.Run("looks", func(t *testing.T) { testLooks(t, b) })
	for _, editor := range editors(t) {
		t.Run("typing/"+editor, func(t *testing.T) { testTyping(t, b, editor) })
		t.Run("room/"+editor, func(t *testing.T) { testRoom(t, b, editor) })
		t.Run("many/"+editor, func(t *testing.T) { testMany(t, b, editor) })
	}
}

// editors are those that can be tested: CodeMirror only where npm built it.
func editors(t *testing.T) []string {
	if _, err := page.Read("dist/codemirror.js"); err != nil {
		t.Log("CodeMirror was not built: only the plain editor is tested (`make` builds it)")
		return []string{"plain"}
	}
	return []string{"plain", "codemirror"}
}

// A reader is a learner with a notebook open.
type reader struct {
	*browsertest.Page
	t *testing.T
}

// open opens a notebook and waits until it is there. The editor is the plain
// one.
func open(t *testing.T, b *browsertest.Browser, s *site, path string) *reader {
	t.Helper()
	return openWith(t, b, s, path, "plain")
}

func openWith(t *testing.T, b *browsertest.Browser, s *site, path, editor string) *reader {
	t.Helper()
	address := s.server.Address(path)
	if editor == "plain" {
		address += "&plain"
	}
	r := &reader{b.Open(t, address), t}
	r.Wait(`document.querySelector("#blocks[aria-busy=false] .block")`)
	return r
}

// waitFor waits until a file of the folder has a text in it.
func (s *site) waitFor(name, text string) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(s.read(name), text); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%s never got %q:\n%s", name, text, s.read(name))
		}
	}
}

// block is a selector of the block number n from the top, from 0; cell of the
// cell number n, from 1.
func (r *reader) block(n int) string {
	r.t.Helper()
	return fmt.Sprintf(`[data-id=%q]`, browsertest.Eval[string](r.Page, fmt.Sprintf(`document.querySelectorAll(".block")[%d].dataset.id`, n)))
}

func (r *reader) cell(n int) string {
	r.t.Helper()
	return fmt.Sprintf(`[data-id=%q]`, browsertest.Eval[string](r.Page, fmt.Sprintf(`document.querySelectorAll(".cell")[%d].dataset.id`, n-1)))
}

// show brings a block onto the screen: the text of what is far away is not known.
func (r *reader) show(block string) {
	r.t.Helper()
	browsertest.Eval[bool](r.Page, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({block: "center"}), true)`, block))
	r.Pause(50 * time.Millisecond)
}

// waitState waits until a cell's run has come to a state.
func (r *reader) waitState(cell, state string) {
	r.t.Helper()
	r.Wait(fmt.Sprintf(`document.querySelector(%q).dataset.state === %q`, cell, state))
}

// focused is the innermost element that has the focus.
const focused = `((e) => { while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e; })(document.activeElement)`

// source is the text of the cell that is being edited.
func (r *reader) source() string {
	r.t.Helper()
	return browsertest.Eval[string](r.Page, `((e) => e.value ?? [...e.querySelectorAll(".cm-line")].map((l) => l.textContent).join("\n"))(`+focused+`)`)
}

// edit puts the caret into a cell's text, by mouse, and selects all of it.
func (r *reader) edit(cell string) {
	r.t.Helper()
	r.Click(cell + " .source")
	r.Wait(focused + `.matches("textarea, .cm-content")`)
	r.Press("Ctrl-a")
}

// testLesson goes through a lesson: worked cells, an exercise that fails, a hint,
// the right answer, reset.
func testLesson(t *testing.T, b *browsertest.Browser) {
	r := open(t, b, serve(t), "/lesson/02")
	r.WaitText(".toolbar .title", "Convolution")
	r.Wait(`document.querySelectorAll("#outline a").length > 5`)

	r.Click(r.cell(1) + " button.run")
	r.waitState(r.cell(1), "done")
	r.Press("Escape") // from the button to its cell
	r.Press("j")
	for r.Text(":focus .number") != "2" {
		r.Press("j")
	}
	r.Press("Ctrl-Enter")
	r.waitState(r.cell(2), "done")
	r.WaitText(r.cell(2)+" .output", "[0 4 4 0 -3]")

	exercise := ".cell.is-exercise"
	r.show(exercise)
	if !strings.Contains(r.Text(exercise+" .source"), "func stops") {
		t.Fatalf("the lesson's first exercise is no longer stops:\n%s", r.Text(exercise))
	}
	r.Click(exercise + " .exercise button") // Check
	r.WaitText(exercise+" .verdict.failed", "Not yet.")
	if words := r.Text(exercise + " .verdict"); !strings.Contains(words, "yours gives") {
		t.Errorf("the counter-example says %q", words)
	}
	r.Shot("exercise-failed")
	r.Click(exercise + " .exercise button:nth-of-type(2)")
	r.WaitText(exercise+" .aside.hint h4", "Hint 1")
	r.WaitText(exercise+" .exercise", "1 of 2 read")
	r.Wait(fmt.Sprintf(`!document.querySelector(%q)`, exercise+" .aside.hint:nth-child(2)"))

	r.edit(exercise)
	r.Type("func stops(in, kernel, stride, pad int) int {\nroom := in + 2*pad - kernel\nif room < 0 {\nreturn 0\n}\nreturn room/stride + 1\n}\nlab.Check(\"stops\", stops)")
	r.Press("Ctrl-Enter")
	r.WaitText(exercise+" .verdict.passed", "Right.")
	r.WaitText(exercise+" .solved", "solved")
	r.WaitText(exercise+" .changed", "changed from the lesson")
	r.Shot("exercise-passed")
	r.Click(exercise + " .exercise button:nth-of-type(3)")
	r.WaitText(exercise+" .aside.solution", "func stops")

	r.Click(exercise + " .changed button")
	r.WaitText(exercise+" .source", "hole 1")
	r.Wait(fmt.Sprintf(`!document.querySelector(%q).checkVisibility()`, exercise+" .changed"))
	r.WaitText(exercise+" .solved", "solved")
}

const three = "# Three\n\nFirst.\n\n```go\nx := 1\n```\n\n```go\ny := x + 1\ny\n```\n\n```go\n\"last\"\n```\n"

// testBlocks changes a notebook with keys alone.
func testBlocks(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("three.md", three)
	r := open(t, b, s, "/file/three.md")
	sources := func(want string) {
		t.Helper()
		r.Wait(fmt.Sprintf(`[...document.querySelectorAll(".cell .source code")].map((e) => e.innerText.trim().replace(/\s*\n\s*/g, ";")).join("|") === %q`, want))
	}
	sources(`x := 1|y := x + 1;y|"last"`)
	r.Press("Tab", "Enter") // the link that skips the bar
	r.Press("Tab")          // the first block
	r.Wait(`document.activeElement === document.querySelector(".block")`)
	r.Press("j", "Shift-Enter", "Shift-Enter")
	r.waitState(r.cell(2), "done")
	r.WaitText(r.cell(2)+" .output", "2")
	r.Press("a")
	sources(`x := 1|y := x + 1;y||"last"`)
	r.Press("Enter")
	r.Type("z := 3")
	r.Press("Escape")
	sources(`x := 1|y := x + 1;y|z := 3|"last"`)
	r.Press("Alt-ArrowUp")
	sources(`x := 1|z := 3|y := x + 1;y|"last"`)
	r.Press("z")
	sources(`x := 1|y := x + 1;y|z := 3|"last"`)
	r.Press("d", "d")
	sources(`x := 1|y := x + 1;y|"last"`)
	r.Press("z")
	sources(`x := 1|y := x + 1;y|z := 3|"last"`)

	// What is stale runs again when it is asked to.
	r.Press("k", "k", "k", "k", "k", "j")
	r.Press("Enter", "Ctrl-a")
	r.Type("x := 41")
	r.Press("Ctrl-Enter")
	r.Wait(fmt.Sprintf(`document.querySelector(%q).classList.contains("is-stale")`, r.cell(2)))
	r.Click(`.toolbar .tools button:nth-child(2)`)
	r.WaitText(r.cell(2)+" .output", "42")
	r.Wait(fmt.Sprintf(`!document.querySelector(%q).classList.contains("is-stale")`, r.cell(2)))

	// Text is Markdown.
	r.Press("Escape")
	r.Press("m")
	r.Wait(`document.querySelectorAll(".cell").length === 3`)
	r.Press("Enter", "Ctrl-a")
	r.Type("Some *new* text")
	r.Press("Shift-Enter")
	r.Wait(`[...document.querySelectorAll(".prose em")].some((e) => e.textContent === "new")`)
	r.Press("?")
	r.Wait(`document.querySelector("dialog.help").open`)
	r.Press("Escape")
	r.Wait(`!document.querySelector("dialog.help").open`)
	s.waitFor("three.md", "Some *new* text")
}

// testRunaway stops a cell that would never end; the session stays.
func testRunaway(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("loop.md", "```go\nx := 7\n```\n\n```go\nfor {\n}\n```\n\n```go\nx * 6\n```\n\n```output\n43\n```\n")
	r := open(t, b, s, "/file/loop.md")
	r.Click(`.toolbar button[title="Run all"]`)
	r.waitState(r.cell(2), "running")
	r.WaitText(".toolbar .kernel", "running")
	r.Click(r.cell(2) + " .number")
	r.Press("i", "i")
	r.waitState(r.cell(2), "stopped")
	r.Click(r.cell(3) + " button.run")
	r.WaitText(r.cell(3)+" .output", "42")
	r.WaitText(r.cell(3)+" .expected .label", "The file says")
	r.WaitText(".toolbar .kernel", "ready")
}

// A line is a listener whose connections can be cut, as a bad network does.
type line struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
	down  bool
}

func (l *line) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.conns = append(l.conns, c)
		if l.down {
			c.Close()
		}
	}
	return c, err
}

// cut ends all connections; while the line is down, new ones end at once.
func (l *line) cut(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
	for _, c := range l.conns {
		c.Close()
	}
	l.conns = nil
}

// testLost loses the connection while a cell prints and a text is typed: nothing
// is lost of either.
func testLost(t *testing.T, b *browsertest.Browser) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{Listener: listener}
	s := serveOn(t, t.TempDir(), l)
	s.write("count.md", "```go\nimport (\n\t\"fmt\"\n\t\"time\"\n)\nfor i := range 40 {\n\tfmt.Println(\"number\", i)\n\ttime.Sleep(50 * time.Millisecond)\n}\n```\n\n```go\nold\n```\n")
	r := open(t, b, s, "/file/count.md")
	r.Tolerate("WebSocket connection to")
	r.Tolerate("Failed to load resource")
	r.Click(r.cell(1) + " button.run")
	r.WaitText(r.cell(1)+" .output", "number 5")
	l.cut(true)
	r.edit(r.cell(2))
	r.Type("typed_alone")
	r.WaitText(".banner.lost", "connection")
	r.WaitText(".toolbar .kernel", "no connection")
	r.WaitText(".toolbar .saved", "not saved yet")
	r.Shot("lost")
	l.cut(false)
	r.Wait(`!document.querySelector(".banner.lost")`)
	r.waitState(r.cell(1), "done")
	r.Wait(fmt.Sprintf(`document.querySelector(%q).innerText.trim() === Array.from({length: 40}, (_, i) => "number " + i).join("\n")`, r.cell(1)+" .output pre"))
	if got := r.source(); got != "typed_alone" {
		t.Errorf("after the line came back the cell says %q", got)
	}
	s.waitFor("count.md", "typed_alone")
}

// testPlace reloads a long notebook, which opens where it was left.
func testPlace(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("long.md", long(60))
	r := open(t, b, s, "/file/long.md")
	cell := r.cell(40)
	r.Click(cell + " button.run")
	r.WaitText(cell+" .output", "39")
	r.Press("Escape")
	const top = `Math.round(document.querySelector(%q).getBoundingClientRect().top)`
	r.Pause(400 * time.Millisecond) // the place is kept when scrolling rests
	before := browsertest.Eval[int](r.Page, fmt.Sprintf(top, cell))
	r.Reload()
	r.Wait(`document.querySelector("#blocks[aria-busy=false] .block")`)
	cell = r.cell(40)
	r.WaitText(cell+" .output", "39")
	r.Wait(fmt.Sprintf(`Math.abs(%s - %d) < 12`, fmt.Sprintf(top, cell), before))
	r.Press("Enter") // the cell is selected: keys go to it
	r.Wait(fmt.Sprintf(`document.querySelector(%q).contains(document.activeElement)`, cell))
}

// long is a notebook of n sections with a cell each.
func long(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "## Section %d\n\nSome words about the number %d, enough of them to fill a line and a bit more than that.\n\n```go\n// value returns the number of its section.\nfunc value%d() int {\n\treturn %d\n}\n\nvalue%d()\n```\n\n", i, i, i, i, i)
	}
	return b.String()
}

// testElsewhere opens a notebook twice: the second page is told, and takes over.
func testElsewhere(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("three.md", three)
	first := open(t, b, s, "/file/three.md")
	second := open(t, b, s, "/file/three.md")
	second.WaitText(".banner.elsewhere", "another tab")
	second.Shot("elsewhere")
	second.Click(".banner.elsewhere button")
	second.Wait(`!document.querySelector(".banner.elsewhere")`)
	first.WaitText(".banner.elsewhere", "another tab")
	second.Click(second.cell(1) + " button.run")
	second.waitState(second.cell(1), "done")
	first.waitState(first.cell(1), "done") // it goes on showing
}

// testDisk changes the file behind the page's back.
func testDisk(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("three.md", three)
	r := open(t, b, s, "/file/three.md")
	r.edit(r.cell(1))
	r.Type("x := 5")
	s.waitFor("three.md", "x := 5")
	s.write("three.md", strings.Replace(three, "First.", "Changed by hand.", 1))
	r.WaitText(".banner.disk", "another program")
	r.Shot("disk")
	r.Click(".banner.disk button:nth-of-type(2)")
	r.WaitText(".prose", "Changed by hand.")
	r.WaitText(r.cell(1)+" .source", "x := 1")
}
