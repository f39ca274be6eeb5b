package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reslab/nn/weights/onnx"

	"pgregory.net/rapid"
)

// at returns the number at an index, one number an axis.
func at(x *onnx.Tensor, index []int) float32 {
	place := 0
	for axis, k := range index {
		place = place*x.Shape[axis] + k
	}
	return x.Floats[place]
}

// indices calls f with every index of a shape, in order.
func indices(shape []int, f func(index []int)) {
	n := 1
	for _, size := range shape {
		n *= size
	}
	for k := range n {
		index, rest := make([]int, len(shape)), k
		for axis := len(shape) - 1; axis >= 0; axis-- {
			index[axis], rest = rest%shape[axis], rest/shape[axis]
		}
		f(index)
	}
}

// made is a tensor whose numbers are f of their index.
func made(shape []int, f func(index []int) float32) *onnx.Tensor {
	y := onnx.NewTensor(nil, shape...)
	indices(shape, func(index []int) { y.Floats = append(y.Floats, f(index)) })
	return y
}

// counted is a tensor of 0, 1, 2 and so on.
func counted(shape []int) *onnx.Tensor {
	n := float32(-1)
	return made(shape, func([]int) float32 { n++; return n })
}

func same(t *rapid.T, op string, settings []*onnx.Attribute, given []*onnx.Tensor, want *onnx.Tensor) {
	got, err := apply(op, 13, settings, given, 1)
	if err == nil {
		err = alike(got[0], want)
	}
	if err != nil {
		t.Fatalf("%s of %v: %v", op, given, err)
	}
}

// TestBroadcasting joins tensors of random shapes that go together.
func TestBroadcasting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		full := rapid.SliceOfN(rapid.IntRange(1, 4), 0, 4).Draw(t, "shape")
		draw := func(name string) *onnx.Tensor {
			shape := slices.Clone(full[rapid.IntRange(0, len(full)).Draw(t, name+" from"):])
			for axis := range shape {
				if rapid.Bool().Draw(t, name+" one") {
					shape[axis] = 1
				}
			}
			return counted(shape)
		}
		a, b := draw("a"), draw("b")
		// The common shape, axis by axis from the end.
		var shape []int
		for back := 1; back <= max(len(a.Shape), len(b.Shape)); back++ {
			size := 1
			for _, x := range []*onnx.Tensor{a, b} {
				if back <= len(x.Shape) {
					size = max(size, x.Shape[len(x.Shape)-back])
				}
			}
			shape = append([]int{size}, shape...)
		}
		from := func(x *onnx.Tensor, index []int) float32 {
			own := slices.Clone(index[len(index)-len(x.Shape):])
			for axis := range own {
				own[axis] = min(own[axis], x.Shape[axis]-1) // 0 where the size is 1
			}
			return at(x, own)
		}
		want := made(shape, func(index []int) float32 { return from(a, index) - 2*from(b, index) })
		same(t, "Sub", nil, in(a, made(b.Shape, func(index []int) float32 { return 2 * at(b, index) })), want)
	})
}

// TestSlicing asks of each index whether it is kept.
func TestSlicing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 3).Draw(t, "shape")
		axis := rapid.IntRange(0, len(shape)-1).Draw(t, "axis")
		start, end := rapid.IntRange(-8, 8).Draw(t, "start"), rapid.IntRange(-8, 8).Draw(t, "end")
		step := rapid.SampledFrom([]int{-7, -2, -1, 1, 2, 7}).Draw(t, "step")
		x := counted(shape)
		n := shape[axis]
		// The standard: a place below zero counts from the end; then a start is brought
		// into the axis, and an end to its borders.
		into := func(k, low, high int) int {
			if k < 0 {
				k += n
			}
			return min(max(k, low), high)
		}
		var kept []int
		for k := range n {
			up := step > 0 && k >= into(start, 0, n) && k < into(end, 0, n) && (k-into(start, 0, n))%step == 0
			down := step < 0 && k <= into(start, 0, n-1) && k > into(end, -1, n-1) && (into(start, 0, n-1)-k)%step == 0
			if up || down {
				kept = append(kept, k)
			}
		}
		if step < 0 {
			slices.Reverse(kept)
		}
		left := slices.Clone(shape)
		left[axis] = len(kept)
		want := made(left, func(index []int) float32 {
			index = slices.Clone(index)
			index[axis] = kept[index[axis]]
			return at(x, index)
		})
		one := func(v int) *onnx.Tensor { return i(s(1), int64(v)) }
		same(t, "Slice", nil, in(x, one(start), one(end), one(axis), one(step)), want)
	})
}

