package main

import (
	"errors"
	"fmt"
)

func order() (s string) {
	for i := range 3 {
		defer func() { s += fmt.Sprint(i) }()
	}
	x := "early"
	defer fmt.Println("argument", x)
	x = "late"
	return "r"
}

func safe(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	f()
	return nil
}

func handle(name string) {
	if r := recover(); r != nil {
		fmt.Println(name, "handles", r)
	}
}

func named() {
	defer handle("named")
	panic(errors.New("an error"))
}

func nested() (s string) {
	defer func() {
		recover()
		s += "!"
	}()
	defer func() {
		defer func() { s += fmt.Sprint(recover()) }()
		panic("second")
	}()
	panic("first")
}

type counter struct{ n int }

func (c *counter) inc() { c.n++ }
func (c counter) show() { fmt.Println("show", c.n) }

func methods() {
	c := counter{}
	defer c.show()
	defer c.inc()
	defer func(p *counter) { fmt.Println("p", p.n) }(&c)
	c.inc()
}

func helper() any { return recover() }

func notDirect() (s string) {
	defer func() { s = fmt.Sprint("outer ", recover()) }()
	defer func() { s = fmt.Sprint(helper()) }()
	panic("still going")
}

func pair() (a int, b string) {
	defer func() { a, b = a+1, b+"!" }()
	return 1, "one"
}

func main() {
	fmt.Println(order())
	fmt.Println(safe(func() { panic("p") }), safe(func() {}))
	fmt.Println(safe(func() { var m map[string]int; m["a"] = 1 }))
	fmt.Println(safe(func() { var p *counter; p.n = 1 }))
	zero := 0
	fmt.Println(safe(func() { fmt.Println(1 / zero) }))
	named()
	fmt.Println(nested())
	methods()
	fmt.Println(notDirect())
	fmt.Println(pair())
	defer func() {
		if r := recover(); r != nil {
			_, isError := r.(error)
			fmt.Println("main", r, isError)
		}
	}()
	var x any = "s"
	_ = x.(fmt.Stringer)
}
