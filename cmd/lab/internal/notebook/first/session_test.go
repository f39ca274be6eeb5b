package first

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"reslab/cmd/lab/internal/notebook/ink"
	"reslab/cmd/lab/internal/progress"
	"reslab/nn"
)

func secondsOf(n int) time.Duration { return time.Duration(n) * time.Second }

// short is a course of a moment.
func short() course {
	return course{
		readSteps: 12, readBatch: 8, raceSteps: 15, plusSteps: 15, raceBatch: 4, width: 2, shallow: 8, deep: 14, rate: 0.05,
		seed: seeds(1), every: time.Millisecond,
	}
}

// client is a page, as far as the server can see.
type client struct {
	t    *testing.T
	conn *websocket.Conn
	ctx  context.Context
}

func connect(t *testing.T, url string) *client {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	conn, _, err := websocket.Dial(ctx, url+"/first/socket", nil)
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	t.Cleanup(func() { conn.CloseNow() })
	return &client{t, conn, ctx}
}

func (c *client) ask(a map[string]any) {
	c.t.Helper()
	if err := wsjson.Write(c.ctx, c.conn, a); err != nil {
		c.t.Fatal(err)
	}
}

// until returns all messages up to the first that will do.
func (c *client) until(will func(m told) bool) (all []told) {
	c.t.Helper()
	for {
		var m told
		if err := wsjson.Read(c.ctx, c.conn, &m); err != nil {
			c.t.Fatalf("%v, after %s", err, kinds(all))
		}
		all = append(all, m)
		if will(m) {
			return all
		}
	}
}

// kind waits for a message of a kind.
func (c *client) kind(kind string) []told {
	c.t.Helper()
	return c.until(func(m told) bool { return m.T == kind })
}

func kinds(all []told) string {
	var names []string
	for _, m := range all {
		if len(names) == 0 || names[len(names)-1] != m.T {
			names = append(names, m.T)
		}
	}
	return strings.Join(names, " ")
}

func count(all []told, kind string) (n int) {
	for _, m := range all {
		if m.T == kind {
			n++
		}
	}
	return n
}

func TestReading(t *testing.T) {
	site, _ := serve(t, short())
	c := connect(t, site.URL)
	c.ask(map[string]any{"t": "draw", "ink": drawn(7, 0.5, 0, 0)})
	seen := c.kind("seen")
	if p := seen[0].Picture; len(p) != 28*28 {
		t.Fatalf("the net sees %d pixels", len(p))
	}
	c.ask(map[string]any{"t": "train"})
	all := c.kind("done")
	if n := count(all, "bars"); n < 10 {
		t.Errorf("the bars moved %d times", n)
	}
	sum := 0.0
	for _, m := range all {
		if m.T == "bars" {
			sum = 0
			for _, p := range m.Bars {
				sum += p
			}
		}
		if m.T == "score" && (m.Pictures != testPictures || m.Accuracy <= 0 || m.Accuracy > 1) {
			t.Errorf("the score is %+v", m)
		}
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("the bars add up to %v", sum)
	}
	if count(all, "score") != 1 || all[len(all)-1].Stopped || count(all, "reading") != 12 {
		t.Errorf("it told %s", kinds(all))
	}
	c.ask(map[string]any{"t": "draw", "ink": drawn(1, 0.5, 0.3, 0.3)}) // the net answers after training too
	c.kind("bars")
	c.ask(map[string]any{"t": "draw", "ink": make([]byte, ink.Size*ink.Size)})
	if m := c.kind("seen"); m[len(m)-1].Picture != nil {
		t.Error("an empty pad is seen as a picture")
	}
}

func TestRaceAndPlus(t *testing.T) {
	site, learner := serve(t, short())
	c := connect(t, site.URL)
	c.ask(map[string]any{"t": "bet", "choice": same, "confidence": 0.7})
	c.ask(map[string]any{"t": "race"})
	all := c.kind("done")
	if n := count(all, "race"); n != 15 {
		t.Errorf("%d steps", n)
	}
	found := all[len(all)-2]
	if found.T != "finding" || found.About != "race" || found.Truth == "" || found.Right != (found.Truth == same) {
		t.Errorf("it found %+v", found)
	}
	r, err := learner.Read()
	if err != nil {
		t.Fatal(err)
	}
	if p := r.Predictions; len(p) != 1 || p[0].Guess != same || p[0].Confidence != 0.7 || p[0].Truth != found.Truth || p[0].Question != question.Text {
		t.Errorf("kept %+v", p)
	}

	c.ask(map[string]any{"t": "plus", "on": true})
	all = c.kind("done")
	if count(all, "plus") != 1 || count(all, "race") != 15 {
		t.Errorf("switched on, it told %s", kinds(all))
	}
	for _, m := range all {
		if m.T == "plus" && (!m.On || m.Step != 15) {
			t.Errorf("switched: %+v", m)
		}
	}
	if m := all[len(all)-2]; m.About != "plus" || !strings.Contains(m.Text, "The loss was") {
		t.Errorf("it found %+v", m)
	}
	c.ask(map[string]any{"t": "plus", "on": false})
	if all = c.kind("done"); !strings.Contains(all[len(all)-2].Text, "closed again") {
		t.Errorf("switched off, it found %+v", all[len(all)-2])
	}
}

