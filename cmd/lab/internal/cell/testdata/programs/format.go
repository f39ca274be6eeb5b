package main

import (
	"fmt"
	"os"
	"strings"
)

type Day int

func (d Day) String() string { return [...]string{"Mon", "Tue"}[d] }

type Secret struct {
	Day   Day
	inner Day
	More  map[Day][]Day
	any   any
	Ptr   *int
}

type Loud struct{ s string }

func (l *Loud) Error() string { return strings.ToUpper(l.s) }

type Go struct{ n int }

func (g Go) GoString() string { return "Go!" }

func main() {
	s := Secret{1, 1, map[Day][]Day{1: {0, 1}, 0: nil}, Day(0), nil}
	fmt.Println(s)
	fmt.Printf("%v|%+v|%d|%T\n", s, s, s, s)
	fmt.Printf("%#v\n", Secret{})
	fmt.Printf("%5v|%-5s|%q|%x|%03d|%T\n", Day(0), Day(1), Day(0), Day(1), Day(1), Day(1))
	fmt.Println([]Day{0, 1}, [2]Day{1, 1}, map[string]Day{"b": 1, "a": 0}, []any{Day(1), 1, "x", nil})
	err := error(&Loud{"help"})
	fmt.Println(err, []error{err})
	fmt.Printf("%v %T %s\n", err, err, &Loud{"me"})
	fmt.Printf("%v %+v %T\n", Loud{"plain"}, []Loud{{"a"}}, []*Loud{})
	fmt.Printf("%#v %v\n", Go{1}, Go{1})
	fmt.Fprintln(os.Stdout, Day(1))
	fmt.Println(fmt.Sprint(Day(0), Day(1)), fmt.Sprintf("%[2]v %[1]v", Day(0), Day(1)))
	var nobody *Loud
	fmt.Printf("%+v\n", struct{ L *Loud }{nobody})
	var d fmt.Stringer = Day(1)
	fmt.Printf("%v %s %T\n", d, d, d)
	type pair struct {
		a, b any
	}
	fmt.Printf("%v %+v\n", pair{Day(1), 2}, &pair{"x", Day(0)})
	fmt.Printf("%*d|%T|%v%%\n", 4, 7, Day(0), 3)
}
