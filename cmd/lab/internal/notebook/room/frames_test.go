package room

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// waitingIn returns what waits, as text.
func waitingIn(t *testing.T, f *frames) []string {
	t.Helper()
	messages, err := f.next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range messages {
		if out, ok := m.(Output); ok {
			all = append(all, fmt.Sprintf("%s %s %s%d %s", out.T, out.Cell, out.Name, out.ID, out.Text+out.Data))
		} else {
			all = append(all, fmt.Sprintf("%T", m))
		}
	}
	return all
}

func TestFramesJoin(t *testing.T) {
	text := func(cell, name, text string) Output { return Output{T: "stream", Cell: cell, Name: name, Text: text} }
	show := func(cell string, id int64, update bool, data string) Output {
		return Output{T: "display", Cell: cell, ID: id, Update: update, Data: data}
	}
	for name, c := range map[string]struct {
		messages []any
		want     string
	}{
		"text goes on":             {[]any{text("a", "stdout", "1"), text("a", "stdout", "2")}, "stream a stdout0 12"},
		"of another stream not":    {[]any{text("a", "stdout", "1"), text("a", "stderr", "2")}, "stream a stdout0 1|stream a stderr0 2"},
		"of another cell not":      {[]any{text("a", "stdout", "1"), text("b", "stdout", "2"), text("a", "stdout", "3")}, "stream a stdout0 1|stream b stdout0 2|stream a stdout0 3"},
		"an update takes a place":  {[]any{show("a", 1, false, "x"), text("a", "stdout", "1"), show("a", 1, true, "y")}, "display a 1 y|stream a stdout0 1"},
		"two updates are one":      {[]any{show("a", 1, true, "x"), show("a", 1, true, "y")}, "display a 1 y"},
		"another display not":      {[]any{show("a", 1, false, "x"), show("a", 2, true, "y")}, "display a 1 x|display a 2 y"},
		"not across a clear":       {[]any{show("a", 1, false, "x"), clearMessage{"clear", "a", false}, show("a", 1, true, "y")}, "display a 1 x|room.clearMessage|display a 1 y"},
		"across another's clear":   {[]any{show("a", 1, false, "x"), clearMessage{"clear", "b", false}, show("a", 1, true, "y")}, "display a 1 y|room.clearMessage"},
		"of progress the last one": {[]any{Output{T: "progress", Cell: "a", Text: "1"}, text("a", "stdout", "x"), Output{T: "progress", Cell: "a", Text: "2"}}, "progress a 0 2|stream a stdout0 x"},
	} {
		f := newFrames()
		for _, m := range c.messages {
			f.add(m)
		}
		if got := strings.Join(waitingIn(t, f), "|"); got != c.want {
			t.Errorf("%s: there wait %s, not %s", name, got, c.want)
		}
	}
}

// An update keeps what the first of its display was: no update, a result.
func TestJoinedIsNoUpdate(t *testing.T) {
	f := newFrames()
	f.add(Output{T: "display", Cell: "a", ID: 1, Result: true, Data: "x"})
	f.add(Output{T: "display", Cell: "a", ID: 1, Update: true, Data: "y"})
	messages, err := f.next(context.Background())
	if err != nil || len(messages) != 1 {
		t.Fatal(messages, err)
	}
	if out := messages[0].(Output); out.Update || !out.Result || out.Data != "y" {
		t.Errorf("it is %+v", out)
	}
}

// What waits for a page has a bound; live charts do not come near it.
func TestFramesAreBounded(t *testing.T) {
	f := newFrames()
	data := strings.Repeat("x", 100<<10)
	for i := range 50_000 {
		f.add(Output{T: "display", Cell: "a", ID: int64(i % 3), Update: i > 2, Data: data})
	}
	if len(f.waiting) != 3 || f.bytes > 1<<20 {
		t.Errorf("of three live charts %d messages wait, %d bytes", len(f.waiting), f.bytes)
	}
	for name, message := range map[string]func(i int) any{
		"many":  func(i int) any { return savedMessage{"saved", int64(i)} },
		"large": func(i int) any { return Output{T: "display", Cell: "a", ID: int64(100 + i), Data: data} },
	} {
		f := newFrames()
		for i := range mostFrames + 1 {
			f.add(message(i))
		}
		if _, err := f.next(context.Background()); !errors.Is(err, errSlow) {
			t.Errorf("%s: %v", name, err)
		}
		if len(f.waiting) != 0 {
			t.Errorf("%s: %d still wait", name, len(f.waiting))
		}
	}
}
