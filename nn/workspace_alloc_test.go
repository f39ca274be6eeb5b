package nn_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"reslab/nn"
)

// Once the first steps have made room, no step allocates anything, also after a
// collection of garbage, which would empty a sync.Pool.
func TestASteadyStepAllocatesNothing(t *testing.T) {
	defer func(rate int) { runtime.MemProfileRate = rate }(runtime.MemProfileRate)
	runtime.MemProfileRate = 1 // every allocation is in the profile
	for _, c := range []struct {
		cores     int
		optimiser *nn.Optimiser
	}{{1, sgd()}, {2, sgd()}, {3, sgd()}, {2, nn.NewAdam(nn.AdamConfig{})}} {
		t.Run(fmt.Sprint(c.cores, c.optimiser), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(c.cores))
			net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
			nn.Init(net, 1, nn.HeFanIn)
			training := noiseTraining(net, 0, 0.01)
			training.Optimiser = c.optimiser
			const room, steps = 3, 30
			before := map[string]int64{}
			for step := range room + steps {
				if step == room {
					before = allocated()
				}
				runtime.GC()
				if _, err := training.Step(step); err != nil {
					t.Fatal(err)
				}
			}
			for stack, bytes := range allocated() {
				if more := bytes - before[stack]; more > 0 {
					t.Errorf("%d steps allocate %d bytes at\n%s", steps, more, stack)
				}
			}
		})
	}
}

func sgd() *nn.Optimiser { return nn.NewSGD(nn.SGDConfig{Momentum: 0.9}) }

// allocated returns how many bytes were ever allocated by each stack of calls that
// goes through a training step or a goroutine of the kernels, but for what the
// runtime keeps for itself, to park goroutines and to remember types.
func allocated() map[string]int64 {
	runtime.GC()
	runtime.GC() // what a profile tells is two collections old
	records := make([]runtime.MemProfileRecord, 10000)
	n, ok := runtime.MemProfile(records, true)
	if !ok {
		panic("there are more places that allocate")
	}
	found := map[string]int64{}
	for _, r := range records[:n] {
		stack := callers(r.Stack())
		ours := strings.Contains(stack, "nn.(*Training).Step") || strings.Contains(stack, "nn/internal/kernel.")
		runtimes := strings.Contains(stack, "runtime.acquireSudog") || strings.Contains(stack, "runtime.buildTypeAssertCache") || strings.Contains(stack, "runtime.buildInterfaceSwitchCache")
		if ours && !runtimes {
			found[stack] += r.AllocBytes
		}
	}
	return found
}

// callers names the functions of a stack, a line each.
func callers(stack []uintptr) string {
	var names strings.Builder
	frames := runtime.CallersFrames(stack)
	for {
		frame, more := frames.Next()
		fmt.Fprintln(&names, frame.Function)
		if !more {
			return names.String()
		}
	}
}
