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
