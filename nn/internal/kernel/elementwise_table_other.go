//go:build !amd64 || purego

package kernel

// passSets lists what this program can run.
func passSets() []passes { return []passes{genericPasses} }
