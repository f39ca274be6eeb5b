// Package notebook is lab notebook: a server on this machine whose pages are
// living notebooks. docs/notebook.md describes how it is built.
//
//	command.go             the command line
//	server.go static.go    what is where
//	socket.go              a page and its room speak
//	rooms.go               the notebooks that are open
//	frame.go picture.go    HTML of cells, in a sandbox; pictures of the folder
package notebook
