package slip

import (
	"fmt"
	"testing"
)

func TestFind(t *testing.T) {
	ones := []int{1, 1, 1}
	slips := []Slip[func(int) int]{
		{"You doubled.", func(n int) int { return 2 * n }},
		{"You read beyond the end.", func(n int) int { return ones[n] }},
	}
	answer := func(f func(int) int, n int) string { return fmt.Sprint(f(n)) }
	for want, yours := range map[string]func(int) int{
		"You doubled.":             func(n int) int { return n + n },
		"You read beyond the end.": func(n int) int { return ones[n] * ones[n] },
		"":                         func(n int) int { return n },
	} {
		if got := Find(yours, slips, []int{0, 1, 2, 3}, answer); got != want {
			t.Errorf("it finds %q, want %q", got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows"} {
		if got := Plural(n, "row"); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
