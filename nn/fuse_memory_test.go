//go:build linux

package nn_test

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"

	"reslab/nn"
)

// inChild tells the test below that it is the child process.
const inChild = "RESLAB_TEST_FUSE_MEMORY"

// Building, fusing and running ResNet-50 takes at no time more than 2.2 times
// the memory of its weights: as the high-water mark of a process of its own.
func TestFuseMemory(t *testing.T) {
	if os.Getenv(inChild) != "" {
		net := nn.NewImageNetNet(nn.ImageNetConfig{Depth: 50, Skip: true})
		nn.Init(net, 1, nn.HeFanIn)
		nn.Fuse(net).Forward(nn.NewTensor(1, 224, 224, 3))
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("%s", status)
		return
	}
	if testing.Short() {
		t.Skip("builds ResNet-50")
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestFuseMemory$")
	child.Env = append(os.Environ(), inChild+"=1")
	out, err := child.CombinedOutput()
	peak := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(out)
	if err != nil || peak == nil {
		t.Fatalf("%v: %s", err, out)
	}
	kilobytes, _ := strconv.Atoi(string(peak[1]))
	const weights = 25_557_032 * 4
	share := float64(kilobytes) * 1024 / weights
	t.Logf("%d kB, %.2f times the weights", kilobytes, share)
	if share > 2.2 {
		t.Errorf("the peak is %.2f times the weights, want at most 2.2", share)
	}
}
