package lab

import (
	"encoding/json"
	"fmt"
	"sync"
)

// inputs are what people have set controls to, as JSON by the control's name.
// A control that nobody has touched has none.
var inputs = struct {
	sync.Mutex
	values map[string]json.RawMessage
}{values: map[string]json.RawMessage{}}

// Set gives the control of that name a value, as JSON. Whoever draws controls,
// as a notebook, calls it; a cell sees the value when it asks the control again.
func Set(name string, value []byte) {
	inputs.Lock()
	defer inputs.Unlock()
	inputs.values[name] = append(json.RawMessage(nil), value...)
}

// Forget puts all controls back to where they start.
func Forget() {
	inputs.Lock()
	defer inputs.Unlock()
	clear(inputs.values)
}

// read puts the value of a control into *value, and leaves it alone if there is
// none or it does not fit: a cell may have changed what the control is.
func read(name string, value any) {
	inputs.Lock()
	set, ok := inputs.values[name]
	inputs.Unlock()
	if !ok {
		return
	}
	_ = json.Unmarshal(set, value) // what does not fit is as good as none
}

// A Control is something on the page that a person moves. It is what the Sink
// gets of a Slider, a Choice and the others; Kind says which, and Name is what
// Set calls it.
type Control struct {
	Kind  string `json:"kind"` // slider, count, choice, switch, paint, bars, pad, drag, upload, dial, toggle, predict
	Name  string `json:"name"`
	Value any    `json:"value"` // what it stands at

	From    float64   `json:"from,omitempty"`
	To      float64   `json:"to,omitempty"`
	Options []string  `json:"options,omitempty"` // of a choice, or the names of bars
	Rows    int       `json:"rows,omitempty"`
	Columns int       `json:"columns,omitempty"`
	Start   any       `json:"start,omitempty"`   // what it stood at before anybody moved it
	Picture []float32 `json:"picture,omitempty"` // what is dragged: Rows x Columns, 0 to 1
	Live    bool      `json:"live,omitempty"`    // it acts on a cell while that runs; moving it runs nothing again
	Ask     *Question `json:"ask,omitempty"`     // of a prediction
}

// String is what a terminal shows in the control's place.
func (c Control) String() string {
	switch c.Kind {
	case "slider", "dial":
		return fmt.Sprintf("%s: %v, of %v to %v", c.Name, c.Value, c.From, c.To)
	case "count":
		return fmt.Sprintf("%s: %v, of %.0f to %.0f", c.Name, c.Value, c.From, c.To)
	case "choice":
		return fmt.Sprintf("%s: %v, of %v", c.Name, c.Value, c.Options)
	case "switch", "toggle":
		return fmt.Sprintf("%s: %s", c.Name, map[any]string{true: "on", false: "off"}[c.Value])
	case "paint", "bars":
		return fmt.Sprintf("%s: %v", c.Name, c.Value)
	case "predict":
		return c.Ask.String()
	}
	return fmt.Sprintf("%s: a %s, which the notebook shows", c.Name, c.Kind)
}
