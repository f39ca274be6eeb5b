//go:build !purego

package kernel

// tileSets lists what this program can run, the fastest last. Every arm64 has
// NEON. avo knows amd64 alone: this assembly is written by hand.
func tileSets() []tileSet {
	return []tileSet{genericTiles, {"neon", []tiles{
		{{6, 16, tile6x16NEON}, {4, 16, tile4x16NEON}},
	}, peak{peakNEON, 16 * 4}, nil, nil}}
}
