package data

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"reslab/nn"
)

// Splits are the parts of a data set: pictures to learn from, pictures to choose
// settings by, and pictures that only the final figure is measured on. A part
// that there is not is nil. All have the same classes.
type Splits struct {
	Train, Validation, Test *Pictures

	// Notes says in sentences what was left out of a folder, and why.
	Notes []string
}

// SplitConfig says which pictures are kept apart where a data set or folder does
// not say so itself.
type SplitConfig struct {
	Validation float64 // share of the pictures to learn from that is kept apart for validation, below 1
	Test       float64 // share of a folder without parts that is kept apart for the test
	Seed       uint64  // draws them
}

// Open returns the parts of the data set of that name, or of the folder at that
// path (see Folder). A folder that is called like a data set is ./mnist.
func Open(name string, cfg SplitConfig) (*Splits, error) {
	cfg.check()
	source, err := find(name)
	if err != nil {
		if stat, statErr := os.Stat(name); statErr == nil && stat.IsDir() {
			return Folder(name, cfg)
		}
		if strings.ContainsAny(name, `/\`) || name == "." || name == ".." {
			return nil, &UnknownError{fmt.Sprintf("there is no folder %s: give the folder that has a sub-folder for each class", name)}
		}
		return nil, &UnknownError{err.Error() + ", or a folder of pictures"}
	}
	s := &Splits{}
	if s.Train, s.Test, err = source.pictures(); err != nil {
		return nil, err
	}
	s.divide(SplitConfig{Validation: cfg.Validation, Seed: cfg.Seed})
	return s, nil
}

// divide takes the parts that there are not yet off Train.
func (s *Splits) divide(cfg SplitConfig) {
	if s.Test == nil && cfg.Test > 0 {
		s.Test = s.spare(cfg.Test, cfg.Seed, "test")
	}
	if s.Validation == nil && cfg.Validation > 0 {
		s.Validation = s.spare(cfg.Validation, cfg.Seed, "validation")
	}
}

// spare takes a share off Train; nil where no class has a picture to spare.
func (s *Splits) spare(share float64, seed uint64, purpose string) *Pictures {
	apart, rest := s.Train.Split(share, seed, purpose)
	if apart.Len() == 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("no picture is kept apart for %s: no class has two of them", purpose))
		return nil
	}
	s.Train = rest
	return apart
}

func (cfg SplitConfig) check() {
	if !(cfg.Validation >= 0 && cfg.Test >= 0 && cfg.Validation < 1 && cfg.Test < 1) {
		panic(mistake("Open", "the shares for validation and test must be 0 at least and less than 1, got %g and %g", cfg.Validation, cfg.Test))
	}
}

// Split keeps about a share of each class apart, drawn by the seed and the name
// of each picture: pictures that are added later move none of the others. Of a
// class of two pictures or more, one at least is on each side. Other purposes
// draw others.
func (p *Pictures) Split(share float64, seed uint64, purpose string) (apart, rest *Pictures) {
	lots := make([]float64, p.Len())
	classes := make([][]int, len(p.Classes))
	for i, label := range p.Labels {
		lots[i] = nn.NewRandomAt(seed, purpose+" "+p.NameOf(i)).Float64()
		classes[label] = append(classes[label], i)
	}
	var chosen, left []int
	for _, members := range classes {
		slices.SortFunc(members, func(a, b int) int { return cmp.Compare(lots[a], lots[b]) })
		for k, i := range members {
			last := k == len(members)-1
			if !last && (k == 0 || lots[i] < share) {
				chosen = append(chosen, i)
			} else {
				left = append(left, i)
			}
		}
	}
	slices.Sort(chosen)
	slices.Sort(left)
	apart, rest = p.Subset(chosen), p.Subset(left)
	apart.Name = p.Name + " " + purpose
	return apart, rest
}
