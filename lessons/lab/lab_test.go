package lab

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"

	"reslab/nn"
)

func init() {
	Register("double", func(yours func(int) int) string {
		if got := yours(3); got != 6 {
			return "For 3 yours gives something else than 6."
		}
		return ""
	})
}

// shown returns what a program's output shows of v.
func shown(v any) string {
	var b bytes.Buffer
	Terminal(&b)(v)
	return b.String()
}

func TestCheck(t *testing.T) {
	var empty []int
	for _, c := range []struct {
		exercise string
		yours    any
		want     string
	}{
		{"double", func(n int) int { return 2 * n }, "double: right.\n"},
		{"double", func(n int) int { return n * n }, "double: not yet. For 3 yours gives something else than 6.\n"},
		{"double", func(n int) string { return "6" }, "double: not yet. It must be a func(int) int, yours is a func(int) string.\n"},
		{"double", nil, "double: not yet. It must be a func(int) int, yours is a <nil>.\n"},
		{"double", func(n int) int { return empty[n] }, "double: not yet. Yours panics: runtime error: index out of range [3] with length 0.\n"},
		{"dubble", func(n int) int { return 2 * n }, "dubble: not yet. There is no exercise of this name; there are: double.\n"},
	} {
		var b bytes.Buffer
		restore := Redirect(Terminal(&b))
		Check(c.exercise, c.yours)
		restore()
		if b.String() != c.want {
			t.Errorf("Check(%q, %T) shows %q, want %q", c.exercise, c.yours, b.String(), c.want)
		}
	}
}

func TestRegisterTwice(t *testing.T) {
	if got := Panics(func() { Register("double", func(func()) string { return "" }) }); !strings.Contains(got, "double") {
		t.Errorf("a second check of one name says %q", got)
	}
}

func TestRedirectSeesValues(t *testing.T) {
	var got []any
	restore := Redirect(func(v any) { got = append(got, v) })
	Show(7)
	Check("double", func(n int) int { return 2 * n })
	restore()
	if len(got) != 2 || got[0] != 7 || got[1] != (Verdict{Exercise: "double"}) {
		t.Errorf("the display got %v", got)
	}
}

func TestLiveAndProgress(t *testing.T) {
	var got []any
	restore := Redirect(func(v any) { got = append(got, v) })
	a, b := NewLive(), NewLive()
	a.Show(1)
	b.Show(2)
	a.Show(3)
	Progress(1, 10, "step")
	restore()
	if len(got) != 4 || got[3] != (Step{1, 10, "step"}) {
		t.Fatalf("the display got %v", got)
	}
	first, second, third := got[0].(Update), got[1].(Update), got[2].(Update)
	if first.Live != third.Live || first.Live == second.Live || third.Value != 3 {
		t.Errorf("the display got %v", got)
	}
	if text := shown(third) + shown(got[3]); text != "3\n" {
		t.Errorf("a terminal shows %q", text)
	}
}

func TestShowSmallPicture(t *testing.T) {
	two := nn.FromSlice([]float32{1, -5, 2, 6, 3, 7, 4, 8}, 1, 2, 2, 2)
	want := "tensor [1 2 2 2]\nchannel 0\n  1  2\n  3  4\nchannel 1\n  -5   6\n   7   8\n"
	if got := shown(two); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestShowDrawing(t *testing.T) {
	picture := nn.NewTensor(1, 2, 9, 1)
	for j := range 8 {
		picture.Set(float32(j), 0, 0, j, 0) // all shades once
	}
	want := "tensor [1 2 9 1], from 0 to 7\n|  ,,::ccooOO88@@  |\n|                  |\n"
	if got := shown(picture); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	signed := nn.FromSlice([]float32{-4, -2, -0.1, 0, 0.3, 1, 2, 3, 4}, 1, 1, 9, 1)
	want = "tensor [1 1 9 1], from -4 to 4; + and # above zero, - and = below\n|==--      ++++####|\n"
	if got := shown(signed); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := shown(nn.NewTensor(1, 1, 9, 1)); got != "tensor [1 1 9 1], from 0 to 0\n|"+strings.Repeat(" ", 18)+"|\n" {
		t.Errorf("zeros are shown as %q", got)
	}
}

// A wide picture is averaged in blocks: it must not run over a terminal's edge.
func TestShowShrinks(t *testing.T) {
	img := image.NewGray(image.Rect(10, 20, 10+200, 20+100)) // bounds that do not begin at zero
	for i := range 100 {
		for j := range 100 {
			img.Set(10+j, 20+i, color.White)
		}
	}
	lines := strings.Split(strings.TrimSpace(shown(img)), "\n")
	if lines[0] != "tensor [100 200 1], from 0 to 1" {
		t.Errorf("title %q", lines[0])
	}
	for _, line := range lines[1:] {
		if len(line) > 78 || !strings.HasPrefix(line, "|@@@@@@@@@@") || !strings.HasSuffix(line, "        |") {
			t.Fatalf("line %q", line)
		}
	}
	if got := shown(image.NewGray(image.Rectangle{})); got != "no tensor\n" {
		t.Errorf("an empty image is shown as %q", got)
	}
}

func TestShowTheRest(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{"text", "text\n"},
		{[]int{1, 2}, "[1 2]\n"},
		{(*nn.Tensor)(nil), "no tensor\n"},
		{nn.NewTensor(2, 2), "tensor [2 2]\n  0  0\n  0  0\n"},
		{nn.NewTensor(1, 2, 2, 16), nn.NewTensor(1, 2, 2, 16).String() + "\n"}, // too many channels to draw
		{nn.NewTensor(2, 2, 2, 1), nn.NewTensor(2, 2, 2, 1).String() + "\n"},   // two pictures
	} {
		if got := shown(c.v); got != c.want {
			t.Errorf("%v is shown as %q", c.v, got)
		}
	}
}
