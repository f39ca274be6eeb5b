package kernel

// slide moves windows over a batch of pictures, the source, and computes one
// pixel of the target at each position: the forward pass and, over dy, the
// gradient of the input. All windows have the same step.
type slide struct {
	n, groups      int
	source, target picture
	windows        []window
	weights        weights
	bias           []float32 // one for each target channel, or nil
}

// pass is the way of one window over a picture for one panel of target channels.
type pass struct {
	*path
	panel
	weights []float32 // packed as the tile reads b: [runs][length][cols]
}

// path is where a window goes, and what it reads at each place.
type path struct {
	window
	from, to, runs []int
	length         int
}

// run computes target, overwriting it.
func (s slide) run(target, source []float32) {
	packed := getScratch()
	defer packed.release()
	frame := s.source.frame(s.windows...)
	passes := s.passes(frame, packed)
	cut := s.cut(len(passes))
	Parallel(s.n*cut.bands*cut.parts, func(item int) {
		n, band, part := item/(cut.bands*cut.parts), item/cut.parts%cut.bands, item%cut.parts
		first, end := band*cut.rows, (band+1)*cut.rows
		own := getScratch()
		defer own.release()
		in, out := source[n*s.source.size():], target[n*s.target.size():]
		if !frame.bare() {
			in = resize(&own.picture, frame.size())
			step := s.windows[0].y.step
			frame.fill(in, source[n*s.source.size():], first*step, (end-1)*step+frame.reach)
		}
		for _, j := range passes[part*len(passes)/cut.parts : (part+1)*len(passes)/cut.parts] {
			s.do(j, own, out, in, first, end)
		}
	})
}

// passes lists what there is to do for a picture. The weights are packed into
// memory.
func (s slide) passes(frame framed, memory *scratch) []pass {
	depth := s.source.channels / s.groups
	panels := kernels.panels(s.groups, s.target.channels/s.groups)
	var passes []pass
	total := 0
	for _, w := range s.windows {
		p := &path{window: w}
		p.from, p.to = w.positions(frame.picture, s.target)
		p.runs, p.length = w.runs(frame, depth)
		for _, panel := range panels {
			passes = append(passes, pass{path: p, panel: panel})
			total += len(p.runs) * p.length * panel.cols
		}
	}
	rest := resize(&memory.floats, total)
	for i, j := range passes {
		size := len(j.runs) * j.length * j.cols
		passes[i].weights, rest = rest[:size], rest[size:]
	}
	Parallel(len(passes), func(i int) { s.weights.pack(passes[i], depth) })
	return passes
}

// do computes the pass's target channels for the window's rows [first, end).
func (s slide) do(j pass, own *scratch, target, source []float32, first, end int) {
	first, end = min(first, j.y.count)*j.x.count, min(end, j.y.count)*j.x.count
	channel := j.group*s.target.channels/s.groups + j.first
	target, source = target[channel:], source[j.group*s.source.channels/s.groups:]
	to := j.to[first:end]
	j.sweep(own, target, source, j.weights, to, j.from[first:end], j.runs, j.length)
	if s.bias != nil {
		addBias(target, s.bias[channel:][:j.width], to)
	}
}

// addBias adds it to each of the pixels.
func addBias(target, bias []float32, pixels []int) {
	for _, at := range pixels {
		pixel := target[at:][:len(bias)]
		for i := range pixel {
			pixel[i] += bias[i]
		}
	}
}

// cut says how the work is cut into items: each picture into bands of so many
// rows, the passes into parts.
type cut struct{ bands, rows, parts int }

// cut makes about wantItems items, or more, if the shape has them. It cuts
// pictures first: parts put the same picture into its frame again.
func (s slide) cut(passes int) cut {
	const wantItems, minPixels = 16, 64
	height, width := 0, 0
	for _, w := range s.windows {
		height, width = max(height, w.y.count), max(width, w.x.count)
	}
	rows := max(ceilDiv(height, ceilDiv(wantItems, max(s.n, 1))), ceilDiv(minPixels, max(width, 1)))
	bands := ceilDiv(height, rows)
	return cut{bands, rows, min(passes, ceilDiv(wantItems, max(s.n*bands, 1)))}
}

// ceilDiv divides and rounds up.
func ceilDiv(a, b int) int { return (a + b - 1) / b }
