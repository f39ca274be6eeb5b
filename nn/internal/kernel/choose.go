package kernel

import (
	"fmt"
	"os"
	"strings"
)

// variable is the environment variable that forces one of the tile sets, for
// tests and measurements: generic, avx2, avx512 or neon.
const variable = "RESLAB_KERNEL"

// kernels are the tiles in use.
var kernels = choose(os.Getenv(variable), tileSets())

// choose returns the set of that name, or the fastest if there is no name. The
// sets are those that this processor can run, the fastest last.
func choose(name string, sets []tileSet) tileSet {
	if name == "" {
		return sets[len(sets)-1]
	}
	var names []string
	for _, set := range sets {
		if set.name == name {
			return set
		}
		names = append(names, set.name)
	}
	panic(fmt.Sprintf("%s is %q, but this program and processor have only: %s; unset it or choose one of these", variable, name, strings.Join(names, ", ")))
}

// Name returns the name of the tiles in use: generic, avx2, avx512 or neon.
func Name() string { return kernels.name }
