package data

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// unpack takes the contents out of a tar.gz archive and puts their folder into
// home, in one step. It trusts the archive with nothing: it writes the files
// that are expected, under names of its own, and no other; a link or a name that
// leads elsewhere is an error; and it reads no more bytes than all of them have,
// with some room for the rest.
func (c *contents) unpack(archive, home string) error {
	in, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer in.Close()
	temporary, err := os.MkdirTemp(home, ".unpack-*")
	if err != nil {
		return cannotWrite(err)
	}
	defer os.RemoveAll(temporary)
	if err := c.extract(in, temporary); err != nil {
		return err
	}
	target := filepath.Join(home, c.folder)
	if err := os.RemoveAll(target); err != nil {
		return cannotWrite(err)
	}
	if err := os.Chmod(temporary, 0o755); err != nil {
		return cannotWrite(err)
	}
	return publish(temporary, target)
}

// extract writes the files that it finds into folder.
func (c *contents) extract(archive io.Reader, folder string) error {
	unzipped, err := gzip.NewReader(archive)
	if err != nil {
		return reason(err)
	}
	const room = 1 << 20
	bound := int64(room)
	expected := map[string]file{}
	for _, f := range c.files {
		expected[path.Join(c.folder, f.name)] = f
		bound += f.size
	}
	limited := &io.LimitedReader{R: unzipped, N: bound}
	files := tar.NewReader(limited)
	for {
		header, err := files.Next()
		switch {
		case limited.N <= 0:
			return fmt.Errorf("the archive holds more than the %d bytes that belong there", bound)
		case err == io.EOF && len(expected) == 0:
			return nil
		case err == io.EOF:
			return fmt.Errorf("the archive lacks %d of the %d files that belong there", len(expected), len(c.files))
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return reason(err)
		}
		if err := checkEntry(header); err != nil {
			return err
		}
		f, ok := expected[path.Clean(header.Name)]
		if !ok || header.Typeflag != tar.TypeReg {
			continue // a folder, a page to read
		}
		if header.Size != f.size {
			return fmt.Errorf("the archive has %d bytes of %s instead of %d", header.Size, f.name, f.size)
		}
		if err := writeFrom(filepath.Join(folder, f.name), files); err != nil {
			return err
		}
		delete(expected, path.Clean(header.Name))
	}
}

// checkEntry refuses what has no place in an archive of data.
func checkEntry(header *tar.Header) error {
	if !filepath.IsLocal(filepath.FromSlash(header.Name)) {
		return fmt.Errorf("the archive wants to write to %q, outside of its folder", header.Name)
	}
	switch header.Typeflag {
	case tar.TypeReg, tar.TypeDir, tar.TypeXGlobalHeader:
		return nil
	}
	return fmt.Errorf("the archive holds %q, which is neither a file nor a folder", header.Name)
}

// writeFrom writes what is left of r to a new file.
func writeFrom(path string, r io.Reader) (err error) {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return cannotWrite(err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, r); err != nil {
		var disk *fs.PathError
		if errors.As(err, &disk) {
			return cannotWrite(err)
		}
		return reason(err)
	}
	return out.Sync()
}
