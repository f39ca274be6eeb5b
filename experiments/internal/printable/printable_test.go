package printable

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"a red rose":            "a red rose",
		`"Käfer", 花, 100 %`:     `"Käfer", 花, 100 %`,
		"":                      "",
		"👩‍🚀":                   "👩‍🚀",
		"half\x9b31m":           `"half\x9b31m"`,
		"\x1b[2Jrose":           `"\x1b[2Jrose"`,
		"two\nlines":            `"two\nlines"`,
		"turned \u202e round":   `"turned \u202e round"`,
		"\u009b31mred":          `"\u009b31mred"`,
		"two\u2028lines \"so\"": `"two\u2028lines \"so\""`,
	} {
		if got := Text(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestTextSteersNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range Text(rapid.String().Draw(t, "text")) {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("%U is left", r)
			}
		}
	})
}
