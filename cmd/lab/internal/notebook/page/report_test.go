package page_test

import (
	"os"
	"path/filepath"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
	"reslab/viz"
)

// TestReportOnAPhone: a table that is too wide moves in its own frame, below its
// first column, and the page stays as wide as the phone.
func TestReportOnAPhone(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	columns := []string{"run"}
	row := []string{"a-run-with-a-name-that-is-long"}
	for range 9 {
		columns, row = append(columns, "test right"), append(row, "61.30 %")
	}
	html, err := viz.NewReport("runs").Table(viz.NewTable("Figures", columns).Add(row)).HTML()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, html, 0o666); err != nil {
		t.Fatal(err)
	}
	p := browsertest.Start(t).Open(t, "file://"+filepath.ToSlash(file))
	p.Size(420, 800)
	if wide := browsertest.Eval[float64](p, `document.documentElement.scrollWidth`); wide > 420 {
		t.Errorf("the page is %v wide", wide)
	}
	first := func() float64 {
		return browsertest.Eval[float64](p, `document.querySelector("td").getBoundingClientRect().left`)
	}
	before := first()
	moved := browsertest.Eval[float64](p, `(() => { const frame = document.querySelector(".table"); frame.scrollLeft = 1e6; return frame.scrollLeft; })()`)
	if moved < 300 {
		t.Errorf("the table moves by %v", moved)
	}
	if after := first(); after != before {
		t.Errorf("the first column goes from %v to %v", before, after)
	}
	if last := browsertest.Eval[float64](p, `document.querySelector("td:last-child").getBoundingClientRect().right`); last > 420 {
		t.Errorf("the last column ends at %v", last)
	}
}
