package notebook

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/kernel/kerneltest"
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
func serve(t *testing.T) *site {
	t.Helper()
	config := xdg.ConfigHome
	xdg.ConfigHome = t.TempDir()
	t.Cleanup(func() { xdg.ConfigHome = config })
	return serveIn(t, t.TempDir())
}

func serveIn(t *testing.T, folder string) *site {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server, err := New(folder, listener.Addr(), "")
	if err != nil {
		t.Fatal(err)
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

// A tab is a page that is connected.
type tab struct {
	t          *testing.T
	connection *websocket.Conn
	snapshot   message
}

// A message is one from the server, with all fields that tests look at.
type message struct {
	T        string
	Cell     any // the id of a cell
	ID       any
	State    string
	Stale    bool
	Order    int
	Error    *struct{ Message string }
	Notes    []string
	Name     string
	Text     string
	Kind     string
	Data     string
	Update   bool
	Edit     int
	Ask      int
	Body     json.RawMessage
	Keep     bool
	After    string
	IDs      []string
	Note     string
	Block    block
	Blocks   []block
	States   []message
	Outputs  map[string][]message
	Kernel   struct{ State string }
	Notebook struct{ ID, Title, Kind, Path string }
}

type block struct {
	ID, Kind, Source, HTML string
}

// open connects a page.
func (s *site) open(notebook, name string) *tab {
	s.t.Helper()
	connection, answer, err := s.dial(notebook, name, nil)
	if err != nil {
		s.t.Fatalf("%v: %v", err, answer)
	}
	p := &tab{t: s.t, connection: connection}
	s.t.Cleanup(func() { connection.CloseNow() })
	p.snapshot = p.wait("snapshot")
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

// send sends a message.
func (p *tab) send(m map[string]any) {
	p.t.Helper()
	text, err := json.Marshal(m)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.connection.Write(context.Background(), websocket.MessageText, text); err != nil {
		p.t.Fatal(err)
	}
}

// patience is how long a test waits before it fails.
const patience = 60 * time.Second

func (p *tab) next() message {
	p.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	_, text, err := p.connection.Read(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(text, &m); err != nil {
		p.t.Fatal(err)
	}
	return m
}

// waitFor reads until a message comes for which ok holds.
func (p *tab) waitFor(what string, ok func(m message) bool) message {
	p.t.Helper()
	var seen []string
	for {
		ctx, stop := context.WithTimeout(context.Background(), patience)
		_, text, err := p.connection.Read(ctx)
		stop()
		if err != nil {
			p.t.Fatalf("waiting for %s: %v; there came\n%s", what, err, strings.Join(seen, "\n"))
		}
		var m message
		if err := json.Unmarshal(text, &m); err != nil {
			p.t.Fatal(err)
		}
		if ok(m) {
			return m
		}
		seen = append(seen, string(text[:min(len(text), 300)]))
	}
}

func (p *tab) wait(kind string) message {
	p.t.Helper()
	return p.waitFor(kind, func(m message) bool { return m.T == kind })
}

// waitState waits until a cell has come to a state.
func (p *tab) waitState(cell, state string) message {
	p.t.Helper()
	return p.waitFor(cell+" "+state, func(m message) bool { return m.T == "state" && m.Cell == cell && m.State == state })
}

// cells are the ids of the notebook's cells.
func (p *tab) cells() (ids []string) {
	for _, b := range p.snapshot.Blocks {
		if b.Kind == "cell" {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// printed is what a cell has printed, by a snapshot.
func printed(m message, cell string) string {
	var b strings.Builder
	for _, out := range m.Outputs[cell] {
		b.WriteString(out.Text)
	}
	return b.String()
}

// notebook writes a notebook of cells.
func notebook(cells ...string) string {
	return "# A notebook\n\n```go\n" + strings.Join(cells, "\n```\n\n```go\n") + "\n```\n"
}

func TestCellsRun(t *testing.T) {
	s := serve(t)
	s.write("net.md", notebook("x := 20", "fmt.Println(\"hello\")\nx + 1", "x +"))
	p := s.open("file/net.md", "a")
	if p.snapshot.Notebook.Title != "A notebook" || len(p.cells()) != 3 || p.snapshot.Kernel.State != "ended" {
		t.Fatalf("the snapshot is %+v", p.snapshot)
	}
	cells := p.cells()
	p.send(map[string]any{"t": "run-all"})
	p.waitState(cells[1], "done")
	failed := p.waitState(cells[2], "failed")
	if failed.Error == nil || failed.Order != 3 {
		t.Errorf("the third cell: %+v", failed)
	}
	again := s.open("file/net.md", "b")
	if got := printed(again.snapshot, cells[1]); got != "hello\n21\n" {
		t.Errorf("a page that comes later sees %q", got)
	}
}
