package kernel

import (
	"regexp"
	"strings"
)

// advices say what to do about common slips, by what the message says.
var advices = []struct{ message, advice string }{
	{`mismatched types|cannot use .* as .* value|constant .* truncated`, "Convert one side, as in float32(x) or int(x)."},
	{`declared and not used`, "Use it, or assign it to _."},
	{`missing return`, "Every way through the function must end in return or panic."},
	{`assignment mismatch`, "Name one variable for each value; _ takes what you do not need."},
	{`no new variables on left side of :=`, "Use = to change a variable that is there."},
	{`non-boolean condition`, "Compare with something, as in n != 0."},
	{`index out of range|slice bounds out of range`, "The first index is 0, the last is len(x)-1."},
	{`nil pointer dereference`, "Something here is nil: was it made, and did the call that made it succeed?"},
	{`nil map`, "Make the map first: m := make(map[string]int)."},
	{`integer divide by zero`, "Look at the divisor before dividing."},
	{`expected '[;}]'|unexpected newline`, "Look for an operator or a bracket that the line ends without."},
	{`expected operand|expected expression`, "Something is missing before this place."},
}

// adviceFor returns what to do about a mistake, "" if that is not known. names
// are what the session declares.
func adviceFor(message string, names []string) string {
	if name, ok := strings.CutPrefix(message, "undefined: "); ok {
		if near := nearest(name, names); near != "" {
			return "Did you mean " + near + "?"
		}
		return "Declare it in a cell, and run that cell first."
	}
	for _, a := range advices {
		if regexp.MustCompile(a.message).MatchString(message) {
			return a.advice
		}
	}
	return ""
}

// nearest returns the name that differs from the given one by at most a third of
// its letters, or only in upper and lower case; "" if none does.
func nearest(name string, names []string) (near string) {
	best := len(name)/3 + 1
	for _, n := range names {
		d := distance(strings.ToLower(name), strings.ToLower(n))
		if d < best {
			best, near = d, n
		}
	}
	return near
}

// distance counts the letters to insert, delete or replace on the way from a to
// b (Levenshtein, 1965).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
