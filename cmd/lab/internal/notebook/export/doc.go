// Package export makes other things of a notebook: a Go program, a notebook for
// Jupyter, one HTML file.
//
//	run.go                 what cells print and show, from a kernel of their own
//	golang.go sources.go   a folder that go run . accepts, with what it imports
//	jupyter.go             .ipynb
//	html.go                one file, with all that it needs
package export
