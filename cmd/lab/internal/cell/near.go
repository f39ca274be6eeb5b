package cell

import "strings"

// Nearest returns the name that differs from the given one by at most a third of
// its letters, or only in upper and lower case; "" if none does.
func Nearest(name string, names []string) (near string) {
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
