package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Folder returns the pictures below a folder that has a sub-folder for each
// class, or sub-folders train, validation and test that have those:
//
//	garden/tulip/1.jpg      garden/train/tulip/1.jpg
//	garden/daisy/7.png      garden/test/daisy/7.png
//
// Classes are in sorted order, pictures in that of their paths. Nothing but the
// names is read now, so that many thousand pictures begin at once; a picture is
// decoded when it is asked for, and a damaged one is an error then (see
// LoaderConfig.Skip). PNG, JPEG, GIF and WebP are read; Notes says what else was
// there.
func Folder(dir string, cfg SplitConfig) (*Splits, error) {
	cfg.check()
	s := &scan{root: dir}
	names, err := s.folders(".")
	if err != nil {
		return nil, err
	}
	parts, err := partsOf(dir, names)
	if err != nil {
		return nil, err
	}
	splits := &Splits{}
	if parts == nil {
		if splits.Train, err = s.pictures(".", names, nil); err != nil {
			return nil, err
		}
		splits.divide(cfg)
	} else {
		if err := s.parts(splits, parts); err != nil {
			return nil, err
		}
		splits.divide(SplitConfig{Validation: cfg.Validation, Seed: cfg.Seed})
	}
	splits.Notes = append(s.notes, splits.Notes...)
	return splits, nil
}

// partNames are what people call the parts.
var partNames = map[string]string{
	"train": "train", "training": "train",
	"val": "validation", "valid": "validation", "validation": "validation",
	"test": "test", "testing": "test",
}

// partsOf returns which folder is which part: nil if the folders are classes,
// as they are when one of them has a name of its own.
func partsOf(dir string, names []string) (parts map[string]string, err error) {
	parts = map[string]string{}
	for _, name := range names {
		part := partNames[strings.ToLower(name)]
		switch {
		case part == "":
			return nil, nil
		case parts[part] != "":
			return nil, fmt.Errorf("%s has two folders for %s, %s and %s: keep one", dir, part, parts[part], name)
		}
		parts[part] = name
	}
	if parts["train"] == "" {
		return nil, fmt.Errorf("%s has a folder %s but none called train: that is where the pictures to learn from belong", dir, names[0])
	}
	return parts, nil
}

// scan reads the names below a folder.
type scan struct {
	root  string
	notes []string
}

// parts reads the folders of the parts. The classes are those of train.
func (s *scan) parts(splits *Splits, parts map[string]string) (err error) {
	for _, part := range []struct {
		name string
		into **Pictures
	}{{"train", &splits.Train}, {"validation", &splits.Validation}, {"test", &splits.Test}} {
		folder := parts[part.name]
		if folder == "" {
			continue
		}
		names, err := s.folders(folder)
		if err != nil {
			return err
		}
		var classes []string
		if splits.Train != nil {
			classes = splits.Train.Classes
		}
		if *part.into, err = s.pictures(folder, names, classes); err != nil {
			return err
		}
	}
	return nil
}

// folders returns the names of the folders in a folder below the root, sorted.
func (s *scan) folders(below string) (names []string, err error) {
	at := s.at(below)
	entries, err := os.ReadDir(at)
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be read (%w)", at, errors.Unwrap(err))
	}
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			names = append(names, e.Name())
		case s.linkedFolder(path.Join(below, e.Name()), e):
			s.note("%s is a link to a folder and is left out: links may lead in a circle; move the folder itself there", path.Join(below, e.Name()))
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no sub-folders: give each class a folder of its own, with its name, and put the pictures there", at)
	}
	return names, sameButForCase(at, names)
}

// sameButForCase refuses classes that one system keeps apart and another mixes up.
func sameButForCase(at string, names []string) error {
	seen := map[string]string{}
	for _, name := range names {
		lower := strings.ToLower(name)
		if other := seen[lower]; other != "" {
			return fmt.Errorf("%s has the folders %s and %s, which differ only in capitals: rename one, or put their pictures together", at, other, name)
		}
		seen[lower] = name
	}
	return nil
}

// pictures lists the pictures of the classes in a folder. classes are those that
// there may be; nil: the folders are the classes.
func (s *scan) pictures(below string, folders, classes []string) (*Pictures, error) {
	if classes == nil {
		classes = folders
		if len(classes) < 2 {
			return nil, fmt.Errorf("%s has one class only, %s: a net needs two at least to tell apart", s.at(below), classes[0])
		}
	}
	p := &Pictures{Name: path.Join(filepath.ToSlash(filepath.Base(s.root)), below), Classes: classes, C: 3}
	var files []string // paths below the root, with slashes
	for _, folder := range folders {
		label := slices.Index(classes, folder)
		if label < 0 {
			return nil, fmt.Errorf("%s has the class %s, which the pictures to learn from do not have: there are %s", s.at(below), folder, strings.Join(classes, ", "))
		}
		found, err := s.files(path.Join(below, folder))
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			files, p.Labels = append(files, file), append(p.Labels, label)
		}
	}
	p.Open = func(i int) (*Picture, error) { return ReadPicture(s.at(files[i])) }
	p.NameOf = func(i int) string { return files[i] }
	return p, nil
}

// files returns the picture files of a class, also those in folders further
// down, sorted.
func (s *scan) files(class string) (found []string, err error) {
	var others []string
	err = fs.WalkDir(os.DirFS(s.root), class, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("the folder %s cannot be read (%w)", s.at(name), errors.Unwrap(err))
		case name != class && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.IsDir():
		case pictureFile(e.Name()) && s.regular(name, e):
			found = append(found, name)
		default:
			others = append(others, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(others) > 0 {
		s.note("%s: left out what is no file of a PNG, JPEG, GIF or WebP picture, %d in all, as %s", class, len(others), others[0])
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("the class %s has no PNG, JPEG, GIF or WebP picture: add some, or remove the folder", s.at(class))
	}
	return found, nil
}

// pictureFile says whether the name is that of a picture.
func pictureFile(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp"}, strings.ToLower(path.Ext(name)))
}

// regular says whether there is a file to read, behind a link too.
func (s *scan) regular(name string, e fs.DirEntry) bool {
	if e.Type().IsRegular() {
		return true
	}
	if e.Type()&fs.ModeSymlink == 0 {
		return false
	}
	stat, err := os.Stat(s.at(name))
	return err == nil && stat.Mode().IsRegular()
}

func (s *scan) linkedFolder(name string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return false
	}
	stat, err := os.Stat(s.at(name))
	return err != nil || stat.IsDir()
}

// at returns the path of what lies below the root.
func (s *scan) at(below string) string { return filepath.Join(s.root, filepath.FromSlash(below)) }

func (s *scan) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}
