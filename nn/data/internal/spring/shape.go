package spring

// shape is a flat thing on a sheet. edge says how far a point is outside of it,
// about; inside it is negative. low and high are corners that hold it.
type shape struct {
	low, high point
	edge      func(p point) fix
}

// disc is round, its middle at the origin.
func disc(radius fix) shape {
	return shape{point{-radius, -radius}, point{radius, radius}, func(p point) fix { return p.length() - radius }}
}

// oval is a disc with two radii.
func oval(rx, ry fix) shape {
	return shape{point{-rx, -ry}, point{rx, ry}, func(p point) fix {
		q := point{div(p.x, rx), div(p.y, ry)}
		k, slope := q.length(), point{div(q.x, rx), div(q.y, ry)}.length()
		if slope < pct {
			return -min(rx, ry)
		}
		return div(mul(k, k-one), slope)
	}}
}

// profile says how wide a petal is, as a share of its full width, at a share of
// its length.
type profile func(t fix) fix

// Profiles of petals, wings and leaves.
var (
	round  profile = func(t fix) fix { return root(4 * mul(t, one-t)) }                  // an ellipse
	almond profile = func(t fix) fix { return div(mul(root(t), one-mul(t, t)), 53*pct) } // widest before the middle, pointed
	tip    profile = func(t fix) fix {
		return mul(smooth(-25*pct, 55*pct, t), root(one-pow8(t))) - mul(20*pct, smooth(60*pct, one, t))
	} // round, with a small point
	spoon profile = func(t fix) fix { return mul(smooth(0, 70*pct, t), root(2*(one-t))) }                   // a stalk, then round
	cup   profile = func(t fix) fix { return mul(smooth(-30*pct, 35*pct, t), root(one-mul(t, mul(t, t)))) } // a bowl on its stalk
	strap profile = func(t fix) fix { return mul(smooth(-10*pct, 35*pct, t), root(one-pow8(t))) }           // a ribbon with a round end
	spear profile = func(t fix) fix { return 4 * mul(t, one-t) }                                            // pointed at both ends
	wing  profile = func(t fix) fix { return mul(smooth(0, 85*pct, t), root(one-pow8(t))) }                 // broad far out
)

func pow8(t fix) fix {
	t = mul(t, t)
	t = mul(t, t)
	return mul(t, t)
}

// petal grows from the origin along x. Its width is that on one side of its axis.
func petal(length, width fix, wide profile) shape {
	return shape{point{0, -width * 5 / 4}, point{length, width * 5 / 4}, func(p point) fix {
		if p.x <= 0 || p.x >= length {
			return max(abs(p.y), -p.x, p.x-length)
		}
		return abs(p.y) - mul(width, wide(div(p.x, length)))
	}}
}

// line runs from the origin along x. Its half width goes from w0 to w1.
func line(length, w0, w1 fix) shape {
	w := max(w0, w1)
	return shape{point{-w, -w}, point{length + w, w}, func(p point) fix {
		t := clamp(div(p.x, length))
		return point{p.x - mul(t, length), p.y}.length() - mix(w0, w1, t)
	}}
}
