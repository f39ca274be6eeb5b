package cell

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	names := []string{"learningRate", "net", "Day.String"}
	for name, want := range map[string]string{
		"learningrate": "learningRate",
		"lerningRate":  "learningRate",
		"ned":          "net",
		"optimiser":    "",
	} {
		if got := Nearest(name, names); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	if d := distance("kitten", "sitting"); d != 3 {
		t.Errorf("from kitten to sitting it is %d", d)
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abc]{0,6}`)
		a, b, c := word.Draw(t, "a"), word.Draw(t, "b"), word.Draw(t, "c")
		if (distance(a, b) == 0) != (a == b) || distance(a, b) != distance(b, a) || distance(a, c) > distance(a, b)+distance(b, c) {
			t.Fatal("it is no distance")
		}
	})
}
