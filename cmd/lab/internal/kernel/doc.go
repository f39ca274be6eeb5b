// Package kernel runs the learner's code in a process of its own, so that no
// fault in it ends more than that process.
//
// The child is lab kernel: [Serve] runs cells in one session (package cell) and
// speaks with its parent in JSON frames over what were its standard input and
// output; all that cells write to theirs is captured. docs/kernel-protocol.md
// describes the protocol, which has a [Version].
//
// The parent holds a [Client]. It starts the child, runs cells in it, stops
// them, says in a sentence why a child has died, starts another and runs the
// cheap cells again.
//
//	client, err := kernel.Start(ctx, kernel.Options{})
//	result, err := client.Execute(ctx, kernel.Cell{Name: "cell 1", Source: "1 + 1"}, show)
//
// The files of both sides:
//
//	message.go frame.go            the messages, and how they are written
//
// of the child:
//
//	command.go serve.go            requests, one at a time, until the end
//	answer.go                      what is asked for: cells run, questions answered
//	capture*.go output.go          what cells print: taken, batched, cut
//	display.go draw.go             what they show: drawn, paced, thinned
//	figure.go tensor.go letters.go as numbers for a page, as letters for a terminal
//	watch.go                       the memory they take
//
// and of the parent:
//
//	process.go                     one child, from its start to its end
//	reason.go                      why it ended, in a sentence
//	client.go                      the session, over the lives of many
//	event.go ask.go input.go       what cells show; questions; controls
//	restart.go replay.go           a new child, and what runs again in it
//
// docs/reliability.md has the faults that all this is for, and a test for each.
package kernel
