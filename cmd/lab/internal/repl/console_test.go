//go:build unix

package repl

import (
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
}

// sit starts a repl; its history lies in home.
func sit(t *testing.T, home string) *typist {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), onTerminal+"=1", "TERM=xterm-256color", "HOME="+home, "XDG_STATE_HOME="+home, "TMUX=", graphicsVariable+"=")
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
	y.sees("> ")
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
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		y.mu.Lock()
		shown := y.screen.String()[y.read:]
		if at := strings.Index(shown, text); at >= 0 {
			y.read += at + len(text)
			y.mu.Unlock()
			return
		}
		y.mu.Unlock()
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.Fatalf("the screen never shows %q, but\n%s", text, y.screen.String()[y.read:])
}

func (y *typist) leaves() {
	y.Helper()
	select {
	case <-y.ended:
	case <-time.After(20 * time.Second):
		y.Fatal("it does not leave")
	}
}

const enter, tab, ctrlC, ctrlD, up = "\r", "\t", "\x03", "\x04", "\x1b[A"

func TestTyping(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("1 + 2", enter)
	y.sees("\n3\n")
	y.types("func twice(n int) int {", enter, "return 2 * n", enter, "}", enter)
	y.sees("}")
	y.types("twice(21)", enter)
	y.sees("\n42\n")
	y.types("f() + y", enter)
	y.sees("undefined: f")
	y.sees("^")
	y.types(":what", enter)
	y.sees(":what is no command; :help lists them")
	y.types(ctrlD)
	y.leaves()
}

func TestTabCompletes(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("nn.NewConv", tab)
	y.sees("NewConv2D")
	y.types(ctrlC)
	y.types("height := 3", enter)
	y.types("heig", tab)
	y.sees("height")
	y.types(enter)
	y.sees("\n3\n")
	y.types("math.Sqrt(")
	y.sees("func math.Sqrt(x float64) float64")
	y.types("16)", enter)
	y.sees("\n4\n")
}

func TestCtrlC(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("func f() {", enter, ctrlC) // drops what is typed
	y.types("1 + 1", enter)
	y.sees("\n2\n")
	y.types("for {}", enter)
	time.Sleep(300 * time.Millisecond) // until it runs
	y.types(ctrlC)
	y.sees("Stopped.")
	y.types("2 + 2", enter)
	y.sees("\n4\n")
	y.types(ctrlC)
	y.sees("Ctrl-C once more, or Ctrl-D, leaves.")
	y.types(ctrlC)
	y.leaves()
}

func TestHistoryOutlivesTheSession(t *testing.T) {
	home := t.TempDir()
	first := sit(t, home)
	first.types("40 + 2", enter)
	first.sees("\n42\n")
	first.types(ctrlD)
	first.leaves()
	second := sit(t, home)
	second.types(up)
	second.sees("40 + 2")
	second.types(enter)
	second.sees("\n42\n")
}

func TestResize(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("len(\"abc")
	if err := pty.Setsize(y.terminal, &pty.Winsize{Rows: 20, Cols: 40}); err != nil {
		t.Fatal(err)
	}
	y.types("def\")", enter)
	y.sees("\n6\n")
}

func TestLiveDisplayStaysInItsPlace(t *testing.T) {
	y := sit(t, t.TempDir())
	y.types("live := lab.NewLive()", enter)
	y.types("for i := range 3 { live.Show(viz.NewFigure(fmt.Sprint(\"step \", i)).Line(\"loss\", viz.Plain, nil, []float64{1, 2, float64(i)})); time.Sleep(150 * time.Millisecond) }", enter)
	y.sees("step 0")
	y.sees("step 2")
	y.types("7", enter)
	y.sees("\n7\n")
}
