package kernel

import "math"

// Softmax computes the shares p = e^x / sum of e^x of every row, on all cores. With
// the largest x of a row taken off first, no e^x is too large to be held. The logarithm
// of a share is x - largest - logSum: these are of each row, and two numbers,
// because next to a huge one the other would be rounded away.
func Softmax(p, largest, logSum []float64, x []float32) {
	if len(x) == 0 {
		return
	}
	w := softmaxPool.take()
	defer softmaxPool.giveBack(w)
	w.p, w.largest, w.logSum, w.x = p, largest, logSum, x
	w.columns = len(x) / len(largest)
	w.rows = ceilDiv(groupFloats, w.columns)
	Parallel(ceilDiv(len(largest), w.rows), w.work)
	w.p, w.largest, w.logSum, w.x = nil, nil, nil, nil
}

// softmaxWork is a call of Softmax, cut into groups of rows.
type softmaxWork struct {
	p, largest, logSum []float64
	x                  []float32
	columns, rows      int             // of a row, of a group
	work               func(group int) // w.group: made once
}

var softmaxPool = stock[softmaxWork]{make: func() *softmaxWork {
	w := new(softmaxWork)
	w.work = w.group
	return w
}}

func (w *softmaxWork) group(i int) {
	for row := i * w.rows; row < min((i+1)*w.rows, len(w.largest)); row++ {
		from, end := row*w.columns, (row+1)*w.columns
		w.largest[row], w.logSum[row] = softmaxRow(w.p[from:end], w.x[from:end])
	}
}

func softmaxRow(p []float64, x []float32) (largest, logSum float64) {
	largest = largestOf(x)
	whole := len(x) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.exponentials(p[:whole], x[:whole], largest)
	}
	exponentials(p[whole:], x[whole:], largest)
	var sum float64
	for _, e := range p {
		sum += e
	}
	for i := range p {
		p[i] /= sum
	}
	return largest, math.Log(sum)
}

// largestOf returns the largest number of x. What is not a number wins.
func largestOf(x []float32) float64 {
	largest := float32(math.Inf(-1))
	for _, v := range x {
		if v > largest || v != v {
			largest = v
		}
	}
	return float64(largest)
}

// exponentials computes y = e^(x - top), where no x is above top. A power below
// e^-708, next to the least that a float64 holds, is 0.
//
// x - top is k*ln 2 + r with the whole number k that leaves r the smallest, so that
// e^(x - top) is 2^k * e^r, and the first fourteen terms 1, r, r²/2!, ... of the
// series of e^r are all that a float64 can tell apart (the fifteenth is at most 4e-18).
// 2^k is put together from its bits. ln 2 is taken off in two parts: k times the
// larger one has no error.
func exponentials(y []float64, x []float32, top float64) {
	for i, v := range x {
		power := float64(v) - top
		if power < leastPower {
			y[i] = 0
			continue
		}
		shifted := math.FMA(power, math.Log2E, wholeNumbers)
		k := shifted - wholeNumbers
		r := math.FMA(-k, ln2Low, math.FMA(-k, ln2High, power))
		e := series[len(series)-1]
		for n := len(series) - 2; n >= 0; n-- {
			e = math.FMA(e, r, series[n])
		}
		twoToK := math.Float64frombits((math.Float64bits(shifted) + exponentBias) << 52)
		y[i] = e * twoToK
	}
}

const (
	leastPower   = -708
	wholeNumbers = 0x1.8p52 // a float64 of this size has no fraction, and the sum's last bits are k
	exponentBias = 1023     // the exponent 0 of a float64 is stored so
	ln2High      = 0x1.62e42feep-1
	ln2Low       = 0x1.a39ef35793c76p-33
)

// series holds 1/n!.
var series = [...]float64{1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880,
	1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800}
