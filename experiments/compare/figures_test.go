package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"reslab/experiments/run"
)

// figure returns a figure of the first net.
func figure(t *testing.T, c *Comparison, key string) Figure {
	t.Helper()
	i := slices.IndexFunc(c.Nets[0].Figures, func(f Figure) bool { return f.Key == key })
	if i < 0 {
		t.Fatalf("there is no figure %s", key)
	}
	return c.Nets[0].Figures[i]
}

// near compares numbers, of which nil is none.
func near(got *float64, want float64) bool {
	if got == nil {
		return math.IsNaN(want)
	}
	return math.Abs(*got-want) < 1e-12
}

// TestFiguresOfTrainings are worked by hand from the rows of training.
func TestFiguresOfTrainings(t *testing.T) {
	half := training("plain-20", `, "lr": 0.2`, 0)
	half.metrics, half.result = half.metrics[:4], "" // killed in its second epoch
	c := compared(t, training("plain-20", `, "lr": 0.1`, 0.7), half)
	none := math.NaN()
	for key, want := range map[string][2]float64{
		"top1":            {0.7, none},
		"loss":            {1, none},
		"validation_top1": {0.5, 0.5}, // equal after both epochs: the second has less loss
		"validation_loss": {1.2, 2},
		"train_loss":      {1.3, 1.5},
		"best_epoch":      {2, 1},
		"steps":           {4, 3},
		"params":          {1000, none},
		"seconds":         {12.4, none},
	} {
		if f := figure(t, c, key); !near(f.Values[0], want[0]) || !near(f.Values[1], want[1]) {
			t.Errorf("%s is %v, want %v", key, f.raw, want)
		}
	}
	if f := figure(t, c, "validation_loss"); !near(f.Differences[1], 0.8) || !near(f.Ratios[1], 2/1.2) || !slices.Equal(f.Best, []int{0}) {
		t.Errorf("got %+v", f)
	}
	if f := figure(t, c, "top1"); len(f.Best) != 0 {
		t.Errorf("of one run alone %v is said to be best", f.Best)
	}
	if c.Runs[0].State != finished || c.Runs[1].State != unfinished {
		t.Errorf("the runs are %s and %s", c.Runs[0].State, c.Runs[1].State)
	}
}

// TestFiguresOfGradients are worked by hand: the first layer over the third of four.
func TestFiguresOfGradients(t *testing.T) {
	a := measured(`"steps": "20"`, map[string]float64{"plain-8": 6}, "plain-8")
	for i, norm := range []float64{1, 3, 2, 7} {
		a.gradients = append(a.gradients, run.Gradient{Net: "plain-8", Step: 20, Index: i + 1, WeightGradNorm: norm, WeightNorm: float64(4 - i)})
	}
	for step := range 20 {
		a.metrics = append(a.metrics, run.Metric{Net: "plain-8", Step: step + 1, Split: "train", Loss: float64(step)})
	}
	b := measured(`"steps": "20"`, map[string]float64{"plain-8": math.Inf(1)}, "plain-8")
	for _, layer := range b.gradients {
		layer.Step = 5
		b.gradients = append(b.gradients, layer)
	}
	c := compared(t, a, b)
	for key, want := range map[string][2]float64{
		"first_over_last_start":          {6, math.Inf(1)},
		"first_over_last_end":            {0.5, math.Inf(1)},
		"first_over_last_end_scale_free": {1, math.Inf(1)}, // (1 · 4) / (2 · 2)
		"final_loss":                     {18, 2},          // the last tenth of 21, rounded up, is three: 17, 18 and 19
	} {
		if f := figure(t, c, key); !slices.Equal(f.raw, want[:]) {
			t.Errorf("%s is %v, want %v", key, f.raw, want)
		}
	}
	if f := figure(t, c, "first_over_last_start"); f.Values[1] != nil || f.apart() != "" {
		t.Errorf("what float32 cannot hold is %v, and %q apart", f.Values[1], f.apart())
	}
	if c.Runs[0].Steps != 20 {
		t.Errorf("a run of 20 steps, with an examination behind them, is said to have %d", c.Runs[0].Steps)
	}
}

