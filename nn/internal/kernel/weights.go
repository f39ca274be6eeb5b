package kernel

// weights says where in data the weight stands of tap (p, q), from one source
// channel of a group to one of its target channels.
type weights struct {
	data   []float32
	kernel int // taps in a row

	perTap, perSource, perTarget, perGroup int // distances in data
}

// pack fills j.weights with the weights of the pass's taps and panel, for depth
// source channels. Columns beyond the panel's width are zero.
func (w weights) pack(j pass, depth int) {
	to := j.weights
	for _, y := range j.y.taps {
		for _, x := range j.x.taps {
			from := w.data[(y.index*w.kernel+x.index)*w.perTap+j.group*w.perGroup+j.first*w.perTarget:]
			for l := range depth {
				line, row := to[:j.cols], from[l*w.perSource:]
				if w.perTarget == 1 {
					copy(line[:j.width], row)
				} else {
					for i := range j.width {
						line[i] = row[i*w.perTarget]
					}
				}
				clear(line[j.width:])
				to = to[j.cols:]
			}
		}
	}
}
