// Package recognise is lab recognise: a page on this machine on which a trained
// net names what is in front of it.
//
//	command.go   the command line
//	server.go    what is where, and one picture after the other
//	answer.go    what the net says of a picture
//	about.go     what the page says of the net
//	page.html page.css page.js answer.js camera.js asking.js   the page
package recognise
