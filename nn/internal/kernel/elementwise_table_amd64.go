//go:build amd64 && !purego

package kernel

import "golang.org/x/sys/cpu"

// passSets lists what this processor can run. The assembly is written by
// gen/elementwise.
func passSets() []passes {
	sets := []passes{genericPasses}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		sets = append(sets, passes{
			name:          "avx2",
			columnMoments: columnMomentsAVX2, columnProducts: columnProductsAVX2, columnProductsMasked: columnProductsMaskedAVX2,
			scaleShift: scaleShiftAVX2, scaleShiftReLU: scaleShiftReLUAVX2, scaleShiftAddReLU: scaleShiftAddReLUAVX2,
			batchNormGrad: batchNormGradAVX2, batchNormGradMasked: batchNormGradMaskedAVX2,
			add: addAVX2, addMasked: addMaskedAVX2, relu: reluAVX2, reluGrad: reluGradAVX2,
			leakyReLU: leakyReLUAVX2, leakyReLUGrad: leakyReLUGradAVX2,
			maxOf: maxOfAVX2, maxWinner: maxWinnerAVX2,
			scaleShiftBytes: scaleShiftBytesAVX2, exponentials: exponentialsAVX2, sigmoid: sigmoidAVX2, tanh: tanhAVX2,
			sgdStep: sgdStepAVX2, momentumStep: momentumStepAVX2, nesterovStep: nesterovStepAVX2, adamStep: adamStepAVX2,
		})
	}
	if cpu.X86.HasAVX512F {
		sets = append(sets, passes{
			name:          "avx512",
			columnMoments: columnMomentsAVX512, columnProducts: columnProductsAVX512, columnProductsMasked: columnProductsMaskedAVX512,
			scaleShift: scaleShiftAVX512, scaleShiftReLU: scaleShiftReLUAVX512, scaleShiftAddReLU: scaleShiftAddReLUAVX512,
			batchNormGrad: batchNormGradAVX512, batchNormGradMasked: batchNormGradMaskedAVX512,
			add: addAVX512, addMasked: addMaskedAVX512, relu: reluAVX512, reluGrad: reluGradAVX512,
			leakyReLU: leakyReLUAVX512, leakyReLUGrad: leakyReLUGradAVX512,
			maxOf: maxOfAVX512, maxWinner: maxWinnerAVX512,
			scaleShiftBytes: scaleShiftBytesAVX512, exponentials: exponentialsAVX512, sigmoid: sigmoidAVX512, tanh: tanhAVX512,
			sgdStep: sgdStepAVX512, momentumStep: momentumStepAVX512, nesterovStep: nesterovStepAVX512, adamStep: adamStepAVX512,
		})
	}
	return sets
}
