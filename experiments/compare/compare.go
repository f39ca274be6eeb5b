// Package compare puts finished runs side by side: which settings tell them apart,
// and what became of it. It knows a run by its folder alone (docs/architecture.md,
// Run folders), so that any experiment and any training can be compared that writes
// one.
//
//	c, err := compare.Runs([]string{"runs/train-1", "runs/train-2"})
//	err = c.Write("compared") // compare.html, with curves one over the other
package compare

import (
	"os"
	"path/filepath"
	"slices"

	"reslab/experiments/run"
)

// Comparison is what two runs or more have in common, and what tells them apart.
// Lists of values have one for each run, in the order of Runs.
type Comparison struct {
	Kind      string            `json:"kind"` // "train", or the name of the experiment
	Runs      []*Run            `json:"runs"`
	Common    map[string]string `json:"common"`    // settings that are the same in all
	Differing []Setting         `json:"differing"` // and those that are not
	Groups    []Group           `json:"groups"`
	Nets      []Net             `json:"nets"`
	Notes     []string          `json:"notes"` // what a careful reader should know

	keys []string // of Common, in the order of config.json
}

// Setting is a setting that differs.
type Setting struct {
	Key    string   `json:"setting"`
	Values []string `json:"values"` // empty where a run does not have it
}

// Net is a net, or one and its counterparts in other runs, with its final figures.
type Net struct {
	Name    string   `json:"net"`   // what the names have in common
	Names   []string `json:"names"` // in each run; empty where there is none
	Figures []Figure `json:"figures"`

	role role
}

const seedKey = "seed"

// Runs reads the folders of runs and compares them. Of a run in the folder runs the
// name is enough.
func Runs(names []string) (*Comparison, error) {
	if len(names) < 2 {
		return nil, run.WrongSetting("one run alone compares with nothing; name two or more%s", run.Known(configFile))
	}
	c := &Comparison{}
	for _, name := range names {
		r, err := read(name)
		if err != nil {
			return nil, err
		}
		c.Runs = append(c.Runs, r)
	}
	if err := c.alike(); err != nil {
		return nil, err
	}
	c.Kind = c.Runs[0].kind
	c.nameRuns()
	c.differ()
	c.Groups = c.groups()
	c.Nets = c.match()
	for i := range c.Nets {
		c.Nets[i].Figures = c.measure(c.Nets[i])
	}
	c.Notes = c.notes()
	return c, nil
}

// alike refuses runs that cannot be compared.
func (c *Comparison) alike() error {
	for i, r := range c.Runs {
		for _, before := range c.Runs[:i] {
			switch {
			case r.Path == before.Path:
				return run.WrongSetting("%s is named twice; name each run once", r.Path)
			case sameFolder(r.Path, before.Path):
				return run.WrongSetting("%s and %s are one folder; name each run once", before.Path, r.Path)
			}
		}
		if first := c.Runs[0]; r.kind != first.kind {
			return run.WrongSetting("%s is %s and %s is %s; name runs of one kind", first.Path, kindWords(first.kind), r.Path, kindWords(r.kind))
		}
	}
	return nil
}

// sameFolder sees through links, and through the two ways to write a path.
func sameFolder(a, b string) bool {
	one, err := os.Stat(a)
	other, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(one, other)
}

func kindWords(kind string) string {
	if kind == kindTrain {
		return "a training"
	}
	return "a run of the experiment " + kind
}

// nameRuns names each run by its folder, or by the whole path where two folders
// have one name.
func (c *Comparison) nameRuns() {
	for _, r := range c.Runs {
		r.Name = filepath.Base(r.Path)
		if slices.ContainsFunc(c.Runs, func(other *Run) bool { return other != r && filepath.Base(other.Path) == r.Name }) {
			r.Name = filepath.ToSlash(r.Path)
		}
	}
}

// differ parts the settings.
func (c *Comparison) differ() {
	c.Common, c.Differing = map[string]string{}, []Setting{}
	for _, r := range c.Runs {
		for _, key := range r.keys {
			if _, seen := c.Common[key]; seen || slices.ContainsFunc(c.Differing, func(s Setting) bool { return s.Key == key }) {
				continue
			}
			values := c.values(key)
			if len(slices.Compact(slices.Clone(values))) == 1 {
				c.Common[key] = values[0]
				c.keys = append(c.keys, key)
			} else {
				c.Differing = append(c.Differing, Setting{key, values})
			}
		}
	}
}

// values are those of a setting.
func (c *Comparison) values(key string) (values []string) {
	for _, r := range c.Runs {
		values = append(values, r.Settings[key])
	}
	return values
}

// differs says whether a setting does.
func (c *Comparison) differs(key string) bool {
	return slices.ContainsFunc(c.Differing, func(s Setting) bool { return s.Key == key })
}

// reasons are the settings that differ, the seed apart.
func (c *Comparison) reasons() (keys []string) {
	for _, s := range c.Differing {
		if s.Key != seedKey {
			keys = append(keys, s.Key)
		}
	}
	return keys
}

// chosenReasons are those of them that somebody asked for, and that change figures.
func (c *Comparison) chosenReasons() []string {
	return slices.DeleteFunc(c.reasons(), func(key string) bool { return key == recordKey || c.auto(key) })
}
