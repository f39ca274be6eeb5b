package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// idx is an IDX file: its header and its bytes.
func idx(data []byte, sizes ...uint32) []byte {
	var b bytes.Buffer
	binary.Write(&b, binary.BigEndian, uint32(idxBytes+len(sizes)))
	binary.Write(&b, binary.BigEndian, sizes)
	b.Write(data)
	return b.Bytes()
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

func TestReadIDXByHand(t *testing.T) {
	pictures := []byte("\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x03abcdef")
	pixels, shape, err := ReadIDXImages(bytes.NewReader(pictures))
	if err != nil || string(pixels) != "abcdef" || shape != [3]int{2, 1, 3} {
		t.Errorf("got %q, %v, %v", pixels, shape, err)
	}
	labels, err := ReadIDXLabels(strings.NewReader("\x00\x00\x08\x01\x00\x00\x00\x02\x07\x00"), 8)
	if err != nil || !slices.Equal(labels, []int{7, 0}) {
		t.Errorf("got %v, %v", labels, err)
	}
}

func TestReadIDXWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, h, w := rapid.IntRange(1, 20).Draw(t, "n"), rapid.IntRange(1, 5).Draw(t, "h"), rapid.IntRange(1, 5).Draw(t, "w")
		data := rapid.SliceOfN(rapid.Byte(), n*h*w, n*h*w).Draw(t, "data")
		file := idx(data, uint32(n), uint32(h), uint32(w))
		if rapid.Bool().Draw(t, "packed") {
			file = packed(file)
		}
		pixels, shape, err := ReadIDXImages(iotest.HalfReader(bytes.NewReader(file)))
		if err != nil || !bytes.Equal(pixels, data) || shape != [3]int{n, h, w} {
			t.Fatalf("got %v, %v, %v", pixels, shape, err)
		}
		cut := rapid.IntRange(0, len(file)-1).Draw(t, "cut")
		if _, _, err := ReadIDXImages(bytes.NewReader(file[:cut])); err == nil {
			t.Fatalf("the first %d of %d bytes are accepted", cut, len(file))
		}
		if _, _, err := ReadIDXImages(bytes.NewReader(append(file, 0))); err == nil {
			t.Fatal("a byte too many is accepted")
		}
	})
}

func TestReadIDXRefuses(t *testing.T) {
	good := idx(make([]byte, 12), 3, 2, 2)
	flipped := packed(good)
	flipped[len(flipped)-8] ^= 1 // in the checksum
	garbled := packed(good)
	garbled[10] = 0xff // in the first block
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":            {nil, "cut short: it ends within its header"},
		"half a header":    {good[:9], "cut short: it ends within its header"},
		"cut":              {good[:len(good)-5], "should have 3 pictures and ends after 1"},
		"no pixels":        {good[:16], "should have 3 pictures and ends after 0"},
		"too long":         {append(slices.Clone(good), 1), "goes on after the 3 pictures"},
		"labels":           {idx([]byte{1}, 1), "not an IDX file of pictures: it begins with 0x00000801 instead of 0x00000803"},
		"floats":           {[]byte("\x00\x00\x0d\x03 and so on"), "not an IDX file"},
		"web page":         {[]byte("<html>404</html>"), "not an IDX file"},
		"no pictures":      {idx(nil, 0, 28, 28), "the header promises pictures of the shape [0 28 28]"},
		"flat pictures":    {idx(nil, 10, 0, 28), "the file is damaged"},
		"absurd":           {idx(nil, 1<<31, 1<<31, 1<<31), "the file is damaged"},
		"overflow":         {idx(nil, 1<<16, 1<<8, 1<<8), "the file is damaged"},
		"packed, cut":      {packed(good)[:20], "cut short"},
		"packed, no end":   {packed(good)[:len(packed(good))-3], "cut short"},
		"packed, bad sum":  {flipped, "damaged (gzip: invalid checksum)"},
		"packed, garbled":  {garbled, "damaged (flate"},
		"packed, too long": {append(packed(good), "something else"...), "damaged (gzip: invalid header)"},
		"packed, inside":   {packed(append(slices.Clone(good), 1)), "goes on after the 3 pictures"},
		"gzip's name only": {[]byte{0x1f, 0x8b}, "cut short"},
	} {
		_, _, err := ReadIDXImages(bytes.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want something with %q", name, err, c.want)
		}
	}
	if _, err := ReadIDXLabels(bytes.NewReader(idx([]byte{9, 10}, 2)), 10); err == nil || !strings.Contains(err.Error(), "label 1 is 10, but there are only the classes 0 to 9") {
		t.Errorf("a label out of range: %v", err)
	}
}

func TestReadIDXPassesOnTheErrorOfTheDisk(t *testing.T) {
	disk := errors.New("input/output error")
	for _, n := range []int{0, 1, 10, 20} {
		start := idx(make([]byte, 100), 100, 1, 1)[:n]
		r := io.MultiReader(bytes.NewReader(start), iotest.ErrReader(disk))
		if _, _, err := ReadIDXImages(r); !errors.Is(err, disk) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

// TestReadIDXBelievesNoHeader gives a header that promises almost a gigabyte,
// and nothing else.
func TestReadIDXBelievesNoHeader(t *testing.T) {
	file := idx(make([]byte, 100), 1000000, 30, 30)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := ReadIDXImages(bytes.NewReader(file))
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("got %v", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("took %d bytes of memory for 100", used)
	}
}

func FuzzReadIDXImages(f *testing.F) {
	good := idx([]byte("abcdefghijkl"), 3, 2, 2)
	f.Add(good)
	f.Add(packed(good))
	f.Add(good[:20])
	f.Add(packed(good)[:25])
	f.Add(idx(nil, 1<<31, 1, 1))
	f.Add(append(packed(good), 0))
	f.Fuzz(func(t *testing.T, file []byte) {
		pixels, shape, err := ReadIDXImages(bytes.NewReader(file))
		if err != nil {
			if pixels != nil {
				t.Error("pixels beside an error")
			}
			return
		}
		if len(pixels) == 0 || len(pixels) != shape[0]*shape[1]*shape[2] {
			t.Fatalf("%d pixels of the shape %v", len(pixels), shape)
		}
		// A file is accepted only if it holds just that.
		content := idx(pixels, uint32(shape[0]), uint32(shape[1]), uint32(shape[2]))
		if file[0] == 0x1f {
			z, err := gzip.NewReader(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if file, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(file, content) {
			t.Fatal("the file holds something else")
		}
	})
}

func FuzzReadIDXLabels(f *testing.F) {
	good := idx([]byte{0, 9, 5}, 3)
	f.Add(good)
	f.Add(packed(good))
	f.Add(good[:9])
	f.Add(idx([]byte{10}, 1))
	f.Add(idx(nil, 1<<31))
	f.Fuzz(func(t *testing.T, file []byte) {
		labels, err := ReadIDXLabels(bytes.NewReader(file), 10)
		if err != nil {
			return
		}
		for _, l := range labels {
			if l < 0 || l > 9 {
				t.Fatalf("label %d of 10 classes", l)
			}
		}
	})
}
