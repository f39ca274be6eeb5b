package compare

import (
	"html"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/experiments/run"
)

// TestNotes: what a careful reader is told.
func TestNotes(t *testing.T) {
	plain := func(more string) story { return training("plain-20", more, 0.7) }
	residual := func(more string) story { return training("residual-20", more, 0.8) }
	changed := plain(`, "seed": 1`)
	changed.metrics = slices.Clone(changed.metrics)
	changed.metrics[0].Loss++
	killed, stopped, diverged := plain(`, "lr": 2`), plain(`, "lr": 3`), plain(`, "lr": 4`)
	killed.result, killed.metrics = "", killed.metrics[:4]
	stopped.result = `{"stopped": true, "reason": "it was stopped"}`
	diverged.result = `{"stopped": true, "reason": "the loss became NaN at step 4."}`
	auto := func(steps string) story {
		s := measured(`"steps": "auto", "warmup": "auto"`, nil, "plain-8")
		s.config = strings.Replace(s.config, `"seed"`, `"warm_up": 1, "steps": `+steps+`, "seed"`, 1)
		return s
	}
	lost := measured(`"rate": "9"`, nil, "plain-8")
	lost.metrics = append(lost.metrics, run.Metric{Net: "plain-8", Step: 3, Split: "train", Loss: math.NaN()})
	for name, tt := range map[string]struct {
		runs []story
		want []string
	}{
		"a net astray":     {[]story{measured(`"rate": "1"`, nil, "plain-8"), lost}, []string{"Only rate differs", "In b the loss of plain-8 became no number at step 3: its training went astray"}},
		"twice astray":     {[]story{lost, lost}, []string{"equal to the last bit, and these are.", "In a the loss", "In b the loss"}},
		"one setting":      {[]story{plain(`, "seed": 1`), residual(`, "seed": 1`)}, []string{"Only model differs. How far the seed alone moves these figures is not known"}},
		"two settings":     {[]story{plain(`, "lr": 1`), residual(`, "lr": 2`)}, []string{"2 settings differ, model and lr: either may be the reason, or both together."}},
		"a seed among two": {[]story{plain(`, "seed": 1`), residual(`, "seed": 2`)}, []string{"2 settings differ, model and seed: either"}},
		"three settings":   {[]story{plain(`, "lr": 1, "clip": 1`), residual(`, "lr": 2, "clip": 2`)}, []string{"3 settings differ, model, lr and clip: any of them may be the reason, or several together."}},
		"three runs":       {[]story{plain(`, "lr": 1`), residual(`, "lr": 1`), plain(`, "lr": 2`)}, []string{"2 settings differ, model and lr: between two runs that differ in several"}},
		"seeds alone":      {[]story{plain(`, "seed": 1`), plain(`, "seed": 2`)}, []string{"Only the seed differs, so what lies between these runs is chance"}},
		"seeds of both": {[]story{plain(`, "seed": 1`), plain(`, "seed": 2`), residual(`, "seed": 1`), residual(`, "seed": 2`)},
			[]string{"Only model differs, beside the seed. A difference counts if it is large beside the standard deviation"}},
		"nothing":            {[]story{plain(`, "seed": 1`), plain(`, "seed": 1`)}, []string{"No setting differs, nor the seed: the tables of such runs are equal to the last bit, and these are."}},
		"nothing, and yet":   {[]story{plain(`, "seed": 1`), changed}, []string{"These are not, so something else has changed"}},
		"what changes none":  {[]story{measured(`"record": "1"`, nil, "plain-8"), measured(`"record": "2"`, nil, "plain-8")}, []string{"What differs changes no figure."}},
		"killed":             {[]story{plain(`, "lr": 1`), killed}, []string{"b is not finished after 3 steps, in epoch 2 of 2. It is compared by what it has; go on with it by --resume.", "Only lr differs"}},
		"stopped":            {[]story{plain(`, "lr": 1`), stopped}, []string{"b was stopped after 4 steps, in epoch 2 of 2. It is compared by what it has", "Only lr differs"}},
		"diverged":           {[]story{plain(`, "lr": 1`), diverged}, []string{"in epoch 2 of 2: the loss became NaN at step 4. It is compared by what it has.", "Only lr differs"}},
		"what auto came to":  {[]story{auto("8"), auto("9")}, []string{"Only steps differs", "Nobody asked for the difference in steps: it is what auto came to. For equal ones begin every run with --set steps=8."}},
		"other pictures":     {[]story{plain(`, "data": "spring"`), plain(`, "data": "mnist"`)}, []string{"Only data differs", "The pictures are others"}},
		"another loss":       {[]story{plain(`, "label_smoothing": 0`), plain(`, "label_smoothing": 0.1`)}, []string{"Only label_smoothing differs", "Label smoothing differs, and with it what the loss of training measures"}},
		"pictures made anew": {[]story{plain(`, "augment": "none"`), plain(`, "augment": "crop"`)}, []string{"Only augment differs", "The pictures of training are changed in other ways"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := compared(t, tt.runs...).Notes
			if len(got) != len(tt.want) {
				t.Fatalf("got %q", got)
			}
			for i, want := range tt.want {
				if !strings.Contains(got[i], want) {
					t.Errorf("got %q, want %q", got[i], want)
				}
			}
		})
	}
}

