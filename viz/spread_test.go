package viz

import (
	"math"
	"slices"
	"testing"
)

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		name       string
		want, size []float64
		lo, hi     float64
		placed     []float64
	}{
		{"none", nil, nil, 0, 100, nil},
		{"apart", []float64{10, 50}, []float64{10, 10}, 0, 100, []float64{10, 50}},
		{"same place", []float64{50, 50}, []float64{10, 10}, 0, 100, []float64{45, 55}},
		{"one pushes the next", []float64{50, 52, 61}, []float64{10, 10, 10}, 0, 100, []float64{44.333333, 54.333333, 64.333333}},
		{"at the top", []float64{-5, 2}, []float64{10, 10}, 0, 100, []float64{5, 15}},
		{"at the bottom", []float64{98, 99}, []float64{10, 10}, 0, 100, []float64{85, 95}},
		{"two heights", []float64{50, 50}, []float64{30, 10}, 0, 100, []float64{40, 60}},
		{"no room", []float64{5, 5}, []float64{10, 10}, 0, 10, []float64{2.5, 7.5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := spread(c.want, c.size, c.lo, c.hi)
			if !slices.EqualFunc(got, c.placed, func(a, b float64) bool { return near(a, b, 1e-5) }) {
				t.Errorf("the labels stand at %v, want %v", got, c.placed)
			}
		})
	}
}

// FuzzSpread reads labels from bytes: places and heights in turn.
func FuzzSpread(f *testing.F) {
	f.Add([]byte{10, 5, 10, 5, 11, 9}, 100.0)
	f.Add([]byte{255, 30, 0, 1, 0, 1}, 20.0)
	f.Add([]byte{}, 1.0)
	f.Fuzz(func(t *testing.T, data []byte, hi float64) {
		if !(hi > 0 && hi < 1e6) {
			return
		}
		var want, size []float64
		total := 0.0
		for ; len(data) >= 2; data = data[2:] {
			want, size = append(want, float64(data[0])), append(size, 1+float64(data[1])/8)
			total += size[len(size)-1]
		}
		slices.Sort(want)
		placed := spread(want, size, 0, hi)
		if len(placed) != len(want) {
			t.Fatalf("%d labels placed of %d", len(placed), len(want))
		}
		const tiny = 1e-6
		fits := total <= hi
		free := fits
		for i, y := range placed {
			if i > 0 && y < placed[i-1]-tiny {
				t.Fatalf("labels %d and %d changed places: %v", i-1, i, placed)
			}
			if fits && (y-size[i]/2 < -tiny || y+size[i]/2 > hi+tiny) {
				t.Fatalf("label %d stands at %g, outside of 0 to %g", i, y, hi)
			}
			if fits && i > 0 && y-placed[i-1] < (size[i]+size[i-1])/2-tiny {
				t.Fatalf("labels %d and %d overlap: %v", i-1, i, placed)
			}
			free = free && want[i]-size[i]/2 >= 0 && want[i]+size[i]/2 <= hi && (i == 0 || want[i]-want[i-1] >= (size[i]+size[i-1])/2)
		}
		for i := range placed {
			if free && math.Abs(placed[i]-want[i]) > tiny {
				t.Fatalf("label %d was moved from %g to %g without need", i, want[i], placed[i])
			}
		}
	})
}
