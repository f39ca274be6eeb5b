package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/cmd/lab/internal/terminal"
)

// TestMain makes the test binary a lab of its own, for tests that must end the
// process, and the kernel of the cells.
func TestMain(m *testing.M) {
	if os.Getenv("RESLAB_TEST_LAB") != "" {
		os.Exit(lab(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	kerneltest.Main(m)
}

// run runs a command line in an empty folder.
func run(t *testing.T, in string, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = lab(args, strings.NewReader(in), &o, &e)
	return status, o.String(), e.String()
}

// TestWrongUse: each mistake is answered by one sentence that says what to do.
func TestWrongUse(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("taken", 0o777); err != nil {
		t.Fatal(err)
	}
	program := terminal.Program(".")
	quick := []string{"experiment", "run", "gradients", "--set", "data=noise", "--set", "steps=0", "--set", "depths=8", "--out"}
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"experimnt"}, 2, `did you mean "experiment"`},
		{[]string{"compare", "train-1"}, 2, `did you mean "experiment compare"? See ` + program + " --help"},
		{[]string{"lesson"}, 2, "say what to do, one of list, show, run, start, check, export; see " + program + " lesson --help"},
		{[]string{"--bogus"}, 2, "; see " + program + " --help"},
		{[]string{"lesson", "start", "02"}, 2, "lab: <dir> is missing; see " + program + " lesson start --help"},
		{[]string{"train", "--epoch", "3"}, 2, `did you mean "--epochs"? See ` + program + " train --help"},
		{[]string{"experiment", "run"}, 2, "<name> is missing"},
		{[]string{"classify", "--weights", "w"}, 2, "lab: <image> is missing; see"},
		{[]string{"eval", "--weights", "w"}, 2, "lab: --data=NAME|DIR is missing; see"},
		{[]string{"eval"}, 2, "lab: --data=NAME|DIR, --weights=FILE|RUN are missing; see"},
		{[]string{"train", "--epochs"}, 2, "lab: --epochs needs a value; see"},
		{[]string{"train", "--model"}, 2, "lab: --model needs a value; see"},
		{[]string{"experiment", "run", "gradients", "--set"}, 2, "lab: --set needs a value; see"},
		{[]string{"train", "--epochs", "x"}, 2, `lab: --epochs: "x" is no whole number; see`},
		{[]string{"train", "--lr", "x"}, 2, `lab: --lr: "x" is no number; see`},
		{[]string{"train", "--seed", "-1"}, 2, `lab: --seed: "-1" is no whole number from 0 on; see`},
		{[]string{"experiment", "compare"}, 2, "<run> is missing"},
		{[]string{"experiment", "compare", "taken"}, 2, "name two or more"},
		{[]string{"experiment", "compare", "taken", "nowhere"}, 1, "taken holds no run"},
		{[]string{"experiment", "run", "vanish"}, 2, "there is gradients"},
		{[]string{"experiment", "run", "gradients", "--bugdet", "2m"}, 2, `did you mean "--budget"`},
		{[]string{"experiment", "run", "gradients", "--budget", "2"}, 2, `"2" is no duration: write it with its unit`},
		{[]string{"experiment", "run", "gradients", "--budget=-2m"}, 2, "above zero"},
		{[]string{"experiment", "run", "gradients", "--budget", "-2m"}, 2, "above zero"},
		{[]string{"train", "--model", "resnet20", "--data", "noise", "--epochs", "-1"}, 2, "--epochs must be a whole number of at least 1, got -1"},
		{[]string{"experiment", "run", "gradients", "--budget", "0s"}, 2, "above zero"},
		{[]string{"experiment", "run", "gradients", "--set", "depths=60002"}, 2, "at most 1202"},
		{[]string{"experiment", "run", "gradients", "--set", "data=noise", "--set", "size=64"}, 2, "at most 32"},
		{[]string{"experiment", "run", "gradients", "--preset", "slow"}, 2, "it has quick, start"},
		{[]string{"experiment", "run", "gradients", "--set", "depths=21"}, 2, "6n+2"},
		{[]string{"experiment", "run", "gradients", "--set", "colour=red"}, 2, "it has depths"},
		{append(quick, "taken"), 1, "is there already"},
		{append(quick, filepath.Join("file", "out")), 1, "choose another place with --out"},
		{[]string{"model", "summary", "resnet19"}, 2, "there are plain20"},
		{[]string{"model", "summary", "resnet20", "--input", "28"}, 2, "height x width x channels"},
		{[]string{"data", "path", "mnst"}, 2, "mnist"},
		{[]string{"data", "path", "noise"}, 1, "drawn by code"},
		{[]string{"data", "show", "noise", "--out", filepath.Join("file", "x.png")}, 1, "choose another file with --out"},
		{[]string{"claims", "overfiting"}, 2, `there is no claim "overfiting" (did you mean overfitting?); there are 1 to`},
		{[]string{"claims", "99", "--rerun"}, 2, `there is no claim "99"; there are 1 to`},
		{[]string{"lesson", "run", "99"}, 2, "02"},
		{[]string{"lesson", "start", "99", "dir"}, 2, "02"},
		{[]string{"lesson", "start", "02", filepath.Join("file", "dir")}, 1, "make a folder for the exercises"},
		{[]string{"lesson", "check", "02", "taken"}, 1, "lab lesson start 02 taken"},
		{[]string{"notebook", "no-such-lesson"}, 2, "ends in .md"},
		{[]string{"notebook", "x.txt"}, 2, "x.txt is no notebook: a notebook is a text in Markdown"},
		{[]string{"lesson", "export", "x.txt", "--go", "x"}, 2, "x.txt is no notebook: a notebook is a text in Markdown"},
		{[]string{"notebook", "../outside.md"}, 2, "start lab in the folder"},
		{[]string{"notebook", "--addr", "8888"}, 2, "write --addr as 127.0.0.1:8888"},
		{[]string{"notebook", "--addr", "127.0.0.1:99999"}, 2, "up to 65535"},
	} {
		status, out, errOut := run(t, "", c.args...)
		if status != c.status || !strings.Contains(errOut, c.want) || strings.Count(strings.TrimSpace(errOut), "\n") > 0 || out != "" {
			t.Errorf("lab %s: status %d, want %d and one line with %q\nstdout: %s\nstderr: %s", strings.Join(c.args, " "), status, c.status, c.want, out, errOut)
		}
	}
	if left, _ := filepath.Glob("*"); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := filepath.Glob(".*"); len(left) != 0 {
		t.Errorf("left behind, hidden: %v", left)
	}
}