// The shortcuts may be switched in the middle: the training goes on with what
// they are then, and for as long as it takes to see it.
func TestPlusInTheMiddle(t *testing.T) {
	long := short()
	long.raceSteps = 60
	site, _ := serve(t, long)
	c := connect(t, site.URL)
	c.ask(map[string]any{"t": "race"})
	c.until(func(m told) bool { return m.T == "race" && m.Step == 50 })
	c.ask(map[string]any{"t": "plus", "on": true})
	all := c.kind("plus")
	at := all[len(all)-1].Step
	all = c.kind("done")
	if got := count(all, "race"); got != long.plusSteps || at < 50 {
		t.Errorf("switched at %d, it went on for %d steps", at, got)
	}
}

func TestStop(t *testing.T) {
	endless := short()
	endless.readSteps = 1e9
	site, _ := serve(t, endless)
	c := connect(t, site.URL)
	for range 2 {
		c.ask(map[string]any{"t": "train"})
		c.kind("reading")
		c.ask(map[string]any{"t": "stop"})
		if all := c.kind("done"); !all[len(all)-1].Stopped {
			t.Error("it says that it was not stopped")
		}
	}
	c.ask(map[string]any{"t": "train"}) // a click on train while it trains begins anew
	c.kind("reading")
	c.ask(map[string]any{"t": "train"})
	c.until(func(m told) bool { return m.T == "done" && m.Stopped })
	if all := c.kind("reading"); all[len(all)-1].Step != 1 {
		t.Errorf("the second begins at step %d", all[len(all)-1].Step)
	}
}

// Two pages do not train at once: one waits, until the other stops or goes.
func TestTwoPages(t *testing.T) {
	endless := short()
	endless.readSteps = 1e9
	site, _ := serve(t, endless)
	one, two := connect(t, site.URL), connect(t, site.URL)
	one.ask(map[string]any{"t": "train"})
	one.kind("reading")
	two.ask(map[string]any{"t": "train"})
	if all := two.kind("waiting"); all[len(all)-1].Of != "read" {
		t.Errorf("it waits: %+v", all)
	}
	one.conn.CloseNow() // leaving the page stops its training
	two.kind("reading")
	three := connect(t, site.URL)
	three.ask(map[string]any{"t": "race"})
	three.kind("waiting")
	three.ask(map[string]any{"t": "stop"}) // waiting can be stopped too
	three.kind("done")
}

func TestBadFrames(t *testing.T) {
	site, _ := serve(t, short())
	for _, a := range []map[string]any{
		{"t": "dance"}, {"t": "draw", "ink": []byte{1, 2, 3}}, {"t": "draw"}, {"t": ""},
	} {
		c := connect(t, site.URL)
		c.ask(a)
		if m := c.kind("problem"); m[0].Text == "" {
			t.Errorf("%v: no word", a)
		}
		c.ask(map[string]any{"t": "draw", "ink": drawn(1, 1, 0, 0)}) // it goes on
		c.kind("seen")
	}
	for name, frame := range map[string]string{"no JSON": "{", "another type": `{"t": 7}`, "large": `{"t": "` + strings.Repeat("x", largestFrame) + `"}`} {
		c := connect(t, site.URL)
		if err := c.conn.Write(c.ctx, websocket.MessageText, []byte(frame)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := c.conn.Read(c.ctx); websocket.CloseStatus(err) == -1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A mistake of ours ends a training with a word, and not the server.
func TestTrainingThatPanics(t *testing.T) {
	learner := progress.In(t.TempDir())
	site := httptest.NewServer(newHandler(learner, short(), func() (*pictures, error) { panic("words and no error") }))
	t.Cleanup(site.Close)
	c := connect(t, site.URL)
	c.ask(map[string]any{"t": "train"})
	if m := c.kind("problem"); !strings.Contains(m[0].Text, "words and no error") {
		t.Errorf("it says %q", m[0].Text)
	}
	if m := c.kind("done"); !m[0].Stopped {
		t.Error("it says that the training came to its end")
	}
}

// A switch without a race, and a stop without a training, do nothing.
func TestNothingToDo(t *testing.T) {
	site, _ := serve(t, short())
	c := connect(t, site.URL)
	c.ask(map[string]any{"t": "plus", "on": true})
	c.ask(map[string]any{"t": "stop"})
	c.ask(map[string]any{"t": "draw", "ink": drawn(1, 1, 0, 0)})
	if all := c.kind("seen"); len(all) != 1 {
		t.Errorf("it told %s", kinds(all))
	}
}

// What the page says of the net is so: four layers with weights.
func TestReaderHasFourLayers(t *testing.T) {
	layers := 0
	nn.Walk(newReader(), func(_ string, l nn.Layer) {
		switch l.(type) {
		case *nn.Conv2D, *nn.Linear:
			layers++
		}
	})
	if layers != 4 {
		t.Errorf("the net has %d layers with weights, and first.html says 4", layers)
	}
}

// Messages without a value stay small.
func TestFrames(t *testing.T) {
	frame, err := json.Marshal(told{T: "race", Step: 3, Steps: 9, Points: [2]float64{2, 3}})
	if err != nil || string(frame) != `{"t":"race","step":3,"steps":9,"points":[2,3]}` {
		t.Errorf("%s, %v", frame, err)
	}
}

// Nobody knows how long it takes before anything was done.
func TestTimeLeft(t *testing.T) {
	c := &clock{begun: time.Now().Add(-10 * time.Second)}
	if got := c.left(-5, 100); got != 0 {
		t.Errorf("before the first step %g s are left", got)
	}
	if got := c.left(25, 100); got < 29.9 || got > 31 {
		t.Errorf("a quarter took 10 s, and %g s are left, want 30", got)
	}
}
