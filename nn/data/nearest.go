package data

import "strings"

// nearest returns the name that was most likely meant, or nothing if none is
// near: more than half of it would have to change.
func nearest(word string, names []string) string {
	best, found := 0, ""
	for _, name := range names {
		d := distance(strings.ToLower(word), name)
		if d <= len(name)/2 && (found == "" || d < best) {
			best, found = d, name
		}
	}
	return found
}

// distance counts the letters to insert, delete or replace that make b of a
// (Levenshtein 1966), row by row: row[j] is the distance to b[:j].
func distance(a, b string) int {
	row := span(0, len(b)+1)
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
