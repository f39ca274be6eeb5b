package kernel

import (
	"encoding/json"
	"fmt"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/terminal"
)

// Version is the protocol's. Parent and child must agree on it.
const Version = 1

// A Type names what a message is.
type Type string

// The messages, and the bodies they have. See docs/kernel-protocol.md.
const (
	// To the child.
	TypeStart     Type = "start"     // Settings; answered by hello
	TypeExecute   Type = "execute"   // Cell; answered by result or error
	TypeComplete  Type = "complete"  // Place; answered by result, with cell.Completions
	TypeInspect   Type = "inspect"   // Place; answered by result, with an Inspection
	TypeVariables Type = "variables" // no body; answered by result, with []cell.Variable
	TypeTypeOf    Type = "typeof"    // Cell, an expression; answered by result, with its type as text
	TypeUses      Type = "uses"      // Cell; answered by result, with cell.Names
	TypeSet       Type = "set"       // Input; always heard, not answered
	TypeInterrupt Type = "interrupt" // no body, the ID of the request to stop; not answered itself
	TypeShutdown  Type = "shutdown"  // no body; the child ends

	// From the child.
	TypeHello    Type = "hello"    // Hello
	TypeStream   Type = "stream"   // Stream
	TypeDisplay  Type = "display"  // Display
	TypeProgress Type = "progress" // Progress
	TypeResult   Type = "result"   // what was asked for; Result for execute
	TypeError    Type = "error"    // Failure: the request did not succeed
	TypeEnding   Type = "ending"   // Ending: the child ends itself, and why
)

// Settings begin a session.
type Settings struct {
	Version      int   `json:"version"`
	Unrestricted bool  `json:"unrestricted,omitempty"` // offer the whole standard library
	Memory       int64 `json:"memory"`                 // bytes at which the child ends itself
}

// Hello says that the child is ready.
type Hello struct {
	Version int    `json:"version"`
	PID     int    `json:"pid"`
	Go      string `json:"go"` // the release that built it
}

// A Cell is what Execute runs.
type Cell struct {
	Name   string `json:"name"` // what messages call it: "cell 3"
	Source string `json:"source"`

	// Accept are the kinds of displays that the caller can draw, the best
	// first; what none fits comes as text.
	Accept []Kind `json:"accept,omitempty"`
}

// An Input is what somebody moved a control of a cell to.
type Input struct {
	Name  string          `json:"name"` // the control's
	Value json.RawMessage `json:"value"`
}

// A Place is a byte of a cell's text that may be unfinished.
type Place struct {
	Source string `json:"source"`
	Offset int    `json:"offset"`
}

// An Inspection says what stands at a place: the name there, and the call
// around it; nil for none.
type Inspection struct {
	Name     *cell.Description `json:"name,omitempty"`
	Call     *cell.Description `json:"call,omitempty"`     // the function whose arguments surround the place
	Argument int               `json:"argument,omitempty"` // which of its arguments it is in, from 0
}

// A Kind is how the data of a Display are to be read.
type Kind string

// The kinds of displays.
const (
	Text    Kind = "text"    // plain text
	SVG     Kind = "svg"     // a drawing
	PNG     Kind = "png"     // a picture, in base64
	HTML    Kind = "html"    // a piece of a page
	ECharts Kind = "echarts" // a viz.Chart as JSON: title, drawing and option
	Letters Kind = "letters" // a drawing made of characters and terminal colours
	Verdict Kind = "verdict" // on an exercise, as JSON: exercise, passed, counterexample; always accepted

	// As JSON, for a page that draws them itself.
	Control    Kind = "control"    // a lab.Control: something to move
	Bet        Kind = "bet"        // a lab.Settled: a prediction beside the truth
	Steps      Kind = "steps"      // a lab.Steps: an operation to go through
	Model      Kind = "model"      // a lab.Blueprint: an architecture
	Graph      Kind = "graph"      // a lab.Graph: a computation
	Bars       Kind = "bars"       // a lab.BarChart
	Histograms Kind = "histograms" // lab.Histograms
	WayBack    Kind = "wayback"    // a lab.WayBack
	Figure     Kind = "figure"     // curves, panels of curves, or a heat map
	Images     Kind = "images"     // a viz.ImageGrid
	Tensor     Kind = "tensor"     // numbers, as a table or as maps
)

