package kernel

import (
	"fmt"
	"os"
)

// Winograd says which convolutions are done in Winograd's way.
type Winograd int

const (
	WinogradAuto  Winograd = iota // where it is faster
	WinogradNever                 // direct convolution only
	WinogradF2                    // F(2x2,3x3) wherever it can be, for tests
	WinogradF4                    // F(4x4,3x3) wherever it can be, for tests
)

// winogradVariable is the environment variable that sets how the program
// begins: direct, winograd, f2 or f4.
const winogradVariable = "RESLAB_CONV"

var (
	winogradMode = parseWinograd(os.Getenv(winogradVariable))
	winogradUsed = winogradNamed(kernels.name)
)

// SetWinograd sets it for the whole program and returns what was set before. No
// convolution may be under way.
func SetWinograd(mode Winograd) (before Winograd) {
	before, winogradMode = winogradMode, mode
	return before
}

func parseWinograd(name string) Winograd {
	switch name {
	case "", "winograd":
		return WinogradAuto
	case "direct":
		return WinogradNever
	case "f2":
		return WinogradF2
	case "f4":
		return WinogradF4
	}
	panic(fmt.Sprintf("%s is %q; unset it or choose one of: direct, winograd, f2, f4", winogradVariable, name))
}

// winogradNamed is the set that goes with the tiles of that name.
func winogradNamed(name string) winogradSet {
	for _, set := range winogradSets() {
		if set.name == name {
			return set
		}
	}
	return genericWinograd
}

// winograd returns the convolution, or the gradient of its input, in Winograd's
// way, and whether it is to be used.
func (c Conv) winograd(gradient bool) (g winograd, use bool) {
	form := &winogradUsed.f4
	switch {
	case c.Kernel != 3 || c.Stride != 1 || c.Dilation != 1 || c.Groups != 1 || c.Pad > 2:
		return g, false
	case winogradMode == WinogradNever || winogradMode == WinogradAuto && !c.winogradPays():
		return g, false
	case winogradMode == WinogradF2:
		form = &winogradUsed.f2
	}
	pad, source, target := c.Pad, c.inPicture(), c.outPicture()
	if gradient {
		pad, source, target = 2-pad, target, source
	}
	return newWinograd(&winogradUsed, form, c.N, pad, source, target), true
}

// winogradPays: not where the tiles are in assembly and Winograd's loops are not.
func (c Conv) winogradPays() bool {
	return c.In >= 16 && c.Out >= 16 && winogradUsed.name == kernels.name
}
