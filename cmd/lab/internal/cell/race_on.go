//go:build race

package cell

// raceDetector is set in programs built with -race. Two goroutines in one
// function mark in the same variable; the worst of it is a line told wrong, but
// the detector has to report it. So there, marks go through compiled code.
const raceDetector = true
