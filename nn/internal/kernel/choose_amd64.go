//go:build amd64 && !purego

package kernel

import "golang.org/x/sys/cpu"

// tileSets lists what this processor can run, the fastest last. The assembly is
// written by gen, which says how to write it again.
func tileSets() []tileSet {
	sets := []tileSet{genericTiles}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		t := tile{6, 16, tile6x16AVX2}
		sets = append(sets, tileSet{"avx2", t, t})
	}
	if cpu.X86.HasAVX512F {
		sets = append(sets, tileSet{"avx512", tile{8, 32, tile8x32AVX512}, tile{8, 16, tile8x16AVX512}})
	}
	return sets
}
