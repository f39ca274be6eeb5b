package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"reslab/nn"
)

// stripes makes a folder of tiny pictures that are easy to tell apart: a class
// is the direction of its stripes.
func stripes(t *testing.T, classes []string, each int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "stripes")
	random := nn.NewRandom(7)
	for _, class := range classes {
		folder := filepath.Join(dir, class)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		for i := range each {
			img := image.NewGray(image.Rect(0, 0, 8, 8))
			shift, light := random.Intn(4), 100+random.Intn(100)
			for p := range img.Pix {
				along := map[string]int{"lying": p / 8, "standing": p % 8, "slanting": p/8 + p%8}[class]
				if (along+shift)%4 < 2 {
					img.Pix[p] = uint8(light + random.Intn(50))
				}
			}
			writePNG(t, filepath.Join(folder, fmt.Sprintf("%02d.png", i)), img)
		}
	}
	return dir
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// long skips a test that trains more than others need to.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("trains for a while")
	}
}

var directions = []string{"lying", "standing", "slanting"}

// quickly are the settings of a training that takes a second.
func quickly(dir string, more ...string) []string {
	return append([]string{"train", "--model", "resnet20", "--data", dir, "--size", "8", "--epochs", "3", "--batch", "8", "--lr", "0.02", "--augment", "none"}, more...)
}

func mustRun(t *testing.T, args ...string) (out string) {
	t.Helper()
	status, out, errOut := run(t, "", args...)
	if status != 0 {
		t.Fatalf("lab %s: status %d: %s", strings.Join(args, " "), status, errOut)
	}
	return out
}

