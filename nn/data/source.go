package data

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// FolderVariable is the environment variable that names a folder of data sets:
// it is searched first, as FOLDER/mnist, and Get puts files there.
const FolderVariable = "RESLAB_DATA"

// FilesError is the error of a data set whose files are missing or damaged. Get
// brings good ones.
type FilesError struct {
	Name string // of the data set
	err  error
}

func (e *FilesError) Error() string { return e.err.Error() }

// Unwrap returns the reason.
func (e *FilesError) Unwrap() error { return e.err }

// source is a data set that this package can load: from files, or drawn by code.
type source struct {
	info Info

	// Of a set that is drawn by code one of these is there: draw draws all of it,
	// open returns pictures that are drawn when they are asked for.
	draw func(info Info) (train, test *Set)
	open func(info Info) (train, test *Pictures)

	files   []file                                                                     // what Get brings
	mirrors []string                                                                   // where to get them, best first
	inside  *contents                                                                  // of the one file, if that is an archive
	read    func(folder string, info Info, files []file) (train, test *Set, err error) // of the files, or of what was inside
	places  func() []string                                                            // folders that may have them, besides those of the user
	remedy  string                                                                     // how to come by them, besides Get
}

// file is a published file: what Get verifies.
type file struct {
	name   string
	size   int64
	sha256 string
	md5    string // where nothing better is published
}

// contents are files that come in an archive.
type contents struct {
	folder string // that they lie in, in the archive and below home
	files  []file // without sums
}

// byCode says whether the pictures are drawn, and not read from files.
func (s *source) byCode() bool { return s.draw != nil || s.open != nil }

// home is the folder where Get puts the files.
func (s *source) home() string {
	if folder := os.Getenv(FolderVariable); folder != "" {
		return filepath.Join(folder, s.info.Name)
	}
	return s.userFolder()
}

func (s *source) userFolder() string {
	return filepath.Join(xdg.DataHome, "reslab", s.info.Name)
}

// locate returns the first folder that has all files.
func (s *source) locate() (string, error) {
	if err := checkFolder(); err != nil {
		return "", err
	}
	folders := append([]string{s.home(), s.userFolder()}, s.places()...)
	if folders[1] == folders[0] {
		folders = folders[1:]
	}
	for _, folder := range folders {
		if s.complete(folder) {
			return folder, nil
		}
	}
	return "", s.missing(folders)
}

// checkFolder refuses a folder of the user's that is not there: a typing error,
// most likely, that would hide the data sets or bring them twice.
func checkFolder() error {
	folder := os.Getenv(FolderVariable)
	if folder == "" {
		return nil
	}
	if stat, err := os.Stat(folder); err != nil || !stat.IsDir() {
		return fmt.Errorf("%s names %s, which is not a folder: make it, or set %s to another", FolderVariable, folder, FolderVariable)
	}
	return nil
}

func (s *source) missing(folders []string) error {
	name := s.info.Name
	return &FilesError{name, fmt.Errorf("%s is not on this machine, or not all of it (looked in %s): get it by data.Get, %s, or set %s to a folder with the files below %s",
		name, strings.Join(folders, ", "), s.remedy, FolderVariable, name)}
}

// complete says whether the folder has all files that are read.
func (s *source) complete(folder string) bool {
	folder, files := s.reads(folder)
	for _, f := range files {
		if existing(folder, f) == "" {
			return false
		}
	}
	return true
}

// reads returns which files are read, and from where: those inside, if they came
// in an archive.
func (s *source) reads(folder string) (string, []file) {
	if s.inside != nil {
		return filepath.Join(folder, s.inside.folder), s.inside.files
	}
	return folder, s.files
}

// existing returns the path of f in folder, packed or not, or nothing.
func existing(folder string, f file) string {
	packed := filepath.Join(folder, f.name)
	for _, path := range []string{packed, strings.TrimSuffix(packed, ".gz")} {
		if stat, err := os.Stat(path); err == nil && stat.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

func (s *source) load() (train, test *Set, err error) {
	if s.draw != nil {
		train, test = s.draw(s.info)
		return train, test, nil
	}
	if s.open != nil {
		return gatherBoth(s.open(s.info))
	}
	folder, err := s.locate()
	if err != nil {
		return nil, nil, err
	}
	return s.loadFrom(folder)
}

// pictures returns the parts one by one: drawn as they are asked for, if they can
// be, or from sets in memory.
func (s *source) pictures() (train, test *Pictures, err error) {
	if s.open != nil {
		train, test = s.open(s.info)
		return train, test, nil
	}
	learn, exam, err := s.load()
	if err != nil {
		return nil, nil, err
	}
	return learn.Pictures(), exam.Pictures(), nil
}

// gatherBoth makes all pictures.
func gatherBoth(train, test *Pictures) (learn, exam *Set, err error) {
	if learn, err = train.Gather(context.Background()); err != nil {
		return nil, nil, err
	}
	exam, err = test.Gather(context.Background())
	return learn, exam, err
}

// loadFrom reads the files. Get mends a bad one wherever it lies: its folder is
// searched before the others.
func (s *source) loadFrom(folder string) (train, test *Set, err error) {
	folder, files := s.reads(folder)
	train, test, err = s.read(folder, s.info, files)
	if err != nil {
		return nil, nil, &FilesError{s.info.Name, fmt.Errorf("%w; data.Get brings good files", err)}
	}
	Standardise(train, test)
	return train, test, nil
}

// readFile opens a file of a data set, packed or not, and puts its path before
// the error that read returns.
func readFile(folder string, f file, read func(*os.File) error) error {
	path := existing(folder, f)
	in, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	defer in.Close()
	if err := read(in); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