// TestNamesOfNothing: a name of what there is not is wrong usage, wherever it is
// typed; what is there and cannot be used is a failure.
func TestNamesOfNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("empty", 0o777); err != nil {
		t.Fatal(err)
	}
	program := terminal.Program(".")
	for _, c := range []struct {
		line   string
		status int
		want   string
	}{
		{"train --model nosuch --data noise", 2, `there is no net "nosuch"; there are plain20`},
		{"model summary nosuch", 2, `there is no net "nosuch"; there are plain20`},

		{"train --model resnet20 --data nosuch", 2, `there is no data set "nosuch"; choose one of mnist`},
		{"train --model resnet20 --data no/such", 2, "there is no folder no/such: give the folder"},
		{"train --model resnet20 --data empty", 1, "empty has no sub-folders"},
		{"data show nosuch", 2, `there is no data set "nosuch"; choose one of mnist`},
		{"data show no/such", 2, "there is no folder no/such: give the folder"},
		{"data show empty", 1, "empty has no sub-folders"},
		{"data get nosuch", 2, `there is no data set "nosuch"; choose one of mnist`},
		{"data path nosuch", 2, `there is no data set "nosuch"; choose one of mnist`},

		{"train --model resnet20 --data noise --from nosuch", 2, "there is no nosuch; name a file of weights"},
		{"eval --weights nosuch --data noise", 2, "there is no nosuch; name a file of weights"},
		{"classify --weights nosuch a.png", 2, "there is no nosuch; name a file of weights"},
		{"train --model resnet20 --data noise --from empty", 1, "there are no weights in empty"},
		{"eval --weights file --data noise", 1, "file is no whole file of weights"},
		{"classify --weights file a.png", 1, "file is no whole file of weights"},
		{"train --model resnet20 --data noise --freeze nosuch", 2, `--freeze: resnet20 has no layer "nosuch"`},
		{"train --model resnet20 --data noise --augment nosuch", 2, "--augment must be none"},
		{"train --model resnet20 --data noise --schedule nosuch", 2, "--schedule must be one of"},

		{"train --resume --out nosuch", 2, "there is no run in nosuch to go on with"},
		{"train --resume --out empty", 2, "there is no run in empty to go on with"},
		{"experiment run gradients --resume --out nosuch", 2, "there is no run in nosuch to go on with"},
		{"experiment run gradients --resume", 2, "to go on with; name the folder of one with --out"},
		{"experiment compare nosuch other", 2, "there is no run nosuch"},
		{"experiment compare empty file", 1, "empty holds no run"},
		{"recognise --weights nosuch --no-browser", 2, "there is no nosuch; name a file of weights"},
		{"experiment run nosuch", 2, `there is no experiment "nosuch"; there is gradients`},
		{"experiment run gradients --preset nosuch", 2, `has no preset "nosuch"; it has quick`},
		{"experiment run gradients --set nosuch=1", 2, `has no setting "nosuch"; it has depths`},
		{"experiment run gradients --set data=nosuch", 2, "data must be one of mnist"},

		{"notebook 99", 2, `there is no lesson "99"; there are: 01`},
		{"lesson show 99", 2, `there is no lesson "99"; there are: 01`},
		{"lesson run 99", 2, `there is no lesson "99"; there are: 01`},
		{"lesson start 99 new", 2, `there is no lesson "99"; there are: 01`},
		{"lesson check 99", 2, `there is no lesson "99"; there are: 01`},
		{"lesson export 99 --go new", 2, `there is no lesson "99"; there are: 01`},
		{"lesson export nosuch.md --go new", 2, "there is no notebook nosuch.md"},
		{"lesson check 02 nosuch", 2, "there is no folder nosuch: make it"},
		{"lesson check 02 empty", 1, "there are no Go files in empty: write the exercises there with " + program},
		{"lesson check 02 --file nosuch.go", 2, "there is no file nosuch.go"},
		{"repl nosuch.go", 2, "there is no file nosuch.go"},
	} {
		status, out, errOut := run(t, "", strings.Fields(c.line)...)
		if status != c.status || !strings.Contains(errOut, c.want) || strings.Count(errOut, "\n") > 1 || out != "" {
			t.Errorf("lab %s: status %d, want %d and one line with %q\nstdout: %s\nstderr: %s", c.line, status, c.status, c.want, out, errOut)
		}
	}
	if left, _ := filepath.Glob("*"); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	for _, args := range []string{"notebook", "lesson list", "lesson show", "lesson run", "lesson start", "lesson check", "experiment list", "experiment run", "experiment compare", "claims", "repl", "model list", "model summary",
		"data list", "data get", "data path", "data show", "train", "eval", "doctor", "version"} {
		status, out, errOut := run(t, "", append(strings.Fields(args), "--help")...)
		if status != 0 || !strings.Contains(out, "Example") || !strings.Contains(out, "lab "+args) {
			t.Errorf("lab %s --help: status %d\n%s%s", args, status, out, errOut)
		}
	}
}

