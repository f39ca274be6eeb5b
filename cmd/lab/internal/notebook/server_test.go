package notebook

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/adrg/xdg"
	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/cmd/lab/internal/notebook/pagetest"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// A site is a server that runs, and a browser that has its cookie.
type site struct {
	t      *testing.T
	server *Server
	folder string
	url    string // without a path
	client *http.Client
}

// serve starts a server in an empty folder, with copies of lessons of its own.
func serve(t *testing.T, narrow ...func(l *limits)) *site {
	t.Helper()
	config := xdg.ConfigHome
	xdg.ConfigHome = t.TempDir()
	t.Cleanup(func() { xdg.ConfigHome = config })
	return serveIn(t, t.TempDir(), narrow...)
}

func serveIn(t *testing.T, folder string, narrow ...func(l *limits)) *site {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, folder, listener, narrow...)
}

func serveOn(t *testing.T, folder string, listener net.Listener, narrow ...func(l *limits)) *site {
	t.Helper()
	server, err := New(folder, listener.Addr(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range narrow {
		change(&server.limits)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, server: server, folder: folder, url: "http://" + listener.Addr().String(), client: &http.Client{Jar: jar}}
	answer, err := s.client.Get(server.Address("/"))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Request.URL.RawQuery != "" {
		t.Fatalf("the address with the token leads to %s, %s", answer.Request.URL, answer.Status)
	}
	return s
}

// write puts a file into the folder.
func (s *site) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) read(name string) string {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.folder, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// open connects a page.
func (s *site) open(notebook, name string) *pagetest.Page {
	s.t.Helper()
	connection, answer, err := s.dial(notebook, name, nil)
	if err != nil {
		s.t.Fatalf("%v: %v", err, answer)
	}
	s.t.Cleanup(func() { connection.CloseNow() })
	p := &pagetest.Page{T: s.t, Send: func(text []byte) {
		if err := connection.Write(context.Background(), websocket.MessageText, text); err != nil {
			s.t.Error(err)
		}
	}, Receive: func(ctx context.Context) ([]byte, error) {
		_, text, err := connection.Read(ctx)
		return text, err
	}}
	p.Snapshot = p.Wait("snapshot")
	return p
}

func (s *site) dial(notebook, name string, header http.Header) (*websocket.Conn, *http.Response, error) {
	at := s.url + "/socket?notebook=" + url.QueryEscape(notebook) + "&page=" + name
	if header == nil {
		header = http.Header{"Origin": {s.url}}
	}
	connection, answer, err := websocket.Dial(context.Background(), at, &websocket.DialOptions{HTTPClient: s.client, HTTPHeader: header})
	if err == nil {
		connection.SetReadLimit(64 << 20)
	}
	return connection, answer, err
}

func TestCellsRun(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook("x := 20", "fmt.Println(\"hello\")\nx + 1", "x +"))
	p := s.open("file/net.md", "a")
	if p.Snapshot.Notebook.Title != "A notebook" || len(p.Cells()) != 3 || p.Snapshot.Kernel.State != "idle" {
		t.Fatalf("the snapshot is %+v", p.Snapshot)
	}
	cells := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(cells[1], "done")
	failed := p.WaitState(cells[2], "failed")
	if failed.Error == nil || failed.Order != 3 {
		t.Errorf("the third cell: %+v", failed)
	}
	again := s.open("file/net.md", "b")
	if got := again.Snapshot.Printed(cells[1]); got != "hello\n21\n" {
		t.Errorf("a page that comes later sees %q", got)
	}
}

// Five notebooks with five kernels are at work at the same time.
func TestFiveKernels(t *testing.T) {
	s := serve(t)
	var pages []*pagetest.Page
	for i := range 5 {
		name := fmt.Sprintf("net%d.md", i)
		s.write(name, pagetest.Notebook(`on := lab.NewToggle("go", false)`, fmt.Sprintf("fmt.Println(\"waits\")\nfor !on.On() {\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Println(%d)", i)))
		pages = append(pages, s.open("file/"+name, "a"))
	}
	for _, p := range pages {
		p.Say("run-all", nil)
	}
	for _, p := range pages { // all are at work before the first may end
		p.WaitFor("it waits", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "waits\n" })
	}
	for i, p := range pages {
		p.Say("set", pagetest.Fields{"id": p.Cells()[0], "name": "go", "value": true})
		p.WaitFor("the end", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == fmt.Sprintf("%d\n", i) })
		p.WaitState(p.Cells()[1], "done")
	}
}
