// Package repl reads Go, evaluates it and prints what it gives: from a terminal
// with a line editor, from a pipe without. Each input is a cell of one session,
// which runs in a kernel of its own.
//
//	repl.go       an input is evaluated, and what it shows is printed
//	pipe.go       inputs from a pipe or a file, line by line
//	console.go    inputs from a terminal: prompt, history, keys
//	plain.go      the same from one that cannot move its cursor
//	complete.go   what Tab offers, and the signature below the line
//	indent.go     how far a new line stands to the right
//	commands.go   :help, :doc and the others
//	controls.go   :set, for sliders and what else an input shows to be moved
//	undo.go       those that change the session: :undo, :load, :save, :edit
//	screen.go     a display that changes in place, a bar of progress
//	graphics.go   pictures, as the terminal takes them
package repl
