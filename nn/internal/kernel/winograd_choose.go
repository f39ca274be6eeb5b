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

// winogradForm is the form to be used, or nil for direct convolution.
func (c Conv) winogradForm() *winogradForm {
	switch {
	case c.Kernel != 3 || c.Stride != 1 || c.Dilation != 1 || c.Groups != 1 || c.Pad > 2 || c.N == 0:
		return nil
	case winogradMode == WinogradF4 || winogradMode == WinogradAuto && c.winogradPays():
		return &winogradUsed.f4
	case winogradMode == WinogradF2:
		return &winogradUsed.f2
	}
	return nil
}

// winogradWeightGradForm is the one for the gradient of the weights.
func (c Conv) winogradWeightGradForm() *winogradForm {
	if winogradMode == WinogradAuto && !c.winogradWeightGradPays() {
		return nil
	}
	return c.winogradForm()
}

// winogradWeightGradPays says where it does for the gradient of the weights, too. To
// each group of tiles, all numbers of dU are added, and dU is four times as large as
// dw: too large for the caches from 256x256 channels on. There direct convolution was
// 1.3 to 2.5 times as fast with 128 tiles and less (AVX2), and about as fast with 256.
func (c Conv) winogradWeightGradPays() bool {
	const manyWeights, minTiles = 256 * 256, 256
	return c.In*c.Out < manyWeights || c.N*c.winogradTiles() >= minTiles
}

// winogradPays says where F(4x4,3x3) was measured to be faster than direct
// convolution (AVX-512 and AVX2; the gain grows from 1.2 at these borders to 3), in
// all directions but one, see winogradWeightGradPays:
//
//   - with fewer than 16 channels the transforms cost more than they save, and
//     vectors are partly empty;
//   - a tile costs the same however few of its outputs are needed: at 5x5 pixels,
//     39 % of them, nothing is left of the gain;
//   - the weights are transformed for each call, which few tiles do not repay, and
//     few tiles are no work for many cores: one picture of 14x14 or less;
//   - where the direct tiles are in assembly and Winograd's loops are not.
func (c Conv) winogradPays() bool {
	const minChannels, minTiles = 16, 32
	tiles := c.winogradTiles()
	return winogradUsed.name == kernels.name && min(c.In, c.Out) >= minChannels && c.N*tiles >= minTiles && 2*c.OutH()*c.OutW() >= 16*tiles
}

// winogradTiles is how many tiles of F(4x4,3x3) a picture has.
func (c Conv) winogradTiles() int { return ceilDiv(c.OutH(), 4) * ceilDiv(c.OutW(), 4) }
