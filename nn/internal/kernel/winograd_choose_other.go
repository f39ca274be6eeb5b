//go:build !amd64 || purego

package kernel

// winogradSets lists what this program can run.
func winogradSets() []winogradSet { return []winogradSet{genericWinograd} }
