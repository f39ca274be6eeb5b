//go:build amd64 && !purego

package kernel

import "golang.org/x/sys/cpu"

// tileSets lists what this processor can run, the fastest last. The assembly is
// written by gen/tile.
func tileSets() []tileSet {
	sets := []tileSet{genericTiles}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		sets = append(sets, tileSet{"avx2", []tiles{
			{{3, 32, tile3x32AVX2}, {2, 32, tile2x32AVX2}},
			{{6, 16, tile6x16AVX2}, {5, 16, tile5x16AVX2}, {4, 16, tile4x16AVX2}},
		}, peak{peakAVX2, 12 * 8}, copyLinesAVX2, transpose8AVX2})
	}
	if cpu.X86.HasAVX512F {
		sets = append(sets, tileSet{"avx512", []tiles{
			{{6, 64, tile6x64AVX512}, {5, 64, tile5x64AVX512}, {4, 64, tile4x64AVX512}},
			{{12, 32, tile12x32AVX512}, {10, 32, tile10x32AVX512}, {8, 32, tile8x32AVX512}, {6, 32, tile6x32AVX512}, {4, 32, tile4x32AVX512}},
			{{12, 16, tile12x16AVX512}, {10, 16, tile10x16AVX512}, {8, 16, tile8x16AVX512}},
		}, peak{peakAVX512, 12 * 16}, copyLinesAVX512, transpose8AVX2})
	}
	return sets
}
