package lab

import (
	"encoding/json"
	"fmt"
	"sync"
)

// mostInput is the most bytes of a control's value: an uploaded picture with
// room to spare.
const mostInput = 4 << 20

// inputs are what people have set controls to, as JSON by the control's name.
// A control that nobody has touched has none.
var inputs = struct {
	sync.Mutex
	values map[string]json.RawMessage
}{values: map[string]json.RawMessage{}}

// Set gives the control of that name a value, as JSON. Whoever draws controls,
// as a notebook, calls it; a cell sees the value when it asks the control again.
// The error says why a value is refused.
func Set(name string, value []byte) error {
	if err := CheckInput(name, value); err != nil {
		return err
	}
	inputs.Lock()
	defer inputs.Unlock()
	inputs.values[name] = append(json.RawMessage(nil), value...)
	return nil
}

// CheckInput tells whether Set would take the value of a control.
func CheckInput(name string, value []byte) error {
	switch {
	case len(value) > mostInput:
		return fmt.Errorf("the value of %q has %d MB, and at most %d MB are taken", name, len(value)>>20, mostInput>>20)
	case !json.Valid(value):
		return fmt.Errorf("the value of %q is no JSON", name)
	}
	return nil
}

// Forget puts all controls back to where they start.
func Forget() {
	inputs.Lock()
	defer inputs.Unlock()
	clear(inputs.values)
}

// read returns the value of a control, or otherwise if there is none or it does
// not fit: a cell may have changed what the control is.
func read[T any](name string, otherwise T) T {
	inputs.Lock()
	set, ok := inputs.values[name]
	inputs.Unlock()
	var value T
	if !ok || string(set) == "null" || json.Unmarshal(set, &value) != nil {
		return otherwise
	}
	return value
}
