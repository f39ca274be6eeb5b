package room

import (
	"context"

	"reslab/cmd/lab/internal/kernel"
)

// mostAsked is how many questions may wait.
const mostAsked = 8

// ask answers what may stand at a place of a cell's text, or what stands there.
// While a cell runs the answer is null.
func (r *Room) ask(p *Page, q request) {
	if r.now.cell != "" || r.engine.asked >= mostAsked || len(q.Source) > mostSource {
		p.frames.add(answerMessage{"answer", q.Ask, nil})
		return
	}
	r.engine.asked++
	r.others.Go(func() {
		body := r.answer(r.ctx, q)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.engine.asked--
		p.frames.add(answerMessage{"answer", q.Ask, body})
	})
}

// answer asks the kernel; nil if it does not know.
func (r *Room) answer(ctx context.Context, q request) any {
	client, err := r.kernel(ctx)
	if err != nil {
		return nil
	}
	r.engine.asking.Lock()
	defer r.engine.asking.Unlock()
	offset := min(max(q.Offset, 0), len(q.Source))
	if q.T == "complete" {
		if found, err := client.Complete(ctx, q.Source, offset); err == nil {
			return found
		}
		return nil
	}
	var found kernel.Inspection
	if found, err = client.Inspect(ctx, q.Source, offset); err == nil {
		return found
	}
	return nil
}
