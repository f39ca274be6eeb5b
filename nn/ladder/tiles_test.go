package ladder_test

import (
	"slices"
	"testing"

	"reslab/nn/ladder"
)

// Every tile computes the products of its rows and columns. All numbers are small
// and whole, so that no order of the sums rounds.
func TestTiles(t *testing.T) {
	const turns = 5
	for _, tile := range ladder.Tiles() {
		a, b := make([]float32, turns*tile.Rows), make([]float32, turns*tile.Columns)
		for i := range a {
			a[i] = float32(i%7 - 3)
		}
		for i := range b {
			b[i] = float32(i%5 - 2)
		}
		want, got := make([]float32, tile.Rows*tile.Columns), make([]float32, tile.Rows*tile.Columns)
		for k := range turns {
			for i := range tile.Rows {
				for j := range tile.Columns {
					want[i*tile.Columns+j] += a[k*tile.Rows+i] * b[k*tile.Columns+j]
				}
			}
		}
		tile.Multiply(got, a, b)
		if !slices.Equal(got, want) {
			t.Errorf("%s gives %v, want %v", tile, got, want)
		}
	}
}

// By hand: two turns of a 1x2 tile.
func TestTileByHand(t *testing.T) {
	sums := make([]float32, 2)
	for _, tile := range ladder.Tiles() {
		if tile.String() == "1x2" {
			tile.Multiply(sums, []float32{2, 3}, []float32{10, 100, 1, 5})
		}
	}
	if sums[0] != 23 || sums[1] != 215 { // 2*10+3*1, 2*100+3*5
		t.Errorf("got %v", sums)
	}
}
