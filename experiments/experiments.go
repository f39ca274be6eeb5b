// Package experiments lists the experiments of the kit.
package experiments

import (
	"fmt"
	"strings"

	"reslab/experiments/gradients"
	"reslab/experiments/run"
)

// All returns every experiment, the simplest first.
func All() []*run.Experiment { return []*run.Experiment{&gradients.Experiment} }

// Find returns the experiment of a name.
func Find(name string) (*run.Experiment, error) {
	var names []string
	for _, e := range All() {
		if e.Name == name {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return nil, fmt.Errorf("there is no experiment %q; there is %s", name, strings.Join(names, ", "))
}
