// Package kerneltest lets a test binary be its own kernel.
package kerneltest

import (
	"fmt"
	"os"
	"testing"

	"reslab/cmd/lab/internal/kernel"
)

// Main runs the tests; in the process that a kernel.Client has started, it
// serves. A package whose tests run cells calls it:
//
//	func TestMain(m *testing.M) { kerneltest.Main(m) }
func Main(m *testing.M) {
	if len(os.Args) != 2 || os.Args[1] != "kernel" {
		os.Exit(m.Run())
	}
	if err := kernel.Serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
