// What recover returns has the type that panic was given.
package main

import (
	"errors"
	"fmt"
)

func a() { defer func() { fmt.Printf("%T\n", recover()) }(); panic(errors.New("x")) }
func b() { defer func() { r := recover(); fmt.Printf("%T\n", r) }(); panic(errors.New("x")) }
func c() {
	defer func() {
		if r := recover(); r != nil {
			_, ok := r.(error)
			fmt.Println(ok)
		}
	}()
	panic(errors.New("x"))
}
func d() {
	defer func() {
		switch r := recover().(type) {
		case error:
			fmt.Println("error", r)
		case nil:
			fmt.Println("nil")
		default:
			fmt.Printf("other %T\n", r)
		}
	}()
	panic(errors.New("x"))
}
func e() {
	defer func() { r := recover(); _, ok := r.(error); fmt.Println(ok, r) }()
	var m map[string]int
	m["a"] = 1
}
func f() { defer func() { r := recover(); fmt.Println(r == nil, r) }() }
func g() { defer func() { r := recover(); fmt.Println(r == "s", r == 3) }(); panic("s") }
func h() { defer handler(); panic(5) }
func handler() {
	if r := recover(); r != nil {
		n, ok := r.(int)
		fmt.Println(n, ok)
	}
}
func k() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	panic(errors.New("x"))
}

func main() {
	a()
	b()
	c()
	d()
	e()
	f()
	g()
	h()
	fmt.Println(k())
}
