package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// classified is what classify --json prints.
type classified []struct {
	Image, Error string
	Top          []struct {
		Label string
		Index int
		P     float64
	}
}

// trainedOnStripes returns the folder of a run, and that of its pictures.
func trainedOnStripes(t *testing.T) (runDir, pictures string) {
	t.Helper()
	long(t)
	pictures = stripes(t, directions, 24)
	runDir = filepath.Join(t.TempDir(), "run")
	mustRun(t, quickly(pictures, "--epochs", "8", "--out", runDir)...)
	return runDir, pictures
}

// TestClassify: a net names the pictures of all classes, in the terminal and in
// JSON, and a picture that cannot be read keeps no other from being named.
func TestClassify(t *testing.T) {
	runDir, pictures := trainedOnStripes(t)
	broken := filepath.Join(t.TempDir(), "broken.png")
	if err := os.WriteFile(broken, []byte("no picture"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"classify", "--weights", runDir, "--top", "2"}
	for _, class := range directions {
		args = append(args, filepath.Join(pictures, class, "00.png"))
	}
	table := mustRun(t, args...)
	lines := strings.Split(table, "\n")
	for i, class := range directions { // three lines each: the picture and two guesses
		if len(lines) != 10 || !strings.HasSuffix(lines[3*i], "00.png") || !strings.HasSuffix(lines[3*i+1], " %  "+class) {
			t.Fatalf("got\n%s", table)
		}
	}

	why := filepath.Join(t.TempDir(), "why.png")
	status, out, errOut := run(t, "", append(args, broken, "--json", "--explain", why)...)
	if status != 1 || !strings.Contains(errOut, "broken.png: this is no PNG") {
		t.Errorf("status %d: %s", status, errOut)
	}
	var all classified
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 4 {
		t.Fatalf("%v\n%s", err, out)
	}
	sorted := slices.Sorted(slices.Values(directions)) // as the folders are
	for i, class := range directions {
		top := all[i].Top
		if len(top) != 2 || top[0].Label != class || top[0].Index != slices.Index(sorted, class) || top[0].P < top[1].P || top[0].P+top[1].P > 1.000001 {
			t.Errorf("%s: got %+v", class, all[i])
		}
	}
	if all[3].Error == "" || all[3].Top == nil || len(all[3].Top) > 0 {
		t.Errorf("the broken one: got %+v", all[3])
	}
	if picture, err := os.ReadFile(why); err != nil {
		t.Error(err)
	} else if size, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil || size.Width < 4*200 || size.Height < 2*200 {
		t.Errorf("the picture that explains has %d by %d pixels, and shall show 3 pictures and their maps: %v", size.Width, size.Height, err)
	}
}

// TestClassifyWithLabels: names may come from a file, and must be as many as
// the outputs.
func TestClassifyWithLabels(t *testing.T) {
	runDir, pictures := trainedOnStripes(t)
	labels := filepath.Join(t.TempDir(), "labels.txt")
	if err := os.WriteFile(labels, []byte("liegend\nschräg\nstehend\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(pictures, "slanting", "01.png")
	if out := mustRun(t, "classify", "--weights", runDir, "--labels", labels, "--top", "1", picture); !strings.HasSuffix(out, "%  schräg\n") {
		t.Errorf("got\n%s", out)
	}
	if err := os.WriteFile(labels, []byte("one\ntwo\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	status, _, errOut := run(t, "", "classify", "--weights", runDir, "--labels", labels, picture)
	if status != 1 || !strings.Contains(errOut, "has 2 labels, and the net has 3 outputs") {
		t.Errorf("status %d: %s", status, errOut)
	}
}

func TestClassifyRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"there is no folder nosuch":     {"classify", "--weights", "w", "--explain", filepath.Join("nosuch", "why.png"), "a.png"},
		"--top 0 tells nothing":         {"classify", "--weights", "w", "--top", "0", "a.png"},
		"name a file that ends in .png": {"classify", "--weights", "w", "--explain", "why.gif", "a.png"},
		"--weights=FILE|RUN is missing": {"classify", "a.png"},
		"<image> is missing":            {"classify", "--weights", "w"},
		"there is no nowhere":           {"classify", "--weights", "nowhere", "a.png"},
		"this is a file of PyTorch":     {"classify", "--weights", pytorchFile(t), "a.png"},
	} {
		if status, _, errOut := run(t, "", args...); status == 0 || !strings.Contains(errOut, want) {
			t.Errorf("%q: status %d: %s", args, status, errOut)
		}
	}
}

// A picture is never overwritten by what explains it, whatever it is called there.
func TestExplainKeepsPictures(t *testing.T) {
	folder := t.TempDir()
	picture, link := filepath.Join(folder, "rose.png"), filepath.Join(folder, "link.png")
	if err := os.WriteFile(picture, []byte("a rose"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(picture, link); err != nil {
		link = filepath.Join(folder, ".", "rose.png") // a disk without links
	}
	for _, explain := range []string{picture, link} {
		status, _, errOut := run(t, "", "classify", "--weights", "w", "--explain", explain, "other.png", picture)
		if status != 2 || !strings.Contains(errOut, "would overwrite a picture") {
			t.Errorf("status %d: %s", status, errOut)
		}
	}
	if content, err := os.ReadFile(picture); err != nil || string(content) != "a rose" {
		t.Errorf("the picture is now %q, %v", content, err)
	}
}

// pytorchFile begins as what torch.save writes: a zip archive.
func pytorchFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "resnet50.pth")
	if err := os.WriteFile(path, []byte("PK\x03\x04 and so on"), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
