package notebook

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// A page sends more than anybody may.
func TestGiantUpload(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook(`lab.Upload("picture").Shape`))
	p := s.open("file/net.md", "a")
	connection, _, err := s.dial("file/net.md", "b", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.CloseNow()
	giant := `{"t":"set","id":"b2","name":"picture","value":"` + strings.Repeat("A", int(defaultLimits.message)) + `"}`
	_ = connection.Write(context.Background(), websocket.MessageText, []byte(giant)) // it may be cut off at once
	for err == nil {
		_, _, err = connection.Read(context.Background())
	}
	if websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("a message of %d bytes: %v", len(giant), err)
	}
	for _, path := range places {
		r, err := http.NewRequest(http.MethodPost, s.url+path, io.LimitReader(zeros{}, 1<<30))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", s.url)
		if answer, err := s.client.Do(r); err == nil {
			if answer.StatusCode < 400 {
				t.Errorf("a gigabyte to %s: %s", path, answer.Status)
			}
			answer.Body.Close()
		}
	}
	p.Run(p.Cells()...) // the other page has lost nothing
	p.WaitState(p.Cells()[0], "done")
	s.checkServes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A page takes nothing of what it is sent: others see everything, and it is let go.
func TestSlowClient(t *testing.T) {
	s := serve(t, func(l *limits) { l.write = 500e6 })
	s.write("net.md", pagetest.Notebook("for range 480 {\n\tlab.Show(strings.Repeat(\"x\", 16000))\n}", "fmt.Println(\"end\")"))
	p := s.open("file/net.md", "a")
	slow := s.raw("file/net.md", "slow")
	if err := slow.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	p.Run(p.Cells()...)
	p.WaitFor("the end", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "end\n" })
	// 15 MB wait for the slow page, more than sockets hold.
	open := s.server.rooms.find("file/net.md")
	p.WaitFor("the slow page is gone", func(pagetest.Message) bool {
		p.Say("undo", nil) // answered by a problem, so that something comes
		return open.Pages() == 1
	})
	s.checkServes()
}

// raw opens a socket and returns the bare connection.
func (s *site) raw(notebook, name string) net.Conn {
	s.t.Helper()
	at, err := url.Parse(s.url)
	if err != nil {
		s.t.Fatal(err)
	}
	connection, err := net.Dial("tcp", at.Host)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { connection.Close() })
	fmt.Fprintf(connection, "GET /socket?notebook=%s&page=%s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s=%s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
		notebook, name, at.Host, s.url, s.server.guard.Cookie().Name, s.server.guard.Cookie().Value)
	status, err := bufio.NewReaderSize(connection, 16).ReadString('\n')
	if err != nil || !strings.Contains(status, "101") {
		s.t.Fatalf("%q, %v", status, err)
	}
	return connection
}

// Frames that are none: each ends its own connection.
func TestMalformedFrames(t *testing.T) {
	s := serve(t, func(l *limits) { l.ping = 200e6 }) // who promises much and sends nothing is gone
	s.write("net.md", pagetest.Notebook("x := 1"))
	for what, frame := range map[string]string{
		"not masked":             "\x81\x02{}",
		"a reserved bit":         "\xf1\x82aaaa\x1a\x1c",
		"an unknown opcode":      "\x83\x82aaaa\x1a\x1c",
		"a giant length":         "\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xffaaaa",
		"a negative length":      "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xffaaaa",
		"a long ping":            "\x89\xfe\x01\x00aaaa" + strings.Repeat("x", 256),
		"a piece of nothing":     "\x80\x82aaaa\x1a\x1c",
		"a close that is no one": "\x88\x81aaaa\x00",
		"binary":                 "\x82\x82aaaa\x1a\x1c",
		"HTTP":                   "GET / HTTP/1.1\r\n\r\n",
	} {
		connection := s.raw("file/net.md", "raw")
		if _, err := io.WriteString(connection, frame); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, connection); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%s: %v", what, err)
		}
	}
	s.checkServes()
}

// A request that never ends holds nothing up and is cut off.
func TestSlowRequest(t *testing.T) {
	s := serve(t, func(l *limits) { l.header = 100e6 })
	at, _ := url.Parse(s.url)
	for range 5 {
		connection, err := net.Dial("tcp", at.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		fmt.Fprintf(connection, "GET / HTTP/1.1\r\nHost: %s\r\nX: ", at.Host)
		if _, err := io.Copy(io.Discard, connection); err != nil {
			t.Error(err)
		}
	}
	s.checkServes()
}

// Very many notebooks are asked for.
func TestManyRooms(t *testing.T) {
	s := serve(t)
	first := s.open("file/a0.md", "a")
	for i := 1; i < mostRooms+20; i++ {
		connection, _, err := s.dial(fmt.Sprintf("file/a%d.md", i), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		connection.CloseNow()
	}
	if n := len(s.server.rooms.open); n > mostRooms {
		t.Errorf("%d rooms are open", n)
	}
	first.Say("insert", pagetest.Fields{"kind": "cell", "source": "x := 1"}) // who is looked at stays
	first.Wait("block")
	if made, _ := filepath.Glob(filepath.Join(s.folder, "a1*")); len(made) != 0 {
		t.Errorf("looking at notebooks made files: %v", made)
	}
}