// TestBeforeTraining: what no step has changed is told once.
func TestBeforeTraining(t *testing.T) {
	start := func(ratio float64) story {
		return measured(`"steps": "0"`, map[string]float64{"plain-8": ratio}, "plain-8")
	}
	c := compared(t, start(2), start(8))
	if f := c.Nets[0].Figures; len(f) != 1 || f[0].Key != "first_over_last_start" || !near(f[0].Ratios[1], 4) {
		t.Errorf("got %+v", f)
	}
	if strings.Contains(c.Legend(), "Scale-free") || c.Mark() != "" || c.found() != "" {
		t.Errorf("it says %q and %q, the mark means %q", c.Legend(), c.found(), c.Mark())
	}
}

func TestBest(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, tt := range []struct {
		better string
		values []float64
		want   []int
	}{
		{higher, []float64{1, 3, 2}, []int{1}},
		{lower, []float64{1, 3, 2}, []int{0}},
		{lower, []float64{1, 3, 1}, []int{0, 2}},
		{higher, []float64{2, 2}, nil},
		{lower, []float64{nan, inf, 5}, []int{2}},
		{lower, []float64{nan, 5}, nil},
		{"", []float64{1, 2}, nil},
		{higher, nil, nil},
	} {
		if got := best(tt.values, tt.better); !slices.Equal(got, tt.want) {
			t.Errorf("of %v, %s is better: best is %v, want %v", tt.values, tt.better, got, tt.want)
		}
	}
}

// TestUnlike: answers to different questions have no best.
func TestUnlike(t *testing.T) {
	for setting, want := range map[string]map[string]int{
		"data":            {"top1": 0, "train_loss": 0},
		"label_smoothing": {"top1": 1, "train_loss": 0},
		"augment":         {"top1": 1, "train_loss": 0},
		"lr":              {"top1": 1, "train_loss": 1},
	} {
		worse := training("plain-20", `, "`+setting+`": "b"`, 0.7)
		worse.metrics = slices.Clone(worse.metrics)
		worse.metrics[3].Loss++
		c := compared(t, training("plain-20", `, "`+setting+`": "a"`, 0.6), worse)
		for key, best := range want {
			if f := figure(t, c, key); len(f.Best) != best {
				t.Errorf("where %s differs, of %s the best are %v", setting, key, f.Best)
			}
		}
	}
}

// TestBestBeyondLuck: a mean is marked that leads by more than the largest deviation,
// here 0.1, if it is one.
func TestBestBeyondLuck(t *testing.T) {
	const lost = 0
	for name, tt := range map[string]struct {
		plain, residual, wide []float64 // right, of each seed
		want                  []int
	}{
		"far ahead":                       {[]float64{0.5, 0.6, 0.7}, []float64{0.79, 0.81, 0.8}, nil, []int{1}},
		"within the deviation":            {[]float64{0.5, 0.6, 0.7}, []float64{0.68, 0.7, 0.69}, nil, nil},
		"the deviation is the other's":    {[]float64{0.6, 0.7, 0.8}, []float64{0.59, 0.61}, nil, nil},
		"one run alone":                   {[]float64{0.5, 0.6, 0.7}, []float64{0.99}, nil, nil},
		"ahead of one run alone":          {[]float64{0.8, 0.9, 1}, []float64{0.6}, nil, []int{0}},
		"the second is too near":          {[]float64{0.8, 0.9, 1}, []float64{0.2, 0.21}, []float64{0.84, 0.86}, nil},
		"a group that is not whole leads": {[]float64{0.5, 0.51}, []float64{0.2, 0.21}, []float64{0.9, lost}, nil},
		"all three apart":                 {[]float64{0.5, 0.51}, []float64{0.2, 0.21}, []float64{0.9, 0.91}, []int{2}},
	} {
		t.Run(name, func(t *testing.T) {
			var runs []story
			for group, shares := range [][]float64{tt.plain, tt.residual, tt.wide} {
				for seed, share := range shares {
					s := training([]string{"plain-20", "residual-20", "residual-56"}[group], fmt.Sprintf(`, "seed": %d`, seed+1), share)
					if share == lost { // killed before its test
						s.metrics = s.metrics[:len(s.metrics)-1]
					}
					runs = append(runs, s)
				}
			}
			c := compared(t, runs...)
			if f := figure(t, c, "top1"); !slices.Equal(f.BestGroups, tt.want) {
				t.Errorf("the best groups are %v, want %v", f.BestGroups, tt.want)
			}
			if mark := c.Mark(); !strings.Contains(mark, "leads by more than the largest standard deviation") {
				t.Errorf("the mark means %q", mark)
			}
		})
	}
}

