package kernel

import (
	"encoding/json"
	"strings"
	"sync"

	"reslab/cmd/lab/internal/cell"
	"reslab/lessons/lab"
)

// displays counts what cells show.
type displays struct {
	mu     sync.Mutex
	cell   int64
	accept []Kind
	last   int64
}

func (d *displays) begin(cell int64, accept []Kind) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cell, d.accept = cell, accept
}

// next returns the number of a new display, and which cell it is of.
func (d *displays) next() (display, cell int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last++
	return d.last, d.cell
}

// show is what lab.Show calls.
func (s *server) show(v any) { s.display(v, false) }

// showResult shows the value of a cell's last expression.
func (s *server) showResult(r cell.Result) {
	if r.Any != nil {
		s.display(r.Any, true)
		return
	}
	s.display(r.Value, true)
}

func (s *server) display(v any, result bool) {
	var text strings.Builder
	lab.Terminal(&text)(v)
	s.drain() // what was printed before comes before
	s.output.flush()
	d := Display{Kind: Text, Data: text.String(), Text: text.String(), Result: result}
	if v, ok := v.(lab.Verdict); ok {
		data, err := json.Marshal(v)
		if err == nil {
			d.Kind, d.Data = Verdict, string(data)
		}
	}
	var cell int64
	d.ID, cell = s.displays.next()
	s.tell(TypeDisplay, cell, d)
}
