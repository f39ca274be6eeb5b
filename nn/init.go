package nn

import "math"

// InitRule draws the first values of a weight w. fan says how many numbers go
// into each output, and to how many outputs each input goes.
type InitRule func(w *Tensor, fan Fan, random *Random)

// Fan counts the connections of a weight: for a convolution those of one
// window, K*K*In/Groups and K*K*Out/Groups.
type Fan struct{ In, Out int }

// Init gives every layer the values that a training starts from: weights are
// drawn by the rule, biases become zero, and batch norm gets scale 1, shift 0 and
// new running averages. Each weight is drawn from the seed and its path alone, so
// that a plain net and its residual twin, whose shortcuts are extra, start from
// the same weights.
//
// Of a learner's layer it draws what has two axes or more, sets to zero what is
// called bias, and leaves the rest. Weights and biases that are frozen stay.
func Init(model Layer, seed uint64, rule InitRule) {
	drawn := map[string]bool{}
	walk("", &child{layer: model}, true, func(path string, c *child) {
		switch l := c.layer.(type) {
		case *Sequential, *Residual:
		case *BatchNorm2D:
			l.reset()
		default:
			for _, p := range leafParams(l) {
				name := join(path, p.Name)
				if drawn[name] {
					panic(mistake("Init", "two parameters are called %q and would start the same; give their layers names of their own", name))
				}
				drawn[name] = true
				pause() // millions of numbers are drawn
				initParam(p, NewRandomAt(seed, name), fanOf(l, p), rule)
			}
		}
	})
	model.Params() // names them from the model down again
}

// initParam gives one parameter of a leaf its first values.
func initParam(p *Param, random *Random, fan Fan, rule InitRule) {
	switch {
	case !p.Trainable:
	case len(p.Value.Shape) >= 2:
		rule(p.Value, fan, random)
	case p.local == "bias":
		clear(p.Value.Data)
	}
}

func fanOf(l Layer, p *Param) Fan {
	in, out := len(p.Value.Data)/p.Value.dim(-1), p.Value.dim(-1)
	if c, ok := l.(*Conv2D); ok {
		return Fan{In: in, Out: c.cfg.Kernel * c.cfg.Kernel * out / c.cfg.Groups}
	}
	return Fan{In: in, Out: out}
}

// HeFanIn keeps the size of the signal through layers of ReLU on the way
// forward: normal, with standard deviation sqrt(2/fan in). The 2 makes up for
// the half that a ReLU cuts off (He et al. 2015, arXiv 1502.01852).
func HeFanIn(w *Tensor, fan Fan, random *Random) { draw(w, math.Sqrt(2/float64(fan.In)), random) }

// HeFanOut does the same for the gradient on the way back: sqrt(2/fan out).
func HeFanOut(w *Tensor, fan Fan, random *Random) { draw(w, math.Sqrt(2/float64(fan.Out)), random) }

// LeCun is HeFanIn for curves that cut nothing off, as tanh: sqrt(1/fan in)
// (LeCun et al. 1998, Efficient BackProp).
func LeCun(w *Tensor, fan Fan, random *Random) { draw(w, math.Sqrt(1/float64(fan.In)), random) }

// Xavier weighs both ways the same: uniform with variance 2/(fan in + fan out)
// (Glorot and Bengio 2010).
func Xavier(w *Tensor, fan Fan, random *Random) {
	limit := math.Sqrt(6 / float64(fan.In+fan.Out))
	for i := range w.Data {
		w.Data[i] = float32(limit * (2*random.Float64() - 1))
	}
}

// XavierNormal is Xavier with a normal distribution of the same variance.
func XavierNormal(w *Tensor, fan Fan, random *Random) {
	draw(w, math.Sqrt(2/float64(fan.In+fan.Out)), random)
}

// Normal returns the rule that draws with one standard deviation everywhere.
func Normal(deviation float64) InitRule {
	return func(w *Tensor, fan Fan, random *Random) { draw(w, deviation, random) }
}

// Zero sets weights to zero. A net of zeros learns nothing: use it for the
// last layer of a block, not for all.
func Zero(w *Tensor, fan Fan, random *Random) { clear(w.Data) }

// Orthogonal returns the rule that makes a weight, seen as a matrix of the last
// axis against all the others, a part of a rotation, times gain: it changes the
// length of a signal by gain alone, or, with fewer outputs than inputs, of the
// part that it keeps (Saxe et al. 2013).
func Orthogonal(gain float64) InitRule {
	return func(w *Tensor, fan Fan, random *Random) {
		columns := w.dim(-1)
		fillOrthogonal(w.Data, len(w.Data)/columns, columns, gain, random)
	}
}

// DeltaOrthogonal returns the rule that makes a convolution a rotation of the
// channels at the centre of its window, and zero around it. With it, plain
// nets of ten thousand layers of tanh can be trained (Xiao et al. 2018, arXiv
// 1806.05393). Out must be at least In; a weight of two axes becomes Orthogonal.
func DeltaOrthogonal(gain float64) InitRule {
	return func(w *Tensor, fan Fan, random *Random) {
		rows, columns := w.dim(-2), w.dim(-1)
		if rows > columns && len(w.Shape) == 4 {
			panic(mistake("DeltaOrthogonal", "a convolution needs at least as many output as input channels, got %d and %d", columns, rows))
		}
		clear(w.Data)
		centre := 0
		if len(w.Shape) == 4 {
			centre = (w.Shape[0]/2*w.Shape[1] + w.Shape[1]/2) * rows * columns
		}
		fillOrthogonal(w.Data[centre:centre+rows*columns], rows, columns, gain, random)
	}
}

// draw fills w from a normal distribution around 0.
func draw(w *Tensor, deviation float64, random *Random) {
	for i := range w.Data {
		w.Data[i] = float32(deviation * random.Normal())
	}
}

// fillOrthogonal writes a rows x columns matrix whose rows, or columns if they
// are fewer, are at right angles and of length gain.
func fillOrthogonal(m []float32, rows, columns int, gain float64, random *Random) {
	if rows <= columns {
		for r, row := range orthonormal(rows, columns, random) {
			for c, v := range row {
				m[r*columns+c] = float32(gain * v)
			}
		}
		return
	}
	for c, column := range orthonormal(columns, rows, random) {
		for r, v := range column {
			m[r*columns+c] = float32(gain * v)
		}
	}
}

// orthonormal draws n random directions and makes each stand at right
// angles to those before it (Gram and Schmidt), twice: once leaves rounding
// errors.
func orthonormal(n, length int, random *Random) [][]float64 {
	basis := make([][]float64, n)
	for i := range basis {
		v := make([]float64, length)
		for j := range v {
			v[j] = random.Normal()
		}
		for range 2 {
			for _, b := range basis[:i] {
				along := dot(v, b)
				for j := range v {
					v[j] -= along * b[j]
				}
			}
		}
		norm := math.Sqrt(dot(v, v))
		for j := range v {
			v[j] /= norm
		}
		basis[i] = v
	}
	return basis
}

func dot(a, b []float64) float64 {
	var sum float64
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