func TestExperimentPrintsItsResult(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "run")
	status, out, errOut := run(t, "", "experiment", "run", "gradients", "--set", "data=noise", "--set", "size=8", "--set", "batch=4", "--set", "steps=2", "--set", "depths=8", "--out", folder, "--json")
	if status != 0 || errOut != "" {
		t.Fatalf("status %d: %s", status, errOut)
	}
	var printed, stored map[string]any
	if err := json.Unmarshal([]byte(out), &printed); err != nil {
		t.Fatalf("stdout is not one JSON value: %v\n%s", err, out)
	}
	content, err := os.ReadFile(filepath.Join(folder, "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &stored); err != nil {
		t.Fatal(err)
	}
	if printed["out"] != folder || len(printed) != len(stored)+1 {
		t.Errorf("printed %v, want result.json and the folder", printed)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("beside the run folder there is more: %v, %v", entries, err)
	}
}

func TestModelSummaryJSON(t *testing.T) {
	status, out, _ := run(t, "", "model", "summary", "resnet50", "--json")
	var s struct {
		Name          string
		Input         []int
		Params, MACs  int64
		Weight_layers int
		Layers        []struct{ Name, Kind string }
	}
	if err := json.Unmarshal([]byte(out), &s); err != nil || status != 0 {
		t.Fatal(status, err)
	}
	if s.Name != "resnet50" || s.Params != 25557032 || s.MACs != 4089184256 || s.Weight_layers != 50 || s.Input[1] != 224 || s.Layers[0].Name != "conv1" {
		t.Errorf("got %+v", s)
	}
}

func TestReplReadsAPipe(t *testing.T) {
	status, out, errOut := run(t, "x := 20\nx + 1\nnn.NewReLU()\n", "repl")
	if status != 0 || out != "21\nReLU\n" {
		t.Errorf("status %d, stdout %q, stderr %q", status, out, errOut)
	}
}

func TestDataShowWritesAPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "noise.png")
	status, out, errOut := run(t, "", "data", "show", "noise", "--out", file)
	if status != 0 || strings.TrimSpace(out) != file {
		t.Errorf("status %d, %q, %q", status, out, errOut)
	}
	content, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(content, []byte("\x89PNG")) {
		t.Errorf("no picture: %v", err)
	}
}

func TestDoctorAndVersion(t *testing.T) {
	status, out, errOut := run(t, "", "doctor", "--json")
	var report struct {
		OK     bool
		Checks []struct{ Name, Detail, Fix string }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || status != 0 || !report.OK || len(report.Checks) < 6 {
		t.Errorf("status %d, %v, %s%s", status, err, out, errOut)
	}
	if status, out, _ := run(t, "", "version"); status != 0 || !strings.Contains(out, "go1.") {
		t.Errorf("status %d, %q", status, out)
	}
}
