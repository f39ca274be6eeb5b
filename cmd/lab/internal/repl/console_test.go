//go:build unix

package repl

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// typist sits at a terminal of its own, on which a repl runs.
type typist struct {
	*testing.T
	terminal *os.File
	ended    chan error

	mu     sync.Mutex
	screen strings.Builder // all that was printed, without escapes
	read   int             // how much of it the test has seen
	escape bool            // there was one
}

// gaveUp is what a typist says who waited in vain.
type gaveUp string

// tries lets a typist try three times. A person who sees that a key was lost
// presses it again; the line editor loses some on a machine that is very busy.
func tries(t *testing.T, work func(t *testing.T)) {
	t.Helper()
	if testing.Short() {
		t.Skip("a person at a terminal takes time")
	}
	var said any
	for range 3 {
		if said = try(t, work); said == nil {
			return
		}
		t.Logf("once more, because %s", said)
	}
	t.Fatal(said)
}

func try(t *testing.T, work func(t *testing.T)) (said any) {
	defer func() {
		said = recover()
		if _, ok := said.(gaveUp); said != nil && !ok {
			panic(said)
		}
	}()
	work(t)
	return nil
}

// sit starts a repl; its history lies in home.
func sit(t *testing.T, home string) *typist { return sitAt(t, home, "xterm-256color") }

// sitAt starts a repl at a terminal of that kind.
func sitAt(t *testing.T, home, kind string) *typist {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), onTerminal+"=1", "TERM="+kind, "HOME="+home, "XDG_STATE_HOME="+home, "TMUX=", graphicsVariable+"=")
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 40, Cols: 110})
	if err != nil {
		t.Skipf("there is no terminal to be had: %v", err)
	}
	y := &typist{T: t, terminal: terminal, ended: make(chan error, 1)}
	go func() { y.ended <- c.Wait() }()
	go y.watch()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		terminal.Close()
	})
	y.sees("Ctrl-D leaves")
	y.prompted()
	return y
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;?<>=]* ?[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>78]|\x1b\\][^\x07]*\x07|\r")

