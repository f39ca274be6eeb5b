package first

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// flat is a curve of so many steps at one height.
func flat(steps int, loss float64) curve { return slices.Repeat(curve{loss}, steps) }

func TestCurve(t *testing.T) {
	c := curve{4, 2, 6}
	for _, k := range []struct {
		step, first int
		want        float64
	}{{0, 0, 4}, {1, 0, 3}, {2, 0, 4}, {2, 1, 4}, {2, 2, 6}} {
		if got := c.smooth(k.step, k.first); got != k.want {
			t.Errorf("smooth(%d, %d) = %v, want %v", k.step, k.first, got, k.want)
		}
	}
	if got := c.lowest(3); got != 4 {
		t.Errorf("lowest of few steps: %v", got)
	}
	if got := c.lowest(0); !math.IsInf(got, 1) {
		t.Errorf("lowest of none: %v", got)
	}
	if got := c.highest(1); got != 6 {
		t.Errorf("highest: %v", got)
	}
	c = append(flat(20, 2), flat(30, 1)...)
	if got := c.lowest(20); got != 2 {
		t.Errorf("lowest before the fall: %v", got)
	}
	if got := c.lowest(50); got != 1 {
		t.Errorf("lowest: %v", got)
	}
	if got := c.below(1.5, 0); got != 25 { // six of ten steps are low then
		t.Errorf("below from step %d", got)
	}
	if got := c.below(1.5, 45); got != -1 {
		t.Errorf("with half a window it is below from %d", got)
	}
	if got := append(c, flat(10, 3)...).below(1.5, 0); got != -1 {
		t.Errorf("it came up again, and is below from %d", got)
	}
}

// raced is a race that had these curves.
func raced(shallow, deep curve) *race {
	return &race{shallow: &racer{depth: 8, curve: shallow}, deep: &racer{depth: 56, curve: deep}}
}

func TestOutcome(t *testing.T) {
	for _, c := range []struct {
		name          string
		shallow, deep curve
		truth         string
		says          []string
	}{
		{"stuck", flat(150, 0.5), flat(150, 2.29), worse, []string{"After 150 steps", "56 layers is 2.29", "8 layers 0.50", "Guessing blindly gives 2.30", "not overfitting"}},
		{"slower", flat(150, 0.5), flat(150, 1), worse, []string{"learns, but worse"}},
		{"same", flat(150, 0.5), flat(150, 0.52), same, []string{"no difference"}},
		{"better", flat(150, 0.5), flat(150, 0.3), better, []string{"learns better"}},
		{"diverged", flat(150, 0.5), flat(150, worst), worse, []string{"no number any more"}},
	} {
		got := raced(c.shallow, c.deep).outcome()
		if got.Truth != c.truth {
			t.Errorf("%s: %s", c.name, got.Truth)
		}
		for _, part := range c.says {
			if !strings.Contains(got.Text, part) {
				t.Errorf("%s: there is no %q in %q", c.name, part, got.Text)
			}
		}
	}
}

func TestFlipped(t *testing.T) {
	for _, c := range []struct {
		name string
		deep curve // after the switch at step 20
		on   bool
		says []string
		not  string
	}{
		{"alive", append(curve{9}, flat(30, 0.3)...), true, []string{"The loss was 2.30.", "It jumps to 9.00", "After 11 steps, in 11.0 s, it is below the lowest that either net had before, 1.00.", "stands at 0.30", "8 layers, which went on learning too, at 0.80"}, "not yet"},
		{"not yet", flat(30, 3), true, []string{"jumps to 3.00", "30 steps later it is not yet below the lowest that either net had before, 1.00"}, "it is below"},
		{"no jump", flat(30, 0.5), true, []string{"it is below the lowest"}, "jumps"},
		{"off", flat(5, 2.5), false, []string{"closed again", "5 steps later it is 2.50"}, "below"},
		{"at once", nil, true, []string{"Switched."}, "below"},
	} {
		r := raced(append(flat(20, 1), flat(len(c.deep), 0.8)...), append(flat(20, 2.3), c.deep...))
		r.on, r.switched = c.on, 20
		for i := range r.steps() {
			r.ends = append(r.ends, r.since.Add(secondsOf(i+1-20)))
		}
		got := r.flipped().Text
		for _, part := range c.says {
			if !strings.Contains(got, part) {
				t.Errorf("%s: there is no %q in %q", c.name, part, got)
			}
		}
		if strings.Contains(got, c.not) {
			t.Errorf("%s: there is %q in %q", c.name, c.not, got)
		}
	}
}
