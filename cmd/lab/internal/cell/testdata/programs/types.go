package main

import "fmt"

type Celsius float64

type Point struct {
	x, Y int
	name string
}

type Grid [2][3]int

type Pair struct {
	Point
	*Deep
	tag any
}

type Deep struct{ level int }

func (d Deep) Level() int   { return d.level }
func (d *Deep) Sink()       { d.level++ }
func (p Point) Sum() int    { return p.x + p.Y }
func (c Celsius) F() string { return fmt.Sprintf("%.1fF", float64(c)*9/5+32) }

type List struct {
	value int
	next  *List
	kids  []*List
}

func (l *List) Len() int {
	if l == nil {
		return 0
	}
	return 1 + l.next.Len()
}

func main() {
	c := Celsius(100)
	fmt.Println(c, c.F(), Celsius(c/2).F())
	p := Point{1, 2, "p"}
	q := p
	q.x = 9
	fmt.Println(p, q, p == q, p == Point{1, 2, "p"}, &p)
	var g Grid
	g[1][2] = 7
	h := g
	h[0][0] = 1
	fmt.Println(g, h, len(g), g == h)
	pair := Pair{Point: p, Deep: &Deep{3}, tag: q}
	pair.Sink()
	fmt.Println(pair.Sum(), pair.Level(), pair.x, pair.level, pair.tag)
	var l *List
	for i := range 4 {
		l = &List{value: i, next: l}
	}
	l.kids = append(l.kids, l.next)
	fmt.Println(l.Len(), l.kids[0].value)
	anonymous := struct {
		a int
		B string
	}{1, "b"}
	fmt.Printf("%v %+v\n", anonymous, anonymous)
	points := map[string]*Point{"a": {1, 2, "x"}}
	points["a"].x += 5
	fmt.Println(*points["a"], len(points))
	type local struct{ n int }
	locals := []local{{1}, {2}}
	fmt.Println(locals)
	var arr [3]Point
	arr[1].x = 4
	for i := range arr {
		arr[i].Y = i
	}
	fmt.Println(arr)
}
