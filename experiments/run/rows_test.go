package run

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestRowsReadBack: what is appended is what is read, to the last bit.
func TestRowsReadBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		number := rapid.Float64()
		rows := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) Metric {
			return Metric{Net: rapid.StringMatching(`[a-z,"]{1,5}`).Draw(r, "net"), Seed: rapid.Uint64().Draw(r, "seed"), Step: rapid.IntMin(0).Draw(r, "step"),
				Split: "train", Loss: number.Draw(r, "loss"), Accuracy: number.Draw(r, "accuracy"), Rate: number.Draw(r, "rate")}
		}), 1, 5).Draw(r, "rows")
		folder, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, metricsFile), text(append([][]string{columnsOf(Metric{})}, cellsOf(rows)...)), 0o666); err != nil {
			r.Fatal(err)
		}
		got, err := ReadMetrics(folder)
		if err != nil || !reflect.DeepEqual(got, rows) {
			r.Errorf("wrote %+v, read %+v, %v", rows, got, err)
		}
	})
}

// TestRowThatIsBeingWritten: of a run that is at work, or was killed, the rows that are
// whole are read. A finished one with half a row is damaged.
func TestRowThatIsBeingWritten(t *testing.T) {
	folder := t.TempDir()
	whole := text(append([][]string{columnsOf(Metric{})}, cellsOf([]Metric{{Net: "plain-8", Split: "train", Loss: 2.5}})...))
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, torn := range []string{"", "plain-8,1,1,0,tr", "plain-8,1,1,0,train,2.3,0.1,0.0"} {
		write(metricsFile, append(slices.Clone(whole), torn...))
		if rows, err := ReadMetrics(folder); err != nil || len(rows) != 1 || rows[0].Loss != 2.5 {
			t.Errorf("behind it %q: %v, %v", torn, rows, err)
		}
	}
	write(metricsFile, append(whole, "plain-8,1,1,0,tr"...))
	write(resultFile, []byte("{}"))
	if _, err := ReadMetrics(folder); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("a finished run with half a row: %v", err)
	}
	write(metricsFile, append(text([][]string{columnsOf(Metric{})}), "plain-8,x,y,0,train,2,0,0\n"...))
	if _, err := ReadMetrics(folder); err == nil || !strings.HasSuffix(err.Error(), `metrics.csv is damaged: line 2: "x" is no seed`) {
		t.Errorf("a seed and a step that are no numbers: %v", err)
	}
}

func TestColumnsAreThoseThatOthersRelyOn(t *testing.T) {
	if got := strings.Join(columnsOf(Metric{}), ","); !strings.HasPrefix(got, "net,seed,step,epoch,split,loss,accuracy") {
		t.Errorf("metrics.csv begins %s", got)
	}
	if got := strings.Join(columnsOf(Gradient{}), ","); !strings.HasPrefix(got, "net,seed,step,layer,index,weight_grad_norm,act_grad_norm,act_mean,act_std,dead_share,weight_norm") {
		t.Errorf("gradients.csv begins %s", got)
	}
}

func TestNoTableNoRows(t *testing.T) {
	if rows, err := ReadGradients(t.TempDir()); rows != nil || err != nil {
		t.Errorf("got %v, %v", rows, err)
	}
}

// FuzzReadMetrics: a file of anybody's is read or refused, and what is read has
// the columns that it should.
func FuzzReadMetrics(f *testing.F) {
	head := strings.Join(columnsOf(Metric{}), ",") + "\n"
	f.Add([]byte(head + "plain-20,1,0,0,train,2.3,0.1,0.1\n"))
	f.Add([]byte(head + "plain-20,-1,x,0,train,2.3,0.1,0.1\n"))
	f.Add([]byte(head + "plain-20,1\n"))
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("\"\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, metricsFile), content, 0o666); err != nil {
			t.Fatal(err)
		}
		rows, err := ReadMetrics(folder)
		if len(rows) > 0 && (err != nil || !strings.HasPrefix(strings.TrimLeft(string(content), "\r\n\""), "net")) {
			t.Errorf("%q gave %v, %v", content, rows, err)
		}
	})
}
