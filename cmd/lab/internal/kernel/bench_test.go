package kernel_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

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
