package kernel_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel"
)

// BenchmarkStart measures the way from nothing to the first result, and what the
// kernel then takes of memory (where /proc tells). At most 150 ms and 60 MB.
func BenchmarkStart(b *testing.B) {
	var resident float64
	for b.Loop() {
		c, err := kernel.Start(context.Background(), kernel.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, result, err := execute(b, c, "1 + 1"); result.Value != "2" || err != nil {
			b.Fatal(result, err)
		}
		resident = residentMB(c.PID())
		c.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/start")
	if resident > 0 {
		b.ReportMetric(resident, "MB-idle")
	}
}

// BenchmarkEmptyCell measures a round trip. At most 2 ms.
func BenchmarkEmptyCell(b *testing.B) {
	c := start(b, kernel.Options{})
	for b.Loop() {
		if _, _, err := execute(b, c, ""); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/cell")
}

// residentMB returns the memory that a process holds, 0 where it is not told.
func residentMB(pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	var kb float64
	_, _ = fmt.Sscanf(strings.TrimSpace(after), "%f kB", &kb)
	return kb / 1024
}

// TestCost writes the table of what a kernel costs: see make soak.
func TestCost(t *testing.T) {
	if *soak == 0 {
		t.Skip("run make soak")
	}
	start, cell := testing.Benchmark(BenchmarkStart), testing.Benchmark(BenchmarkEmptyCell)
	table := fmt.Sprintf("\n| | measured | must be below |\n|---|---|---|\n"+
		"| from the start of the process to the first result | %.0f ms | 150 ms |\n"+
		"| an empty cell, there and back | %.2f ms | 2 ms |\n"+
		"| memory of an idle kernel | %.0f MB | 60 MB |\n\n%s, %s/%s with %d cores.\n\n",
		start.Extra["ms/start"], cell.Extra["ms/cell"], start.Extra["MB-idle"], time.Now().Format("2 January 2006"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	t.Log(table)
	if *update {
		replaceSection(t, "cost", table)
	}
}
