//go:build (!amd64 && !arm64) || purego

package kernel

// tileSets lists what this program can run.
func tileSets() []tileSet { return []tileSet{genericTiles} }
