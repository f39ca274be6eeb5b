package experiments

import "embed"

// Source is the source of the experiments, for who writes it along with a
// program that needs it.
//
//go:embed *.go */*.go */*/*.go
var Source embed.FS
