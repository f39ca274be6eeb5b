package weights

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// partEnd ends the name of a file that is being written.
const partEnd = ".part"

// WriteFile writes a file whole or not at all: it calls write for the content,
// under a temporary name in the same folder, sees to it that it is on the disk,
// and puts it into the place of what was there. A reader sees the old file or the
// new one, whenever the power goes.
func WriteFile(path string, write func(w io.Writer) error) (err error) {
	folder, name := filepath.Split(path)
	part := filepath.Join(folder, fmt.Sprintf(".%s.%d%s", name, os.Getpid(), partEnd))
	file, err := os.Create(part)
	if err != nil {
		return cannotWrite(path, err)
	}
	defer func() {
		if err != nil {
			file.Close()
			os.Remove(part) // a rest that cannot be removed harms nobody: see Sweep
			err = cannotWrite(path, err)
		}
	}()
	buffer := bufio.NewWriterSize(file, 1<<16)
	if err := write(buffer); err != nil {
		return err
	}
	if err := buffer.Flush(); err != nil {
		return err
	}
	if err := file.Sync(); err != nil { // a full disk may say so only now
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if err := rename(part, path); err != nil {
		return err
	}
	SyncFolder(filepath.Dir(path))
	return nil
}

// SyncFolder sees to it that the names in a folder are on the disk. Systems that
// cannot sync a folder look after that themselves.
func SyncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		folder.Sync()
		folder.Close()
	}
}

// Sweep removes what a killed WriteFile left in a folder.
func Sweep(folder string) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, f := range files {
		if IsPart(f.Name()) {
			os.Remove(filepath.Join(folder, f.Name()))
		}
	}
}

// IsPart tells the names of files that are being written.
func IsPart(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, partEnd)
}

// cannotWrite leaves the temporary name out of the sentence.
func cannotWrite(path string, err error) error {
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		err = inPath.Err
	case errors.As(err, &inLink):
		err = inLink.Err
	default:
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return fmt.Errorf("cannot write %s: %w; make room there, or choose another place", path, err)
}
