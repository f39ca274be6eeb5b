package spring

// point is a place: x to the right, y down.
type point struct{ x, y fix }

func (p point) length() fix { return root(mul(p.x, p.x) + mul(p.y, p.y)) }

// frame is a sheet of paper of its own for a thing to be drawn on: laid on the
// picture at a place, turned and stretched. out leads from its points to those
// of the picture, in leads back.
type frame struct {
	at      point
	out, in matrix
	size    fix // a length of one on the sheet, about, in edges of the picture
}

// matrix maps (x, y) to (xx*x + xy*y, yx*x + yy*y).
type matrix struct{ xx, xy, yx, yy fix }

func (m matrix) apply(p point) point {
	return point{mul(m.xx, p.x) + mul(m.xy, p.y), mul(m.yx, p.x) + mul(m.yy, p.y)}
}

// after returns the matrix that applies n first and then m.
func (m matrix) after(n matrix) matrix {
	x, y := m.apply(point{n.xx, n.yx}), m.apply(point{n.xy, n.yy})
	return matrix{x.x, y.x, x.y, y.y}
}

// picture is the frame of the whole picture: (0, 0) top left, (one, one) below right.
var picture = frame{out: matrix{one, 0, 0, one}, in: matrix{one, 0, 0, one}, size: one}

// move lays the sheet at a place of the old one.
func (f frame) move(x, y fix) frame {
	d := f.out.apply(point{x, y})
	f.at = point{f.at.x + d.x, f.at.y + d.y}
	return f
}

// turn turns the sheet clockwise, by turns.
func (f frame) turn(turns fix) frame {
	s, c := sin(turns), cos(turns)
	f.out = f.out.after(matrix{c, -s, s, c})
	f.in = matrix{c, s, -s, c}.after(f.in)
	return f
}

// scale makes the sheet larger or smaller.
func (f frame) scale(by fix) frame { return f.stretch(by, by) }

// stretch scales the two directions of the sheet. A negative x mirrors it.
func (f frame) stretch(x, y fix) frame {
	f.out = f.out.after(matrix{x, 0, 0, y})
	f.in = matrix{div(one, x), 0, 0, div(one, y)}.after(f.in)
	f.size = mul(f.size, root(mul(max(x, -x), y)))
	return f
}

// local returns where a place of the picture is on the sheet.
func (f frame) local(p point) point {
	return f.in.apply(point{p.x - f.at.x, p.y - f.at.y})
}

// box returns the corners, on the picture, of what surely holds the sheet's
// points from low to high.
func (f frame) box(low, high point) (first, last point) {
	middle := f.out.apply(point{(low.x + high.x) / 2, (low.y + high.y) / 2})
	half := point{(high.x - low.x) / 2, (high.y - low.y) / 2}
	x := mul(abs(f.out.xx), half.x) + mul(abs(f.out.xy), half.y)
	y := mul(abs(f.out.yx), half.x) + mul(abs(f.out.yy), half.y)
	at := point{f.at.x + middle.x, f.at.y + middle.y}
	return point{at.x - x, at.y - y}, point{at.x + x, at.y + y}
}

func abs(a fix) fix { return max(a, -a) }
