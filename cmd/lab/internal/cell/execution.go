package cell

import (
	"context"
	"runtime"
)

// Statements and goroutines at run time: both may panic, and statements may be
// cancelled.

// An execution is one run of a group's statements.
type execution struct {
	ctx   context.Context
	ended chan struct{}
}

// begin prepares for run; the channel is closed when what runs has ended.
func (m *machine) begin(ctx context.Context) (ended <-chan struct{}) {
	e := &execution{ctx, make(chan struct{})}
	m.cell.Store(e)
	return e.ended
}

// run calls f, a group's statements. If they were cancelled, the interpreter
// has given up waiting, and this goroutine ends here: it must not hand it
// results any more.
func (m *machine) run(f func()) {
	e := m.cell.Load()
	defer close(e.ended)
	defer func() {
		if e.ctx.Err() != nil {
			recover()
			runtime.Goexit()
		}
	}()
	f()
}

// spawn starts a goroutine. A panic in it ends the cell, not the program.
func (m *machine) spawn(f func()) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				m.mu.Lock()
				defer m.mu.Unlock()
				if m.crash != nil {
					m.crash(r)
				} else {
					m.late = append(m.late, r)
				}
			}
		}()
		f()
	}()
}

func (m *machine) onCrash(f func(any)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.crash = f
	if f != nil && len(m.late) > 0 {
		f(m.late[0])
		m.late = nil
	}
}
