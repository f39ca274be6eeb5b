package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Every way to hold a camera, as Pillow turns it. JPEG is not exact.
func TestOrientationAgreesWithPillow(t *testing.T) {
	for n := 1; n <= 8; n++ {
		got, want := golden(t, fmt.Sprintf("held-%d.jpg", n)), golden(t, fmt.Sprintf("turned-%d.png", n))
		if d := difference(got, want); d > 3 {
			t.Errorf("held as %d: %v differs from %v by %d/255", n, got, want, d)
		}
	}
	for _, kind := range []string{"png", "webp"} {
		if d := difference(golden(t, "held-6."+kind), golden(t, "turned-6.png")); d > 3 {
			t.Errorf("%s: differs by %d/255", kind, d)
		}
	}
}

// tiff is a directory with the orientation after other entries.
func tiff(order binary.AppendByteOrder, o uint16) []byte {
	b := []byte("II")
	if order == binary.BigEndian {
		b = []byte("MM")
	}
	b = order.AppendUint32(order.AppendUint16(b, 42), 10)
	b = append(b, 0, 0) // the directory need not follow at once
	b = order.AppendUint16(b, 2)
	for _, e := range [][2]uint16{{0x0100, 99}, {0x0112, o}} {
		b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, e[0]), 3), 1)
		b = order.AppendUint16(order.AppendUint16(b, e[1]), 0)
	}
	return b
}

// jpegHeld is the beginning of a JPEG file with an orientation.
func jpegHeld(order binary.AppendByteOrder, o uint16) []byte {
	content := append([]byte("Exif\x00\x00"), tiff(order, o)...)
	b := []byte{0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xe1}
	b = binary.BigEndian.AppendUint16(b, uint16(len(content)+2))
	return append(append(b, content...), 0xff, 0xda)
}

func TestReadOrientationByHand(t *testing.T) {
	little, big := jpegHeld(binary.LittleEndian, 6), jpegHeld(binary.BigEndian, 3)
	for name, c := range map[string]struct {
		file []byte
		want orientation
	}{
		"little end first":   {little, 6},
		"big end first":      {big, 3},
		"a number too large": {jpegHeld(binary.LittleEndian, 9), 1},
		"zero":               {jpegHeld(binary.LittleEndian, 0), 1},
		"cut in the tag":     {little[:len(little)-8], 1},
		"cut in the header":  {little[:20], 1},
		"no picture":         {[]byte("hello, this is text"), 1},
		"empty":              {nil, 1},
	} {
		if got := readOrientation(bytes.NewReader(c.file)); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
	far := tiff(binary.LittleEndian, 6)
	binary.LittleEndian.PutUint32(far[4:], 0xffffffff)
	if got := tiffOrientation(far); got != upright {
		t.Errorf("a directory beyond the end: %d", got)
	}
}

// Eight ways: each is a turning of the first, and no two pixels meet.
func TestPlaceMovesEveryPixelOnce(t *testing.T) {
	for o := orientation(1); o <= 8; o++ {
		h, w := 3, 5
		if o.swaps() {
			h, w = w, h
		}
		seen := map[[2]int]bool{}
		for y := range 3 {
			for x := range 5 {
				ty, tx := o.place(y, x, 3, 5)
				if ty < 0 || tx < 0 || ty >= h || tx >= w || seen[[2]int{ty, tx}] {
					t.Errorf("%d: %d, %d goes to %d, %d", o, y, x, ty, tx)
				}
				seen[[2]int{ty, tx}] = true
			}
		}
	}
}

func FuzzReadOrientation(f *testing.F) {
	f.Add(jpegHeld(binary.LittleEndian, 6))
	f.Add(jpegHeld(binary.BigEndian, 8))
	for _, name := range []string{"held-6.png", "held-6.webp", "held-3.jpg"} {
		content, err := os.ReadFile(filepath.Join("testdata", "pillow", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if o := readOrientation(bytes.NewReader(file)); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}
