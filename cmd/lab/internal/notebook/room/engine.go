package room

import (
	"context"
	"sync"
	"time"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
)

// The states of a kernel. It is idle, too, while there is none: the next cell
// starts one.
const (
	starting = "starting"
	busy     = "busy"
	ended    = "ended" // and does not start
)

// An engine is the room's kernel, if it has one now.
type engine struct {
	client   *kernel.Client
	state    kernelState
	starting sync.Mutex // one starts at a time
	asking   sync.Mutex // a kernel answers one question at a time
	asked    int        // questions that wait or are being answered
}

// kernel returns the room's kernel and starts it if need be. It must be called
// without the lock.
func (r *Room) kernel(ctx context.Context) (*kernel.Client, error) {
	r.engine.starting.Lock()
	defer r.engine.starting.Unlock()
	r.mu.Lock()
	client := r.engine.client
	closed := r.closed
	if client == nil && !closed {
		r.tellKernel(starting, "")
	}
	r.mu.Unlock()
	if closed {
		return nil, kernel.ErrClosed
	}
	if client != nil {
		return client, nil
	}
	client, err := kernel.Start(ctx, r.opt.Kernel)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.tellKernel(ended, sentence(err.Error()))
		return nil, err
	}
	if r.closed {
		client.Close()
		return nil, kernel.ErrClosed
	}
	r.engine.client = client
	setAll(client, r.values)
	r.tellKernel(idle, "")
	return client, nil
}

func (r *Room) tellKernel(state, note string) {
	r.engine.state = kernelState{"kernel", state, note}
	r.tell(r.engine.state)
}

// end ends the kernel. It must be called without the lock.
func (r *Room) end() {
	r.mu.Lock()
	client := r.detach("")
	r.mu.Unlock()
	if client != nil {
		client.Close()
	}
}

// detach takes the kernel out of the room: the next cell starts another. It
// returns the one to be closed, nil if there was none.
func (r *Room) detach(why string) *kernel.Client {
	client := r.engine.client
	r.engine.client = nil
	if client != nil {
		r.forget()
		r.tellKernel(idle, why)
	}
	return client
}

// forget marks all cells as run in a session that is gone.
func (r *Room) forget() {
	for id, c := range r.cells {
		if c.phase == "" && c.last != idle {
			c.last, c.outdated, c.order = idle, true, 0
			r.tellState(id)
		}
	}
	r.order = 0
	clear(r.writers)
}

// restart ends the kernel with all that runs in it and starts another.
func (r *Room) restart() {
	r.stop()
	old := r.detach("")
	if old != nil {
		r.others.Go(func() { old.Close() })
	}
	r.others.Go(func() { r.kernel(r.ctx) }) // if it fails, the pages have been told
}

// Rest ends the kernel if no page has shown the notebook for that long and
// nothing runs. What the cells have shown stays.
func (r *Room) Rest(after time.Duration) {
	r.mu.Lock()
	var client *kernel.Client
	if len(r.pages) == 0 && r.now.cell == "" && len(r.queue) == 0 && time.Since(r.left) >= after {
		client = r.detach("The kernel was ended because no page showed this notebook for a while. Run all brings its values back.")
	}
	r.mu.Unlock()
	if client != nil {
		client.Close()
	}
}

// names asks the kernel which names a cell reads and writes.
func (r *Room) names(ctx context.Context, client *kernel.Client, source string) cell.Names {
	r.engine.asking.Lock()
	defer r.engine.asking.Unlock()
	names, err := client.Uses(ctx, source)
	if err != nil { // a kernel that has died says so when the cell runs
		return cell.Names{}
	}
	return names
}
