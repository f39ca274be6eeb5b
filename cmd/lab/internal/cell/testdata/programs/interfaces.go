package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Name() string
}

type Named interface{ Name() string }

type Square struct{ side float64 }
type Circle float64

func (s *Square) Area() float64 { return s.side * s.side }
func (s *Square) Name() string  { return "square" }
func (c Circle) Area() float64  { return 3 * float64(c) * float64(c) }
func (c Circle) Name() string   { return "circle" }

type byArea []Shape

func (b byArea) Len() int           { return len(b) }
func (b byArea) Less(i, j int) bool { return b[i].Area() < b[j].Area() }
func (b byArea) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	copy(p, strings.ToUpper(string(p[:n])))
	return n, err
}

type notFound struct{ key string }

func (n notFound) Error() string        { return n.key + " not found" }
func (n notFound) Is(target error) bool { return target == errAny }

var errAny = errors.New("any")

func find(key string) error {
	if key == "" {
		return nil
	}
	return fmt.Errorf("find: %w", notFound{key})
}

func describe(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, string:
		return fmt.Sprintf("basic %v", v)
	case error:
		return "error " + v.Error()
	case Shape:
		return "shape " + v.Name()
	case func() int:
		return fmt.Sprint("func ", v())
	case []Shape:
		return fmt.Sprint("shapes ", len(v))
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func main() {
	shapes := []Shape{&Square{3}, Circle(1), &Square{1}}
	sort.Sort(byArea(shapes))
	for _, s := range shapes {
		fmt.Print(s.Name(), " ", s.Area(), "; ")
	}
	fmt.Println()
	var n Named = shapes[0]
	_, isShape := n.(Shape)
	sq, isSquare := n.(*Square)
	_, isCircle := n.(Circle)
	fmt.Println(isShape, isSquare, sq.side, isCircle)
	for _, x := range []any{nil, 1, "s", find("k"), Circle(2), func() int { return 7 }, shapes, 2.5, &Square{}, []int{1}} {
		fmt.Println(describe(x))
	}
	text, err := io.ReadAll(upper{strings.NewReader("loud")})
	fmt.Println(string(text), err)
	sc := bufio.NewScanner(upper{strings.NewReader("two\nlines")})
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	e := find("x")
	var nf notFound
	fmt.Println(errors.As(e, &nf), nf.key, errors.Is(e, errAny), errors.Is(e, io.EOF), find("") == nil, errors.Unwrap(e) == notFound{"x"})
	var s1, s2 Shape = Circle(1), Circle(1)
	fmt.Println(s1 == s2, s1 == Shape(&Square{1}), s1 != nil, any(s1) == any(Circle(1)), any(1) == any(1.0))
	seen := map[any]int{Circle(1): 1, 1: 2}
	seen[s2]++
	fmt.Println(seen[Circle(1)], seen[1], len(seen))
	defer func() { fmt.Println(recover()) }()
	_ = n.(Circle)
}
