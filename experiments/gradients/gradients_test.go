package gradients

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"reslab/experiments/run"
)

// small are settings that take a second.
var small = []string{"depths=8", "data=noise", "size=8", "batch=4", "steps=6", "record=2"}

// runInto runs the experiment and returns its folder.
func runInto(t *testing.T, ctx context.Context, budget time.Duration, tell run.Progress, set ...string) (string, *run.Result, error) {
	t.Helper()
	request := run.Request{Settings: given(t, set...)}
	if budget > 0 {
		request.Budget = budget.String()
	}
	job, err := Experiment.Open(request, filepath.Join(t.TempDir(), "out"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer job.Folder.Close()
	job.Progress = tell
	result, err := Experiment.Run(ctx, job)
	return job.Folder.Path(), result, err
}

func given(t *testing.T, set ...string) run.Values {
	t.Helper()
	values, err := Experiment.Given(nil, set)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func read(t *testing.T, folder, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestSameSeedSameBytes(t *testing.T) {
	first, result, err := runInto(t, context.Background(), 0, run.Quiet, small...)
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := runInto(t, context.Background(), 0, run.Quiet, small...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"config.json", "metrics.csv", "gradients.csv"} {
		if !bytes.Equal(read(t, first, name), read(t, second, name)) {
			t.Errorf("%s differs between two runs with the same seed", name)
		}
	}
	var stored map[string]any
	if err := json.Unmarshal(read(t, first, "result.json"), &stored); err != nil {
		t.Fatal(err)
	}
	if stored["stopped"] != false || len(stored["nets"].([]any)) != 4 || result.Summary == "" {
		t.Errorf("result.json holds %v", stored)
	}
	checkRows(t, first)
}

// checkRows reads the CSV files as a stranger would.
func checkRows(t *testing.T, folder string) {
	rows, err := csv.NewReader(bytes.NewReader(read(t, folder, "gradients.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "net,seed,step,layer,index,weight_grad_norm,act_grad_norm,act_mean,act_std,dead_share,weight_norm" {
		t.Errorf("gradients.csv begins %s", got)
	}
	perNet := map[string]int{}
	for _, row := range rows[1:] {
		perNet[row[0]]++
		for _, cell := range row[5:] {
			if v, err := strconv.ParseFloat(cell, 64); err != nil || math.IsNaN(v) {
				t.Errorf("not a number in %v", row)
			}
		}
	}
	for _, net := range []string{"plain-8", "residual-8", "plain-8-sigmoid-nobn", "residual-8-sigmoid-nobn-preadd"} {
		if perNet[net] != 4*8 { // steps 0, 2, 4 and 6, eight weight layers each
			t.Errorf("%s has %d rows, want 32", net, perNet[net])
		}
	}
}

// TestTwinsStartTheSame: at the start a plain net and its residual twin have
// the same weights, layer by layer.
func TestTwinsStartTheSame(t *testing.T) {
	folder, _, err := runInto(t, context.Background(), 0, run.Quiet, append(small, "steps=0")...)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(read(t, folder, "gradients.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	norms := map[string]string{}
	for _, row := range rows[1:] {
		norms[row[0]+" "+row[3]] = row[10]
	}
	compared := 0
	for key, norm := range norms {
		if rest, plain := strings.CutPrefix(key, "plain-8 "); plain {
			compared++
			if norms["residual-8 "+rest] != norm {
				t.Errorf("%s: weight norm %s in the plain net, %s in its twin", rest, norm, norms["residual-8 "+rest])
			}
		}
	}
	if compared != 8 {
		t.Errorf("compared %d layers, want 8", compared)
	}
}

func TestStoppedRunIsWhole(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	folder, result, err := runInto(t, ctx, 0, func(s run.Step) {
		if s.Done == 3 {
			cancel()
		}
	}, small...)
	if !errors.Is(err, context.Canceled) || result == nil {
		t.Fatalf("got %v, %v", result, err)
	}
	var stored map[string]any
	if err := json.Unmarshal(read(t, folder, "result.json"), &stored); err != nil {
		t.Fatal(err)
	}
	if stored["stopped"] != true || stored["steps"] != 3.0 {
		t.Errorf("result.json holds stopped %v after %v steps", stored["stopped"], stored["steps"])
	}
	if page := string(read(t, folder, "report.html")); !strings.Contains(page, "stopped early") {
		t.Error("the report does not say that the run was stopped")
	}
}

// TestStoppedInTheFirstStep: some nets are recorded and others are not.
func TestStoppedInTheFirstStep(t *testing.T) {
	job, err := Experiment.Open(run.Request{Settings: given(t, small...)}, filepath.Join(t.TempDir(), "out"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer job.Folder.Close()
	source, err := open(job.Values["data"], 1)
	if err != nil {
		t.Fatal(err)
	}
	p, err := settle(context.Background(), job, source)
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCourse(p, job.Folder)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if err := c.students[0].turn(context.Background(), 0); err != nil { // the first net alone
		t.Fatal(err)
	}
	p.Stopped = true
	result, err := c.write()
	if err != nil || result.Figures["stopped"] != true || result.Figures["steps"] != 0 {
		t.Errorf("got %v, %v", result, err)
	}
}

// TestTollGateBesideClearHighway: nets that differ only in where the activation
// stands are drawn apart, each with the plain twins.
func TestTollGateBesideClearHighway(t *testing.T) {
	r := truth()
	story(r, "residual-56-sigmoid-nobn", 56, 1e-19, 1e-19, 2.4, 2.3)
	var got []string
	for _, g := range r.groups() {
		got = append(got, g.suffix+":"+g.deepest("plain")+":"+g.deepest("residual"))
	}
	want := []string{":plain-56:residual-56",
		"-sigmoid-nobn-preadd:plain-56-sigmoid-nobn:residual-56-sigmoid-nobn-preadd",
		"-sigmoid-nobn:plain-56-sigmoid-nobn:residual-56-sigmoid-nobn"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if heading(r.groups()[1]) != "With sigmoid without batch norm, and a clear highway" {
		t.Errorf("the heading is %q", heading(r.groups()[1]))
	}
	if !slices.ContainsFunc(r.findings(), func(f Finding) bool { return f.Held && strings.Contains(f.Statement, "toll gate") }) {
		t.Error("nothing is said of the toll gate")
	}
}

func TestStoppedBeforeAnything(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	folder, result, err := runInto(t, ctx, 0, run.Quiet, small...)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "nothing was kept") || result != nil {
		t.Errorf("got %v, %v", result, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(folder), "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestBudgetStandsInConfig: what the budget came to, given as settings, makes
// the same rows on any machine.
func TestBudgetStandsInConfig(t *testing.T) {
	folder, _, err := runInto(t, context.Background(), 2*time.Second, run.Quiet, "depths=8", "data=noise", "highway=false", "size=8")
	if err != nil {
		t.Fatal(err)
	}
	var p plan
	if err := json.Unmarshal(read(t, folder, "config.json"), &p); err != nil {
		t.Fatal(err)
	}
	var set []string
	for _, word := range strings.Split(p.command(), "--set ")[1:] {
		set = append(set, strings.TrimSpace(word))
	}
	again, _, err := runInto(t, context.Background(), 0, run.Quiet, set...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"metrics.csv", "gradients.csv"} {
		if !bytes.Equal(read(t, folder, name), read(t, again, name)) {
			t.Errorf("%s differs when %v is run again", name, set)
		}
	}
}

// TestBudgetFarTooSmall: one sentence, and nothing is left behind.
func TestBudgetFarTooSmall(t *testing.T) {
	folder, result, err := runInto(t, context.Background(), time.Millisecond, run.Quiet, "depths=8", "data=noise")
	if result != nil || !errors.As(err, new(*run.SettingError)) || !strings.Contains(err.Error(), "the budget of 1ms is too small: 2 steps") {
		t.Errorf("got %v, %v", result, err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is left behind: %v", folder, err)
	}
}

func TestPlanRefuses(t *testing.T) {
	for setting, want := range map[string]string{
		"size=64":     "at most 32, the edge of the pictures of noise",
		"batch=99999": "at most 512, the number of pictures of noise",
	} {
		_, result, err := runInto(t, context.Background(), 0, run.Quiet, append(small, setting)...)
		if result != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gave %v", setting, err)
		}
	}
	for setting, want := range map[string]string{"depths=21": "must be 6n+2", "depths=2": "must be 6n+2", "activation=swish": "must be one of relu"} {
		if _, err := Experiment.Parse(nil, []string{setting}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gave %v", setting, err)
		}
	}
}

// Plain nets without twins: half the work, and their figures are drawn.
func TestPlainNetsAlone(t *testing.T) {
	folder, _, err := runInto(t, context.Background(), 0, run.Quiet, append(slices.Clone(small), "nets=plain", "activation=tanh", "batchnorm=false", "init=delta-orthogonal", "highway=false")...)
	if err != nil {
		t.Fatal(err)
	}
	const net = "plain-8-tanh-nobn-delta-orthogonal"
	if csv := string(read(t, folder, "metrics.csv")); !strings.Contains(csv, net) || strings.Contains(csv, "residual") {
		t.Errorf("the nets of the run:\n%s", csv)
	}
	if _, err := os.Stat(filepath.Join(folder, "learning-tanh-nobn-delta-orthogonal.png")); err != nil {
		t.Error(err)
	}
}

func TestPresets(t *testing.T) {
	for _, p := range Experiment.Presets {
		if _, err := Experiment.Given(p.Values, nil); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}
