package main

import (
	"fmt"
	"strings"
)

type Number interface{ ~int | ~float64 }

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Pop() (x T, ok bool) {
	if len(s.items) == 0 {
		return x, false
	}
	x = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.Key, p.Val) }

type Tree[T any] struct {
	left, right *Tree[T]
	value       T
}

func (t *Tree[T]) Insert(v T, less func(a, b T) bool) *Tree[T] {
	if t == nil {
		return &Tree[T]{value: v}
	}
	if less(v, t.value) {
		t.left = t.left.Insert(v, less)
	} else {
		t.right = t.right.Insert(v, less)
	}
	return t
}

func (t *Tree[T]) Walk(f func(T)) {
	if t != nil {
		t.left.Walk(f)
		f(t.value)
		t.right.Walk(f)
	}
}

type Meters int

func Index[T comparable](xs []T, x T) int {
	for i, y := range xs {
		if x == y {
			return i
		}
	}
	return -1
}

func Zero[T any]() T {
	var z T
	return z
}

func Keep[T any](x any) (T, bool) {
	t, ok := x.(T)
	return t, ok
}

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[Meters](), Sum(Meters(3), 4))
	fmt.Println(Map([]string{"a", "bc"}, func(s string) int { return len(s) }), Map([]int{1}, func(i int) string { return strings.Repeat("x", i+1) }))
	s := &Stack[Pair[string, int]]{}
	s.Push(Pair[string, int]{"a", 1})
	s.Push(Pair[string, int]{Key: "b"})
	fmt.Println(s.Pop())
	fmt.Println(len(s.items), s.items)
	var t *Tree[string]
	for _, w := range strings.Fields("the quick brown fox") {
		t = t.Insert(w, func(a, b string) bool { return a < b })
	}
	t.Walk(func(s string) { fmt.Print(s, " ") })
	fmt.Println(Index([]Meters{1, 2}, 2), Index([]string{"a"}, "b"), Zero[*int]() == nil, Zero[Meters]())
	fmt.Println(Keep[int](3))
	fmt.Println(Keep[fmt.Stringer](Pair[int, int]{1, 2}))
	f := Sum[float64]
	fmt.Printf("%v %T\n", f(1, 2), Pair[int, string]{})
}
