package gradients

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"reslab/experiments/run"
)

// story makes rows in which the first of depth layers has ratio times the
// gradient of the last, geometrically in between.
func story(rows *records, net string, depth int, start, end, firstLoss, lastLoss float64) {
	const steps = 10
	for step, ratio := range map[int]float64{0: start, steps: end} {
		for i := 1; i <= depth; i++ {
			share := float64(depth-1-i) / float64(depth-2) // 1 at the first, 0 at the last convolution
			rows.gradients = append(rows.gradients, run.Gradient{Net: net, Step: step, Layer: fmt.Sprint("layer", i), Index: i,
				WeightGradNorm: math.Pow(ratio, share), WeightNorm: 2, ActStd: 1})
		}
	}
	for step := range steps {
		share := float64(step) / (steps - 1)
		rows.metrics = append(rows.metrics, run.Metric{Net: net, Step: step, Split: "train", Loss: firstLoss + share*(lastLoss-firstLoss), Accuracy: share})
	}
	rows.metrics = append(rows.metrics, run.Metric{Net: net, Step: steps, Split: "test", Accuracy: 0.5})
}

func truth() *records {
	r := &records{}
	story(r, "plain-20", 20, 5.5, 3, 2.4, 1.0)
	story(r, "residual-20", 20, 1.7, 2, 2.4, 0.4)
	story(r, "plain-56", 56, 2.3e3, 0.25, 2.4, 2.2)
	story(r, "residual-56", 56, 7.1, 6, 2.4, 0.5)
	story(r, "plain-20-sigmoid-nobn", 20, 1.7e-13, 1e-13, 2.4, 2.3)
	story(r, "residual-20-sigmoid-nobn-preadd", 20, 0.013, 0.02, 2.4, 1.9)
	story(r, "plain-56-sigmoid-nobn", 56, 2.8e-36, 1e-36, 2.4, 2.3)
	story(r, "residual-56-sigmoid-nobn-preadd", 56, 0.0098, 0.01, 2.4, 1.9)
	return r
}

// swapped gives every plain net's rows to its twin, and the other way round.
func swapped(r *records) *records {
	names := map[string]string{}
	for _, net := range r.nets() {
		kind, depth, suffix := split(net)
		if kind == "plain" {
			twin := fmt.Sprintf("residual-%d%s", depth, suffix)
			if suffix != "" {
				twin += "-preadd"
			}
			names[net], names[twin] = twin, net
		}
	}
	s := &records{}
	for _, g := range r.gradients {
		g.Net = names[g.Net]
		s.gradients = append(s.gradients, g)
	}
	for _, m := range r.metrics {
		m.Net = names[m.Net]
		s.metrics = append(s.metrics, m)
	}
	return s
}

func TestFindingsHoldWhereTheFiguresDo(t *testing.T) {
	found := truth().findings()
	if len(found) != 10 {
		t.Errorf("got %d findings, want 6 about the start and 2 for each of 2 pairs about learning", len(found))
	}
	for _, f := range found {
		if !f.Held {
			t.Errorf("%v", f)
		}
	}
}

// TestFindingsFollowTheRows swaps plain and residual: whatever is said of one
// must then be said of the other.
func TestFindingsFollowTheRows(t *testing.T) {
	before, after := truth().findings(), swapped(truth()).findings()
	if len(before) != len(after) {
		t.Fatalf("%d findings became %d", len(before), len(after))
	}
	flipped := 0
	for i, f := range after {
		if f.Statement != before[i].Statement || f.Measured == before[i].Measured {
			t.Errorf("not measured afresh: %v", f)
		}
		if !f.Held {
			flipped++
		}
	}
	// What still holds is that the plain nets, now in the residual nets' place, learn.
	for _, f := range after {
		if f.Held && !strings.HasSuffix(f.Statement, " learns") && !strings.HasPrefix(f.Statement, "They explode:") {
			t.Errorf("still held: %v", f)
		}
	}
	if flipped < 6 {
		t.Errorf("only %d findings flipped", flipped)
	}
	title, other := truth().gradientTitle(truth().groups()[0], false), swapped(truth()).gradientTitle(swapped(truth()).groups()[0], false)
	if !strings.Contains(title, "plain-56 gets 2,300 times") || !strings.Contains(other, "residual-56, 2,300 times") {
		t.Errorf("the title does not follow the rows:\n%s\n%s", title, other)
	}
}

// A net that falls from a loss of 29 to one of 3.6 guesses as blindly as before.
func TestToGetToGuessingIsNotToLearn(t *testing.T) {
	r := truth()
	for i := range r.metrics {
		if m := &r.metrics[i]; m.Split == "train" {
			m.Loss = 3.6
			if m.Step == 0 {
				m.Loss = 29
			}
		}
	}
	for _, f := range r.learning() {
		if f.Held {
			t.Errorf("%v", f)
		}
	}
}

