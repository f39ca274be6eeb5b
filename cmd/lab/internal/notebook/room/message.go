package room

import (
	"encoding/json"

	"reslab/cmd/lab/internal/kernel"
)

// A request is what a page asks for; T says what, and which fields it has.
type request struct {
	T      string          `json:"t"`
	ID     string          `json:"id"`
	After  string          `json:"after"`
	Kind   string          `json:"kind"`
	Source string          `json:"source"`
	Edit   int64           `json:"edit"`
	Cells  []string        `json:"cells"`
	Name   string          `json:"name"`
	Value  json.RawMessage `json:"value"`
	Ask    int64           `json:"ask"`
	Offset int             `json:"offset"`
	Keep   bool            `json:"keep"`
}

// The messages to a page. Once sent they are not changed: several pages share them.
type (
	// A Snapshot is all there is to know.
	Snapshot struct {
		T        string              `json:"t"`
		Notebook Notebook            `json:"notebook"`
		Blocks   []Block             `json:"blocks"`
		States   []State             `json:"states"`
		Outputs  map[string][]Output `json:"outputs"`
		Kernel   kernelState         `json:"kernel"`
	}

	// A Notebook says which one it is.
	Notebook struct {
		ID    string `json:"id"` // as in its address: lesson/02
		Title string `json:"title"`
		Kind  string `json:"kind"` // lesson or file
		Path  string `json:"path"` // of the file, for people

		Session string `json:"session"` // another one whenever lab opens the notebook: then blocks may have other names
	}

	// A State says what a cell has come to.
	State struct {
		T       string        `json:"t"`
		Cell    string        `json:"cell"`
		State   string        `json:"state"`
		Stale   bool          `json:"stale,omitempty"`
		Seconds float64       `json:"seconds,omitempty"`
		Order   int           `json:"order,omitempty"`
		Error   *kernel.Error `json:"error,omitempty"`
		Notes   []string      `json:"notes,omitempty"`
	}

	// An Output is something that a cell shows: T is stream, display or progress.
	Output struct {
		T    string `json:"t"`
		Cell string `json:"cell"`

		Name string `json:"name,omitempty"` // stream: stdout, stderr or notice
		Text string `json:"text,omitempty"`

		ID     int64       `json:"id,omitempty"` // display
		Update bool        `json:"update,omitempty"`
		Kind   kernel.Kind `json:"kind,omitempty"`
		Data   string      `json:"data,omitempty"`
		Result bool        `json:"result,omitempty"`

		Done  int     `json:"done,omitempty"` // progress
		Total int     `json:"total,omitempty"`
		Label string  `json:"label,omitempty"`
		Left  float64 `json:"left,omitempty"` // seconds, about
	}

	blockMessage struct {
		T     string `json:"t"`
		Block Block  `json:"block"`
		After string `json:"after"`
	}
	goneMessage struct {
		T  string `json:"t"`
		ID string `json:"id"`
	}
	orderMessage struct {
		T   string   `json:"t"`
		IDs []string `json:"ids"`
	}
	clearMessage struct {
		T    string `json:"t"`
		Cell string `json:"cell"`
		Keep bool   `json:"keep,omitempty"`
	}
	kernelState struct {
		T     string `json:"t"`
		State string `json:"state"` // starting, idle, busy or ended
		Note  string `json:"note,omitempty"`
	}
	savedMessage struct {
		T    string `json:"t"`
		Edit int64  `json:"edit"`
	}
	answerMessage struct {
		T    string `json:"t"`
		Ask  int64  `json:"ask"`
		Body any    `json:"body"` // null: nothing is known
	}
	asideMessage struct {
		T      string `json:"t"`
		ID     string `json:"id"`
		Kind   string `json:"kind"` // hint or solution
		Level  int    `json:"level,omitempty"`
		Title  string `json:"title"`
		HTML   string `json:"html,omitempty"`
		Source string `json:"source,omitempty"`
	}
	problemMessage struct {
		T    string `json:"t"`
		Text string `json:"text"`
	}
	plainMessage struct { // disk, updated, elsewhere
		T string `json:"t"`
	}
)

func problem(text string) problemMessage { return problemMessage{"problem", text} }
