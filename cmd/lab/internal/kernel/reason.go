package kernel

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
)

// A crashText keeps the beginning of what Go writes when a process dies.
type crashText struct {
	mu   sync.Mutex
	text []byte
}

const mostCrashText = 64 << 10

// Write takes everything and keeps the beginning.
func (c *crashText) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text = append(c.text, p[:min(len(p), mostCrashText-len(c.text))]...)
	return len(p), nil
}

func (c *crashText) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.text)
}

// reason says in one sentence why a child has ended.
func reason(order string, ending Ending, err error, crash string) string {
	switch {
	case order != "":
		return order
	case ending.Memory > 0:
		return fmt.Sprintf("The code held %s of memory, more than it may.", memory(ending.Memory))
	case ending.Exit != nil:
		return fmt.Sprintf("The code called os.Exit(%d).", *ending.Exit)
	}
	for _, known := range []struct{ says, sentence string }{
		{"stack overflow", "A function called itself without end, until the stack was full."},
		{"concurrent map", "Two goroutines used one map at the same time, and one of them wrote: guard it with a sync.Mutex."},
		{"out of memory", "The code asked for more memory than this computer has."},
		{"cannot allocate memory", "The code asked for more memory than this computer has."},
		{"all goroutines are asleep", "All goroutines waited for each other."},
	} {
		if strings.Contains(crash, known.says) {
			return known.sentence
		}
	}
	if _, after, found := strings.Cut(crash, "panic: "); found {
		line, _, _ := strings.Cut(after, "\n")
		line, _, _ = strings.Cut(line, " [recovered")
		if strings.HasPrefix(line, "<") { // a value of the interpreter's, which Go cannot print
			return "A function that compiled code called later panicked."
		}
		return fmt.Sprintf("A goroutine panicked: %s.", strings.TrimSuffix(strings.TrimSpace(line), "."))
	}
	if _, after, found := strings.Cut(crash, "fatal error: "); found {
		line, _, _ := strings.Cut(after, "\n")
		return fmt.Sprintf("Go ended the kernel: %s.", strings.TrimSpace(line))
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && !exit.Exited() {
		return fmt.Sprintf("The system ended the kernel (%v): memory may have run out.", exit)
	}
	if line, _, _ := strings.Cut(strings.TrimSpace(crash), "\n"); line != "" { // what lab kernel says of itself
		return fmt.Sprintf("The kernel failed: %s.", strings.TrimSuffix(strings.TrimPrefix(line, "lab: "), "."))
	}
	return "The kernel ended."
}
