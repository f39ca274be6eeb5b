package data

import (
	"fmt"
	"slices"
	"strings"
)

// Info describes a data set.
type Info struct {
	Name    string // as in Load(Name)
	About   string // what it shows
	Source  string // where it is from
	Licence string
	Classes []string

	Train, Test int // pictures
	H, W, C     int // rows, columns, channels of each

	Here     bool   // it can be loaded without the network
	Where    string // the folder of its files; empty if drawn by code or not here
	Download int64  // bytes that Get brings; 0 if drawn by code
}

// String says the main things in a line.
func (i Info) String() string {
	where := "not here"
	if i.Here {
		where = "here"
	}
	return fmt.Sprintf("%s: %s; %d and %d pictures of %dx%dx%d, %s", i.Name, i.About, i.Train, i.Test, i.H, i.W, i.C, where)
}

var sources = []*source{&mnist, &fashionMNIST, &cifar10, &spring32, &spring64, &spring224, &noise}

// List returns all data sets, and says which are here.
func List() []Info {
	list := make([]Info, len(sources))
	for i, s := range sources {
		list[i] = s.describe()
	}
	return list
}

// Find returns the data set of that name, or an error that lists the names.
func Find(name string) (Info, error) {
	s, err := find(name)
	if err != nil {
		return Info{}, err
	}
	return s.describe(), nil
}

// Load returns the pictures to train with and to test with, normalised by the
// figures of the first. It looks for files in the folder that RESLAB_DATA
// names, in the user's data folder, where Get puts them, and where other tools
// put them: MNIST lies in Go's module cache, Fashion-MNIST in a package of
// Debian's. Files that are missing or damaged are a *FilesError; none is skipped.
func Load(name string) (train, test *Set, err error) {
	s, err := find(name)
	if err != nil {
		return nil, nil, err
	}
	return s.load()
}

func (s *source) describe() Info {
	info := s.info
	info.Classes = slices.Clone(info.Classes)
	if s.byCode() {
		info.Here = true
		return info
	}
	for _, f := range s.files {
		info.Download += f.size
	}
	if folder, err := s.locate(); err == nil {
		info.Here, info.Where = true, folder
	}
	return info
}

func find(name string) (*source, error) {
	names := make([]string, len(sources))
	for i, s := range sources {
		if s.info.Name == name {
			return s, nil
		}
		names[i] = s.info.Name
	}
	guess := ""
	if near := nearest(name, names); near != "" {
		guess = fmt.Sprintf(" (did you mean %s?)", near)
	}
	return nil, &UnknownError{fmt.Sprintf("there is no data set %q%s; choose one of %s", name, guess, strings.Join(names, ", "))}
}

// UnknownError is a name that no data set has, and no folder of pictures: a
// mistake of whoever typed it.
type UnknownError struct{ sentence string }

func (e *UnknownError) Error() string { return e.sentence }
