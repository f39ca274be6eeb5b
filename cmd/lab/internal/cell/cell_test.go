package cell

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
)

// play runs cells in a fresh session and returns what they print, values and
// notes included; it stops at the first error, which it returns.
func play(t *testing.T, cells ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	s, err := New(Config{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cells {
		r, err := s.Eval(context.Background(), "cell "+string(rune('1'+i)), c)
		if err != nil {
			return out.String(), err
		}
		if r.HasValue {
			out.WriteString(r.Value + "\n")
		}
		for _, n := range r.Notes {
			out.WriteString("note: " + n + "\n")
		}
	}
	return out.String(), nil
}

// expect runs cells that are separated by lines of three dashes.
func expect(t *testing.T, cells, want string) {
	t.Helper()
	got, err := play(t, strings.Split(cells, "\n---\n")...)
	if err != nil {
		var e *Error
		if errors.As(err, &e) {
			t.Fatalf("%s\n%s\nprinted before: %s", cells, e.Underlined(), got)
		}
		t.Fatal(err)
	}
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("%s\ngives\n%s\nnot\n%s", cells, got, want)
	}
}
