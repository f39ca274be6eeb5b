// Package room keeps one open notebook: its text, the kernel in which its cells
// run, what they showed, and what is out of date. Pages come and go; a room
// stays, and a page that joins it gets all there is.
//
// docs/notebook.md has the messages that pass between a page and its room.
//
//	room.go              opening and closing
//	message.go           what pages ask, and what they are told
//	page.go frames.go    the pages that are here; what waits to be sent to one
//	edit.go view.go      the text changes, and is shown
//	store.go journal.go  it is kept on disk
//	disk.go              somebody else changes it there
//	cell.go output.go    what a cell has come to, and what it shows
//	queue.go run.go      cells run, one after the other
//	engine.go            the kernel, started when it is needed
//	flow.go              which cells are out of date
//	control.go bet.go    sliders and their like; predictions
//	lesson.go            hints, solutions, what the learner has done
//	ask.go               completion and descriptions
package room
