package main

import "fmt"

type P struct{ x, y int }

func get(s string, v int) int { fmt.Print(s, " "); return v }

func main() {
	a := []int{1, 2, 3}
	i := 0
	i, a[i] = 2, 9
	fmt.Println(i, a)
	a[0], a[2] = a[2], a[0]
	p := &P{1, 2}
	p.x, p.y = p.y, p.x
	fmt.Println(a, *p)
	m := map[string]int{"a": 1}
	m["a"] += 5
	m["b"]++
	v, ok := m["c"]
	fmt.Println(m, v, ok)
	x, err := fmt.Sscan("5 6", &a[0], &a[1])
	fmt.Println(x, err, a)
	x, more := 3, 4
	fmt.Println(x, more)
	var u uint8 = 250
	u += 10
	u <<= 1
	fmt.Println(u, ^u, -7/2, -7%3, 7&^5, 1<<3|1)
	var f32 float32 = 1.0 / 3
	fmt.Println(f32, float64(f32) == 1.0/3, 1e100, 5/2, 5/2.0)
	const big = 1 << 40
	fmt.Println(big>>38, uint64(1<<63), 'a', "é"[0], len("é"))
	s := a[1:2]
	s = append(s, 100)
	fmt.Println(a, s, len(s), cap(s), a[:0], a[1:2:2])
	b := make([]byte, 2, 5)
	n := copy(b, "xyz")
	b = append(b, "more"...)
	fmt.Println(n, string(b), cap(make([]int, 0, 3)))
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a"), max(int64(3), 4))
	clear(m)
	clear(a)
	fmt.Println(m, a)
	arr := [...]string{2: "c", 0: "a"}
	brr := arr
	brr[1] = "b"
	fmt.Printf("%q %q\n", arr, brr)
	get("one", 1)
	r := []int{get("two", 2), get("three", 3)}
	r[get("index", 0)] = get("value", 8)
	fmt.Println(r, *new(int))
	c := complex(1, 2)
	fmt.Println(c*c, real(c), imag(c))
	var e any = p
	if q, ok := e.(*P); ok && q.x == 2 {
		fmt.Println("same", q == p)
	}
	type Weekday int
	const (
		Sun Weekday = iota
		Mon
	)
	fmt.Println(Mon, Mon+1 == 2)
	ptr := &a[1]
	*ptr = 6
	fmt.Println(a)
}
