// Range over a string that is no valid UTF-8 counts its bytes.
package main

import "fmt"

type text string

func main() {
	for i, c := range "a\xffb\xfe\xfdc" {
		fmt.Print(i, " ", c, " ")
	}
	fmt.Println()
	for i := range "h\u00e9\xff!" {
		fmt.Print(i, " ")
	}
	n := 0
outer:
	for i, c := range text("\u754c!\u754c") {
		for range "ab" {
			if c == '!' {
				continue outer
			}
		}
		n += i
	}
	fmt.Println(n)
}
