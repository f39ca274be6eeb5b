package lesson

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		got, want string
		tol       float64
		ok        bool
	}{
		{"a\nb\n", "a\nb\n", 0, true},
		{"a  \nb\n\n", "a\nb", 0, true}, // space at the ends of lines
		{"a b\n", "a  b\n", 0, false},
		{"a\n", "a\nb\n", 0, false},
		{"a\nb\n", "a\n", 0, false},
		{"", "", 0, true},
		{"x", "", 0, false},
		{"took 1.25 s, done", "took ... s, done", 0, true},
		{"took 1.25 s, failed", "took ... s, done", 0, false},
		{"a\nb\nc\nd\n", "a\n...\nd\n", 0, true},
		{"a x b x c", "a ... x c", 0, true},
		{"a x b x c", "... x d", 0, false},
		{"loss 2.3026", "loss 2.3025", 0, false},
		{"loss 2.3026", "loss 2.3025", 1e-3, true},
		{"loss 2.3126", "loss 2.3025", 1e-3, false},
		{"loss 2000.1", "loss 2000", 1e-3, true}, // relative above one
		{"  9.9996 1\n", " 10 1\n", 1e-3, true},  // the columns are moved
		{"nan", "1", 1e-3, false},
		{"1\n2", "1 2", 1e-3, false}, // a new line is no space
		{"-0.0001", "0.0001", 1e-3, true},
		{"rose 1", "lily 1", 1e-3, false},
		{"three dots ...", "three dots", 0, false},

		{"cat 0.7  ███", "cat 0.7  ████", 0, false}, // without a tolerance a bar is its letters
		{"cat 0.7  ███", "cat 0.7  █...", 0, true},
		{"cat 0.7  ███", "cat 0.7  ████", 1e-3, true}, // one block more or less, whatever the tolerance
		{"cat 0.7  ██", "cat 0.7  ████", 1e-3, false},
		{"cat 0.7  ██████", "cat 0.7  ████████", 0.3, true}, // a third less, as its number may be
		{"cat 0.7  █████", "cat 0.7  ████████", 0.3, false},
		{"cat 0.7\ndog 0.2", "cat 0.7  █\ndog 0.2", 0.1, true}, // too short to be seen
		{"cat 0.7  █\ndog 0.2", "cat 0.7\ndog 0.2  █", 0.1, true},
		{"cat 0.7", "cat 0.7  ██", 0.1, false},
		{"cat 0.7  ██", "cat 0.7", 0.1, false},
		{"cat 0.7  █", "cat 0.7  x", 0.1, false},
		{"cat 0.7  ███  ↑ 1", "cat 0.7  ██   ↑ 1", 0.1, true}, // an arrow behind it
		{"a ██▌ 2.5", "a █▏ 2.5", 0.1, false},                 // 2.5 blocks and 1.125
		{"a ██▏ 2.5", "a █▏ 2.5", 0.1, true},
		{"cat 0.7  ███\ndog", "cat 0.7  ...\ndog", 0.1, true},
		{"a ▏ 0.1", "a 0.1", 0.1, true},
		{"a ░░░ -3", "a ░░ -3", 0.1, true}, // hollow bars are those of negative numbers
		{"a ░░ -2", "a ██ -2", 0.1, false},
		{"x ▁▆██▆", "x ▁▆█▆▆", 0.5, false}, // a line of small blocks is no bar
		{"cat 0.7  ███\ndog 0.3  █\nend", "cat ...\ndog 0.3  ██\nend", 0.1, true},
	} {
		if got := matches(c.got, c.want, c.tol); got != c.ok {
			t.Errorf("matches(%q, %q, %v) is %v", c.got, c.want, c.tol, got)
		}
	}
}

// Whatever is cut out of a text, dots in its place match; and a text matches
// itself.
func TestDotsMatchAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "1", "-2.5", "|", "=", "██", "▆█▂"}), 1, 12).Draw(t, "words")
		text := strings.Join(words, rapid.SampledFrom([]string{" ", "\n"}).Draw(t, "between"))
		tol := rapid.SampledFrom([]float64{0, 0.1}).Draw(t, "tol")
		if !matches(text, text, tol) {
			t.Fatalf("%q does not match itself", text)
		}
		from := rapid.IntRange(0, len(text)).Draw(t, "from")
		to := rapid.IntRange(from, len(text)).Draw(t, "to")
		if want := text[:from] + "..." + text[to:]; inWords(text, from, to) && !matches(text, want, tol) {
			t.Fatalf("%q does not match %q", text, want)
		}
	})
}

// inWords tells whether a cut is made of whole words: "-2.5" cut in two is not
// two of the tokens that the comparison sees, and a bar is one with the space
// before it.
func inWords(text string, from, to int) bool {
	between := func(at int) bool { return text[at] == ' ' || text[at] == '\n' }
	return (from == 0 || between(from-1)) && (to == len(text) || between(to))
}

// A figure is found in what a cell printed, and told apart from another.
func TestPrints(t *testing.T) {
	const printed = "layer 1: 0.5\n 8 layers of sigmoids: 10^-5.1 of it\n56 layers of sigmoids: 10^-36.7 of it\n"
	for _, c := range []struct {
		figure string
		tol    float64
		found  string
		same   bool
	}{
		{"56 layers of sigmoids: 10^-36.7", 0, "56 layers of sigmoids: 10^-36.7", true},
		{"layers of sigmoids: 10^-5.1 of it", 0, "layers of sigmoids: 10^-5.1 of it", true},
		{"56 layers of sigmoids: 10^-36.5", 0, "56 layers of sigmoids: 10^-36.7 of it", false},
		{"56 layers of sigmoids: 10^-36.5", 0.1, "56 layers of sigmoids: 10^-36.7", true},
		{"56 layers of sigmoids: 10^-3", 0, "56 layers of sigmoids: 10^-36.7 of it", false},
		{"6 layers of sigmoids", 0, "8 layers of sigmoids: 10^-5.1 of it", false}, // a number is one token
		{"nothing", 0, "", false},
	} {
		found, same := Cell{Tol: c.tol}.Prints(printed, c.figure)
		if found != c.found || same != c.same {
			t.Errorf("%q within %g: found %q, %v; want %q, %v", c.figure, c.tol, found, same, c.found, c.same)
		}
	}
}
