package thousand

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

type everyRoadFunc = func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor

// A matrix is a body that multiplies a pair of numbers by four, and counts how often.
type matrix struct {
	w     [2][2]float32
	asked int
}

func (m *matrix) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	m.asked++
	y := nn.NewTensor(x.Shape...)
	for row := 0; row+1 < len(x.Data); row += 2 {
		a, b := x.Data[row], x.Data[row+1]
		y.Data[row], y.Data[row+1] = a*m.w[0][0]+b*m.w[1][0], a*m.w[0][1]+b*m.w[1][1]
	}
	return y
}
func (m *matrix) Backward(dy *nn.Tensor) *nn.Tensor { panic("only Forward is needed here") }
func (m *matrix) Params() []*nn.Param               { return nil }

// asked is how often bodies were asked, all together.
func asked(bodies []nn.Layer) (n int) {
	for _, body := range bodies {
		n += body.(*matrix).asked
	}
	return n
}

// times is the body y = f x.
func times(f float32) *matrix { return &matrix{w: [2][2]float32{{f, 0}, {0, f}}} }

// shear adds f times one of the two numbers to nothing: it moves it to the other place.
func shear(from int, f float32) *matrix {
	m := &matrix{}
	m.w[from][1-from] = f
	return m
}

// A journey is a question for everyRoad, small enough to follow by hand.
type journey struct {
	says   string // what the bodies do
	byHand string
	bodies func() []nn.Layer
}

var journeys = []journey{
	{"the body y = 2x", "x over the shortcut and 2x through the body, 1 + 2 = 3 times x", func() []nn.Layer { return []nn.Layer{times(2)} }},
	{"the bodies y = 2x and y = 10x", "four roads, 1 + 2 + 10 + 20 = 33 times x", func() []nn.Layer { return []nn.Layer{times(2), times(10)} }},
	{"the bodies y = 2x, y = 10x and y = 100x", "eight roads, 33 + 100*33 = 3333 times x", func() []nn.Layer { return []nn.Layer{times(2), times(10), times(100)} }},
	{"no body", "one road, on which nothing stands: x", func() []nn.Layer { return nil }},
	{"a body that makes [0 2a] of [a b], and then one that makes [3b 0]", "the four roads bring [1 5], [0 2], [15 0] and, first the one and then the other, [6 0]", func() []nn.Layer { return []nn.Layer{shear(0, 2), shear(1, 3)} }},
}

// A detour is everyRoad with a usual mistake in it.
type detour struct {
	advice string
	wrong  everyRoadFunc
}

// overRoads is everyRoad with only those of the roads that a rule lets in.
func overRoads(in func(road, bodies int) bool, through func(road, i, bodies int) bool) everyRoadFunc {
	return upTo(func(n int) int { return 1 << n }, in, through)
}

// upTo is overRoads with another number of roads.
func upTo(roads func(bodies int) int, in func(road, bodies int) bool, through func(road, i, bodies int) bool) everyRoadFunc {
	return func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		sum := nn.NewTensor(x.Shape...)
		for road := range roads(len(bodies)) {
			if !in(road, len(bodies)) {
				continue
			}
			y := x
			for i, body := range bodies {
				if through(road, i, len(bodies)) {
					y = body.Forward(y, false)
				}
			}
			sum = plus(sum, y)
		}
		return sum
	}
}

func bit(road, i, _ int) bool { return road>>i&1 == 1 }
func anyRoad(_, _ int) bool   { return true }

