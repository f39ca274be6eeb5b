package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A role is what a net is in its run: plain or residual, how deep, and whether it is
// of the family that the settings ask for ("") or of another, as "-sigmoid-nobn". A
// net has its counterpart in another run by its role and not by its name: with
// activation=tanh, plain-20-tanh does what plain-20 does elsewhere.
type role struct {
	kind   string
	depth  int
	family string
}

// match brings nets with their counterparts together. What a run has only one of,
// as the depth in a run of nets of 20 layers, need not be the same elsewhere.
func (c *Comparison) match() (nets []Net) {
	roles := make([]map[string]role, len(c.Runs)) // by the net's name
	for i, r := range c.Runs {
		roles[i] = r.roles()
	}
	blur(roles, func(r *role) string { return r.kind }, func(r *role) { r.kind = "" })
	blur(roles, func(r *role) string { return strconv.Itoa(r.depth) }, func(r *role) { r.depth = 0 })

	var order []role // of nets
	for i, r := range c.Runs {
		for _, name := range r.nets() {
			role := roles[i][name]
			place := slices.Index(order, role)
			if place < 0 {
				place = len(order)
				order = append(order, role)
				nets = append(nets, Net{Name: role.name(), Names: make([]string, len(c.Runs))})
			}
			nets[place].Names[i] = name
		}
	}
	for i := range nets {
		nets[i].settle()
		nets[i].role = order[i]
	}
	slices.SortStableFunc(nets, func(a, b Net) int { return a.role.compare(b.role) })
	return nets
}

// compare puts the nets that the settings ask for before others, and deep ones
// before shallow ones: they tell the most.
func (r role) compare(other role) int {
	return cmp.Or(min(len(r.family), 1)-min(len(other.family), 1), other.depth-r.depth)
}

// settle takes the net's own name where all runs agree on it.
func (n *Net) settle() {
	var names []string
	for _, name := range n.Names {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 1 {
		n.Name = names[0]
	}
}

// blur forgets a part of the roles if no run needs it to tell its own nets apart,
// and if the runs differ in it.
func blur(roles []map[string]role, part func(*role) string, forget func(*role)) {
	var all []string
	for _, nets := range roles {
		var own []string
		for _, r := range nets {
			if !slices.Contains(own, part(&r)) {
				own = append(own, part(&r))
			}
		}
		if len(own) > 1 {
			return
		}
		all = append(all, own...)
	}
	if len(slices.Compact(all)) == 1 {
		return
	}
	for _, nets := range roles {
		for name, r := range nets {
			forget(&r)
			nets[name] = r
		}
	}
}

// roles are those of the run's nets, by name. The family of the first net is the one
// that the settings ask for.
func (r *Run) roles() map[string]role {
	roles, taken := map[string]role{}, map[role]bool{}
	var main string
	for i, name := range r.nets() {
		kind, rest, _ := strings.Cut(name, "-")
		digits, suffix, _ := strings.Cut(rest, "-")
		depth, err := strconv.Atoi(digits)
		if err != nil { // a net with a name of its own kind
			roles[name] = role{kind: name}
			continue
		}
		family := strings.TrimSuffix(strings.TrimSuffix(suffix, "preadd"), "-") // a plain net has no addition
		if i == 0 {
			main = family
		}
		mine := role{kind, depth, family}
		if family == main {
			mine.family = ""
		}
		if taken[mine] {
			mine.family = suffix
		}
		roles[name], taken[mine] = mine, true
	}
	return roles
}

// name is a name for people.
func (r role) name() string {
	var parts []string
	for _, part := range []string{r.kind, strconv.Itoa(r.depth), r.family} {
		if part != "" && part != "0" {
			parts = append(parts, part)
		}
	}
	if r.kind == "" || len(parts) == 0 {
		parts = append([]string{"net"}, parts...)
	}
	return strings.Join(parts, "-")
}

// nets are the names of the run's nets, in the order of the tables.
func (r *Run) nets() (names []string) {
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, g := range r.gradients {
		add(g.Net)
	}
	for _, m := range r.metrics {
		add(m.Net)
	}
	return names
}

// counted says how many.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