// TestTransposing and padding, number by number.
func TestTransposing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SliceOfN(rapid.IntRange(1, 4), 1, 4).Draw(t, "shape")
		order := rapid.Permutation(places(len(shape), 0, 1)).Draw(t, "order")
		x := counted(shape)
		turned, perm := []int{}, []int64{}
		for _, axis := range order {
			turned, perm = append(turned, shape[axis]), append(perm, int64(axis))
		}
		want := made(turned, func(index []int) float32 {
			from := make([]int, len(shape))
			for k, axis := range order {
				from[axis] = index[k]
			}
			return at(x, from)
		})
		same(t, "Transpose", set(list("perm", perm...)), in(x), want)
	})
}

// TestConvolving compares with the sum that the standard writes down, on random
// windows: those that go to nn, and those that do not.
func TestConvolving(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pair := func(name string, from, to int) [2]int {
			a := rapid.IntRange(from, to).Draw(t, name)
			if rapid.Bool().Draw(t, name+" square") {
				return [2]int{a, a}
			}
			return [2]int{a, rapid.IntRange(from, to).Draw(t, name+" too")}
		}
		groups := rapid.IntRange(1, 2).Draw(t, "groups")
		kernel, stride, dilation := pair("kernel", 1, 3), pair("stride", 1, 2), pair("dilation", 1, 2)
		before, after := pair("before", 0, 2), pair("after", 0, 2)
		x := counted([]int{2, 2 * groups, 5, 6})
		w := counted([]int{3 * groups, 2, kernel[0], kernel[1]})
		out := func(a int) int {
			return (x.Shape[2+a]+before[a]+after[a]-(kernel[a]-1)*dilation[a]-1)/stride[a] + 1
		}
		want := made([]int{2, 3 * groups, out(0), out(1)}, func(y []int) float32 {
			var sum float32
			indices([]int{2, kernel[0], kernel[1]}, func(k []int) {
				row, column := y[2]*stride[0]+k[1]*dilation[0]-before[0], y[3]*stride[1]+k[2]*dilation[1]-before[1]
				if row >= 0 && row < 5 && column >= 0 && column < 6 {
					sum += at(w, []int{y[1], k[0], k[1], k[2]}) * at(x, []int{y[0], y[1]/3*2 + k[0], row, column})
				}
			})
			return sum
		})
		wide := func(v [2]int) []int64 { return []int64{int64(v[0]), int64(v[1])} }
		same(t, "Conv", set(list("strides", wide(stride)...), list("dilations", wide(dilation)...), whole("group", int64(groups)),
			list("pads", slices.Concat(wide(before), wide(after))...)), in(x, w), want)
	})
}

