package cell

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// panicOf returns what f panics with, as a message.
func panicOf(f func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message, _ = panicMessage(r)
		}
	}()
	f()
	return ""
}

// TestBoundsPanics compares the messages of the checks with those of Go itself.
func TestBoundsPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 5).Draw(t, "length")
		i, j := rapid.IntRange(-3, 8).Draw(t, "i"), rapid.IntRange(-3, 8).Draw(t, "j")
		xs := make([]int, n)
		check := func() {
			if i < 0 || i >= n {
				indexPanic(i, n)
			}
		}
		if got, want := panicOf(check), panicOf(func() { _ = xs[i] }); got != want {
			t.Fatalf("xs[%d] of %d: %q, not %q", i, n, got, want)
		}
		text := strings.Repeat("a", n)
		if got, want := panicOf(func() { slicePanic(i, j, n, "length") }), panicOf(func() { _ = text[i:j] }); want != "" && got != want {
			t.Fatalf("text[%d:%d] of %d: %q, not %q", i, j, n, got, want)
		}
	})
}

// TestIndexInLoops leaves out the check where the loop keeps the index in range,
// and keeps it where the loop changes what is indexed.
func TestIndexInLoops(t *testing.T) {
	expect(t, "xs := []int{1, 2, 3}\nn := 0\nfor i := range xs {\n\tn += xs[i]\n}\nn", "6")
	for _, body := range []string{
		"for i := range xs {\n\txs = xs[:1]\n\tn += xs[i]\n}",
		"for i := 0; i < len(xs); i++ {\n\ti++\n\tn += xs[i]\n}",
		"for i := range xs {\n\tn += xs[i+1]\n}",
	} {
		_, err := play(t, "xs := []int{1, 2, 3}\nn := 0\n"+body)
		if err == nil || !strings.Contains(err.Error(), "index out of range [") || !strings.Contains(err.Error(), "with length") {
			t.Errorf("%s\ngives %v", body, err)
		}
	}
}