// TestSpread: 0.6, 0.7 and 0.8 have the mean 0.7 and the deviation 0.1.
func TestSpread(t *testing.T) {
	seed := func(net, seed string, accuracy float64) story {
		return training(net, `, "seed": `+seed, accuracy)
	}
	alone := compared(t, seed("plain-20", "1", 0.6), seed("plain-20", "2", 0.8), seed("plain-20", "3", 0.7))
	f := figure(t, alone, "top1")
	if len(f.Spread) != 1 || f.Spread[0].Runs != 3 || !near(f.Spread[0].Mean, 0.7) || !near(f.Spread[0].Deviation, 0.1) {
		t.Errorf("got %+v", f.Spread)
	}
	if len(f.Best) != 0 || len(f.BestGroups) != 0 {
		t.Error("the luckiest seed is called the best")
	}
	if f := figure(t, alone, "steps"); f.Spread != nil {
		t.Errorf("a mean of counts: %+v", f.Spread)
	}

	lost := seed("residual-20", "2", 0.99)
	lost.metrics = lost.metrics[:len(lost.metrics)-1] // killed before its test
	some := compared(t, seed("plain-20", "1", 0.6), seed("plain-20", "2", 0.8), seed("residual-20", "1", 0.9), lost)
	if f := figure(t, some, "top1"); f.is.unit.spread(f.Spread[1], 2) != "90.00 % (1 of 2)" || len(f.BestGroups) != 0 {
		t.Errorf("of two seeds of which one has no test it says %s; the best are %v", f.is.unit.spread(f.Spread[1], 2), f.BestGroups)
	}
	if got := some.found(); !strings.Contains(got, "70.00 % ± 14.14 % with plain20 and 90.00 % (1 of 2) with resnet20") {
		t.Errorf("the page says %s", got)
	}

	pairs := compared(t, seed("plain-20", "1", 0.6), seed("residual-20", "1", 0.9), seed("plain-20", "2", 0.8))
	f = figure(t, pairs, "top1")
	if len(f.Spread) != 2 || !near(f.Spread[0].Mean, 0.7) || !near(f.Spread[1].Mean, 0.9) || f.Spread[1].Deviation != nil {
		t.Errorf("got %+v", f.Spread)
	}
	if len(f.BestGroups) != 0 || len(f.Best) != 0 {
		t.Errorf("of one run, which may be luck, the best groups are %v, the best runs %v", f.BestGroups, f.Best)
	}
	if got := pairs.Groups[0].Runs; !slices.Equal(got, []int{0, 2}) {
		t.Errorf("the plain nets are the runs %v", got)
	}
}

// TestBestIsANumber: an epoch whose loss is no number is not the best, however many
// it names right.
func TestBestIsANumber(t *testing.T) {
	astray := training("plain-20", "", 0.9)
	first, last := -1, -1
	for i, m := range astray.metrics {
		if m.Split == splitValidation {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	astray.metrics[first].Accuracy, astray.metrics[last].Accuracy, astray.metrics[last].Loss = 0.25, 0.5, math.NaN()
	f := figure(t, compared(t, training("plain-20", "", 0.5), astray), "validation_top1")
	if f.raw[1] != 0.25 {
		t.Errorf("the best epoch has %v right, want 0.25", f.raw[1])
	}
}