// TestSizesChange runs one graph on pictures of several sizes, and with a bias that
// is an input: what was prepared for one must not serve another.
func TestSizesChange(t *testing.T) {
	any := func(name string) *onnx.ValueInfo {
		return &onnx.ValueInfo{Name: name, Type: &onnx.Type{Tensor: &onnx.TensorType{Element: onnx.Float32}}}
	}
	node := &onnx.Node{Op: "Conv", Inputs: []string{"x", "w", "b"}, Outputs: []string{"y"}, Attributes: set(word("auto_pad", "SAME_UPPER"), list("strides", 2, 2))}
	m := &onnx.Model{Opsets: []*onnx.Opset{{Version: 13}}, Graph: &onnx.Graph{Nodes: []*onnx.Node{node}, Inputs: []*onnx.ValueInfo{any("x"), any("b")}, Outputs: []*onnx.ValueInfo{any("y")},
		Initializers: []*onnx.Stored{onnx.Store("w", counted([]int{1, 1, 3, 3}))}}}
	kept, err := New(m, "")
	if err != nil {
		t.Fatal(err)
	}
	for k, edge := range []int{5, 6, 5, 3, 6} {
		given := map[string]*onnx.Tensor{"x": counted([]int{1, 1, edge, edge}), "b": f(s(1), float32(100*k))}
		fresh, err := New(m, "")
		if err != nil {
			t.Fatal(err)
		}
		want, err := fresh.Run(t.Context(), given)
		if err != nil {
			t.Fatal(err)
		}
		got, err := kept.Run(t.Context(), given)
		if err != nil {
			t.Fatal(err)
		}
		if err := alike(got["y"], want["y"]); err != nil {
			t.Errorf("after other sizes, %dx%[1]d: %v", edge, err)
		}
	}
}

// TestGraphRefusals is about graphs as a whole.
func TestGraphRefusals(t *testing.T) {
	relu := func(from, to string) *onnx.Node {
		return &onnx.Node{Op: "Relu", Inputs: []string{from}, Outputs: []string{to}}
	}
	value := func(name string, dims ...*onnx.Dim) *onnx.ValueInfo {
		return &onnx.ValueInfo{Name: name, Type: &onnx.Type{Tensor: &onnx.TensorType{Element: onnx.Float32, Shape: &onnx.Shape{Dims: dims}}}}
	}
	x := value("x", &onnx.Dim{Name: "batch"}, &onnx.Dim{Size: 3})
	graph := func(out string, nodes ...*onnx.Node) *onnx.Model {
		return &onnx.Model{Opsets: []*onnx.Opset{{Version: 13}}, Graph: &onnx.Graph{Nodes: nodes, Inputs: []*onnx.ValueInfo{x}, Outputs: []*onnx.ValueInfo{value(out)}}}
	}
	old := graph("y", relu("x", "y"))
	old.Opsets[0].Version = 6
	foreign := graph("y", relu("x", "y"))
	foreign.Graph.Nodes[0].Domain = "com.microsoft"
	for want, m := range map[string]*onnx.Model{
		`reads "z", which no node before it makes`: graph("y", relu("z", "y")),
		`output "y" is made by no node`:            graph("y", relu("x", "z")),
		"version 6 of the operators":               old,
		"com.microsoft.Relu is not known":          foreign,
	} {
		if _, err := New(m, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	e, err := New(graph("y", relu("x", "y")), "")
	if err != nil {
		t.Fatal(err)
	}
	for want, given := range map[string]map[string]*onnx.Tensor{
		`the input "x" is missing; the graph wants x float32 [batch 3]`: {},
		`the graph has no input "z"; it wants x float32 [batch 3]`:      {"x": f(s(1, 3), 1, 2, 3), "z": f(nil, 1)},
		`the graph wants x float32 [batch 3], and got float32 [1 2]`:    {"x": f(s(1, 2), 1, 2)},
		`the graph wants x float32 [batch 3], and got float32 [3]`:      {"x": f(s(3), 1, 2, 3)},
		`the graph wants x float32 [batch 3], and got int64 [1 3]`:      {"x": i(s(1, 3), 1, 2, 3)},
	} {
		if _, err := e.Run(t.Context(), given); fmt.Sprint(err) != want {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := e.Run(t.Context(), map[string]*onnx.Tensor{"x": f(s(2, 3), 1, 2, 3, 4, 5, 6)}); err != nil {
		t.Error(err)
	}
}
