package main

import "fmt"

type Color int

const (
	Red Color = iota
	Green
)

type point struct{ x, y int }

func grade(n int) string {
	switch {
	case n > 90:
		return "A"
	case n > 80:
		fallthrough
	case n > 70:
		return "B"
	}
	return "C"
}

func kind(x any) string {
	switch x {
	case nil:
		return "nil"
	case 1, 2:
		return "small"
	case "one":
		return "text"
	case Red:
		return "red"
	case point{1, 2}:
		return "point"
	}
	return "?"
}

func main() {
	fmt.Println(grade(95), grade(85), grade(75), grade(5))
	for _, x := range []any{nil, 1, 2, "one", Red, Green, point{1, 2}, 0} {
		fmt.Print(kind(x), " ")
	}
	fmt.Println()
	switch c := Green; c {
	case Red:
		fmt.Println("red")
	case Green:
		fmt.Println("green")
		if c == 1 {
			break
		}
		fmt.Println("not here")
	default:
		fmt.Println("none")
	}
	a, b := make(chan int, 1), make(chan string, 1)
	a <- 4
	select {
	case v, ok := <-a:
		fmt.Println("a", v, ok)
	case s := <-b:
		fmt.Println("b", s)
	}
	select {
	case <-a:
	case b <- "sent":
		fmt.Println(<-b)
	}
	select {
	case <-a:
	default:
		fmt.Println("empty")
	}
	p := point{1, 2}
	switch p {
	case point{1, 2}:
		fmt.Println("equal")
	}
}
