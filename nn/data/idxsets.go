package data

import (
	"fmt"
	"os"
)

// readIDXSets reads a data set of four IDX files: pictures and labels to train
// with, pictures and labels to test with.
func readIDXSets(folder string, info Info, files []file) (train, test *Set, err error) {
	if train, err = readIDXSet(folder, "train", info, files[0], files[1]); err != nil {
		return nil, nil, err
	}
	if test, err = readIDXSet(folder, "test", info, files[2], files[3]); err != nil {
		return nil, nil, err
	}
	if train.H != test.H || train.W != test.W {
		return nil, nil, fmt.Errorf("%s: the pictures to train are %dx%d and those to test %dx%d", folder, train.H, train.W, test.H, test.W)
	}
	return train, test, nil
}

func readIDXSet(folder, part string, info Info, pictures, labels file) (*Set, error) {
	set := &Set{Name: info.Name + " " + part, C: 1, Classes: info.Classes}
	err := readFile(folder, pictures, func(f *os.File) (err error) {
		var shape [3]int
		set.Pixels, shape, err = ReadIDXImages(f)
		set.H, set.W = shape[1], shape[2]
		return err
	})
	if err != nil {
		return nil, err
	}
	err = readFile(folder, labels, func(f *os.File) (err error) {
		if set.Labels, err = ReadIDXLabels(f, len(info.Classes)); err != nil {
			return err
		}
		if n := len(set.Pixels) / set.size(); n != set.Len() {
			return fmt.Errorf("there are %d labels for %d pictures", set.Len(), n)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return set, nil
}
