// Package cell runs the learner's code, cell by cell, in one session.
//
// A cell is real Go first. It is parsed by go/parser, checked by go/types
// together with all that is live in the session, and then lowered to the part
// of Go that the interpreter (yaegi) runs right: functions, and statements on
// values whose types have no names. Methods, generics, the learner's
// interfaces, shadowed names, variadic functions and defer never reach it; the
// checker has decided what they mean. What cannot be lowered is refused with a
// sentence before anything runs.
//
// The way of a cell, a file each:
//
//	source.go    cut into imports, declarations and statements, and parsed
//	group.go     put into groups that can be checked one after the other
//	imports.go   forgotten imports added, unused ones ignored
//	live.go      what is live, what uses what
//	plan.go      a group is checked and lowered; nothing has changed yet
//	renew.go     code typed earlier that uses something new is lowered again
//	variables.go variables of statements become the session's
//	check.go     the whole session as a fresh package, in go/types
//	program.go   the lowered program of a group
//	run.go       it runs, panics or is cancelled
//	explain.go   mistakes, at the learner's line and column
//	advice.go    what to do about the common ones; near.go, a name that was meant
//
// Lowering, a recipe a file, with before and after in its comment:
//
//	lower.go (functions, names) constant.go types.go recursive.go (types that
//	contain themselves) key.go (whether two are one) expr.go convert.go
//	method.go generic.go call.go builtin.go stmt.go assign.go loop.go range.go
//	iterate.go (range over functions) branch.go (break, continue, goto)
//	switch.go deferred.go marks.go show.go bounds.go (index errors) inrange.go
//	(where there can be none) library.go (slices, maps and other generic
//	functions of the standard library, which stand in the folder lib)
//
// At run time lowered code calls the machine:
//
//	machine.go   all that it can call
//	rtype.go     the table of types
//	box.go       values of the learner's types in interfaces
//	assert.go    type assertions, of these and of all others
//	execution.go statements and goroutines; trace.go, where one panicked
//	defers.go    deferred calls
//	format.go    printing, with keyorder.go and print.go
//	json*.go     JSON, written (encode) and read (decode)
//
// What editors ask for, from the same parser and checker, with nothing run:
//
//	analysis.go  a text that may be unfinished, read and checked as far as it goes
//	complete.go  what may stand at the cursor (cursor.go), also behind a dot (members.go)
//	inspect.go   what a name stands for, and which function is being called
//	uses.go      the names that a cell reads and writes
//	peek.go      the session's variables with their values
//
// To add a recipe, write a program that shows the gap into testdata/dialect, let
// TestDialect say how Go differs, and lower the construct to something simpler
// where it is dispatched, in expr or stmt; TestDialect -update then writes the
// page docs/dialect.md.
package cell
