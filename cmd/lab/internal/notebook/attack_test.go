package notebook

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// These are the attacks of docs/reliability.md. After each the server must serve
// its own page as before.

// places are addresses of all kinds.
var places = []string{"/", "/lessons", "/lesson/02", "/file/net.md", "/static/main.js", "/frame?notebook=file/net.md&cell=b2&display=1", "/download?notebook=file/net.md&as=html", "/socket?notebook=file/net.md", "/lessons/new", "/no-such"}

// get asks as a browser with our cookie would, but for what change does.
func (s *site) get(path string, change func(r *http.Request)) *http.Response {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do(r, change)
}

func (s *site) do(r *http.Request, change func(r *http.Request)) *http.Response {
	s.t.Helper()
	r.Header.Set("Cookie", s.server.guard.cookieName()+"="+s.server.guard.token)
	change(r)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { answer.Body.Close() })
	return answer
}

// checkServes fails unless our own page is served as ever.
func (s *site) checkServes() {
	s.t.Helper()
	s.write("well.md", pagetest.Notebook("fmt.Println(6 * 7)"))
	p := s.open("file/well.md", "well")
	p.Run(p.Cells()...)
	p.WaitFor("42", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "42\n" })
}

// A page of another site opens our socket, or sends us a form.
func TestForeignOrigin(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook("x := 1"))
	port := s.url[strings.LastIndex(s.url, ":"):]
	for _, origin := range []string{"", "null", "http://evil.example", "https://127.0.0.1" + port, "http://127.0.0.1", "http://127.0.0.1:1", "http://127.0.0.1" + port + ".evil.example", "http://evil.example" + port, "file://"} {
		header := http.Header{"Cookie": {s.server.guard.cookieName() + "=" + s.server.guard.token}}
		if origin != "" {
			header.Set("Origin", origin)
		}
		connection, answer, err := s.dial("file/net.md", "", header)
		if err == nil {
			connection.CloseNow()
			t.Errorf("a socket for a page of %q", origin)
		} else if answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("a page of %q: %v", origin, answer)
		}
		for _, path := range places {
			for _, sent := range []string{"", "cross-site", "same-site", "none"} {
				r, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader("x=1"))
				if err != nil {
					t.Fatal(err)
				}
				if answer := s.do(r, func(r *http.Request) {
					r.Header = header.Clone()
					r.Header.Set("Sec-Fetch-Site", sent)
				}); answer.StatusCode != http.StatusForbidden {
					t.Errorf("a form of %q, %q, to %s: %s", origin, sent, path, answer.Status)
				}
			}
		}
	}
	r, err := http.NewRequest(http.MethodPost, s.url+"/lessons", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer := s.do(r, func(r *http.Request) { // a form of our own: a browser sends no Origin, because our pages forbid referrers
		r.Header.Set("Origin", "null")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}); answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a form of our own is answered with %s", answer.Status)
	}
	s.checkServes()
}

// A name of another site's is made to point to this machine (DNS rebinding).
func TestForeignHost(t *testing.T) {
	s := serve(t)
	port := s.url[strings.LastIndex(s.url, ":"):]
	for _, host := range []string{"evil.example" + port, "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example" + port, "localhost.evil.example" + port, "192.168.0.1" + port, "0.0.0.0" + port, port, "@127.0.0.1" + port} {
		for _, path := range append(places, "/?token="+s.server.guard.token) {
			answer := s.get(path, func(r *http.Request) { r.Host = host })
			if answer.StatusCode != http.StatusForbidden && answer.StatusCode != http.StatusBadRequest {
				t.Errorf("%s for %s: %s", path, host, answer.Status)
			}
			if len(answer.Cookies()) > 0 {
				t.Errorf("%s for %s: it gets the cookie", path, host)
			}
		}
	}
	for _, host := range []string{"localhost" + port, "LOCALHOST" + port, "[::1]" + port} {
		if answer := s.get("/lesson/02", func(r *http.Request) { r.Host = host }); answer.StatusCode != http.StatusOK {
			t.Errorf("for %s: %s", host, answer.Status)
		}
	}
	s.checkServes()
}

