package train

import "testing"

// What a file of weights calls its classes steers no terminal.
func TestClassificationInWords(t *testing.T) {
	c := Classification{Image: "a\x1b[2J.png", Top: []Guess{{"red\nrose", 0, 0.75}, {"bee", 1, 0.25}}}
	want := "\"a\\x1b[2J.png\"\n   75.0 %  \"red\\nrose\"\n   25.0 %  bee\n"
	if got := c.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