func (y *typist) watch() {
	buffer := make([]byte, 4096)
	for {
		n, err := y.terminal.Read(buffer)
		text := string(buffer[:n])
		if strings.Contains(text, "\x1b[6n") { // where is the cursor?
			_, _ = io.WriteString(y.terminal, "\x1b[10;1R")
		}
		y.mu.Lock()
		y.escape = y.escape || strings.Contains(text, "\x1b")
		y.screen.WriteString(escapes.ReplaceAllString(text, ""))
		y.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// types presses the keys, one after another as a person does.
func (y *typist) types(keys ...string) {
	y.Helper()
	for _, key := range keys {
		if _, err := io.WriteString(y.terminal, key); err != nil {
			y.Fatal(err)
		}
		time.Sleep(60 * time.Millisecond)
	}
}

// sees waits until the screen shows text, behind what was seen last.
func (y *typist) sees(text string) {
	y.Helper()
	if !y.waits(text, 20*time.Second) {
		y.mu.Lock()
		defer y.mu.Unlock()
		panic(gaveUp(fmt.Sprintf("the screen never shows %q, but\n%s", text, y.screen.String()[y.read:])))
	}
}

// waits is sees, for so long.
func (y *typist) waits(text string, most time.Duration) bool {
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		y.mu.Lock()
		shown := y.screen.String()[y.read:]
		at := strings.Index(shown, text)
		if at >= 0 {
			y.read += at + len(text)
		}
		y.mu.Unlock()
		if at >= 0 {
			return true
		}
	}
	return false
}

func (y *typist) leaves() {
	y.Helper()
	select {
	case <-y.ended:
	case <-time.After(20 * time.Second):
		panic(gaveUp("it does not leave"))
	}
}

// enters types a line, waits for what it gives, and for the next prompt: what is
// typed before that is lost, as the line editor empties the terminal's queue.
func (y *typist) enters(line, gives string) {
	y.Helper()
	y.types(line)
	y.presses(enter, gives)
	y.prompted()
}

// presses presses a key until the screen shows text: on a busy machine the line
// editor may lose a key while it waits to hear where the cursor is.
func (y *typist) presses(key, text string) {
	y.Helper()
	for range 10 {
		y.types(key)
		if y.waits(text, 6*time.Second) {
			return
		}
	}
	y.sees(text)
}

// prompted waits until the line editor listens: it has asked the terminal where
// the cursor is, and been told.
func (y *typist) prompted() {
	y.Helper()
	y.sees("> ")
	time.Sleep(300 * time.Millisecond)
}

// pastes puts text in at once, as terminals do that know bracketed paste.
func (y *typist) pastes(text string) {
	y.Helper()
	y.types("\x1b[200~" + text + "\x1b[201~")
}

const enter, tab, ctrlC, ctrlD, up = "\r", "\t", "\x03", "\x04", "\x1b[A"

func TestTyping(t *testing.T) { tries(t, typing) }

func typing(t *testing.T) {
	y := sit(t, t.TempDir())
	y.enters("1 + 2", "\n3\n")
	y.types("func twice(n int) int {")
	y.presses(enter, "\n")
	y.types("return 2 * n")
	y.presses(enter, "\n")
	y.types("}")
	y.presses(enter, "}\n")
	y.prompted()
	y.enters("twice(21)", "\n42\n")
	y.enters("f() + y", "undefined: f")
	y.enters(":what", ":what is no command; :help lists them")
	y.types(ctrlD)
	y.leaves()
}

func TestTabCompletes(t *testing.T) { tries(t, tabCompletes) }

func tabCompletes(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("nn.NewConv")
	y.presses(tab, "NewConv2D")
	y.presses(ctrlC, "\n")
	y.prompted()
	y.enters("height := 3", "height := 3\n")
	y.types("heig")
	y.presses(tab, "height")
	y.presses(enter, "\n3\n")
	y.prompted()
	y.types("math.Sqrt(")
	y.sees("func math.Sqrt(x float64) float64")
	y.enters("16)", "\n4\n")
}

func TestCtrlC(t *testing.T) { tries(t, stopping) }

func stopping(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("func f() {", enter, ctrlC) // drops what is typed
	y.prompted()
	y.enters("1 + 1", "\n2\n")
	y.types("for {}", enter)
	time.Sleep(500 * time.Millisecond) // until it runs
	y.presses(ctrlC, "Stopped.")
	y.prompted()
	y.enters("2 + 2", "\n4\n")
	y.presses(ctrlC, "Ctrl-C once more, or Ctrl-D, leaves.")
	y.prompted()
	y.types(ctrlC)
	y.leaves()
}

func TestHistoryOutlivesTheSession(t *testing.T) { tries(t, historyOutlivesTheSession) }

func historyOutlivesTheSession(t *testing.T) {
	home := t.TempDir()
	first := sit(t, home)
	first.enters("40 + 2", "\n42\n")
	first.types(ctrlD)
	first.leaves()
	second := sit(t, home)
	second.presses(up, "40 + 2")
	second.presses(enter, "\n42\n")
}

// TestTerminalThatOnlyPrints: nothing moves a cursor that is not there, and the
// rest is as elsewhere.
func TestTerminalThatOnlyPrints(t *testing.T) { tries(t, terminalThatOnlyPrints) }

func terminalThatOnlyPrints(t *testing.T) {
	y := sitAt(t, t.TempDir(), "dumb")
	y.types("func twice(n int) int {\n", "return 2 * n\n", "}\n")
	y.sees(". ")
	y.types("twice(21)\n")
	y.sees("\n42\n> ")
	y.types("for {\n", ctrlC) // drops what is typed
	y.sees("Ctrl-D leaves.")
	y.types("for {}\n")
	time.Sleep(500 * time.Millisecond) // until it runs
	y.presses(ctrlC, "Stopped.")
	y.types("twice(\"a\")\n")
	y.sees("cannot use")
	y.types(":what\n")
	y.sees(":what is no command")
	y.types(ctrlD)
	y.leaves()
	if y.mu.Lock(); y.escape {
		t.Error("something was printed that this terminal does not know")
	}
	y.mu.Unlock()
}

// TestPastedTabs: a terminal that does not say what was pasted sends its tabs as
// keys, and the code must come out as it was.
func TestPastedTabs(t *testing.T) { tries(t, pastedTabs) }

func pastedTabs(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("func f(x int) int {\r\tif x > 2 {\r\t\treturn x\r\t}\r\treturn 2 * x\r}")
	y.sees("2 * x")
	y.sees("}")
	time.Sleep(300 * time.Millisecond) // until the editor has drawn all
	y.types(enter)
	y.prompted()
	y.enters("f(3)", "\n3\n")
	y.types("if true {", enter, tab)
	y.types("fmt.Pri", tab) // where there is something to complete, it does
	y.sees("fmt.Print")
}

func TestResize(t *testing.T) { tries(t, resize) }

func resize(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("len(\"abc")
	if err := pty.Setsize(y.terminal, &pty.Winsize{Rows: 20, Cols: 40}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond) // until the editor has drawn anew
	y.presses("def\")", "def\")")
	y.presses(enter, "\n6\n")
}

func TestLiveDisplayStaysInItsPlace(t *testing.T) { tries(t, liveDisplayStaysInItsPlace) }

func liveDisplayStaysInItsPlace(t *testing.T) {
	y := sit(t, t.TempDir())
	y.enters("live := lab.NewLive()", "NewLive()\n")
	y.pastes("for i := range 3 { live.Show(viz.NewFigure(fmt.Sprint(\"step \", i)).Line(\"loss\", viz.Plain, nil, []float64{1, 2, float64(i)})); time.Sleep(150 * time.Millisecond) }")
	y.presses(enter, "step 0")
	y.sees("step 2")
	y.prompted()
	y.enters("7", "\n7\n")
}
