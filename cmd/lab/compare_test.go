package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestCompareRealRuns: of runs that were really made, the comparison has the figures
// that their own result.json has.
func TestCompareRealRuns(t *testing.T) {
	dir := stripes(t, directions, 10)
	t.Chdir(t.TempDir())
	small := []string{"experiment", "run", "gradients", "--set", "data=noise", "--set", "size=8", "--set", "batch=4", "--set", "steps=3", "--set", "depths=8", "--set", "highway=false"}
	mustRun(t, small...)
	mustRun(t, append(small, "--set", "activation=tanh")...)
	c := compareRuns(t, "gradients-1", "gradients-2")
	if s := c["differing"].([]any); len(s) != 1 || s[0].(map[string]any)["setting"] != "activation" {
		t.Errorf("%v differ", s)
	}
	for i, folder := range []string{"gradients-1", "gradients-2"} {
		for _, net := range readJSON(t, readFile(t, "runs", folder, "result.json"))["nets"].([]any) {
			sameFigures(t, c, i, net.(map[string]any)["net"].(string), net.(map[string]any), 5)
		}
	}

	long(t)
	mustRun(t, quickly(dir, "--epochs", "1")...)
	mustRun(t, quickly(dir, "--epochs", "1", "--seed", "2")...)
	c = compareRuns(t, "train-1", "train-2")
	for i, folder := range []string{"train-1", "train-2"} {
		sameFigures(t, c, i, "residual-20", readJSON(t, readFile(t, "runs", folder, "result.json")), 7)
	}
	if note := c["notes"].([]any)[0].(string); !strings.HasPrefix(note, "Only the seed differs") {
		t.Error(note)
	}

	said := mustRun(t, "experiment", "compare", "train-1", "train-2", "--out", "compared")
	if !strings.HasSuffix(said, "Page: "+filepath.Join("compared", "compare.html")+"\n") {
		t.Errorf("it says %s", said)
	}
	page := string(readFile(t, "compared", "compare.html"))
	for _, file := range []string{"training.png", "gradients.svg"} {
		readFile(t, "compared", file)
		if !strings.Contains(page, `href="`+file+`"`) {
			t.Errorf("the page does not link %s", file)
		}
	}
}

func compareRuns(t *testing.T, runs ...string) map[string]any {
	t.Helper()
	return readJSON(t, []byte(mustRun(t, append([]string{"experiment", "compare", "--json"}, runs...)...)))
}

// sameFigures holds the figures of a net in run i against what the run says itself;
// so many at least are in both.
func sameFigures(t *testing.T, c map[string]any, i int, net string, own map[string]any, least int) {
	t.Helper()
	for _, n := range c["nets"].([]any) {
		n := n.(map[string]any)
		if n["names"].([]any)[i] != net {
			continue
		}
		checked := 0
		for _, f := range n["figures"].([]any) {
			f := f.(map[string]any)
			want, there := own[f["figure"].(string)]
			if !there {
				continue
			}
			checked++
			if got := f["values"].([]any)[i]; got != want {
				t.Errorf("%s of %s is %v in run %d, which says itself %v", f["figure"], net, got, i, want)
			}
		}
		if checked < least {
			t.Errorf("only %d figures of %s were compared", checked, net)
		}
		return
	}
	t.Errorf("there is no net %s in run %d", net, i)
}