func readFile(t *testing.T, path ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func readJSON(t *testing.T, content []byte) map[string]any {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal(content, &value); err != nil {
		t.Fatalf("no JSON: %v\n%s", err, content)
	}
	return value
}

func readCSV(t *testing.T, path ...string) (rows []map[string]string) {
	t.Helper()
	table, err := csv.NewReader(bytes.NewReader(readFile(t, path...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range table[1:] {
		row := map[string]string{}
		for i, name := range table[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestTrainAndEval goes the whole way on a folder of pictures.
func TestTrainAndEval(t *testing.T) {
	dir, out := stripes(t, directions, 20), filepath.Join(t.TempDir(), "run")
	said := mustRun(t, quickly(dir, "--out", out)...)
	for _, want := range []string{"epoch 1 of 3: loss", "epoch 3 of 3: loss", "the best yet", "test pictures right", "report.html"} {
		if !strings.Contains(said, want) {
			t.Errorf("said nothing of %q:\n%s", want, said)
		}
	}
	result := readJSON(t, readFile(t, out, "result.json"))
	if top1 := result["top1"].(float64); top1 < 0.9 {
		t.Errorf("only %g of the stripes are told apart", top1)
	}
	checkReport(t, out, result)

	evaluated := readJSON(t, []byte(mustRun(t, "eval", "--weights", out, "--data", dir, "--json")))
	if evaluated["images"] != 60.0 || evaluated["top1"].(float64) < 0.9 || evaluated["top5"] != 1.0 || evaluated["loss"].(float64) < 0 {
		t.Errorf("lab eval finds %v", evaluated)
	}
	long(t)
	again := filepath.Join(t.TempDir(), "again")
	command := strings.Fields(strings.TrimPrefix(result["command"].(string), "lab "))
	mustRun(t, append(command, "--out", again)...)
	for _, name := range []string{"config.json", "metrics.csv", "gradients.csv", "model.safetensors"} {
		if !bytes.Equal(readFile(t, out, name), readFile(t, again, name)) {
			t.Errorf("%s: the command in result.json makes another %s", command, name)
		}
	}
}

// checkReport holds what the report and result.json say against the rows of the
// CSV files.
func checkReport(t *testing.T, out string, result map[string]any) {
	t.Helper()
	page := string(readFile(t, out, "report.html"))
	sums, counts := map[string]float64{}, map[string]float64{}
	for _, row := range readCSV(t, out, "metrics.csv") {
		switch row["split"] {
		case "train":
			sums[row["epoch"]] += number(t, row["accuracy"])
			counts[row["epoch"]]++
		case "validation":
			if want := fmt.Sprintf("%.2f %%", 100*number(t, row["accuracy"])); !strings.Contains(page, want) {
				t.Errorf("the report does not have the validation accuracy %s", want)
			}
		case "test":
			share := number(t, row["accuracy"])
			if share != result["top1"] || number(t, row["loss"]) != result["loss"] {
				t.Errorf("result.json has %v and %v, metrics.csv %v", result["top1"], result["loss"], row)
			}
			if want := fmt.Sprintf("%.2f %% of %v test pictures right", 100*share, result["images"]); !strings.Contains(page, want) {
				t.Errorf("the report does not say %q", want)
			}
			if number(t, row["epoch"]) != result["best_epoch"] {
				t.Errorf("tested are the weights of epoch %s, the best is %v", row["epoch"], result["best_epoch"])
			}
		}
	}
	for epoch, sum := range sums {
		if want := fmt.Sprintf("%.2f %%", 100*sum/counts[epoch]); !strings.Contains(page, want) {
			t.Errorf("the report does not have %s, the accuracy in epoch %s", want, epoch)
		}
	}
	if len(sums) != 3 {
		t.Errorf("metrics.csv has the epochs %v", sums)
	}
	layers := map[string]bool{}
	for _, row := range readCSV(t, out, "gradients.csv") {
		layers[row["layer"]] = true
		if norm := number(t, row["weight_grad_norm"]); !(norm > 0) || math.IsInf(norm, 0) {
			t.Errorf("the gradient of %s is %g", row["layer"], norm)
		}
	}
	if len(layers) != 20 {
		t.Errorf("gradients.csv has %d layers, want 20", len(layers))
	}
	for _, name := range []string{"learning.png", "learning.svg", "confusion.png", "gradients.svg"} {
		readFile(t, out, name)
		if !strings.Contains(page, name) {
			t.Errorf("the report does not link %s", name)
		}
	}
}

// TestKilledTrainingGoesOn: whatever moment a training is killed at, in the end
// the tables and the weights have the same bytes as those of one that was not.
func TestKilledTrainingGoesOn(t *testing.T) {
	long(t)
	const kills = 4
	dir, parent := stripes(t, directions, 20), t.TempDir()
	whole, killed := filepath.Join(parent, "whole"), filepath.Join(parent, "killed")
	start := time.Now()
	mustRun(t, quickly(dir, "--out", whole)...)
	length := time.Since(start)
	for range kills {
		child := exec.Command(os.Args[0], quickly(dir, "--resume", "--out", killed)...)
		child.Env = append(os.Environ(), "RESLAB_TEST_LAB=1")
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Float64() * 1.2 * float64(length)))
		child.Process.Kill()
		child.Wait()
	}
	mustRun(t, quickly(dir, "--resume", "--out", killed)...)
	for _, name := range []string{"config.json", "metrics.csv", "gradients.csv", "model.safetensors"} {
		if !bytes.Equal(readFile(t, whole, name), readFile(t, killed, name)) {
			t.Errorf("%s differs after %d kills", name, kills)
		}
	}
}

// TestResumeNeedsNoSettings: those of the run are used, and others are refused.
func TestResumeNeedsNoSettings(t *testing.T) {
	long(t)
	dir, out := stripes(t, directions, 10), filepath.Join(t.TempDir(), "run")
	first := mustRun(t, quickly(dir, "--out", out)...)
	rows := readFile(t, out, "metrics.csv")
	second := mustRun(t, "train", "--resume", "--out", out)
	if !bytes.Equal(rows, readFile(t, out, "metrics.csv")) {
		t.Error("the rows of a finished run have changed")
	}
	if last := first[strings.LastIndex(strings.TrimSuffix(first, "\n"), "\nresnet20")+1:]; second != last {
		t.Errorf("a finished run tells %q, before it told %q", second, last)
	}
	status, _, errOut := run(t, "", "train", "--resume", "--out", out, "--lr", "0.5")
	if status == 0 || !strings.Contains(errOut, "was begun with lr") {
		t.Errorf("another rate gave status %d, %s", status, errOut)
	}
}

// TestFromOtherClasses: weights go on with other classes under a new head, and
// what is frozen stays.
func TestFromOtherClasses(t *testing.T) {
	long(t)
	parent := t.TempDir()
	first, second := filepath.Join(parent, "first"), filepath.Join(parent, "second")
	mustRun(t, quickly(stripes(t, directions, 10), "--out", first)...)
	said := mustRun(t, "train", "--from", first, "--data", stripes(t, directions[:2], 10), "--freeze", "layer2", "--epochs", "1", "--out", second)
	if !strings.Contains(said, "they know 3 classes, and there are 2 here: the last layer starts anew") {
		t.Errorf("said %s", said)
	}
	config := readJSON(t, readFile(t, second, "config.json"))
	if config["model"] != "resnet20" || config["size"] != 8.0 {
		t.Errorf("the net and the size are not those of the weights: %v", config)
	}
	learned := map[string]bool{}
	for _, row := range readCSV(t, second, "gradients.csv") {
		learned[row["layer"]] = true
	}
	if learned["conv1"] || learned["layer2.2.conv2"] || !learned["layer3.0.conv1"] || !learned["fc"] {
		t.Errorf("behind the frozen layer2 the layers %v learned", learned)
	}
}

// TestEvalMatchesClassesByName: folders in another order, or fewer of them, are
// the same classes.
func TestEvalMatchesClassesByName(t *testing.T) {
	long(t)
	dir, out := stripes(t, directions, 20), filepath.Join(t.TempDir(), "run")
	mustRun(t, quickly(dir, "--epochs", "6", "--out", out)...)
	some := stripes(t, []string{"standing"}, 10)
	if err := os.Mkdir(filepath.Join(some, "lying"), 0o777); err != nil {
		t.Fatal(err)
	}
	writePNG(t, filepath.Join(some, "lying", "a.png"), image.NewGray(image.Rect(0, 0, 8, 8)))
	result := readJSON(t, []byte(mustRun(t, "eval", "--weights", filepath.Join(out, "model.safetensors"), "--data", some, "--json")))
	for _, class := range result["classes"].([]any) {
		c := class.(map[string]any)
		if c["class"] == "standing" && c["accuracy"].(float64) < 0.6 {
			t.Errorf("the class is not matched by its name: %v", c)
		}
	}
	if result["images"] != 11.0 {
		t.Errorf("asked about %v pictures, want 11", result["images"])
	}
}

// TestBrokenPictures are named and left out, or refused.
func TestBrokenPictures(t *testing.T) {
	long(t)
	dir, out := stripes(t, directions, 12), filepath.Join(t.TempDir(), "run")
	broken := filepath.Join(dir, "lying", "03.png")
	if err := os.WriteFile(broken, readFile(t, broken)[:40], 0o666); err != nil {
		t.Fatal(err)
	}
	status, _, errOut := run(t, "", quickly(dir, "--strict", "--out", out)...)
	if status != 1 || !strings.Contains(errOut, "lying/03.png") || !strings.Contains(errOut, "--strict") {
		t.Errorf("status %d: %s", status, errOut)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused training left its folder behind")
	}
	said := mustRun(t, quickly(dir, "--out", out)...)
	if n := strings.Count(said, "left out: lying/03.png"); n != 1 {
		t.Errorf("the broken picture is named %d times:\n%s", n, said)
	}
	if result := readJSON(t, readFile(t, out, "result.json")); result["left_out"] != 1.0 {
		t.Errorf("left out: %v", result["left_out"])
	}
}

// TestDivergedTrainingKeepsItsWeights: it ends at once and names layer and step.
func TestDivergedTrainingKeepsItsWeights(t *testing.T) {
	dir, out := stripes(t, directions, 20), filepath.Join(t.TempDir(), "run")
	status, said, errOut := run(t, "", quickly(dir, "--lr", "1e30", "--out", out)...)
	if status != 1 || !strings.Contains(errOut, "at step") || !strings.Contains(errOut, "layer") || !strings.Contains(errOut, "model.safetensors") {
		t.Errorf("status %d: %s", status, errOut)
	}
	readFile(t, out, "model.safetensors")
	if result := readJSON(t, readFile(t, out, "result.json")); result["stopped"] != true || !strings.Contains(said, "The training ended") {
		t.Errorf("result %v, said %s", result, said)
	}
}

// TestWrongTrainings: each mistake is answered by one sentence that says what to
// do, and leaves nothing.
func TestWrongTrainings(t *testing.T) {
	dir := stripes(t, directions, 10)
	one := stripes(t, directions[:1], 3)
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"train"}, 2, "--model resnet20 --data mnist"},
		{[]string{"train", "--model", "resnet20"}, 2, "--data"},
		{[]string{"train", "--model", "resnet19", "--data", "noise"}, 2, "there are plain20"},
		{[]string{"train", "--model", "resnet20", "--data", "mnst"}, 2, "mnist"},
		{[]string{"train", "--model", "resnet20", "--data", "./nowhere"}, 2, "no folder"},
		{[]string{"train", "--model", "resnet20", "--data", one}, 1, "one class only"},
		{quickly(dir, "--epochs", "0"), 2, "at least 1"},
		{quickly(dir, "--epochs", "two"), 2, "--epochs"},
		{quickly(dir, "--batch", "64"), 2, "smaller --batch"},
		{quickly(dir, "--freeze", "layer9"), 2, "its layers are conv1"},
		{quickly(dir, "--freeze", "fc"), 2, "nothing to learn"},
		{quickly(dir, "--from", "nowhere"), 2, "nowhere"},
		{quickly(dir, "--optimizer", "sgd"), 2, `did you mean "--optimiser"`},
		{[]string{"train", "--resume", "--out", "nowhere"}, 2, "no run in nowhere"},
		{[]string{"eval", "--weights", "nowhere", "--data", "noise"}, 2, "nowhere"},
		{[]string{"eval", "--data", "noise"}, 2, "--weights"},
	} {
		status, out, errOut := run(t, "", c.args...)
		if status != c.status || !strings.Contains(errOut, c.want) || strings.Count(strings.TrimSpace(errOut), "\n") > 0 || out != "" {
			t.Errorf("lab %s: status %d, want %d and one line with %q\nstdout: %s\nstderr: %s", strings.Join(c.args, " "), status, c.status, c.want, out, errOut)
		}
	}
	if left, _ := filepath.Glob("*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