// PageKinds are the kinds that a page draws, the best first. A page that has
// ECharts draws figures with it, but for those that change in place: they come
// as Figure.
func PageKinds(echarts bool) []Kind {
	kinds := []Kind{Control, Bet, Steps, Model, Graph, Bars, Histograms, WayBack, Figure, Images, Tensor, HTML, PNG, SVG}
	if echarts {
		kinds = append([]Kind{ECharts}, kinds...)
	}
	return kinds
}

// Stream is text that the cell printed.
type Stream struct {
	Name string `json:"name"` // stdout, stderr, or notice: what the kernel has to say
	Text string `json:"text"`
}

// Display is something that the cell shows.
type Display struct {
	ID     int64  `json:"id"`               // of this display
	Update bool   `json:"update,omitempty"` // it takes the place of what this display showed before
	Kind   Kind   `json:"kind"`
	Data   string `json:"data"`
	Text   string `json:"text"`             // the same for who can draw nothing
	Result bool   `json:"result,omitempty"` // it is the value of the cell's last expression
}

// Progress says how far long work has come.
type Progress struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Label string `json:"label"`
}

// Result is what a cell that succeeded leaves behind beside what it shows.
type Result struct {
	HasValue bool     `json:"has_value,omitempty"` // the cell ended in an expression with a value
	Value    string   `json:"value,omitempty"`     // that value, as fmt.Println prints it
	Notes    []string `json:"notes,omitempty"`     // what else there is to say, a sentence each
	Seconds  float64  `json:"seconds"`             // how long it ran

	Names []string `json:"names,omitempty"` // all that is declared in the session now
	Wrote bool     `json:"wrote,omitempty"` // it changed files
}

// Failure is the body of an error message.
type Failure struct {
	Error       *Error   `json:"error,omitempty"`       // a mistake in the cell, or a panic
	Interrupted bool     `json:"interrupted,omitempty"` // the cell was stopped
	Stuck       bool     `json:"stuck,omitempty"`       // it was told to stop and has not
	Message     string   `json:"message,omitempty"`     // anything else
	Notes       []string `json:"notes,omitempty"`
	Names       []string `json:"names,omitempty"` // as in Result
}

// Ending says why the child ends itself: one of the two is set.
type Ending struct {
	Exit   *int  `json:"exit,omitempty"`   // the status given to os.Exit
	Memory int64 `json:"memory,omitempty"` // the bytes held, beyond the limit
}

// An Error is a mistake at one place of a cell.
type Error struct {
	Cell    string `json:"cell"`             // the cell's name
	Line    int    `json:"line,omitempty"`   // 1-based; 0 when no place is known
	Column  int    `json:"column,omitempty"` // 1-based, in bytes; 0 when only the line is known
	Width   int    `json:"width,omitempty"`  // bytes to underline from Column on
	Source  string `json:"source,omitempty"` // the text of the line
	Excerpt string `json:"excerpt"`          // the message with the place underlined
	Message string `json:"message"`          // one sentence
	Advice  string `json:"advice,omitempty"` // what to do, where that is known
}

// Error gives the place and the sentence on one line: "cell 3:2:5: undefined: x".
func (e *Error) Error() string {
	return (&cell.Error{Cell: e.Cell, Line: e.Line, Col: e.Column, Message: e.Message}).Error()
}

// errorOf makes a cell's error ready to be sent.
func errorOf(e *cell.Error) *Error {
	short := *e
	short.Message, short.Source = shorten(e.Message, mostText), shorten(e.Source, mostText)
	if line := terminal.Remedy(e); line != "" {
		short.Advice = "The command for it, in a terminal: " + line
	}
	return &Error{Cell: e.Cell, Line: e.Line, Column: e.Col, Width: e.Width, Source: short.Source, Excerpt: short.Underlined(), Message: short.Message, Advice: short.Advice}
}

// memory writes a number of bytes for people.
func memory(bytes int64) string { return fmt.Sprintf("%.1f GB", float64(bytes)/(1<<30)) }
