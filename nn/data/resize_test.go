package data

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// golden reads a picture that Pillow made; see testdata/pillow/make.py.
func golden(t testing.TB, name string) *Picture {
	t.Helper()
	p, err := ReadPicture(filepath.Join("testdata", "pillow", name))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// difference returns how far two pictures are apart at most, in bytes; 256 if
// they are not of one size.
func difference(a, b *Picture) int {
	if a.H != b.H || a.W != b.W || a.C != b.C {
		return 256
	}
	most := 0
	for i, v := range a.Pixels {
		most = max(most, int(v)-int(b.Pixels[i]), int(b.Pixels[i])-int(v))
	}
	return most
}

// The whole arithmetic is Pillow's, so that not one byte differs.
func TestResizeAgreesWithPillow(t *testing.T) {
	noise := golden(t, "noise.png")
	for name, resize := range map[string]func(h, w int) Transform{"bilinear": Resize, "bicubic": ResizeCubic} {
		for _, size := range [][2]int{{16, 16}, {37, 20}, {11, 53}, {36, 52}, {60, 80}, {1, 1}} {
			h, w := size[0], size[1]
			got := resize(h, w).Apply(noise, nil)
			if d := difference(got, golden(t, fmt.Sprintf("%s-%dx%d.png", name, h, w))); d != 0 {
				t.Errorf("%s to %dx%d: %d/255 from Pillow's", name, h, w, d)
			}
		}
	}
}

func TestResizeByHand(t *testing.T) {
	// From 4 to 2: the tent reaches over 4 old pixels, here over 3 of them with
	// the weights 3/7, 3/7 and 1/7.
	p := &Picture{1, 4, 1, []uint8{70, 0, 0, 210}}
	if got := Resize(1, 2).Apply(p, nil).Pixels; !slices.Equal(got, []uint8{30, 90}) {
		t.Errorf("got %v, want 70*3/7 = 30 and 210*3/7 = 90", got)
	}
	if got := Resize(1, 4).Apply(p, nil); got != p {
		t.Error("the same size is not the same picture")
	}
}

func TestResizeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 40)
		h, w, c := side.Draw(t, "h"), side.Draw(t, "w"), rapid.SampledFrom([]int{1, 3}).Draw(t, "c")
		grey := rapid.Uint8().Draw(t, "grey")
		flat := NewPicture(h, w, c)
		for i := range flat.Pixels {
			flat.Pixels[i] = grey
		}
		nh, nw := side.Draw(t, "new h"), side.Draw(t, "new w")
		for _, resize := range []Transform{Resize(nh, nw), ResizeCubic(nh, nw)} {
			got := resize.Apply(flat, nil)
			if got.H != nh || got.W != nw || got.C != c {
				t.Fatalf("a %v", got)
			}
			if slices.Max(got.Pixels) != grey || slices.Min(got.Pixels) != grey {
				t.Fatalf("one colour became %v", got.Pixels)
			}
		}
		// To resize a mirror image is to mirror the resized one.
		noise := Noise(NoiseConfig{N: 1, H: h, W: w, C: c}).Picture(0)
		a, b := Resize(nh, nw).Apply(mirrored(noise), nil), mirrored(Resize(nh, nw).Apply(noise, nil))
		if d := difference(a, b); d > 1 {
			t.Fatalf("left and right differ by %d", d)
		}
		short := ResizeShort(nh).Apply(noise, nil)
		if min(short.H, short.W) != nh {
			t.Fatalf("the short side of %v is not %d", short, nh)
		}
		if fit := fit(nh, nw).Apply(noise, nil); fit.H != nh || fit.W != nw {
			t.Fatalf("%v", fit)
		}
	})
}

// Fit keeps the shape of what it shows: a square on a wide picture stays one.
func TestFitKeepsTheShape(t *testing.T) {
	wide := NewPicture(20, 60, 1)
	for y := 6; y < 14; y++ {
		for x := 26; x < 34; x++ {
			wide.At(y, x)[0] = 255
		}
	}
	got := fit(10, 10).Apply(wide, nil)
	rows, columns := 0, 0
	for i := range 10 {
		if got.At(i, 5)[0] > 127 {
			rows++
		}
		if got.At(5, i)[0] > 127 {
			columns++
		}
	}
	if rows != 4 || columns != 4 {
		t.Errorf("a square of 8 of 20 pixels became %d by %d of 10", rows, columns)
	}
}

func TestTheThinnestPicture(t *testing.T) {
	thread := NewPicture(1, 30000, 1)
	if got := ResizeShort(64).Apply(thread, nil); got.H != 64 || got.W != maxSide {
		t.Errorf("a thread became a %v", got)
	}
}

func mirrored(p *Picture) *Picture {
	q := NewPicture(p.H, p.W, p.C)
	for y := range p.H {
		for x := range p.W {
			copy(q.At(y, x), p.At(y, p.W-1-x))
		}
	}
	return q
}

func BenchmarkResize(b *testing.B) {
	p := Noise(NoiseConfig{N: 1, H: 375, W: 500, C: 3}).Picture(0)
	for b.Loop() {
		Resize(224, 224).Apply(p, nil)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pictures/s")
}

// encodePNG writes a picture to a file.
func encodePNG(t testing.TB, path string, img image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
