package experiment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/terminal"
)

// training writes the folder of a training, as lab train leaves it: two epochs that
// end at a share of the test pictures.
func training(t *testing.T, name, model, lr string, seed int, share float64) {
	t.Helper()
	net := strings.Replace(strings.Replace(model, "resnet", "residual-", 1), "plain", "plain-", 1)
	rows := "net,seed,step,epoch,split,loss,accuracy,rate\n"
	for _, row := range []string{"0,0,train,2.5,0.1", "1,1,validation,2,0.5", "1,1,train,1.5,0.5", "2,2,validation,1.25,0.625", fmt.Sprintf("2,2,test,%g,%g", 2-share, share)} {
		rows += fmt.Sprintf("%s,%d,%s,0.1\n", net, seed, row)
	}
	folder := filepath.Join("runs", name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string]string{
		"config.json": fmt.Sprintf(`{"model": %q, "data": "spring", "epochs": 2, "batch": 64, "lr": %s, "label_smoothing": 0, "seed": %d}`, model, lr, seed),
		"result.json": `{"stopped": false, "params": 269722, "seconds": 83.2}`,
		"metrics.csv": rows,
	} {
		if err := os.WriteFile(filepath.Join(folder, file), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// shown is what a terminal of 80 columns shows.
func shown(t *testing.T, c Compare) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Run(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if terminal.Columns(strings.TrimSuffix(line, "\n")) > 80 && !strings.Contains(line, "experiment compare") {
			t.Errorf("wider than 80 columns: %s", line)
		}
	}
	return strings.TrimSpace(b.String())
}

const twoNets = `What differs
           plain    resnet
  model  plain20  resnet20

Figures
                         plain   resnet    against first
  test pictures right  60.00 %  75.00 % *  +15.00 points
  test loss              1.400    1.250 *         × 0.89
  validation right     62.50 %  62.50 %     +0.00 points
  validation loss        1.250    1.250           × 1.00
  training loss          1.500    1.500           × 1.00
  time                   1m23s    1m23s           × 1.00

* the best

The same in both: data spring, epochs 2, batch 64, lr 0.1, label smoothing 0,
seed 1.

Only model differs. How far the seed alone moves these figures is not known: run
each again with another --seed, and compare all.

The curves, one over the other:
  PROGRAM experiment compare plain runs/resnet --out compared`

const threeSeeds = `What differs
        resnet  second  third
  seed       1       2      3

Figures
                        resnet   second    third     mean  ± deviation
  test pictures right  75.00 %  80.00 %  70.00 %  75.00 %       5.00 %
  test loss              1.250    1.200    1.300    1.250        0.050
  validation right     62.50 %  62.50 %  62.50 %  62.50 %       0.00 %
  validation loss        1.250    1.250    1.250    1.250            0
  training loss          1.500    1.500    1.500    1.500            0
  time                   1m23s    1m23s    1m23s

The same in all: model resnet20, data spring, epochs 2, batch 64, lr 0.1, label
smoothing 0.

Only the seed differs, so what lies between these runs is chance: the mean and
the standard deviation over the seeds stand beside them. A setting that moves a
figure no further than that has shown nothing.

The curves, one over the other:
  PROGRAM experiment compare resnet second third --out compared`

const fiveRuns = `What differs
                                           model    lr  seed
  plain                                  plain20   0.1     1
  resnet                                resnet20   0.1     1
  second                                resnet20   0.1     2
  third                                 resnet20   0.1     3
  with-a-name-that-…ore-the-column-has  resnet20  0.05     1

Figures
                                          test right  test loss   val. right
  plain                                      60.00 %      1.400      62.50 %
  resnet                                     75.00 %      1.250      62.50 %
  second                                     80.00 %      1.200      62.50 %
  third                                      70.00 %      1.300      62.50 %
  with-a-name-that-…ore-the-column-has       90.00 %      1.100      62.50 %
  most apart                            30.00 points     × 1.27  0.00 points

                                        val. loss  train loss    time
  plain                                     1.250       1.500   1m23s
  resnet                                    1.250       1.500   1m23s
  second                                    1.250       1.500   1m23s
  third                                     1.250       1.500   1m23s
  with-a-name-that-…ore-the-column-has      1.250       1.500   1m23s
  most apart                               × 1.00      × 1.00  × 1.00

Mean ± standard deviation
                                   test right      test loss        val. right
  plain20, lr 0.1 (1 run)             60.00 %          1.400           62.50 %
  resnet20, lr 0.1 (3 runs)  75.00 % ± 5.00 %  1.250 ± 0.050  62.50 % ± 0.00 %
  resnet20, lr 0.05 (1 run)           90.00 %          1.100           62.50 %

                             val. loss  train loss
  plain20, lr 0.1 (1 run)        1.250       1.500
  resnet20, lr 0.1 (3 runs)  1.250 ± 0   1.500 ± 0
  resnet20, lr 0.05 (1 run)      1.250       1.500

* the best mean, if it leads by more than the largest standard deviation over
the seeds; one run alone is never marked, for that may be luck

The same in all: data spring, epochs 2, batch 64, label smoothing 0.

2 settings differ, model and lr: between two runs that differ in several, each
may be the reason.

The curves, one over the other:
  PROGRAM experiment compare plain resnet second third with-a-name-that-has-no-end-before-the-column-has --out compared`

func TestCompareInTheTerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	training(t, "plain", "plain20", "0.1", 1, 0.6)
	training(t, "resnet", "resnet20", "0.1", 1, 0.75)
	training(t, "second", "resnet20", "0.1", 2, 0.8)
	training(t, "third", "resnet20", "0.1", 3, 0.7)
	training(t, "with-a-name-that-has-no-end-before-the-column-has", "resnet20", "0.05", 1, 0.9)
	for name, tt := range map[string]struct {
		runs []string
		want string
	}{
		"two nets":    {[]string{"plain", "runs/resnet"}, twoNets},
		"three seeds": {[]string{"resnet", "second", "third"}, threeSeeds},
		"five runs":   {[]string{"plain", "resnet", "second", "third", "with-a-name-that-has-no-end-before-the-column-has"}, fiveRuns},
	} {
		got := strings.ReplaceAll(shown(t, Compare{Runs: tt.runs}), terminal.Program("."), "PROGRAM")
		if got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, tt.want)
		}
	}
	if files, _ := filepath.Glob("*"); len(files) != 1 {
		t.Errorf("without --out there are %v", files)
	}
}

// TestCompareInJSON: one value, and nothing else.
func TestCompareInJSON(t *testing.T) {
	t.Chdir(t.TempDir())
	training(t, "plain", "plain20", "0.1", 1, 0.6)
	training(t, "resnet", "resnet20", "0.1", 1, 0.75)
	var b bytes.Buffer
	if err := (Compare{Runs: []string{"plain", "resnet"}, Out: "compared", JSON: true}).Run(&b); err != nil {
		t.Fatal(err)
	}
	var value struct {
		Kind, Out string
		Runs      []struct{ Run, State string }
		Differing []struct{ Setting string }
	}
	d := json.NewDecoder(&b)
	if err := d.Decode(&value); err != nil || d.More() {
		t.Fatalf("%v, and more: %v", err, d.More())
	}
	if value.Kind != "train" || value.Out != "compared" || len(value.Runs) != 2 || value.Runs[1].State != "finished" || len(value.Differing) != 1 || value.Differing[0].Setting != "model" {
		t.Errorf("got %+v", value)
	}
	if _, err := os.Stat(filepath.Join("compared", "compare.html")); err != nil {
		t.Error(err)
	}
}
