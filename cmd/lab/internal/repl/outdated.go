package repl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
)

// noteOutdated names the variables that were computed from what an input declares,
// and have not been computed again. The notebook runs their cells again; here each
// would print all it printed once more, so the learner chooses.
func (r *repl) noteOutdated(ctx context.Context, input string) error {
	names, err := r.outdated(ctx, input)
	if err != nil || len(names) == 0 {
		return err
	}
	have := "has its former value"
	if len(names) > 1 {
		have = "have their former values"
	}
	last := len(names) - 1
	list := names[last]
	if last > 0 {
		list = strings.Join(names[:last], ", ") + " and " + list
	}
	fmt.Fprintf(r.errOut, "Note: %s still %s; run again what computes it.\n", list, have)
	return nil
}

// outdated returns those variables, in the order in which they were first computed.
func (r *repl) outdated(ctx context.Context, input string) (names []string, err error) {
	cells := r.cells()
	at := slices.IndexFunc(cells, func(c kernel.Cell) bool { return c.Name == input })
	if at < 0 {
		return nil, nil
	}
	own, err := r.kernel.Uses(ctx, cells[at].Source)
	if err != nil {
		return nil, err
	}
	changed := own.Writes // what is new, or out of date
	for _, c := range cells[at+1:] {
		uses, err := r.kernel.Uses(ctx, c.Source)
		if err != nil {
			return nil, err
		}
		reads := slices.ContainsFunc(uses.Reads, func(name string) bool { return slices.Contains(changed, name) })
		for _, name := range uses.Writes {
			changed = slices.DeleteFunc(changed, func(other string) bool { return other == name })
			if reads {
				changed = append(changed, name)
			}
		}
	}
	variables, err := r.kernel.Variables(ctx) // a function reads anew whenever it is called
	for _, name := range changed {
		isVariable := slices.ContainsFunc(variables, func(v cell.Variable) bool { return v.Name == name })
		if isVariable && !slices.Contains(own.Writes, name) {
			names = append(names, name)
		}
	}
	return names, err
}
