package compare

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"reslab/viz"
)

// Page is the file that Write writes, beside its pictures.
const Page = "compare.html"

// Write writes the page and its pictures, as PNG and SVG, into a folder, which it
// makes. A folder that holds anything but an earlier comparison is left alone.
func (c *Comparison) Write(folder string) error {
	if err := free(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return cannot(folder, err)
	}
	pictures := make([][]picture, len(c.Nets))
	var files []string
	for i := range c.Nets {
		pictures[i] = c.pictures(i)
		for _, p := range pictures[i] {
			path := filepath.Join(folder, p.file)
			if err := errors.Join(viz.WritePNG(path+".png", p.picture), viz.WriteSVG(path+".svg", p.picture)); err != nil {
				return err
			}
			files = append(files, p.file+".png", p.file+".svg")
		}
	}
	return c.report(pictures).Files(files).Write(filepath.Join(folder, Page))
}

// free refuses a folder that is not there for comparisons.
func free(folder string) error {
	files, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(files) == 0:
		return nil
	case err != nil:
		return cannot(folder, err)
	}
	if _, err := os.Stat(filepath.Join(folder, Page)); err != nil {
		return fmt.Errorf("%s is there already and holds no comparison; name another folder with --out", folder)
	}
	return nil
}

// cannot leaves the names of the operating system's calls out of the sentence.
func cannot(folder string, err error) error {
	if inPath := new(fs.PathError); errors.As(err, &inPath) {
		err = inPath.Err
	}
	return fmt.Errorf("cannot write the folder %s: %w; choose another place with --out", folder, err)
}