var detours = []detour{
	{"That is the road over all shortcuts alone.", overRoads(func(r, n int) bool { return r == 0 }, bit)},
	{"That is the road through all bodies alone, as in a plain net.", overRoads(func(r, n int) bool { return r == 1<<n-1 }, bit)},
	{"The road over all shortcuts is missing: x itself arrives, too.", overRoads(func(r, n int) bool { return r != 0 }, bit)},
	{"The road through all bodies is missing: with n bodies the roads are 0 to 1<<n - 1.", overRoads(func(r, n int) bool { return r != 1<<n-1 }, bit)},
	{"Those are the roads through one body each, and the one through none. A road may lead through several.", overRoads(func(r, n int) bool { return r&(r-1) == 0 }, bit)},
	{"Those are the roads through one body each. A road may lead through none, or through several.", overRoads(func(r, n int) bool { return r != 0 && r&(r-1) == 0 }, bit)},
	{"Each body makes two roads of one: so there are 1<<n, 2 to the power of n, and not 2*n.", overRoads(func(r, n int) bool { return r < 2*n }, bit)},
	{"Each body makes two roads of one: so there are 1<<n, 2 to the power of n, and not n.", overRoads(func(r, n int) bool { return r < n }, bit)},
	{"road&i is not bit i. Shift the road and look at its last bit: road>>i&1.", overRoads(anyRoad, func(r, i, n int) bool { return r&i != 0 })},
	{"Bit i is missing an &1: road>>i alone also sees the bits above.", overRoads(anyRoad, func(r, i, n int) bool { return r>>i != 0 })},
	{"Bit i belongs to body i, also for i = 0: road>>i, without a + 1.", overRoads(anyRoad, func(r, i, n int) bool { return bit(r, i+1, n) })},
	{"In Go ^ is no power but exclusive or: 2 to the power of n is 1<<n.", upTo(func(n int) int { return 2 ^ n }, anyRoad, bit)},
	{"A road that leads through a body goes on with what that returns, alone. Its shortcut is another road: do not add y here.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		sum := nn.NewTensor(x.Shape...)
		for road := range 1 << len(bodies) {
			y := x
			for i, body := range bodies {
				if bit(road, i, 0) {
					y = plus(y, body.Forward(y, false))
				}
			}
			sum = plus(sum, y)
		}
		return sum
	}},
	{"Over the shortcut of a body goes what has arrived there, and not x: that is so for the first body alone.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		y := x
		for _, body := range bodies {
			y = plus(x, body.Forward(y, false))
		}
		return y
	}},
	{"That adds something for each body of a road. Only what arrives at the end is added, once for each road.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		sum := nn.NewTensor(x.Shape...)
		for road := range 1 << len(bodies) {
			y := x
			for i, body := range bodies {
				if bit(road, i, 0) {
					y = body.Forward(y, false)
				}
				sum = plus(sum, y)
			}
		}
		return sum
	}},
	{"The first body stands first on every road. Yours goes through them from the last to the first.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		back := slices.Clone(bodies)
		slices.Reverse(back)
		return everyRoad(back, x)
	}},
	{"A road goes on where its last body ended: give each body what the one before returned, y and not x.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		sum := nn.NewTensor(x.Shape...)
		for road := range 1 << len(bodies) {
			y := x
			for i, body := range bodies {
				if bit(road, i, 0) {
					y = body.Forward(x, false)
				}
			}
			sum = plus(sum, y)
		}
		return sum
	}},
	{"Each road begins with x. Yours goes on where the road before has ended: set y = x for each road anew.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		sum, y := nn.NewTensor(x.Shape...), x
		for road := range 1 << len(bodies) {
			for i, body := range bodies {
				if bit(road, i, 0) {
					y = body.Forward(y, false)
				}
			}
			sum = plus(sum, y)
		}
		return sum
	}},
	{"Over the shortcut of a body the road goes on, too: through the bodies that are left. Yours adds x there, and is done.", overRoads(func(r, n int) bool {
		through := 0 // how many bodies, from the first on
		for through < n && bit(r, through, n) {
			through++
		}
		return r == 1<<through-1
	}, bit)},
	{"x is in it once too often: begin the sum with zeros, nn.NewTensor(x.Shape...), or leave out road 0.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, everyRoad(bodies, x)) }},
	{"No mean is taken: what arrives by the roads is added.", func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
		mean := everyRoad(bodies, x)
		for i := range mean.Data {
			mean.Data[i] /= float32(int(1) << len(bodies))
		}
		return mean
	}},
}

