package kernel

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAdvice(t *testing.T) {
	names := []string{"learningRate", "net", "Day.String"}
	for message, want := range map[string]string{
		"undefined: learningrate": "Did you mean learningRate?",
		"undefined: lerningRate":  "Did you mean learningRate?",
		"undefined: ned":          "Did you mean net?",
		"undefined: optimiser":    "Declare it in a cell, and run that cell first.",
		"invalid operation: x + y (mismatched types int and float64)": "Convert one side, as in float32(x) or int(x).",
		"runtime error: index out of range [3] with length 3":         "The first index is 0, the last is len(x)-1.",
		"panic: no": "",
	} {
		if got := adviceFor(message, names); got != want {
			t.Errorf("%s: %q, not %q", message, got, want)
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