// Somebody else on this machine asks without the token, or guesses.
func TestWrongToken(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook("x := 1"))
	name, token := s.server.guard.cookieName(), s.server.guard.token
	for _, cookie := range []string{"", name + "=", name + "=" + token[1:], name + "=" + strings.ToLower(token), "reslab-1=" + token, "token=" + token} {
		for _, path := range places {
			answer := s.get(path, func(r *http.Request) {
				r.Header.Set("Cookie", cookie)
				r.Header.Set("Origin", s.url)
			})
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s with the cookie %q: %s", path, cookie, answer.Status)
			}
		}
	}
	for _, query := range []string{"?token=", "?token=" + token + "x", "?token=" + token[:len(token)-1], "?Token=" + token, "?token=x&token=" + token} {
		if answer := s.get("/lesson/02"+query, func(r *http.Request) { r.Header.Del("Cookie") }); answer.StatusCode != http.StatusForbidden || len(answer.Cookies()) > 0 {
			t.Errorf("%s: %s, %v", query, answer.Status, answer.Cookies())
		}
	}
	s.checkServes()
}

// The token leaves the address, and the cookie goes to nobody else; no address
// leads to another site.
func TestTokenBecomesCookie(t *testing.T) {
	s := serve(t)
	for path, want := range map[string]string{
		"/lesson/02?token=T":           "/lesson/02",
		"/file/a.md?x=1&token=T":       "/file/a.md?x=1",
		"//evil.example/?token=T":      "/evil.example/",
		"/%2Fevil.example?token=T":     "/evil.example",
		"/\\evil.example/?token=T":     "/evil.example/",
		"///evil.example/%2e?token=T":  "/evil.example",
		"/lesson/02?token=T&token=bad": "/lesson/02",
	} {
		answer := s.get("/", func(r *http.Request) {
			r.URL.Opaque = "//" + r.URL.Host + strings.ReplaceAll(strings.ReplaceAll(path, "token=T", "token="+s.server.guard.token), `\`, "%5C")
			r.Header.Del("Cookie")
		})
		to := answer.Header.Get("Location")
		if before, _, _ := strings.Cut(to, "#"); answer.StatusCode != http.StatusSeeOther || before != want {
			t.Errorf("%s leads to %q, %s; not %s", path, to, answer.Status, want)
		}
		cookie := answer.Header.Get("Set-Cookie")
		if !strings.HasPrefix(cookie, s.server.guard.cookieName()+"=") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
			t.Errorf("the cookie is %q", cookie)
		}
	}
}

// What every answer says to the browser, refusals and files too.
func TestHeaders(t *testing.T) {
	s := serve(t)
	for _, path := range append(places, "/?token=bad") {
		answer := s.get(path, func(*http.Request) {})
		for name, want := range map[string]string{
			"Content-Security-Policy":      "default-src 'none'; script-src 'self';",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := answer.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'; base-uri 'none'; form-action 'self'") || strings.Contains(policy, "script-src 'self' ") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
	}
}

// An address or a name leads out of the folder.
func TestPathEscapes(t *testing.T) {
	s := serve(t)
	secret := pagetest.Notebook("secret := 1")
	outside := filepath.Join(filepath.Dir(s.folder), "outside.md")
	if err := os.WriteFile(outside, []byte(secret), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"../outside.md", "x/../../outside.md", outside, "/" + outside, `..\outside.md`, "..%2foutside.md", "./../outside.md", "//outside.md",
		"", ".", "..", ".hidden.md", "net.txt", "net", "x/", "net.md/", "a//b.md", "./net.md", "con\x00.md", strings.Repeat("x", 5000) + ".md",
	} {
		connection, answer, err := s.dial("file/"+name, "", nil)
		if err == nil {
			connection.CloseNow()
			if name == `..\outside.md` && runtime.GOOS != "windows" { // a name like any other
				continue
			}
			if name == "..%2foutside.md" { // it is not decoded twice: a name like any other
				continue
			}
			t.Errorf("the notebook %.40q is opened", name)
		} else if answer == nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("the notebook %.40q: %v", name, answer)
		}
	}
	for _, id := range []string{"", "lesson", "lesson/", "lesson/99", "lesson/../02", "lesson/02/../02", "copies/02", "file", "FILE/net.md", strings.Repeat("x", 5000)} {
		if connection, answer, err := s.dial(id, "", nil); err == nil {
			connection.CloseNow()
			t.Errorf("the notebook %.40q is opened", id)
		} else if answer == nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("the notebook %.40q: %v", id, answer)
		}
	}
	for _, path := range []string{
		"/file/../outside.md", "/file/%2e%2e/outside.md", "/file/%2e%2e%2foutside.md", "/file/..%5coutside.md", "/file/x/%2e%2e/%2e%2e/outside.md", "/file//" + outside,
		"/static/../server.go", "/static/%2e%2e/server.go", "/static/%2e%2e%2fserver.go", "/static/..%5cserver.go", "/static//etc/passwd", "/static/page.go", "/static/", "/static/dist",
	} {
		answer := s.get("/", func(r *http.Request) { r.URL.Opaque = "//" + r.URL.Host + path })
		body, _ := io.ReadAll(answer.Body)
		if answer.StatusCode == http.StatusOK && !strings.Contains(string(body), `id="blocks"`) || strings.Contains(string(body), "secret") || strings.Contains(string(body), "package ") {
			t.Errorf("%s: %s\n%s", path, answer.Status, body)
		}
	}
	if after, err := os.ReadFile(outside); err != nil || string(after) != secret {
		t.Errorf("the file outside is now %q, %v", after, err)
	}
	s.checkServes()
}

// A symbolic link leads out of the folder.
func TestSymlinkEscapes(t *testing.T) {
	s := serve(t)
	outside := t.TempDir()
	secret := pagetest.Notebook("secret := 1")
	if err := os.WriteFile(filepath.Join(outside, "secret.md"), []byte(secret), 0o666); err != nil {
		t.Fatal(err)
	}
	s.write("real.md", pagetest.Notebook("x := 1"))
	for name, to := range map[string]string{
		"file.md": filepath.Join(outside, "secret.md"), "folder": outside, "up": "..", "loop.md": "loop.md", "inside.md": "real.md", "new.md": filepath.Join(outside, "new.md"),
	} {
		if err := os.Symlink(to, filepath.Join(s.folder, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	for _, name := range []string{"file.md", "folder/secret.md", "up/" + filepath.Base(outside) + "/secret.md", "loop.md", "new.md"} {
		if connection, answer, err := s.dial("file/"+name, "", nil); err == nil {
			connection.CloseNow()
			t.Errorf("%s is opened", name)
		} else if answer == nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %v", name, answer)
		}
	}

	// A link within the folder is followed, and stays a link.
	p := s.open("file/inside.md", "a")
	p.Edit(p.Cells()[0], "x := 2", 1)
	p.Wait("saved")
	if info, err := os.Lstat(filepath.Join(s.folder, "inside.md")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is now %v, %v", info.Mode(), err)
	}
	if got := s.read("real.md"); got != pagetest.Notebook("x := 2") {
		t.Errorf("the file is now %q", got)
	}

	// The file of an open notebook becomes a link that leads out.
	p = s.open("file/real.md", "b")
	if err := os.Remove(filepath.Join(s.folder, "real.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(s.folder, "real.md")); err != nil {
		t.Fatal(err)
	}
	p.Edit(p.Cells()[0], "x := 3", 2)
	p.Wait("problem")
	if got, err := os.ReadFile(filepath.Join(outside, "secret.md")); err != nil || string(got) != secret {
		t.Errorf("the file outside is now %q, %v", got, err)
	}
	s.checkServes()
}

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
		notebook, name, at.Host, s.url, s.server.guard.cookieName(), s.server.guard.token)
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

// HTML that a cell shows is a stranger to the page: it comes in a sandbox of its own.
func TestCellHTMLIsSandboxed(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook(`lab.Show(viz.NewReport("<script>top.stolen = document.cookie</script>"))`))
	p := s.open("file/net.md", "a")
	c := p.Cells()
	p.Run(c[0])
	shown := p.WaitFor("HTML", func(m pagetest.Message) bool { return m.T == "display" || m.T == "state" && m.State == "failed" })
	if shown.Kind != "html" {
		t.Fatalf("it shows %+v", shown)
	}
	answer := s.get(fmt.Sprintf("/frame?notebook=file/net.md&cell=%s&display=%v", c[0], shown.ID), func(*http.Request) {})
	body, _ := io.ReadAll(answer.Body)
	policy := answer.Header.Get("Content-Security-Policy")
	if answer.StatusCode != http.StatusOK || string(body) != shown.Data {
		t.Errorf("the frame: %s", answer.Status)
	}
	if !strings.HasPrefix(policy, "sandbox allow-scripts; default-src 'none';") || strings.Contains(policy, "allow-same-origin") || strings.Contains(policy, "connect-src") {
		t.Errorf("the policy of the frame is %q", policy)
	}
	for _, query := range []string{"", "notebook=file/net.md&cell=b99&display=1", "notebook=file/net.md&cell=" + c[0] + "&display=99", "notebook=file/no.md&cell=b2&display=1", "notebook=file/net.md&cell=" + c[0] + "&display=../1"} {
		if answer := s.get("/frame?"+query, func(*http.Request) {}); answer.StatusCode != http.StatusNotFound {
			t.Errorf("/frame?%s: %s", query, answer.Status)
		}
	}
}

// Prose shows pictures of the folder, and nothing else: no other file, and no
// drawing that does anything.
func TestPictures(t *testing.T) {
	s := serve(t)
	s.write("plot.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	s.write("secret.txt", "secret")
	s.write("net.md", "![the loss](plot.svg) ![no](../x.png) ![nor](https://evil.example/x.png)\n")
	p := s.open("file/net.md", "a")
	if html := p.Snapshot.Blocks[0].HTML; !strings.Contains(html, `src="/picture/plot.svg"`) || strings.Contains(html, "x.png\"") {
		t.Errorf("it is shown as %s", html)
	}
	answer := s.get("/picture/plot.svg", func(*http.Request) {})
	if policy := answer.Header.Get("Content-Security-Policy"); answer.StatusCode != http.StatusOK || !strings.HasPrefix(policy, "sandbox; default-src 'none'") {
		t.Errorf("%s, %s", answer.Status, policy)
	}
	if err := os.Symlink(filepath.Join(s.folder, "secret.txt"), filepath.Join(s.folder, "out.png")); err != nil {
		t.Log(err)
	}
	for _, path := range []string{"/picture/secret.txt", "/picture/", "/picture/net.md", "/picture/%2e%2e/x.png", "/picture/..%2fx.png", "/picture/out.png", "/picture//etc/x.png"} {
		answer := s.get("/", func(r *http.Request) { r.URL.Opaque = "//" + r.URL.Host + path })
		if answer.StatusCode == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
}

// The list of attacks in docs/reliability.md names the tests that there are.
func TestAttackList(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(string(page), "<!-- attacks -->")
	list, _, ended := strings.Cut(list, "<!-- end -->")
	if !found || !ended {
		t.Fatal("docs/reliability.md has no list of attacks")
	}
	files, _ := filepath.Glob("*_test.go")
	more, _ := filepath.Glob("room/*_test.go")
	declared := map[string]bool{}
	for _, file := range append(append(files, more...), "../../notebook_test.go") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)`).FindAllStringSubmatch(string(text), -1) {
			declared[m[1]] = true
			if file == "attack_test.go" && m[1] != "TestAttackList" && !strings.Contains(list, m[1]) {
				t.Errorf("%s is not in docs/reliability.md", m[1])
			}
		}
	}
	for _, name := range regexp.MustCompile(`Test\w+`).FindAllString(list, -1) {
		if !declared[name] {
			t.Errorf("docs/reliability.md names %s, and there is no such test", name)
		}
	}
}
