package spring

import (
	"crypto/sha256"
	"fmt"
	"math"
	"testing"

	"reslab/nn"
)

// Every machine draws the same bytes. When the drawing is changed on purpose,
// so is this hash, and every result that was made with the old pictures.
func TestSameBytesEverywhere(t *testing.T) {
	const want = "5fc5ac5bf5b45523171aa6026a6ce994d540451b6462c7da8d7fb90d0f81d795"
	h := sha256.New()
	for i, edge := range []int{8, 32, 33, 64, 224} {
		for kind := range Kinds {
			for seed := range 4 {
				h.Write(Draw(kind, edge, nn.NewRandomAt(uint64(seed), fmt.Sprint(i))))
			}
		}
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)); got != want {
		t.Errorf("the pictures have the hash %s, want %s", got, want)
	}
}

// A picture shows the same in every size: four of its pixels are about one of
// the picture half as large.
func TestSizesShowTheSame(t *testing.T) {
	for kind, name := range Kinds {
		for seed := range uint64(5) {
			small, large := scene(kind, 32, nn.NewRandom(seed)).bytes(), scene(kind, 64, nn.NewRandom(seed)).bytes()
			difference := 0.0
			for i := range small {
				row, column, part := i/3/32, i/3%32, i%3
				at := func(dr, dc int) float64 { return float64(large[((2*row+dr)*64+2*column+dc)*3+part]) }
				mean := (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4
				difference += math.Abs(mean-float64(small[i])) / float64(len(small))
			}
			if difference > 5 {
				t.Errorf("%s, seed %d: the sizes differ by %.1f of 255 on average", name, seed, difference)
			}
		}
	}
}

// Turning, moving and scaling must lead there and back again.
func TestFramesLeadBack(t *testing.T) {
	d := dice{nn.NewRandom(1)}
	for range 1000 {
		f := picture.move(d.between(0, one), d.between(0, one)).turn(d.between(0, one)).
			stretch(d.between(10*pct, one), d.between(10*pct, one)).turn(d.between(-one, one)).scale(d.between(20*pct, one))
		p := point{d.between(0, one), d.between(0, one)}
		local := f.local(p)
		back := f.out.apply(local)
		if abs(back.x+f.at.x-p.x) > pct || abs(back.y+f.at.y-p.y) > pct {
			t.Fatalf("%v came back as %v", p, point{back.x + f.at.x, back.y + f.at.y})
		}
	}
}

func TestSinesAndRoots(t *testing.T) {
	for turns := -3 * one; turns < 3*one; turns += 97 {
		want := math.Sin(2 * math.Pi * float64(turns) / float64(one))
		if got := float64(sin(turns)) / float64(one); math.Abs(got-want) > 3e-4 {
			t.Fatalf("sin(%d) = %g, want %g", turns, got, want)
		}
	}
	for a := fix(0); a < 40*one; a += 1013 {
		want := math.Sqrt(float64(a) / float64(one))
		if got := float64(root(a)) / float64(one); math.Abs(got-want) > 2e-5 {
			t.Fatalf("root(%d) = %g, want %g", a, got, want)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, edge := range []int{32, 64, 224} {
		b.Run(fmt.Sprint(edge), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				Draw(i%len(Kinds), edge, nn.NewRandom(uint64(i)))
			}
		})
	}
}
