// Package notebook is lab notebook: a server on this machine whose pages are
// living notebooks. docs/notebook.md describes how it is built.
//
//	command.go listen.go   the command line, and the address
//	server.go static.go    what is where
//	guard.go               who is let in, and what a page may do
//	socket.go              a page and its room speak
//	rooms.go               the notebooks that are open
//	frame.go picture.go    HTML of cells, in a sandbox; pictures of the folder
package notebook
