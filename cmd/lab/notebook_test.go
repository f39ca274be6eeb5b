package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// A lab that runs as a process of its own.
type labProcess struct {
	command *exec.Cmd
	address string
	client  *http.Client
}

// startNotebook runs lab notebook in a folder and opens its first page.
func startNotebook(t *testing.T, dir string, args ...string) *labProcess {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &labProcess{command: exec.Command(self, append([]string{"notebook", "--no-browser"}, args...)...), client: &http.Client{Jar: jar}}
	l.command.Dir = dir
	l.command.Env = append(os.Environ(), "RESLAB_TEST_LAB=1", "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
	out, err := l.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	l.command.Stderr = os.Stderr
	if err := l.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = l.command.Process.Kill() // it has ended, mostly
		_ = l.command.Wait()
	})
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("it prints no address")
	}
	l.address = lines.Text()
	answer, err := l.client.Get(l.address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", l.address, answer.Status)
	}
	return l
}

// open connects a page with a notebook.
func (l *labProcess) open(t *testing.T, notebook string) *websocket.Conn {
	t.Helper()
	at, err := url.Parse(l.address)
	if err != nil {
		t.Fatal(err)
	}
	socket := "http://" + at.Host + "/socket?notebook=" + url.QueryEscape(notebook)
	connection, _, err := websocket.Dial(context.Background(), socket, &websocket.DialOptions{HTTPClient: l.client, HTTPHeader: http.Header{"Origin": {"http://" + at.Host}}})
	if err != nil {
		t.Fatal(err)
	}
	connection.SetReadLimit(1 << 20)
	t.Cleanup(func() { connection.CloseNow() })
	return connection
}

func say(connection *websocket.Conn, message map[string]any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return connection.Write(context.Background(), websocket.MessageText, text)
}

// typed is a keystroke: how long the text was, and when.
type typed struct {
	edit int
	at   time.Time
}

// The server is killed while somebody types: the last second may be lost, and
// nothing that was said to be saved.
func TestKilledWhileTyping(t *testing.T) {
	times := 3
	if testing.Short() {
		times = 1
	}
	for i := range times {
		t.Run(fmt.Sprint(i), func(t *testing.T) { killWhileTyping(t, 900*time.Millisecond+time.Duration(i)*370*time.Millisecond) })
	}
}

func killWhileTyping(t *testing.T, after time.Duration) {
	dir := t.TempDir()
	file := filepath.Join(dir, "net.md")
	if err := os.WriteFile(file, []byte("# A notebook\n\n```go\nx := 0\n```\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	lab := startNotebook(t, dir, "--addr", "127.0.0.1:0", "net.md")
	connection := lab.open(t, "file/net.md")
	saved := make(chan int, 1)
	go func() {
		last := 0
		for {
			_, text, err := connection.Read(context.Background())
			if err != nil {
				saved <- last
				return
			}
			var m struct {
				T    string
				Edit int
			}
			if json.Unmarshal(text, &m) == nil && m.T == "saved" {
				last = max(last, m.Edit)
			}
		}
	}()
	var all []typed
	for began := time.Now(); time.Since(began) < after; time.Sleep(15 * time.Millisecond) {
		n := len(all) + 1
		if err := say(connection, map[string]any{"t": "edit", "id": "b2", "source": fmt.Sprintf("x := %d", n), "edit": n}); err != nil {
			t.Fatal(err)
		}
		all = append(all, typed{n, time.Now()})
	}
	killed := time.Now()
	if err := lab.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	told := <-saved
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("^# A notebook\n\n```go\nx := ([0-9]+)\n```\n$").FindSubmatch(text)
	if found == nil {
		t.Fatalf("the file is broken:\n%s", text)
	}
	var kept int
	fmt.Sscan(string(found[1]), &kept)
	old := 0 // what was typed more than a second before the end
	for _, k := range all {
		if killed.Sub(k.at) > time.Second {
			old = k.edit
		}
	}
	if kept < old || kept < told {
		t.Errorf("of %d edits the first %d are kept; %d were older than a second, %d were said to be saved", len(all), kept, old, told)
	}
	t.Logf("killed after %d edits: %d are kept, %d were said to be saved", len(all), kept, told)
}

// Ctrl-C saves, ends the kernel and says nothing is wrong.
func TestInterruptedNotebook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot send Ctrl-C to another here")
	}
	dir := t.TempDir()
	lab := startNotebook(t, dir, "--addr", "127.0.0.1:0", "net.md")
	connection := lab.open(t, "file/net.md")
	if err := say(connection, map[string]any{"t": "insert", "kind": "cell", "source": "for {}"}); err != nil {
		t.Fatal(err)
	}
	for running := false; !running; {
		_, text, err := connection.Read(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"t":"block"`) {
			if err := say(connection, map[string]any{"t": "run-all"}); err != nil {
				t.Fatal(err)
			}
		}
		running = strings.Contains(string(text), `"state":"running"`)
	}
	if err := lab.command.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := lab.command.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "net.md")); err != nil || string(text) != "```go\nfor {}\n```\n" {
		t.Errorf("on disk is %q, %v", text, err)
	}
}

// A port that is taken: with --addr a sentence, without the next port.
func TestPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	status, _, errOut := run(t, "", "notebook", "--no-browser", "--addr", taken.Addr().String())
	if status != 1 || !strings.Contains(errOut, "another lab may be there") || strings.Count(errOut, "\n") != 1 {
		t.Errorf("status %d, %q", status, errOut)
	}
	first := startNotebook(t, t.TempDir())
	second := startNotebook(t, t.TempDir())
	one, _ := url.Parse(first.address)
	two, _ := url.Parse(second.address)
	if one.Host == two.Host || one.Query().Get("token") == two.Query().Get("token") {
		t.Errorf("two labs: %s and %s", first.address, second.address)
	}
}
