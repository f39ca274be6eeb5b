package lessons

import "embed"

// Source is the source of package lab and of the lessons' checks, for who writes
// it along with a program that needs it.
//
//go:embed *.go */*.go lab
var Source embed.FS
