package lab

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Verdict is what Check shows.
type Verdict struct {
	Exercise       string
	Counterexample string // in words, for people; empty if the exercise is solved
}

// Passed tells whether the exercise is solved.
func (v Verdict) Passed() bool { return v.Counterexample == "" }

func (v Verdict) String() string {
	if v.Passed() {
		return v.Exercise + ": right."
	}
	return v.Exercise + ": not yet. " + v.Counterexample
}

// checks are filled by the init functions of the lessons.
var checks = map[string]func(yours any) (counterexample string){}

// Register makes a check known under the name of its exercise. The check tries
// the learner's function, of type F, and answers with a counter-example in
// words, or with nothing if it finds none. Two checks of one name panic.
func Register[F any](exercise string, check func(yours F) (counterexample string)) {
	if _, taken := checks[exercise]; taken {
		panic("lab: two checks for the exercise " + exercise)
	}
	checks[exercise] = func(yours any) string {
		f, ok := yours.(F)
		if !ok {
			return fmt.Sprintf("It must be a %T, yours is a %T.", f, yours)
		}
		return check(f)
	}
}

// Check tries the learner's function yours in the named exercise, and shows
// the Verdict.
func Check(exercise string, yours any) {
	Show(Verdict{exercise, counterexample(exercise, yours)})
}

func counterexample(exercise string, yours any) (words string) {
	check, ok := checks[exercise]
	if !ok {
		known := slices.Sorted(maps.Keys(checks))
		return fmt.Sprintf("There is no exercise of this name; there are: %s.", strings.Join(known, ", "))
	}
	if sentence := Panics(func() { words = check(yours) }); sentence != "" {
		return fmt.Sprintf("Yours panics: %s.", sentence)
	}
	return words
}

// Panics calls f and returns what it panicked with, or nothing if it did not.
// A check calls the learner's function in it, to say which case it was.
func Panics(f func()) (sentence string) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *reflect.ValueError: // what a nil dereference becomes in the interpreter
			sentence = "runtime error: invalid memory address or nil pointer dereference"
		default:
			sentence = strings.TrimSuffix(fmt.Sprint(p), ".")
			if strings.HasPrefix(sentence, "reflect.Value.Slice") { // likewise
				sentence = "runtime error: slice bounds out of range"
			}
		}
	}()
	f()
	return ""
}
