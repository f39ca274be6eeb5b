package run

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// runs is the folder in which runs lie, unless who began one chose another place.
const runs = "runs"

// Find returns the path that the name of a run stands for: the name itself, if it
// is that of a file or a folder, or else that of a run in the folder runs. So
// train-1 and runs/train-1 are the same, and of two the nearer one is meant. A name
// of nothing comes back as it is.
func Find(name string) string {
	if in := filepath.Join(runs, name); name != "" && !exists(name) && filepath.IsLocal(name) && exists(in) {
		return in
	}
	return filepath.Clean(name)
}

// Known tells, for the end of a sentence, which runs there are in the folder runs:
// those that have a file of that name. It is empty if there are none.
func Known(file string) string {
	switch all := In(runs, file); len(all) {
	case 0:
		return ""
	case 1:
		return "; there is " + all[0]
	default:
		return "; there are " + Commas(all)
	}
}

// In returns the folders in a folder that have a file of that name.
func In(folder, file string) []string {
	all, _ := fs.Glob(os.DirFS(folder), "*/"+file) // the pattern is right
	for i := range all {
		all[i] = filepath.Join(folder, filepath.Dir(all[i]))
	}
	return all
}

// Commas names a few, with commas.
func Commas(names []string) string {
	const most = 12
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

// noRun says that there is nothing to go on with, and names the runs in the folder,
// or else those in runs that can go on: perhaps one of them is meant.
func (f *Folder) noRun(kind string) error {
	if inside := In(f.path, configFile); len(inside) > 0 {
		return WrongSetting("%s holds no run itself; name one of those in it with --out: %s", f.path, Commas(inside))
	}
	return WrongSetting("there is no run in %s to go on with%s", f.path, unfinished(kind))
}

// unfinished ends a sentence with what there is to go on with in the folder runs.
func unfinished(kind string) string {
	open := slices.DeleteFunc(In(runs, configFile), func(path string) bool {
		f := Folder{path: path}
		return f.kind() != kind || f.Finished()
	})
	if len(open) == 0 {
		return "; name the folder of one with --out"
	}
	return "; name one that is not finished with --out: " + Commas(open)
}

// kind is the name of the experiment that a run belongs to. A training names none.
func (f *Folder) kind() string {
	var config struct{ Experiment string }
	content, err := os.ReadFile(filepath.Join(f.path, configFile))
	if err != nil || json.Unmarshal(content, &config) != nil {
		return "" // who opens it says what is wrong
	}
	return cmp.Or(config.Experiment, "train")
}
