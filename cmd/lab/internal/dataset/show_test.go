package dataset

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/nn/data"
	"reslab/viz"
)

// photos writes a folder of two classes with three pictures each; one more is
// broken.
func photos(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	noise := data.Noise(data.NoiseConfig{N: 6, H: 20, W: 30, C: 3})
	for i := range noise.Len() {
		path := filepath.Join(root, []string{"moth", "newt"}[i%2], string(rune('a'+i))+".png")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		grid := data.Grid(noise, []int{i})
		if err := viz.WriteFile(path, encode(t, grid)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "moth", "broken.png"), []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

func encode(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestShowAFolder(t *testing.T) {
	folder := photos(t)
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		show Show
		wide bool
	}{{Show{Name: folder}, false}, {Show{Name: folder, Augmented: true, Out: "changed.png"}, true}} {
		var out bytes.Buffer
		if err := c.show.Run(t.Context(), &out); err != nil {
			t.Fatal(err)
		}
		want := c.show.Out
		if want == "" {
			want = filepath.Base(folder) + ".png"
		}
		if got := strings.TrimSpace(out.String()); got != want {
			t.Errorf("printed %q, want %q", got, want)
		}
		f, err := os.Open(want)
		if err != nil {
			t.Fatal(err)
		}
		picture, _, err := image.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		// Six pictures are two rows of three, or, changed, six rows of six.
		if tall := picture.Bounds().Dy() > picture.Bounds().Dx(); tall != c.wide {
			t.Errorf("%s has %v pixels", want, picture.Bounds().Max)
		}
	}
}

func TestShowRefuses(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "alone"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"mnits": "did you mean mnist?", root: "one class only", filepath.Join(root, "none"): "there is no folder"} {
		if err := (Show{Name: name}).Run(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want a sentence with %q", name, err, want)
		}
	}
}

func TestBlocksByHand(t *testing.T) {
	set := &data.Set{H: 3, W: 2, C: 1, Classes: []string{"digit"}, Labels: []int{0}, Pixels: []uint8{1, 2, 3, 4, 5, 6}}
	half := func(codes string) string { return codes + "▀\x1b[0m" }
	want := half("\x1b[38;2;1;1;1m\x1b[48;2;3;3;3m") + half("\x1b[38;2;2;2;2m\x1b[48;2;4;4;4m") + "  \n" +
		half("\x1b[38;2;5;5;5m") + half("\x1b[38;2;6;6;6m") + "  \n" +
		"d…  \n\n"
	if got := blocks(set, 0, 80); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// No line is wider than the terminal, and every original keeps its row.
func TestBlocksFit(t *testing.T) {
	set := data.Noise(data.NoiseConfig{N: 48, H: 96, W: 64, C: 3})
	for _, width := range []int{10, 40, 80, 200} {
		for _, columns := range []int{0, 6} {
			drawn := blocks(set, columns, width)
			lines := strings.Split(drawn, "\n")
			// A picture is 21 letters wide and 16 lines high.
			room := max(1, (width+blockGap)/(21+blockGap))
			if columns > 0 {
				room = min(room, columns)
			}
			if got := strings.Count(lines[0], "▀"); got != 21*room {
				t.Errorf("width %d, %d columns: %d blocks in a line, want %d pictures", width, columns, got, room)
			}
			if columns > 0 && len(lines)/18 != 8 {
				t.Errorf("width %d: %d lines for 8 rows of 16 and 2 lines", width, len(lines))
			}
		}
	}
}

func TestCountsOfAFolder(t *testing.T) {
	splits, err := data.Open(photos(t), data.SplitConfig{Test: 0.3, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counts(splits), "to learn from: moth 3, newt 2\nto test with: moth 1, newt 1\n"; got != want {
		t.Errorf("it says\n%s\nand not\n%s", got, want)
	}
}
