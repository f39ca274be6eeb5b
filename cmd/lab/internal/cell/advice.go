package cell

import (
	"regexp"
	"strings"
)

// Advice: for slips that every learner makes, what to do about them. The
// compiler's own words stay as they are; a sentence is added.

// A remedy fits messages of a pattern; ${1} in the advice is what its first group found.
type remedy struct {
	pattern *regexp.Regexp
	advice  string
}

var remedies = []remedy{
	{regexp.MustCompile(`^declared and not used: (\S+)$`), "Use ${1}, or take it out; where other variables stand beside it, write _ in its place."},
	{regexp.MustCompile(`^missing return$`), "Every way through the function must end in a return with its results; add one before this brace."},
	{regexp.MustCompile(`^undefined: (\w+)$`), "Is ${1} spelled as where it is declared? If another cell declares it, run that one first; := declares a new variable."},
	{regexp.MustCompile(`^undefined: (\w+)\.(\w+)$`), "Package ${1} has no ${2}: type ${1}. and complete to see what it has. Exported names begin with a capital letter."},
	{regexp.MustCompile(`mismatched types (\w+) and (\w+)\)$`), "Go converts no numbers by itself: write ${2}(...) or ${1}(...) around one of the two."},
	{regexp.MustCompile(`constant .*\(untyped float constant\) truncated to int|\(untyped float constant\).*(?:truncated|constant truncated)`), "A whole number cannot hold a fraction: make the variable a float64, or round the number."},
	{regexp.MustCompile(`^cannot use .* of type (int\d*|float\d\d|uint\d*)\) as (int\d*|float\d\d|uint\d*) value`), "Go converts no numbers by itself: write ${2}(...) around it."},
	{regexp.MustCompile(`^cannot use nil as`), "Only pointers, slices, maps, channels, functions and interfaces can be nil; write the type's zero value."},
	{regexp.MustCompile(`^cannot use .* as (?:int|float)\d* value`), "A number is wanted here: strconv.Atoi and strconv.ParseFloat read one from a string."},
	{regexp.MustCompile(`method (\w+) has pointer receiver`), "The method ${1} is declared on the pointer: put & before the value."},
	{regexp.MustCompile(`does not implement \S+ \(missing method (\w+)\)`), "Declare the method ${1} for the type, with the same parameters and results."},
	{regexp.MustCompile(`does not implement \S+ \(wrong type for method (\w+)\)`), "The method ${1} is there with other parameters or results: make them the same."},
	{regexp.MustCompile(`^no new variables on left side of :=$`), "The variables exist already: assign with = instead of :=."},
	{regexp.MustCompile(`^non-boolean condition`), "Compare with something, as in n != 0."},
	{regexp.MustCompile(`expected boolean expression, found assignment`), "== compares, = assigns."},
	{regexp.MustCompile(`^assignment mismatch: (\d+) variables? but .* returns (\d+) values?$`), "The call gives ${2} values: put as many variables on the left, _ for those you do not need."},
	{regexp.MustCompile(`^assignment mismatch: (\d+) variables? but (\d+) values?$`), "Put as many values on the right as there are variables on the left."},
	{regexp.MustCompile(`^not enough arguments in call to (\S+)`), "Compare with what ${1} takes: its signature is in its documentation."},
	{regexp.MustCompile(`^too many arguments in call to (\S+)`), "Compare with what ${1} takes: its signature is in its documentation."},
	{regexp.MustCompile(`undefined \(type \S+ has no field or method (\w+), but does have (?:field |method )?(\w+)\)`), "Did you mean ${2}? Upper and lower case are different names in Go."},
	{regexp.MustCompile(`in call to (\S+), cannot infer (\w+)`), "Say the type in brackets: ${1}[int](...), for example."},
	{regexp.MustCompile(`is not used$|is not used \(value`), "A statement must do something: assign the value, print it, or put it last in the cell to see it."},
	{regexp.MustCompile(`^cannot assign to struct field .* in map$`), "Take the struct out of the map, change it and put it back, or keep pointers in the map."},
	{regexp.MustCompile(`^invalid operation: operator ! not defined`), "! negates only true and false; compare a number with 0, a pointer with nil."},
	{regexp.MustCompile(`index out of range \[(-?\d+)\] with length 0$`), "It is empty: there is no element to take. Give it a length, as make([]int, 3), or append to it first."},
	{regexp.MustCompile(`index out of range \[(-?\d+)\] with length (\d+)$`), "Indices begin at 0: the last of ${2} elements is one less."},
	{regexp.MustCompile(`slice bounds out of range`), "In x[a:b], a and b count from 0, a is at most b, and b at most the length."},
	{regexp.MustCompile(`^runtime error: invalid memory address or nil pointer dereference$`), "Something here is nil: a pointer, a function or an interface that was never given a value."},
	{regexp.MustCompile(`assignment to entry in nil map`), "Make the map first: m = map[K]V{} or make(map[K]V)."},
	{regexp.MustCompile(`^expected '}', found 'EOF'`), "A { above has no } of its own: go through the blocks from the top."},
	{regexp.MustCompile(`expected '[;}]'|unexpected newline`), "Look for an operator or a bracket that the line ends without."},
	{regexp.MustCompile(`expected operand|expected expression`), "Something is missing before this place."},
	{regexp.MustCompile(`integer divide by zero`), "Check the divisor before dividing."},
}

// adviceOn returns what to do about a mistake, "" where nothing is known that
// the message does not say. names are what the session declares.
func adviceOn(message string, names []string) string {
	if name, ok := strings.CutPrefix(message, "undefined: "); ok {
		if near := Nearest(name, names); near != "" {
			return "Did you mean " + near + "?"
		}
	}
	for _, r := range remedies {
		if found := r.pattern.FindStringSubmatchIndex(message); found != nil {
			return string(r.pattern.ExpandString(nil, r.advice, message, found))
		}
	}
	return ""
}
