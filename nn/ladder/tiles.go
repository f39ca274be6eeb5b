package ladder

import (
	"fmt"
	"time"
)

// Tile is a product of matrices in plain Go that keeps Rows x Columns sums in
// local variables, as Blocking keeps 2x4 of them. In each turn it fetches a number
// for every row and one for every column, and adds a product to every sum.
type Tile struct {
	Rows, Columns int
	multiply      func(sums, a, b []float32)
}

// Tiles lists some tiles, by how many sums they keep. The compiler of Go puts the
// sums of small ones into registers. Of larger ones it has to keep some in memory.
func Tiles() []Tile {
	return []Tile{{1, 1, tile1x1}, {1, 2, tile1x2}, {1, 4, tile1x4}, {2, 2, tile2x2}, {2, 4, tile2x4}, {3, 3, tile3x3}, {4, 4, tile4x4}}
}

// String is the size, as "2x4".
func (t Tile) String() string { return fmt.Sprintf("%dx%d", t.Rows, t.Columns) }

// Multiply sets sums, row by row, to the products of a's rows with b's columns,
// summed over all turns. In a and b the numbers of a turn lie side by side.
func (t Tile) Multiply(sums, a, b []float32) {
	if len(sums) != t.Rows*t.Columns || len(a)*t.Columns != len(b)*t.Rows {
		panic(fmt.Sprintf("ladder.Tile %s: %d sums, %d numbers in rows and %d in columns do not fit", t, len(sums), len(a), len(b)))
	}
	t.multiply(sums, a, b)
}

// Nanoseconds measures what a multiply-add takes in this tile, in its fastest run
// within about the given time.
func (t Tile) Nanoseconds(about time.Duration) float64 {
	const turns = 576 // the products of a 3x3 window over 64 channels
	sums, a, b := make([]float32, t.Rows*t.Columns), someNumbers(turns*t.Rows), someNumbers(turns*t.Columns)
	return fastest(about, func() {
		for range 100 { // a clock may be too coarse for one
			t.multiply(sums, a, b)
		}
	}) * 1e9 / float64(100*turns*len(sums))
}
