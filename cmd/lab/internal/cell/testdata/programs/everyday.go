package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"
)

type Temperature float64

const (
	KB = 1 << (10 * (iota + 1))
	MB
)

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
)

var names = map[Weekday]string{Sunday: "Sun", Monday: "Mon"}

func (d Weekday) String() string {
	if n, ok := names[d]; ok {
		return n
	}
	return "Day" + strconv.Itoa(int(d))
}

type Animal interface{ Sound() string }
type Walker interface{ Walk() string }
type AnimalWalker interface {
	Animal
	Walker
}
type Dog struct{ name string }

func (d Dog) Sound() string         { return d.name + " woof" }
func (d *Dog) Walk() string         { d.name += "!"; return d.name + " walks" }
func (d *Dog) Rename(n string) *Dog { d.name = n; return d }

type Kennel struct {
	*Dog
	Animal
	guests map[string][]Dog
}

func (k Kennel) Sound() string { return "kennel: " + k.Animal.Sound() }

type Matrix [2][2]float64

func (m Matrix) Mul(n Matrix) (r Matrix) {
	for i := range 2 {
		for j := range 2 {
			for k := range 2 {
				r[i][j] += m[i][k] * n[k][j]
			}
		}
	}
	return
}

type Visitor func(depth int, name string) bool

type Node struct {
	Name     string
	Children []*Node
	Parent   *Node
}

func (n *Node) Add(names ...string) *Node {
	for _, name := range names {
		n.Children = append(n.Children, &Node{Name: name, Parent: n})
	}
	return n
}

func (n *Node) Visit(v Visitor) { n.visit(0, v) }
func (n *Node) visit(depth int, v Visitor) {
	if !v(depth, n.Name) {
		return
	}
	for _, c := range n.Children {
		c.visit(depth+1, v)
	}
}

type ErrRange struct{ Lo, Hi, Got int }

func (e ErrRange) Error() string { return fmt.Sprintf("%d is outside %d..%d", e.Got, e.Lo, e.Hi) }

var ErrEmpty = errors.New("empty")

func pick(xs []string, i int) (s string, err error) {
	switch {
	case len(xs) == 0:
		return "", fmt.Errorf("pick: %w", ErrEmpty)
	case i < 0 || i >= len(xs):
		return "", &ErrRange{0, len(xs) - 1, i}
	}
	return xs[i], nil
}

