package kernel

// operands are what a tile works on, but for where its rows are; see tile.
type operands struct {
	c, start, bias, a, b []float32
	runs                 []int
	length, aStep        int
	relu                 bool

	// What is asked for meanwhile; see foresee.
	next []float32
	pace int
}

// sweep runs the panel's tiles down all rows of from and to.
func (p panel) sweep(own *scratch, o operands, to, from []int) {
	for len(from) > 0 {
		t, times := p.next(len(from))
		times = o.asking(times)
		rows := min(t.rows*times, len(from))
		tileTo, tileFrom := to[:rows], from[:rows]
		if rows < t.rows {
			tileTo, tileFrom = own.wholeTile(tileTo, tileFrom, t.rows)
		}
		if p.width == t.cols {
			t.run(o.c, o.start, o.bias, o.a, o.b, tileTo, tileFrom, o.runs, o.length, o.aStep, o.relu, o.next, o.pace)
		} else {
			for first := 0; first < len(tileFrom); first += t.rows {
				p.runCut(t, own, o, tileTo[first:][:t.rows], tileFrom[first:][:t.rows])
			}
		}
		o.asked(times)
		to, from = to[rows:], from[rows:]
	}
}

// runCut runs a tile that is wider than the panel: on a block of its own, of
// which the panel's columns are copied to their places.
func (p panel) runCut(t tile, own *scratch, o operands, to, from []int) {
	block, bias := own.block[:], []float32(nil)
	var start []float32
	if o.start != nil {
		start = block
		for i, at := range to {
			copy(block[i*t.cols:][:p.width], o.start[at:])
		}
	}
	if o.bias != nil {
		bias = own.bias[:]
		copy(bias, o.bias[:p.width])
	}
	t.run(block, start, bias, o.a, o.b, own.blockLines(t), from, o.runs, o.length, o.aStep, o.relu, o.next, o.pace)
	for i, at := range to {
		copy(o.c[at:][:p.width], block[i*t.cols:])
	}
}

// wholeTile returns to and from with the last row again and again, until there
// are rows for a tile.
func (s *scratch) wholeTile(to, from []int, rows int) (tileTo, tileFrom []int) {
	for i := range rows {
		s.to[i], s.from[i] = to[min(i, len(to)-1)], from[min(i, len(from)-1)]
	}
	return s.to[:rows], s.from[:rows]
}

// blockLines says where the rows of the block stand.
func (s *scratch) blockLines(t tile) []int {
	for i := range t.rows {
		s.lines[i] = i * t.cols
	}
	return s.lines[:t.rows]
}

// ceilDiv divides and rounds up.
func ceilDiv(a, b int) int { return (a + b - 1) / b }
