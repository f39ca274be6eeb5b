// Package slip finds out which usual mistake a wrong answer was made by: the
// check of an exercise holds the learner's function against functions with one
// mistake in each. Plural words what it says.
package slip

import (
	"fmt"

	"reslab/lessons/lab"
)

// A Slip is a usual mistake: a function with the mistake in it, and what to say
// to somebody whose function answers as this one does.
type Slip[F any] struct {
	Advice string
	Wrong  F
}

// Find returns the advice of the first slip that answers all questions as yours
// does, and nothing if there is none. A function that panics answers with what
// it panicked with.
func Find[F, Q any](yours F, slips []Slip[F], questions []Q, answer func(f F, question Q) string) string {
	for _, s := range slips {
		if alike(yours, s.Wrong, questions, answer) {
			return s.Advice
		}
	}
	return ""
}

func alike[F, Q any](f, g F, questions []Q, answer func(f F, question Q) string) bool {
	for _, q := range questions {
		if try(f, q, answer) != try(g, q, answer) {
			return false
		}
	}
	return true
}

func try[F, Q any](f F, question Q, answer func(f F, question Q) string) (text string) {
	if sentence := lab.Panics(func() { text = answer(f, question) }); sentence != "" {
		return "panic: " + sentence
	}
	return text
}

// Plural says how many things there are: "1 row", "2 rows".
func Plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
