package notebook

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// TestAway: a page and its lab lose each other, and nothing is lost.
func TestAway(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	t.Run("restarted", func(t *testing.T) { testRestarted(t, b) })
	t.Run("reload", func(t *testing.T) { testReloadWhileRunning(t, b) })
}

// startAt serves a folder at an address until end is called.
func startAt(t *testing.T, folder, at string) (s *Server, end func()) {
	t.Helper()
	listener, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = New(folder, listener.Addr(), ""); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	end = func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	return s, end
}

// testRestarted ends lab under an open page and starts it anew: what was typed
// meanwhile goes to the cell that it belongs to, although that has another name
// now, and the page says what has happened.
func testRestarted(t *testing.T, b *browsertest.Browser) {
	s := &site{t: t, folder: t.TempDir()}
	s.write("three.md", three)
	server, end := startAt(t, s.folder, "127.0.0.1:0")
	at, err := url.Parse(server.Address("/"))
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{b.Open(t, server.Address("/file/three.md")+"&plain"), t}
	r.Tolerate("WebSocket connection to")
	r.Tolerate("Failed to load resource")
	r.Wait(`document.querySelector("#blocks[aria-busy=false] .block")`)
	r.Click(r.cell(1) + " button.run")
	r.waitState(r.cell(1), "done")
	r.Press("Escape", "a") // a cell above the first: the numbers of blocks and of names part
	r.Wait(`document.querySelectorAll(".cell").length === 4`)
	r.edit(r.cell(1))
	r.Type("above := 0")
	s.waitFor("three.md", "above := 0")

	end()
	r.edit(r.cell(2))
	r.Type("x := 100")
	r.edit(r.cell(1))
	r.Type("above := 200")
	r.WaitText(".banner.lost", "connection")
	s.write("three.md", strings.Replace(s.read("three.md"), "above := 0", "above := 1", 1)) // the block of this text is gone
	server, end = startAt(t, s.folder, at.Host)
	defer end()
	r.WaitText(".banner.lost", "Open the address that it printed")
	r.Shot("restarted")
	browsertest.Eval[int](r.Page, fmt.Sprintf(`fetch(%q).then(({status}) => status)`, server.Address("/lessons"))) // in another tab
	r.WaitText(".banner.reopened", "started anew")
	r.Wait(`!document.querySelector(".banner.lost")`)
	s.waitFor("three.md", "x := 100")
	s.waitFor("three.md", "above := 200")
	r.Shot("reopened")
	for _, text := range []string{"above := 1\n", "y := x + 1", `"last"`, "First."} {
		if !strings.Contains(s.read("three.md"), text) {
			t.Errorf("%q is lost:\n%s", text, s.read("three.md"))
		}
	}
	r.Wait(`document.querySelector(".toolbar .saved").textContent === ""`)
	r.Click(".banner.reopened button")
	r.waitState(r.cell(4), "done")
	r.WaitText(r.cell(4)+" .output", "101")
}

// testReloadWhileRunning loads a page anew while a cell is at work: it is shown
// as running, for as long as it has been, and with all that it printed.
func testReloadWhileRunning(t *testing.T, b *browsertest.Browser) {
	s := serve(t)
	s.write("long.md", "```go\nimport \"time\"\nprintln(\"begun\")\ntime.Sleep(time.Minute)\n```\n")
	r := open(t, b, s, "/file/long.md")
	r.Click(r.cell(1) + " button.run")
	r.WaitText(r.cell(1)+" .output", "begun")
	clock := fmt.Sprintf(`Number(document.querySelector(%q).textContent.match(/running · ([\d.]+)/)?.[1])`, r.cell(1)+" .status .how")
	r.Wait(clock + " >= 2")
	r.Reload()
	r.Wait(`document.querySelector("#blocks[aria-busy=false] .block")`)
	r.waitState(r.cell(1), "running")
	r.WaitText(r.cell(1)+" .output", "begun")
	if got := browsertest.Eval[float64](r.Page, clock); got < 2 {
		t.Errorf("after the page was loaded anew the cell runs for %g s, and it ran for 2 before", got)
	}
	r.Click(r.cell(1) + " button.run") // which stops it
	r.waitState(r.cell(1), "stopped")
	r.Click(r.cell(1) + " button.run")
	r.waitState(r.cell(1), "running")
	r.Wait(clock + " < 2") // it counts from its own beginning
	r.Click(r.cell(1) + " button.run")
	r.waitState(r.cell(1), "stopped")
}
