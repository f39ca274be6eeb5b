package data

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// checkered is a picture that every format can keep.
func checkered(w, h int) *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black, color.NRGBA{200, 30, 30, 255}})
	for i := range p.Pix {
		p.Pix[i] = uint8((i%w/8 + i/w/8) % 3)
	}
	return p
}

func encoded(t testing.TB, kind string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 100})
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDecodePicture(t *testing.T) {
	want := FromImage(checkered(32, 150)) // more than one strip
	for _, kind := range []string{"png", "jpeg", "gif"} {
		got, err := DecodePicture(bytes.NewReader(encoded(t, kind, checkered(32, 150))))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if d := difference(got, want); d > 40 { // JPEG halves the colours' resolution
			t.Errorf("%s: %v differs from %v by %d/255", kind, got, want, d)
		}
	}
	for _, img := range []image.Image{&image.Gray16{Pix: []uint8{128, 1}, Stride: 2, Rect: image.Rect(0, 0, 1, 1)}, image.NewCMYK(image.Rect(3, 4, 5, 6))} {
		if p := FromImage(img); p.C != 3 || p.H != img.Bounds().Dy() || p.Pixels[0] < 128 {
			t.Errorf("%T became %v, %v", img, p, p.Pixels)
		}
	}
}

func TestTransparentShowsWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	img.SetNRGBA(1, 0, color.NRGBA{255, 0, 0, 51}) // a fifth of red
	got, err := DecodePicture(bytes.NewReader(encoded(t, "png", img)))
	if err != nil || !bytes.Equal(got.Pixels, []uint8{255, 255, 255, 255, 204, 204}) {
		t.Errorf("got %v, %v", got, err)
	}
}

// A picture of a moving GIF may cover only a part; the rest shows white.
func TestSmallFrame(t *testing.T) {
	frame := image.NewPaletted(image.Rect(1, 0, 2, 1), color.Palette{color.Black})
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: 2, Height: 2, ColorModel: frame.Palette}}); err != nil {
		t.Fatal(err)
	}
	got, err := DecodePicture(bytes.NewReader(b.Bytes()))
	if err != nil || !bytes.Equal(got.Pixels, []uint8{255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 255, 255}) {
		t.Errorf("got %v, %v", got, err)
	}
}

// pngOf is a PNG file that promises a size, and has the beginning of another.
func pngOf(t testing.TB, w, h uint32) []byte {
	b := encoded(t, "png", image.NewGray(image.Rect(0, 0, 8, 8)))
	binary.BigEndian.PutUint32(b[16:], w)
	binary.BigEndian.PutUint32(b[20:], h)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestHostilePictures(t *testing.T) {
	good := encoded(t, "png", checkered(64, 64))
	photo := encoded(t, "jpeg", checkered(64, 64))
	torn := bytes.Clone(good)
	copy(torn[60:], "torn")
	deep := pngOf(t, 8000, 8000)
	deep[24], deep[25] = 16, 6 // 16 bits of four channels
	binary.BigEndian.PutUint32(deep[29:], crc32.ChecksumIEEE(deep[12:29]))
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":                     {nil, "no PNG, JPEG, GIF or WebP"},
		"text":                      {[]byte("a page of text that says .png"), "no PNG, JPEG, GIF or WebP"},
		"cut PNG":                   {good[:len(good)/2], "cut short"},
		"cut JPEG":                  {photo[:len(photo)/2], "cut short"},
		"cut header":                {photo[:10], "cut short"},
		"torn PNG":                  {torn, "damaged"},
		"100 megapixels":            {pngOf(t, 10000, 10000), "10000x10000 pixels, too many"},
		"a bomb":                    {pngOf(t, 1<<28, 1<<28), "too many"},
		"a bomb of one line":        {pngOf(t, 1<<31-1, 1), "too many"},
		"a bomb of deep pixels":     {deep, "8000x8000 pixels, too many"},
		"more promised than there":  {pngOf(t, 5000, 5000), "cut short"},
		"a GIF that promises a lot": {append([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), ';'), "65535x65535 pixels, too many"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := DecodePicture(bytes.NewReader(c.file))
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want a sentence with %q", err, c.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 40<<20 {
				t.Errorf("took %d bytes of memory", used)
			}
		})
	}
}

func TestReadPictureNamesTheReason(t *testing.T) {
	folder := t.TempDir()
	for want, path := range map[string]string{"cannot be read": filepath.Join(folder, "none.png"), "no PNG": os.DevNull} {
		if _, err := ReadPicture(path); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func FuzzDecodePicture(f *testing.F) {
	for _, kind := range []string{"png", "jpeg", "gif"} {
		f.Add(encoded(f, kind, checkered(9, 9)))
	}
	content, err := os.ReadFile(filepath.Join("testdata", "pillow", "held-6.webp"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Fuzz(func(t *testing.T, file []byte) {
		if header, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && header.Width*header.Height > 1<<20 {
			return // allowed, but slow
		}
		p, err := DecodePicture(bytes.NewReader(file))
		if err == nil && len(p.Pixels) != p.H*p.W*3 {
			t.Errorf("%d pixels for a %v", len(p.Pixels), p)
		}
	})
}
