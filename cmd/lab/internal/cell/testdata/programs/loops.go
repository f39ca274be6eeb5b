package main

import "fmt"

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 2; return i })
	}
	for i, s := range []string{"a", "bb"} {
		fs = append(fs, func() int { return i + len(s) })
	}
	for i := range 2 {
		defer func() { fmt.Println("deferred", i) }()
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	for i := 0; i < 6; i++ {
		if i == 1 {
			continue
		}
		f := func() { i++ }
		f()
		if i > 4 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
outer:
	for i := range 4 {
		for j := range 4 {
			switch {
			case j == 2:
				continue outer
			case i == 2:
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, ":", j, " ")
	}
	for i, r := range "aé" {
		fmt.Print(i, string(r), " ")
	}
	var b byte = 3
	for i := range b {
		fmt.Printf("%T%v ", i, i)
	}
	fmt.Println()
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Println("copy", v)
		}
	}
	for i, v := range &arr {
		arr[2] = 20
		if i == 2 {
			fmt.Println("pointer", v)
		}
	}
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	for v := range ch {
		fmt.Print(v, " ")
	}
	n := 3
	for range n {
		n = 10
		fmt.Print("x")
	}
	m := map[int]bool{1: true}
	for k := range m {
		delete(m, k)
	}
	fmt.Println(len(m))
	var i int
	for i = range 5 {
	}
	for i = 7; i < 9; i++ {
	}
	fmt.Println(i)
}
