package main

import "fmt"

var x = 1

func shadow(x int) int {
	x++
	{
		x := x * 10
		x++
		fmt.Println("inner", x)
	}
	if x := "text"; len(x) > 2 {
		fmt.Println(x)
	}
	return x
}

func main() {
	fmt.Println(shadow(5), x)
	len := func(s string) int { return 42 }
	fmt.Println(len("abc"))
	type int32 string
	var s int32 = "not a number"
	fmt.Println(s)
}