// checkEveryRoad follows small nets by hand, and then compares with nn's own blocks.
func checkEveryRoad(yours everyRoadFunc) string {
	for _, j := range journeys {
		x, bodies := nn.FromSlice([]float32{1, 5}, 1, 2), j.bodies()
		var got *nn.Tensor
		if sentence := lab.Panics(func() { got = yours(bodies, x) }); sentence != "" {
			if strings.Contains(sentence, "out of") && asked(bodies) > 0 {
				sentence += ". Where no body is left, a road is at its end: x is what arrives"
			}
			return fmt.Sprintf("For x=[1 5] and %s yours panics: %s.", j.says, sentence)
		}
		want := everyRoad(j.bodies(), nn.FromSlice([]float32{1, 5}, 1, 2))
		switch {
		case got == nil:
			return fmt.Sprintf("For x=[1 5] and %s yours returns nil. Return the sum.", j.says)
		case !slices.Equal(x.Data, []float32{1, 5}):
			return fmt.Sprintf("For x=[1 5] and %s, x is %v afterwards. All roads begin with x: leave it as it is. plus makes a tensor of its own.", j.says, x.Data)
		case !slices.Equal(got.Data, want.Data):
			return strings.TrimSpace(fmt.Sprintf("For x=[1 5] and %s yours gives %v. By hand: %s, so %v. %s", j.says, got.Data, j.byHand, want.Data, everyRoadAdvice(yours)))
		case len(bodies) == 3 && asked(bodies) == 3:
			return "The numbers are right, but each body is asked once: that is the net itself, block by block. Here each road is to be gone by itself, to see that their sum is the same."
		}
	}
	return besideTheBlocks(yours)
}

// everyRoadAdvice says which usual mistake yours makes, if it is one.
func everyRoadAdvice(yours everyRoadFunc) string {
	answers := func(f everyRoadFunc) (text string) {
		for _, j := range journeys {
			if y := f(j.bodies(), nn.FromSlice([]float32{1, 5}, 1, 2)); y != nil {
				text += fmt.Sprint(y.Data)
			}
		}
		return text
	}
	var mine string
	if lab.Panics(func() { mine = answers(yours) }) != "" {
		return ""
	}
	for _, d := range detours {
		if answers(d.wrong) == mine {
			return d.advice
		}
	}
	return ""
}

// besideTheBlocks compares with residual blocks of nn.
func besideTheBlocks(yours everyRoadFunc) string {
	chain, bodies := nn.NewSequential(), []nn.Layer{}
	for _, name := range []string{"a", "b", "c", "d"} {
		body := nn.NewLinear(3, 3)
		bodies = append(bodies, body)
		chain.Add(name, nn.NewResidual(body, nil, true))
	}
	nn.Init(chain, 1, nn.LeCun)
	x := nn.FromSlice([]float32{1, -2, 3, 0.5, 0, -1}, 2, 3)
	var got *nn.Tensor
	if sentence := lab.Panics(func() { got = yours(bodies, x) }); sentence != "" {
		return fmt.Sprintf("For four fully connected bodies of 3 numbers yours panics: %s.", sentence)
	}
	want := chain.Forward(x, false)
	if got == nil || !slices.Equal(got.Shape, want.Shape) {
		return fmt.Sprintf("For four fully connected bodies the result must have the shape %v, as x has.", want.Shape)
	}
	for i, v := range want.Data {
		if !(math.Abs(float64(got.Data[i]-v)) <= 1e-4) {
			return fmt.Sprintf("For four fully connected bodies yours gives %v at place %d, and the library's blocks %v.", got.Data[i], i, v)
		}
	}
	return ""
}
