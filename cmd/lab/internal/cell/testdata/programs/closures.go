package main

import (
	"fmt"
	"sort"
)

type T struct{ n int }

func (t T) Value() int     { return t.n }
func (t *T) Pointer() int  { return t.n }
func (t *T) Add(k ...int)  { t.n += len(k) }
func two() (int, string)   { return 2, "two" }
func take(i int, s string) { fmt.Println(i, s) }
func sum(first string, rest ...int) (n int) {
	for _, r := range rest {
		n += r
	}
	return n
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func main() {
	t := T{1}
	v, p := t.Value, t.Pointer
	t.n = 5
	fmt.Println(v(), p(), T.Value(t), (*T).Pointer(&t))
	add := t.Add
	add(1, 2)
	add([]int{1}...)
	fmt.Println(t.n)
	take(two())
	fmt.Println(sum("a"), sum("b", 1, 2), sum("c", []int{4, 5}...))
	f := fib()
	for range 6 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	words := []string{"pear", "fig", "apple"}
	sort.Slice(words, func(i, j int) bool { return len(words[i]) < len(words[j]) })
	fmt.Println(words)
	ts := []T{{3}, {1}, {2}}
	sort.Slice(ts, func(i, j int) bool { return ts[i].n < ts[j].n })
	fmt.Println(ts)
	var fact func(int) int
	fact = func(n int) int {
		if n < 2 {
			return 1
		}
		return n * fact(n-1)
	}
	fmt.Println(fact(10))
	ops := map[string]func(float64, float64) float64{"+": func(a, b float64) float64 { return a + b }}
	fmt.Println(ops["+"](1, 2), ops["-"] == nil)
	func() { t.n = 0 }()
	fmt.Println(t, func(x int) int { return x * x }(7))
}
