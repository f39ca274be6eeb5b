package data

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // the first picture of it
	_ "image/jpeg" // with the orientation of its EXIF
	_ "image/png"
	"io"
	"io/fs"
	"os"
	"sync"

	_ "golang.org/x/image/webp"
)

// Bounds of a picture file. A file may promise what it likes: it is refused by
// its header, before any memory is taken.
const (
	maxPixels  = 1 << 26 // the largest of today's telephones have about 50 million
	maxMemory  = 1 << 28 // bytes of its pixels once decoded
	manyPixels = 1 << 23 // such pictures are decoded one at a time
)

// ReadPicture reads a PNG, JPEG, GIF or WebP file, in three channels. It is
// turned as its EXIF orientation asks; what is transparent becomes white; of a
// moving GIF it is the first picture. A picture of more than 67 million pixels
// is refused.
func ReadPicture(path string) (*Picture, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, plain(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("this is a folder: name a picture in it")
	}
	return DecodePicture(f)
}

// DecodePicture is ReadPicture for an open file.
func DecodePicture(r io.ReadSeeker) (*Picture, error) {
	header, _, err := image.DecodeConfig(bufio.NewReader(r))
	if err != nil {
		return nil, decodeError(err)
	}
	if err := checkHeader(header); err != nil {
		return nil, err
	}
	if header.Width*header.Height > manyPixels {
		largePictures.Lock()
		defer largePictures.Unlock()
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, decodeError(err)
	}
	turn := readOrientation(r)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, decodeError(err)
	}
	img, _, err := image.Decode(bufio.NewReader(r))
	if err != nil {
		return nil, decodeError(err)
	}
	return paint(img, image.Rect(0, 0, header.Width, header.Height), turn), nil
}

// largePictures bounds the memory of many goroutines that decode.
var largePictures sync.Mutex

func checkHeader(header image.Config) error {
	w, h := int64(header.Width), int64(header.Height)
	switch {
	case w < 1 || h < 1:
		return errors.New("the picture has no pixels")
	case w > maxPixels || h > maxPixels || w*h > maxPixels || w*h*bytesOf(header.ColorModel) > maxMemory:
		return fmt.Errorf("the picture has %dx%d pixels, too many to read; make it smaller", w, h)
	}
	return nil
}

// bytesOf returns how many bytes a decoded pixel takes.
func bytesOf(model color.Model) int64 {
	switch model {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := model.(color.Palette); ok {
		return 1
	}
	return 4
}

// decodeError says in plain words why a picture cannot be decoded.
func decodeError(err error) error {
	switch {
	case errors.Is(err, image.ErrFormat):
		return errors.New("this is no PNG, JPEG, GIF or WebP picture")
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the file is cut short")
	}
	return fmt.Errorf("the file is damaged or cut short (%w)", err)
}

// plain leaves the path out of an error of the file system: the caller names the
// picture.
func plain(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("the file cannot be read (%w)", path.Err)
	}
	return err
}
