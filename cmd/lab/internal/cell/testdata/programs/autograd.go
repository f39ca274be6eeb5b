package main

import (
	"fmt"
	"math"
	"strings"
)

// Value is a number that remembers where it came from.
type Value struct {
	Data, Grad float64
	prev       []*Value
	op         string
	backward   func()
}

func New(x float64) *Value { return &Value{Data: x} }

func (v *Value) String() string { return fmt.Sprintf("Value(%.3f, grad %.3f)", v.Data, v.Grad) }

func (v *Value) Add(w *Value) *Value {
	out := &Value{Data: v.Data + w.Data, prev: []*Value{v, w}, op: "+"}
	out.backward = func() {
		v.Grad += out.Grad
		w.Grad += out.Grad
	}
	return out
}

func (v *Value) Mul(w *Value) *Value {
	out := &Value{Data: v.Data * w.Data, prev: []*Value{v, w}, op: "*"}
	out.backward = func() {
		v.Grad += w.Data * out.Grad
		w.Grad += v.Data * out.Grad
	}
	return out
}

func (v *Value) Tanh() *Value {
	t := math.Tanh(v.Data)
	out := &Value{Data: t, prev: []*Value{v}, op: "tanh"}
	out.backward = func() { v.Grad += (1 - t*t) * out.Grad }
	return out
}

func (v *Value) Backward() {
	var order []*Value
	seen := map[*Value]bool{}
	var visit func(*Value)
	visit = func(v *Value) {
		if seen[v] {
			return
		}
		seen[v] = true
		for _, p := range v.prev {
			visit(p)
		}
		order = append(order, v)
	}
	visit(v)
	v.Grad = 1
	for i := len(order) - 1; i >= 0; i-- {
		if order[i].backward != nil {
			order[i].backward()
		}
	}
}

type Image [][]float32

func (m Image) Conv(k Image, stride int) Image {
	h, w := (len(m)-len(k))/stride+1, (len(m[0])-len(k[0]))/stride+1
	out := make(Image, h)
	for y := range out {
		out[y] = make([]float32, w)
		for x := range out[y] {
			for i, row := range k {
				for j, weight := range row {
					out[y][x] += weight * m[y*stride+i][x*stride+j]
				}
			}
		}
	}
	return out
}

func (m Image) String() string {
	var b strings.Builder
	for _, row := range m {
		for _, v := range row {
			fmt.Fprintf(&b, "%6.2f", v)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

type Activation func(float64) float64

func (a Activation) Apply(xs ...float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = a(x)
	}
	return out
}

type Layer interface {
	Forward([]float64) []float64
}

type Stack []Layer

func (s Stack) Forward(x []float64) []float64 {
	for _, l := range s {
		x = l.Forward(x)
	}
	return x
}

type Dense struct {
	W [][]float64
	B []float64
	Activation
}

func (d *Dense) Forward(x []float64) []float64 {
	y := append([]float64(nil), d.B...)
	for i := range d.W {
		for j := range d.W[i] {
			y[j] += d.W[i][j] * x[i]
		}
	}
	if d.Activation == nil {
		return y
	}
	return d.Apply(y...)
}

func main() {
	x, w, b := New(2), New(-3), New(6.881)
	y := x.Mul(w).Add(b).Tanh()
	y.Backward()
	fmt.Println(y, x, w, b)
	fmt.Println([]*Value{x}[0], y.prev[0].op)
	m := Image{{1, 2, 3, 0}, {4, 5, 6, 1}, {7, 8, 9, 2}, {0, 1, 2, 3}}
	fmt.Print(m.Conv(Image{{1, 0}, {0, -1}}, 1))
	fmt.Print(m.Conv(Image{{0.25, 0.25}, {0.25, 0.25}}, 2))
	relu := Activation(func(x float64) float64 { return max(x, 0) })
	net := Stack{&Dense{W: [][]float64{{1, -1}, {2, 0.5}}, B: []float64{0, 1}, Activation: relu}, &Dense{W: [][]float64{{1}, {1}}, B: []float64{-1}}}
	fmt.Println(net.Forward([]float64{1, -1}), relu.Apply(-1, 2), Activation(math.Abs)(-3))
	loss := func(p []float64, label int) float64 {
		sum := 0.0
		for _, v := range p {
			sum += math.Exp(v)
		}
		return -p[label] + math.Log(sum)
	}
	fmt.Printf("%.4f %.4f\n", loss([]float64{1, 2, 3}, 2), loss([]float64{0, 0}, 0))
}
