package data

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// FolderVariable is the environment variable that names a folder of data sets:
// it is searched first, as FOLDER/mnist, and Get puts files there.
const FolderVariable = "RESLAB_DATA"

// source is a data set that this package can load: from four IDX files, or
// drawn by code.
type source struct {
	info Info
	draw func(info Info) (train, test *Set) // nil: from files

	files   [4]file         // training pictures and labels, test pictures and labels
	mirrors []string        // where to get them, best first
	places  func() []string // folders that may have them, besides those of the user
	remedy  string          // how to come by them, besides Get
}

// file is a published file: what Get verifies.
type file struct {
	name   string
	size   int64
	sha256 string
}

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

// locate returns the first folder that has all four files.
func (s *source) locate() (string, error) {
	folders := append([]string{s.home()}, s.places()...)
	if user := s.userFolder(); user != folders[0] {
		folders = append([]string{folders[0], user}, folders[1:]...)
	}
	for _, folder := range folders {
		if s.complete(folder) {
			return folder, nil
		}
	}
	return "", s.missing(folders)
}

func (s *source) missing(folders []string) error {
	name := s.info.Name
	return fmt.Errorf(`%s is not on this machine, or not all of it (looked in %s): run "lab data get %s", %s, or set %s to a folder with the four files below %s`,
		name, strings.Join(folders, ", "), name, s.remedy, FolderVariable, name)
}

func (s *source) complete(folder string) bool {
	for _, f := range s.files {
		if existing(folder, f) == "" {
			return false
		}
	}
	return true
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
	folder, err := s.locate()
	if err != nil {
		return nil, nil, err
	}
	if train, err = s.read(folder, "train", s.files[0], s.files[1]); err != nil {
		return nil, nil, err
	}
	if test, err = s.read(folder, "test", s.files[2], s.files[3]); err != nil {
		return nil, nil, err
	}
	if train.H != test.H || train.W != test.W {
		return nil, nil, s.broken(folder, fmt.Errorf("the pictures to train are %dx%d and those to test %dx%d", train.H, train.W, test.H, test.W))
	}
	Standardise(train, test)
	return train, test, nil
}

// read reads one set of a picture file and its label file.
func (s *source) read(folder, part string, pictures, labels file) (*Set, error) {
	set := &Set{Name: s.info.Name + " " + part, C: 1, Classes: s.info.Classes}
	err := s.open(existing(folder, pictures), func(f *os.File) (err error) {
		var shape [3]int
		set.Pixels, shape, err = ReadIDXImages(f)
		set.H, set.W = shape[1], shape[2]
		return err
	})
	if err != nil {
		return nil, err
	}
	path := existing(folder, labels)
	err = s.open(path, func(f *os.File) (err error) {
		set.Labels, err = ReadIDXLabels(f, len(s.info.Classes))
		return err
	})
	if err != nil {
		return nil, err
	}
	if n := len(set.Pixels) / set.size(); n != set.Len() {
		return nil, s.broken(path, fmt.Errorf("there are %d labels for %d pictures", set.Len(), n))
	}
	return set, nil
}

func (s *source) open(path string, read func(*os.File) error) error {
	f, err := os.Open(path)
	if err != nil {
		return s.broken(path, reason(err))
	}
	defer f.Close()
	if err := read(f); err != nil {
		return s.broken(path, err)
	}
	return nil
}

// broken says which file is no good. Get mends it wherever it lies: its folder
// is searched before the others.
func (s *source) broken(path string, err error) error {
	return fmt.Errorf(`%s: %w; run "lab data get %s" for good files`, path, err, s.info.Name)
}
