package bench

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/klauspost/cpuid/v2"

	"reslab/nn"
	"reslab/nn/ladder"
)

// Machine says what was measured on.
type Machine struct {
	CPU     string  `json:"cpu"`
	Kernel  string  `json:"kernel"` // the kernels in use: generic, avx2, avx512, neon
	Go      string  `json:"go"`
	System  string  `json:"system"`
	Threads int     `json:"threads"`
	Peak1   float64 `json:"peak_gflops_1"`     // multiplications and additions of one core at most
	Peak    float64 `json:"peak_gflops"`       // of all
	Memory1 float64 `json:"memory_gb_per_s_1"` // read and written by one core, copying
	Memory  float64 `json:"memory_gb_per_s"`   // by all
}

// thisMachine measures it, for a second.
func thisMachine() Machine {
	threads := runtime.GOMAXPROCS(0)
	return Machine{
		CPU: processor(), Kernel: nn.KernelName(), Go: runtime.Version(),
		System: runtime.GOOS + "/" + runtime.GOARCH, Threads: threads,
		Peak1: ladder.Peak(1), Peak: ladder.Peak(threads),
		Memory1: ladder.Bandwidth(1) / 1e9, Memory: ladder.Bandwidth(threads) / 1e9,
	}
}

// String is two lines: what it is, and what it does at most.
func (m Machine) String() string {
	return fmt.Sprintf("%s, %d threads, %s kernels, %s, %s.\n"+
		"At most %.0f GFLOP/s on one core and %.0f on all; memory %.1f GB/s by one core and %.1f by all.",
		m.CPU, m.Threads, m.Kernel, m.System, m.Go, m.Peak1, m.Peak, m.Memory1, m.Memory)
}

// processor names the processor, as its maker does.
func processor() string {
	if name := strings.Join(strings.Fields(cpuid.CPU.BrandName), " "); name != "" {
		return name
	}
	return "a processor without a name"
}