// What is said of tanh follows the rows: of the deepest net, too.
func TestTanh(t *testing.T) {
	for _, c := range []struct {
		deepest float64
		held    bool
	}{{0.21, true}, {1e-3, false}, {1e3, false}} {
		r := &records{}
		story(r, "plain-20-tanh-nobn", 20, 0.3, 0.3, 2.4, 2.2)
		story(r, "plain-110-tanh-nobn", 110, c.deepest, 0.3, 2.4, 2.2)
		found := r.findings()
		if len(found) != 1 || found[0].Held != c.held || !strings.HasPrefix(found[0].Measured, "plain-20-tanh-nobn: 0.3, plain-110-tanh-nobn: ") {
			t.Errorf("with %g in the deepest: %v", c.deepest, found)
		}
	}
}

func TestUnderflowIsSaid(t *testing.T) {
	r := &records{}
	story(r, "plain-110-sigmoid-nobn", 110, 0, 0, 2.3, 2.3)
	found := r.findings()
	if len(found) != 1 || !found[0].Held || !strings.Contains(found[0].Measured, "too small for float32") {
		t.Errorf("got %v", found)
	}
}

func TestOverflowIsAnExplosion(t *testing.T) {
	r := &records{}
	story(r, "plain-1202", 1202, math.Inf(1), math.Inf(1), 2.3, 2.3)
	story(r, "residual-1202", 1202, 20, 20, 2.3, 2.3)
	for i := range r.gradients {
		if g := &r.gradients[i]; g.Net == "plain-1202" && g.Index == g.Index/2*2 && g.Index < 600 {
			g.WeightGradNorm = math.NaN() // what comes of infinities further back
		}
	}
	found := r.findings()
	if !found[0].Held || !strings.Contains(found[0].Measured, "too large for float32") {
		t.Errorf("got %v", found[0])
	}
	if title := r.gradientTitle(r.groups()[0], false); !strings.Contains(title, "plain-1202 gets a gradient too large for float32; of residual-1202, 20 times that of the last") {
		t.Errorf("the title says %s", title)
	}
}

func TestNamesComeApart(t *testing.T) {
	for name, want := range map[string]variant{
		"plain-20":                        {depth: 20, activation: "relu", norm: true, init: "auto"},
		"residual-56-sigmoid-nobn-preadd": {depth: 56, skip: true, activation: "sigmoid", before: true, init: "auto"},
		"plain-110-tanh-nobn-xavier":      {depth: 110, activation: "tanh", init: "xavier"},
	} {
		if got := want.name(); got != name {
			t.Errorf("%+v is called %s, want %s", want, got, name)
		}
		kind, depth, suffix := split(name)
		if fmt.Sprintf("%s-%d%s", kind, depth, suffix) != name || depth != want.depth {
			t.Errorf("%s came apart as %s, %d, %s", name, kind, depth, suffix)
		}
	}
}

// TestCaution: where nets are too shallow for a statement about depth, the summary says so, and nowhere else.
func TestCaution(t *testing.T) {
	shallow := &records{}
	story(shallow, "plain-8", 8, 0.26, 0.3, 2.4, 0.3)
	story(shallow, "plain-14", 14, 0.64, 0.5, 2.4, 0.4)
	story(shallow, "residual-14", 14, 0.37, 0.5, 2.4, 0.3)
	const words = "the deepest of this run has 14 layers"
	if text := shallow.summary(shallow.findings()); !strings.Contains(text, "NOT so") || !strings.Contains(text, words) {
		t.Errorf("nets of 8 and 14 layers: %s", text)
	}
	if text := shallow.summary([]Finding{{Statement: "it learns", Held: true}}); strings.Contains(text, words) {
		t.Errorf("all held, and yet: %s", text)
	}
	hasty := &records{}
	story(hasty, "residual-20", 20, 1.7, 2, 3.1, 2.9)
	const few = "Each net took 10 steps, which says little about who learns."
	if text := hasty.summary(hasty.findings()); !strings.Contains(text, "NOT so   residual-20 learns") || !strings.Contains(text, few) {
		t.Errorf("ten steps: %s", text)
	}
	if text := truth().summary(truth().findings()); strings.Contains(text, "Each net took") {
		t.Errorf("all held, and yet: %s", text)
	}
	wrong := swapped(truth())
	if text := wrong.summary(wrong.findings()); !strings.Contains(text, "NOT so") || strings.Contains(text, "The statements are about deep nets") {
		t.Errorf("nets of 56 layers are called shallow: %s", text)
	}
}
