package run

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reslab/nn"
	"reslab/nn/weights"
)

// The tests here train a small net in a process of its own, which is this test's
// program run again, and see to it that the process dies. RESLAB_SOAK=1 makes
// them long.

// childFolder is the variable that tells the program what it is: the folder of
// the run to begin or to go on with.
const childFolder = "RESLAB_TEST_RUN"

func TestMain(m *testing.M) {
	folder := os.Getenv(childFolder)
	if folder == "" {
		os.Exit(m.Run())
	}
	limitFiles()
	if err := trainIn(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const killSteps = 30

// progress is what this training adds to a checkpoint.
type progress struct {
	Best   float64 // loss
	Random uint64
}

// trainIn is a training as a command would write it.
func trainIn(path string) error {
	f, err := OpenFolder(FolderConfig{Path: path, Config: config, Resume: true})
	if err != nil {
		return err
	}
	defer f.Close()
	if f.Finished() {
		return nil
	}
	net := nn.NewSequential().Add("conv", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 4, Kernel: 3})).Add("bn", nn.NewBatchNorm2D(4)).Add("relu", nn.NewReLU()).
		Add("drop", nn.NewDropout(0.2, 1)).Add("pool", nn.NewGlobalAvgPool()).Add("fc", nn.NewLinear(4, 3))
	nn.Init(net, 1, nn.HeFanIn)
	training := nn.Training{Model: net, Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}), Rate: nn.Cosine(0.1, killSteps)}
	nets := []weights.Net{{Name: "it", Model: net, Optimiser: training.Optimiser}}
	mine := progress{Best: 100, Random: nn.NewRandom(3).State()}
	done, err := f.Restore(nets, &mine)
	if err != nil {
		return err
	}
	random := nn.NewRandom(mine.Random)
	training.Batches = func(int) (*nn.Tensor, []int) { return noise(random) }
	training.AfterStep = func(s nn.StepReport) {
		err = f.Metrics(Metric{Net: "it", Step: s.Step, Split: "train", Loss: s.Loss})
		mine.Best = min(mine.Best, s.Loss)
	}
	for step := done; step < killSteps && err == nil; step++ {
		if _, failed := training.Step(step); failed != nil {
			return failed
		}
		if err == nil && step%3 == 0 {
			err = f.Gradients(Gradient{Net: "it", Step: step, WeightNorm: net.Params()[0].Value.Norm()}, Gradient{Net: "it", Step: step})
		}
		mine.Random = random.State()
		if err == nil && step%2 == 1 {
			err = f.Checkpoint(weights.Checkpoint{Step: step + 1, Nets: nets, Extra: mine})
		}
	}
	if err != nil {
		return err
	}
	if err := weights.Save(filepath.Join(path, "model.safetensors"), net, weights.Metadata{}); err != nil {
		return err
	}
	return f.Finish(map[string]float64{"best": mine.Best})
}

func noise(random *nn.Random) (*nn.Tensor, []int) {
	x, labels := nn.NewTensor(4, 5, 5, 1), make([]int, 4)
	for i := range x.Data {
		x.Data[i] = float32(random.Normal())
	}
	for i := range labels {
		labels[i] = random.Intn(3)
	}
	return x, labels
}

// TestKilledRunsEndTheSame kills the process at random moments until it has come
// to its end, again and again, and compares every file with those of a run that
// nothing disturbed.
func TestKilledRunsEndTheSame(t *testing.T) {
	kills := long(20, 1000)
	if testing.Short() {
		kills = 5
	}
	want, took := undisturbed(t)
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	done, began, runs := 0, 0, 0
	for done < kills {
		folder := filepath.Join(t.TempDir(), "run")
		for finished := false; !finished && done < kills; {
			killed, err := killAfter(folder, time.Duration(random.Int64N(int64(took))))
			if err != nil {
				t.Fatal(err)
			}
			finished = !killed
			if killed {
				done++
				if _, err := os.Stat(filepath.Join(folder, "metrics.csv")); err == nil {
					began++
				}
			}
		}
		if err := child(context.Background(), folder); err != nil {
			t.Fatal(err)
		}
		sameFiles(t, want, filesOf(t, folder))
		runs++
	}
	t.Logf("%d kills, %d of them after the first row, in %d runs; undisturbed a run takes %v", done, began, runs, took)
}

// long chooses between an ordinary test and make soak.
func long(ordinary, soak int) int {
	if os.Getenv("RESLAB_SOAK") != "" {
		return soak
	}
	return ordinary
}

// undisturbed returns the files of a run that nothing disturbs, and how long its
// process takes.
func undisturbed(t *testing.T) (files map[string]string, took time.Duration) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "run")
	start := time.Now()
	if err := child(context.Background(), folder); err != nil {
		t.Fatal(err)
	}
	took = time.Since(start)
	files = filesOf(t, folder)
	for _, name := range []string{"metrics.csv", "gradients.csv", "model.safetensors", resultFile, configFile, filepath.Join(checkpointFolder, "step-000000030.safetensors")} {
		if files[name] == "" {
			t.Fatalf("the run wrote no %s", name)
		}
	}
	if rows := strings.Count(files["metrics.csv"], "\n"); rows != killSteps+1 {
		t.Fatalf("metrics.csv has %d lines", rows)
	}
	return files, took
}

// killAfter runs the child and kills it after a while, if it is not done before.
func killAfter(folder string, while time.Duration) (killed bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), while)
	defer cancel()
	err = child(ctx, folder)
	if ctx.Err() != nil {
		return true, nil
	}
	return false, err
}

// child runs the training in a process of its own, until ctx ends.
func child(ctx context.Context, folder string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	command := exec.CommandContext(ctx, program) // kills it when ctx ends
	command.Env = append(os.Environ(), childFolder+"="+folder, "GOMAXPROCS=1")
	command.Stderr, command.Stdout = &out, &out
	if err := command.Run(); err != nil {
		return fmt.Errorf("%w: %s", err, out.String())
	}
	return nil
}

// filesOf reads all files of a run.
func filesOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		files[name] = content(t, path)
		return err
	}))
	return files
}

func sameFiles(t *testing.T, want, got map[string]string) {
	t.Helper()
	names, there := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))
	if !slices.Equal(names, there) {
		t.Errorf("there are %v, want %v", there, names)
	}
	for _, name := range names {
		if want[name] != got[name] {
			t.Errorf("%s has other bytes", name)
		}
	}
}
