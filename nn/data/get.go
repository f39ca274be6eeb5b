package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Get downloads the files of a data set, and returns the folder that they are
// in: below RESLAB_DATA if that is set, else the user's data folder. Files that
// are there and right are left alone, others of the same names replaced. Each
// is written under a temporary name and takes its own when its SHA-256 is that
// of the published file. Get stopped midway, by ctx or a broken line, goes on
// from there the next time. progress, if not nil, hears how many of all bytes
// there are.
func Get(ctx context.Context, name string, progress func(done, total int64)) (folder string, err error) {
	s, err := find(name)
	if err != nil {
		return "", err
	}
	if s.draw != nil {
		return "", fmt.Errorf("%s is drawn by code: there is nothing to get", name)
	}
	d := &download{client: http.DefaultClient, patience: 30 * time.Second, progress: progress}
	if err := d.get(ctx, s.home(), s.mirrors, s.files[:]); err != nil {
		return "", err
	}
	return s.home(), nil
}

// download is one run of Get.
type download struct {
	client   *http.Client
	patience time.Duration // how long to wait for the next byte
	progress func(done, total int64)

	before, total int64 // bytes: of the files that are done, of all
}

func (d *download) get(ctx context.Context, folder string, mirrors []string, files []file) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return cannotWrite(err)
	}
	for _, f := range files {
		d.total += f.size
	}
	for _, f := range files {
		if err := d.file(ctx, folder, mirrors, f); err != nil {
			return err
		}
		d.before += f.size
		d.report(0)
	}
	return nil
}

// file gets one file from the first mirror that has it.
func (d *download) file(ctx context.Context, folder string, mirrors []string, f file) error {
	path := filepath.Join(folder, f.name)
	if verify(path, f) == nil {
		return nil
	}
	var failures []string
	for _, mirror := range mirrors {
		err := d.fetch(ctx, mirror+f.name, path+".part", f)
		var disk *fs.PathError
		switch {
		case err == nil:
			return publish(path+".part", path)
		case ctx.Err() != nil:
			return fmt.Errorf("stopped while getting %s; what came is kept, and the same command goes on from there: %w", f.name, ctx.Err())
		case errors.As(err, &disk):
			return cannotWrite(err)
		}
		failures = append(failures, err.Error())
	}
	return fmt.Errorf("could not get %s (%s); look at the network and run the same command again, or put the file into %s by hand", f.name, strings.Join(failures, "; "), folder)
}

// verify returns an error if the file at path is not f.
func verify(path string, f file) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, in); err != nil {
		return err
	}
	if sum := hex.EncodeToString(hash.Sum(nil)); sum != f.sha256 {
		return fmt.Errorf("its SHA-256 is %s and should be %s", sum, f.sha256)
	}
	return nil
}

// publish gives a finished file its name, in one step.
func publish(part, path string) error {
	if err := os.Rename(part, path); err != nil {
		return cannotWrite(err)
	}
	// The new name is on the disk when the folder is; systems that cannot sync
	// a folder see to that themselves.
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		folder.Sync()
		folder.Close()
	}
	return nil
}

func cannotWrite(err error) error {
	return fmt.Errorf("cannot write the data set: %w; make room there, or set %s to a folder that can be written", err, FolderVariable)
}