func divmod(a, b int) (q, r int) {
	defer func() {
		if recover() != nil {
			q, r = -1, -1
		}
	}()
	q = a / b
	r = a % b
	return
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

type counter struct{ counts map[rune]int }

func (c *counter) Write(p []byte) (int, error) {
	for _, r := range string(p) {
		if unicode.IsLetter(r) {
			c.counts[unicode.ToLower(r)]++
		}
	}
	return len(p), nil
}

func main() {
	fmt.Println(KB, MB, Thursday, Monday, []Weekday{0, 1, 2}, names)
	fmt.Printf("%v %d %s %q %+v\n", Tuesday, Tuesday, Tuesday, Monday, map[string]Weekday{"x": 1})
	d := Dog{"Rex"}
	var aw AnimalWalker = &d
	fmt.Println(aw.Walk(), aw.Sound(), d.Rename("Bo").Sound())
	if a, ok := aw.(Animal); ok {
		fmt.Println(a.Sound())
	}
	k := Kennel{Dog: &d, Animal: Dog{"Guest"}}
	k.guests = map[string][]Dog{}
	k.guests["a"] = append(k.guests["a"], Dog{"A"}, Dog{"B"})
	fmt.Println(k.Walk(), k.Sound(), len(k.guests["a"]), k.guests["none"] == nil)
	animals := []Animal{d, &d, k}
	for i, a := range animals {
		switch a := a.(type) {
		case Dog:
			fmt.Print(i, " value ", a.name, "; ")
		case *Dog:
			a.name = "changed"
			fmt.Print(i, " pointer ", a.name, "; ")
		default:
			fmt.Printf("%d %T; ", i, a)
		}
	}
	fmt.Println(d)
	m := Matrix{{1, 1}, {1, 0}}
	r := m
	for range 5 {
		r = r.Mul(m)
	}
	fmt.Println(r, m)
	root := (&Node{Name: "root"}).Add("a", "b")
	root.Children[0].Add("a1", "a2")
	root.Visit(func(depth int, name string) bool {
		fmt.Print(strings.Repeat("  ", depth), name, " ")
		return name != "b"
	})
	fmt.Println(root.Children[0].Children[1].Parent.Name)
	for _, i := range []int{0, 5} {
		s, err := pick([]string{"x"}, i)
		var re *ErrRange
		fmt.Println(s, err, errors.As(err, &re), re != nil && re.Got == 5)
	}
	_, err := pick(nil, 0)
	fmt.Println(errors.Is(err, ErrEmpty), errors.Join(err, io.EOF))
	fmt.Println(divmod(7, 2))
	fmt.Println(divmod(7, 0))
	fmt.Println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * x })(3))
	c := &counter{map[rune]int{}}
	fmt.Fprintf(c, "Hello, %s", "World")
	keys := make([]rune, 0, len(c.counts))
	for r := range c.counts {
		keys = append(keys, r)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	for _, r := range keys {
		fmt.Printf("%c%d ", r, c.counts[r])
	}
	fmt.Println()
	var buf bytes.Buffer
	w := io.MultiWriter(&buf, c)
	fmt.Fprint(w, "ab")
	fmt.Println(buf.String(), c.counts['a'], buf.Len())
	grid := make([][]rune, 3)
	for i := range grid {
		grid[i] = []rune(strings.Repeat(".", 4))
	}
	grid[1][2] = '#'
	for _, row := range grid {
		fmt.Println(string(row))
	}
	words := strings.FieldsFunc("one, two;three", func(r rune) bool { return !unicode.IsLetter(r) })
	fmt.Println(words, len(words), strings.Map(func(r rune) rune { return r + 1 }, "abc"))
	t := time.Date(2024, time.February, 29, 12, 0, 0, 0, time.UTC)
	fmt.Println(t.Weekday(), t.Add(24*time.Hour).Format("2006-01-02"), time.Duration(1500)*time.Millisecond)
	fmt.Println(math.Inf(1), -math.Inf(1), math.NaN(), math.MaxInt64, uint64(math.MaxUint64), math.Pi)
	var x uint8 = 200
	var y int8 = -128
	fmt.Println(x+100, -y, x>>3, x&0x0f, int8(x), float32(0.1), 0.1+0.2, 1/3.0)
	p := &struct{ a, b *int }{}
	n := 4
	p.a = &n
	*p.a *= 2
	fmt.Println(n, p.b == nil, *p.a)
	type kv struct {
		k string
		v int
	}
	var kvs []kv
	for k, v := range map[string]int{"a": 2, "b": 1, "c": 3} {
		kvs = append(kvs, kv{k, v})
	}
	sort.Slice(kvs, func(i, j int) bool { return kvs[i].v > kvs[j].v })
	fmt.Println(kvs, kvs[0] == kv{"c", 3})
	fn := map[string]any{"f": func(s string) string { return s + "!" }, "n": 3}
	fmt.Println(fn["f"].(func(string) string)("hi"), fn["n"].(int)+1)
	ch := make(chan Weekday)
	go func() {
		defer close(ch)
		for d := Sunday; d < 3; d++ {
			ch <- d
		}
	}()
	for d := range ch {
		fmt.Print(d, " ")
	}
	fmt.Println()
	a := [5]int{1, 2, 3, 4, 5}
	s := a[1:4]
	s[0] = 20
	s = append(s[:1], s[2:]...)
	fmt.Println(a, s, len(s), cap(s))
	b2 := append([]int(nil), s...)
	b2[0]++
	fmt.Println(s[0], b2[0])
	func(xs ...any) { fmt.Println(len(xs), xs) }(1, "a", nil, Monday, []int(nil))
	var iface any = Temperature(36.6)
	if v, ok := iface.(Temperature); ok {
		fmt.Printf("%.1f %T\n", v, iface)
	}
	if _, ok := iface.(float64); !ok {
		fmt.Fprintln(os.Stdout, "no float64")
	}
	var np *Node
	defer fmt.Println("deferred", np == nil)
	if np != nil && np.Name == "" || len(words) == 3 && words[0] == "one" {
		fmt.Println("short circuit")
	}
outer:
	for i := 2; ; i++ {
		for j := 2; j*j <= i; j++ {
			if i%j == 0 {
				continue outer
			}
		}
		if i > 30 {
			fmt.Println("prime", i)
			break
		}
	}
	x1, err1 := strconv.Atoi("12x")
	fmt.Println(x1, err1)
	raw := `raw "string" \n`
	fmt.Printf("%s %q %x %5d|%-5d|%05.1f|%t|%v|%p\n", raw, 'x', "hi", 42, 42, 3.14159, true, struct{}{}, nil)
}
