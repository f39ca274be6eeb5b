// Package local serves pages of lab to the browser of this machine: what lab
// notebook and lab recognise share.
//
//	listen.go   the address
//	guard.go    who is let in, and what a page may do
//	serve.go    the server, and opening the browser
package local
