package main

import "fmt"

type P struct {
	x int
	a [3]int
	s []int
}

type Q struct {
	p P
	m map[string]P
}

type M [2][2]int

func (p P) With(x int) P  { p.x = x; p.a[0] = x; return p }
func (p *P) Set(x int) *P { p.x = x; return p }
func (m M) T() M          { m[0][1], m[1][0] = m[1][0], m[0][1]; return m }
func (m M) Flip() (r M) {
	for i := range m {
		for j := range m {
			r[i][1-j] = m[i][j]
		}
	}
	return
}
func change(p P, a [3]int, s []int) P { p.x, a[1], s[0] = 99, 99, 99; p.a = a; return p }
func pass(p P) P                      { return p }
func several(ps ...P) (out []P) {
	for _, p := range ps {
		p.x++
		out = append(out, p)
	}
	return out
}

func main() {
	p := P{1, [3]int{1, 2, 3}, []int{1}}
	q := p
	q.x, q.a[2], q.s[0] = 5, 50, 7
	fmt.Println(p, q)
	p = p.With(8).With(9)
	fmt.Println(p, q.With(3), q)
	r := change(p, p.a, p.s)
	fmt.Println(p, r)
	p = change(p, q.a, []int{0})
	fmt.Println(p)

	var i any = p
	p.x = -1
	fmt.Println(i.(P).x, p.x)
	pp := &p
	i = pp
	pp.x = -2
	fmt.Println(i.(*P).x, p.x, pp.Set(4).Set(6).x, p.x)
	c := *pp
	c.x = 77
	fmt.Println(p.x, c.x)

	arr := [3]P{{x: 1}, {x: 2}}
	brr := arr
	brr[0].x, brr[1].a[1] = 100, 5
	e := arr[1]
	e.x = 200
	fmt.Println(arr, brr[0].x, e.x)
	arr[0], arr[2] = arr[2], arr[0]
	fmt.Println(arr[0].x, arr[2].x)

	sl := []P{p, q}
	sl[0].x = 1000
	for _, v := range sl {
		v.x = -5
	}
	for i := range sl {
		sl[i].a[0]++
	}
	t := sl[1]
	t.x = 3
	ptr := &sl[1]
	ptr.x = 4
	fmt.Println(p.x, sl[0].x, sl[1].x, t.x, sl[1].a)
	sl2 := append([]P(nil), sl...)
	sl2[0].x = 0
	fmt.Println(sl[0].x, len(sl2))

	m := map[string]P{"a": p}
	v := m["a"]
	v.x = 31
	fmt.Println(m["a"].x, v.x)
	m["a"] = v
	v.x = 32
	fmt.Println(m["a"].x)
	ma := map[string][2]int{"k": {1, 2}}
	w := ma["k"]
	w[0] = 9
	fmt.Println(ma, w)

	o := Q{p: p, m: m}
	o2 := o
	o2.p.a[1] = 1234
	o2.m["b"] = P{x: 2}
	fmt.Println(o.p.a[1], o2.p.a[1], len(o.m))
	o.p, o2.p = o2.p, o.p
	fmt.Println(o.p.a[1], o2.p.a[1])

	x := M{{1, 2}, {3, 4}}
	y := x
	x = x.T()
	fmt.Println(x, y)
	x = x.Flip().T().Flip()
	y, x = x, y
	fmt.Println(x, y)
	x[0], x[1] = x[1], x[0]
	fmt.Println(x)
	row := x[0]
	row[0] = 42
	fmt.Println(x, row)
	for i, rr := range x {
		x[1][0] = 70 + i
		rr[1] = 0
		fmt.Print(rr, " ")
	}
	fmt.Println(x)

	ch := make(chan P, 2)
	ch <- p
	p.x = 555
	fmt.Println((<-ch).x, p.x)
	f := func() P { return p }
	g := f()
	g.x = 556
	h := pass(p)
	h.a[0] = -9
	fmt.Println(p.x, g.x, p.a[0], h.a[0])
	fmt.Println(several(p, q)[0].x, p.x)
	defer func(p P) { fmt.Println("deferred", p.x) }(p)
	defer fmt.Println("printed", p.x, p.With(1).x)
	p.x = 0
	fs := []func() int{}
	for _, v := range []P{{x: 1}, {x: 2}} {
		fs = append(fs, func() int { v.x *= 10; return v.x })
	}
	fmt.Println(fs[0](), fs[0](), fs[1]())
	mv := p.With
	p.x = 12
	p.a[2] = 12
	fmt.Println(mv(1).a, p.a)
	nested := [][]P{{p}, {q, q}}
	nested[1][0].x = 1
	fmt.Println(nested[1][1].x == 1, q.x)
	type pair struct{ l, r P }
	pr := pair{p, q}
	pr.l.x, pr.r.x = pr.r.x, pr.l.x
	fmt.Println(pr.l.x, pr.r.x, p.x, q.x)
	var zero P
	z := &zero
	z.a[1]++
	z.s = append(z.s, 1)
	fmt.Println(zero, *z, new(P).a)
	k := struct{ P }{p}
	k.x, k.P.a[0] = 1, 1
	fmt.Println(k.x, p.x, p.a[0])
}
