package cell

import "sync"

// A trace keeps the lines that the interpreter writes about a panic: each names
// a function, the innermost first.
type trace struct {
	mu    sync.Mutex
	lines []string
}

// traceLength is how many lines are kept: behind them are only callers.
const traceLength = 100

func (t *trace) Write(line []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.lines) < traceLength {
		t.lines = append(t.lines, string(line))
	}
	return len(line), nil
}

// take returns the lines and forgets them; put sets them.
func (t *trace) take() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := t.lines
	t.lines = nil
	return lines
}

func (t *trace) put(lines []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = lines
}
