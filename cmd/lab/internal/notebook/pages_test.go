package notebook

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/notebook/browsertest"
	"reslab/cmd/lab/internal/progress"
	"reslab/lessons/lab"
)

// The first page and the library stand behind the guard: nothing of them without
// the cookie, and nothing is changed from another site's page.
func TestPagesBehindTheGuard(t *testing.T) {
	s := serve(t)
	for _, path := range []string{"/", "/first/ways", "/lessons", "/lessons/memories?lesson=04"} {
		answer, err := http.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s without the cookie: %s", path, answer.Status)
		}
		if answer, err = s.client.Get(s.url + path); err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
	for _, origin := range []string{"", "http://elsewhere.example"} {
		r, err := http.NewRequest("POST", s.url+"/lessons/new", strings.NewReader(url.Values{"name": {"theirs"}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		answer, err := s.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if _, err := os.Stat(filepath.Join(s.folder, "theirs.md")); answer.StatusCode != http.StatusForbidden || err == nil {
			t.Errorf("origin %q made a notebook: %s", origin, answer.Status)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, client := range map[string]*http.Client{"a stranger": {Jar: jar}, "another site's page": s.client} {
		conn, _, err := websocket.Dial(context.Background(), s.url+"/first/socket", &websocket.DialOptions{
			HTTPClient: client, HTTPHeader: http.Header{"Origin": {"http://elsewhere.example"}},
		})
		if err == nil {
			conn.CloseNow()
			t.Errorf("%s has the first page's socket", name)
		}
	}
}

// Both pages work under the server's policy, and a new notebook opens.
func TestPagesInBrowser(t *testing.T) {
	b := browsertest.Start(t)
	s := serve(t)
	p := b.Open(t, s.server.Address("/"))
	p.Wait(`!document.getElementById("train").disabled`)
	p.Wait(`document.activeElement.id === "pad" || (document.getElementById("pad").focus(), false)`)
	p.Press("Space", "ArrowDown", "ArrowDown", "ArrowDown", "Space")
	p.Wait(`!document.getElementById("seen").hidden`)
	p.Go(s.url + "/lessons")
	p.Click("#name")
	p.Type("my net")
	p.Press("Enter")
	p.Wait(`location.pathname === "/file/my-net.md"`)
	p.Wait(`document.querySelectorAll(".cell").length === 1`)
}

// What was bet on the first page comes back at the top of a lesson, two lessons
// later.
func TestMemoryAtTheTopOfALesson(t *testing.T) {
	b := browsertest.Start(t)
	s := serve(t)
	learner := progress.Own()
	q := lab.Question{Name: "depth", Text: "Better or worse?", Options: []string{"better", "worse"}}
	for _, err := range []error{
		learner.Committed(progress.First, q, []byte(`{"choice": "better", "confidence": 0.8}`)),
		learner.Settled(progress.First, lab.Settled{Question: q, Truth: "worse", Guess: "better"}),
		learner.Opened("01"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	p := b.Open(t, s.server.Address("/lesson/02"))
	p.WaitText(".memory", "Better or worse?")
	p.Click(".memory input[value=worse]")
	p.Shot("memory-in-lesson")
	p.Click(".memory button")
	p.WaitText(".memory .told", "Right. It is worse. Then you said better, 80 % sure")
	p.Shot("memory-in-lesson-told")
	p.Reload()
	p.Wait(`document.querySelectorAll(".cell").length > 5`)
	if browsertest.Eval[bool](p, `Boolean(document.querySelector(".memory"))`) {
		t.Error("it asks again")
	}
}