// TestPhrase: a number of each run, in a title.
func TestPhrase(t *testing.T) {
	nan := math.NaN()
	lr := func(rate string) story { return training("plain-20", `, "seed": 1, "lr": `+rate, 0.5) }
	three := compared(t, lr("1"), lr("2"), lr("3"))
	four := compared(t, lr("1"), lr("2"), lr("3"), lr("4"))
	seeds := compared(t, lr("1"), lr("2"), training("plain-20", `, "seed": 2, "lr": 1`, 0.5))
	for _, tt := range []struct {
		c      *Comparison
		values []float64
		want   string
	}{
		{three, []float64{1, 2, 3}, "1.000 with lr 1, 2.000 with lr 2 and 3.000 with lr 3"},
		{three, []float64{1, nan, 3}, "1.000 with lr 1 and 3.000 with lr 3"},
		{three, []float64{nan, nan, nan}, ""},
		{three, []float64{2, nan, 2}, "2.000 in all"},
		{four, []float64{2, 1, 4, 3}, "1.000 with lr 2 up to 4.000 with lr 3"},
		{seeds, []float64{1, 2, 3}, "2.000 with lr 1 and 2.000 with lr 2, means over the seeds"},
	} {
		if got := tt.c.phrase(tt.values, ofLoss); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.values, got, tt.want)
		}
	}
}

// TestLongLabels: a group that takes many settings to describe is named by its runs.
func TestLongLabels(t *testing.T) {
	story := func(seed, more string) story { return training("plain-20", `, "seed": `+seed+more, 0.5) }
	const settings, others = `, "lr": 0.1, "batch": 128, "patience": 5`, `, "lr": 0.2, "batch": 64, "patience": 4`
	c := compared(t, story("1", settings), story("2", settings), story("1", others))
	if got := c.label(c.Groups[0]) + "; " + c.label(c.Groups[1]); got != "a and 1 more; c" {
		t.Errorf("the groups are called %s", got)
	}
}

// TestWords: how figures are written.
func TestWords(t *testing.T) {
	for _, tt := range []struct {
		unit  unit
		value float64
		want  string
	}{
		{ofShare, 0.98765, "98.77 %"}, {ofLoss, 0.6, "0.600"}, {ofLoss, 12.3456, "12.346"}, {ofLoss, 0.00001234, "1.23×10⁻⁵"}, {ofLoss, math.Inf(1), "infinite"},
		{ofRatio, 0.6, "0.60"}, {ofRatio, 0.0734, "0.073"}, {ofRatio, 7.15, "7.2"}, {ofRatio, 14.2, "14"}, {ofRatio, 2345, "2,300"}, {ofRatio, 7.4e-10, "7.4×10⁻¹⁰"}, {ofRatio, 0, "0"},
		{ofRatio, math.Inf(1), "too large for float32"}, {ofCount, 269722, "269,722"}, {ofSeconds, 4.25, "4.2s"}, {ofSeconds, 83.4, "1m23s"}, {ofLoss, math.NaN(), "–"},
	} {
		if got := tt.unit.word(tt.value); got != tt.want {
			t.Errorf("%g is written %q, want %q", tt.value, got, tt.want)
		}
	}
}

// TestWrite: the page opens without a network, and no file of anybody else is touched.
func TestWrite(t *testing.T) {
	runs := []story{training("plain-20", `, "seed": 1`, 0.7), training("residual-20", `, "seed": 1`, 0.8)}
	runs[0].gradients = measured(`"steps": "0"`, map[string]float64{"plain-20": 5}, "plain-20").gradients
	c := compared(t, runs...)
	must(t, os.Mkdir("compared", 0o777))
	must(t, os.WriteFile(filepath.Join("compared", Page), nil, 0o666)) // of an earlier time
	must(t, c.Write("compared"))
	content, err := os.ReadFile(filepath.Join("compared", Page))
	must(t, err)
	page := html.UnescapeString(string(content))
	for _, want := range []string{
		"<h1>model: plain20 against resnet20</h1>", "Test pictures right: 70.00 % with plain20 and 80.00 % with resnet20.",
		"On pictures kept apart, the loss ends at 1.200 in all", "★ 80.00 %", "+10.00 points",
		"At the start, the gradient of the first layer over that of the last is 5.0 with plain20", "Only model differs",
		`href="training.png"`, `href="validation.svg"`, `href="gradients.png"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page says nothing of %q", want)
		}
	}
	for _, folder := range []string{filepath.Join("runs", "a"), "runs"} {
		if err := c.Write(folder); err == nil || !strings.Contains(err.Error(), folder+" is there already and holds no comparison; name another folder with --out") {
			t.Errorf("writing into %s gave %v", folder, err)
		}
	}
	must(t, os.WriteFile("file", nil, 0o666))
	if err := c.Write(filepath.Join("file", "out")); err == nil || !strings.Contains(err.Error(), "choose another place with --out") {
		t.Errorf("got %v", err)
	}
}

// TestNamesStayInTheFolder: a table may have any names.
func TestNamesStayInTheFolder(t *testing.T) {
	nets := []string{"../evil", "plain-8"}
	c := compared(t, measured(`"steps": "0"`, map[string]float64{"../evil": 1}, nets...), measured(`"steps": "1"`, nil, nets...))
	must(t, c.Write(filepath.Join("out", "compared")))
	files, err := filepath.Glob("*")
	must(t, err)
	if !slices.Equal(files, []string{"out", "runs"}) {
		t.Errorf("there are %v", files)
	}
}
