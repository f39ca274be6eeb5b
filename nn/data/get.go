package data

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Get downloads the files of a data set, and returns the folder that they are
// in: below RESLAB_DATA if that is set, else the user's data folder. Files that
// are there and right are left alone, others of the same names replaced. Each
// is written under a temporary name and takes its own when its sum is that of
// the published file; an archive is unpacked, and then removed. Get stopped
// midway, by ctx or a broken line, goes on from there the next time. Of two that
// run at once, the second waits for the first. progress, if not nil, hears how
// many of all bytes there are.
func Get(ctx context.Context, name string, progress func(done, total int64)) (folder string, err error) {
	s, err := find(name)
	if err != nil {
		return "", err
	}
	if s.byCode() {
		return "", fmt.Errorf("%s is drawn by code: there is nothing to get", name)
	}
	if err := checkFolder(); err != nil {
		return "", err
	}
	d := &download{client: http.DefaultClient, patience: 30 * time.Second, progress: progress}
	if err := d.source(ctx, s); err != nil {
		return "", err
	}
	return s.home(), nil
}

// source gets all files of a data set into its home.
func (d *download) source(ctx context.Context, s *source) error {
	home := s.home()
	unlock, err := lockFolder(ctx, home)
	if err != nil {
		return err
	}
	defer unlock()
	if s.inside == nil {
		return d.get(ctx, home, s.mirrors, s.files)
	}
	if s.complete(home) {
		if _, _, err := s.loadFrom(home); err == nil {
			return nil
		}
	}
	if err := d.get(ctx, home, s.mirrors, s.files); err != nil {
		return err
	}
	archive := filepath.Join(home, s.files[0].name)
	if err := s.inside.unpack(archive, home); err != nil {
		return fmt.Errorf("%s cannot be unpacked: %w", archive, err)
	}
	return os.Remove(archive)
}

// lockFolder makes the folder, and waits until no other Get works in it, in this
// program or another.
func lockFolder(ctx context.Context, folder string) (unlock func(), err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, cannotWrite(err)
	}
	lock := flock.New(filepath.Join(folder, ".lock"))
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("stopped while another program was getting files into %s: %w", folder, ctx.Err())
		}
		return nil, cannotWrite(err)
	}
	return func() { lock.Unlock() }, nil
}

// download is one run of Get.
type download struct {
	client   *http.Client
	patience time.Duration // how long to wait for the next byte
	progress func(done, total int64)

	before, total int64 // bytes: of the files that are done, of all
}

// get gets files into a folder.
func (d *download) get(ctx context.Context, folder string, mirrors []string, files []file) error {
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
	sum, want, name := hash.Hash(sha256.New()), f.sha256, "SHA-256"
	if want == "" {
		sum, want, name = md5.New(), f.md5, "MD5"
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	n, err := io.Copy(sum, in)
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return fmt.Errorf("its %s is %s and should be %s", name, got, want)
	}
	if n != f.size {
		return fmt.Errorf("it has %d bytes and should have %d", n, f.size)
	}
	return nil
}

// publish gives a finished file or folder its name, in one step.
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
