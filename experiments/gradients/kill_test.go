package gradients

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"reslab/experiments/run"
)

// childFolder is the variable that tells this test's program, run again, to run
// the experiment in a folder.
const childFolder = "RESLAB_TEST_RUN"

func TestMain(m *testing.M) {
	runtime.GOMAXPROCS(1) // beside other tests, the slower of two cores would hold up every layer
	folder := os.Getenv(childFolder)
	if folder == "" {
		os.Exit(m.Run())
	}
	checkpointEvery = 5 * time.Millisecond
	if err := goOn(context.Background(), folder, run.Quiet); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// goOn begins a run in a folder, or goes on with it, as lab does.
func goOn(ctx context.Context, folder string, tell run.Progress) error {
	values, err := Experiment.Given(nil, append(small, "highway=false"))
	if err != nil {
		return err
	}
	job, err := Experiment.Open(run.Request{Settings: values}, folder, true)
	if err != nil {
		return err
	}
	defer job.Folder.Close()
	if job.Folder.Finished() {
		return nil
	}
	job.Progress = tell
	_, err = Experiment.Run(ctx, job)
	return err
}

// TestKilledRunsEndTheSame kills the process at random moments until it has come
// to its end: every file but the checkpoints has the bytes of a run that nothing
// disturbed.
func TestKilledRunsEndTheSame(t *testing.T) {
	kills := 4
	switch {
	case os.Getenv("RESLAB_SOAK") != "":
		kills = 200
	case testing.Short():
		kills = 2
	}
	undisturbed := filepath.Join(t.TempDir(), "run")
	start := time.Now()
	if _, err := child(undisturbed, time.Hour); err != nil {
		t.Fatal(err)
	}
	took, want := time.Since(start), files(t, undisturbed)
	random := rand.New(rand.NewPCG(1, uint64(start.UnixNano())))
	done, wentOn, runs := 0, 0, 0
	for ; done < kills; runs++ {
		folder := filepath.Join(t.TempDir(), "run")
		for killed := true; killed; {
			while := time.Hour
			if done < kills {
				while = time.Duration(random.Int64N(int64(took)))
			}
			var err error
			if killed, err = child(folder, while); err != nil {
				t.Fatal(err)
			}
			if killed {
				done++
			}
			if left, _ := filepath.Glob(filepath.Join(folder, "checkpoint", "*.safetensors")); killed && len(left) > 0 {
				wentOn++
			}
		}
		same(t, want, files(t, folder))
	}
	t.Logf("%d kills, %d of them with a checkpoint to go on from, in %d runs; undisturbed a run takes %v", done, wentOn, runs, took)
}

// TestStoppedRunGoesOn stops a run politely, twice.
func TestStoppedRunGoesOn(t *testing.T) {
	undisturbed, folder := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "run")
	if err := goOn(context.Background(), undisturbed, run.Quiet); err != nil {
		t.Fatal(err)
	}
	stops := 0
	for {
		ctx, cancel := context.WithCancel(context.Background())
		err := goOn(ctx, folder, func(s run.Step) {
			if s.Done%3 == 2 {
				cancel()
			}
		})
		cancel()
		if err == nil {
			break
		}
		if err != context.Canceled {
			t.Fatal(err)
		}
		stops++
	}
	if stops != 2 {
		t.Errorf("stopped %d times, want 2: after the second and the fifth step", stops)
	}
	same(t, files(t, undisturbed), files(t, folder))
}

// child runs the experiment in a process of its own, and kills it after a while.
func child(folder string, while time.Duration) (killed bool, err error) {
	program, err := os.Executable()
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), while)
	defer cancel()
	command := exec.CommandContext(ctx, program)
	command.Env = append(os.Environ(), childFolder+"="+folder)
	out, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("%w: %s", err, out)
	}
	return false, nil
}

// files reads the files of a run, without its checkpoints: these follow the clock.
func files(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(name, "checkpoint") {
			return err
		}
		found[name] = read(t, folder, filepath.FromSlash(name))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func same(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	for _, name := range []string{"config.json", "metrics.csv", "gradients.csv", "result.json", "report.html"} {
		if len(want[name]) == 0 {
			t.Fatalf("the undisturbed run has no %s", name)
		}
	}
	if len(want) != len(got) {
		t.Errorf("there are %d files, want %d", len(got), len(want))
	}
	for name := range want {
		if !bytes.Equal(want[name], got[name]) {
			t.Errorf("%s has other bytes", name)
		}
	}
}
