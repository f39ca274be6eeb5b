package viz

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// pngDPI gives two picture pixels for each CSS pixel, for sharp screens and print. gonum's unit,
// a point at 72 to the inch, is our pixel.
const pngDPI = 144

// PNG draws the picture, title and source included, at two pixels for each CSS pixel.
func PNG(p Picture) ([]byte, error) {
	s, err := arrange(p, true)
	if err != nil {
		return nil, err
	}
	canvas := vgimg.NewWith(vgimg.UseWH(vg.Length(s.w), vg.Length(s.h)), vgimg.UseDPI(pngDPI))
	s.paint(pen{draw.New(canvas), s.h})
	var out bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&out); err != nil {
		return nil, fmt.Errorf("encoding %s as PNG: %w", p, err)
	}
	return out.Bytes(), nil
}

// SVG draws the picture, title and source included, as a file of its own.
func SVG(p Picture) ([]byte, error) {
	s, err := arrange(p, true)
	if err != nil {
		return nil, err
	}
	raw, err := rawSVG(s)
	if err != nil {
		return nil, fmt.Errorf("drawing %s as SVG: %w", p, err)
	}
	return standaloneSVG(raw, s, p), nil
}

// arrange checks the picture and lays it out.
func arrange(p Picture, header bool) (*sheet, error) {
	if err := Check(p); err != nil {
		return nil, err
	}
	return p.layout(header), nil
}

func rawSVG(s *sheet) ([]byte, error) {
	canvas := vgsvg.New(vg.Length(s.w), vg.Length(s.h))
	s.paint(pen{draw.New(canvas), s.h})
	var out bytes.Buffer
	_, err := canvas.WriteTo(&out)
	return out.Bytes(), err
}

// WritePNG draws the picture into a file.
func WritePNG(path string, p Picture) error {
	data, err := PNG(p)
	if err != nil {
		return err
	}
	return WriteFile(path, data)
}

// WriteSVG draws the picture into a file.
func WriteSVG(path string, p Picture) error {
	data, err := SVG(p)
	if err != nil {
		return err
	}
	return WriteFile(path, data)
}

// WriteFile writes all or nothing: to a temporary name beside the file, then by renaming.
func WriteFile(path string, data []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".*-"+filepath.Base(path))
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, cause(err))
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
			err = fmt.Errorf("writing %s: %w", path, cause(err))
		}
	}()
	if _, err = tmp.Write(data); err != nil {
		tmp.Close()
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		tmp.Close()
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// cause leaves the temporary name out of the sentence.
func cause(err error) error {
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		return inPath.Err
	case errors.As(err, &inLink):
		return inLink.Err
	}
	return err
}
