//go:build amd64 && !purego

package kernel

import "golang.org/x/sys/cpu"

// winogradSets lists what this processor can run; the names are those of the
// tile sets. The assembly is written by gen/winograd.
func winogradSets() []winogradSet {
	sets := []winogradSet{genericWinograd}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		sets = append(sets, winogradSet{
			name: "avx2", lanes: 8,
			f2: winogradForm{2, 4, inputF2AVX2, outputF2AVX2, gradientF2AVX2, weightsF2AVX2, weightGradF2AVX2},
			f4: winogradForm{4, 6, inputF4AVX2, outputF4AVX2, gradientF4AVX2, weightsF4AVX2, weightGradF4AVX2},
			products: []winogradProduct{
				{16, 6, multiply6x16AVX2, 4, collect4x16AVX2},
				{8, 12, multiply12x8AVX2, 8, collect8x8AVX2},
			},
		})
	}
	if cpu.X86.HasAVX512F {
		sets = append(sets, winogradSet{
			name: "avx512", lanes: 16,
			f2: winogradForm{2, 4, inputF2AVX512, outputF2AVX512, gradientF2AVX512, weightsF2AVX512, weightGradF2AVX512},
			f4: winogradForm{4, 6, inputF4AVX512, outputF4AVX512, gradientF4AVX512, weightsF4AVX512, weightGradF4AVX512},
			products: []winogradProduct{
				{32, 8, multiply8x32AVX512, 8, collect8x32AVX512},
				{16, 16, multiply16x16AVX512, 16, collect16x16AVX512},
			},
		})
	}
	return sets
}
