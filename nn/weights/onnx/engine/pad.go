package engine

import "reslab/nn/weights/onnx"

// pad adds a margin: of a constant, of the mirrored picture, or of its edge. Below
// zero, it cuts one off.
func pad(c *call) *onnx.Tensor {
	x := c.any(0)
	pads, _ := c.list("pads", 1)
	axes := places(len(x.Shape), 0, 1)
	if c.has(3) {
		axes = c.ints(3)
	}
	if len(pads) != 2*len(axes) {
		fail("%d axes need as many margins before and after them, and the pads are %v", len(axes), pads)
	}
	mode := c.text("mode", "constant")
	m := stay(x.Shape)
	for i, axis := range axes {
		axis = axisOf(axis, len(x.Shape))
		m[axis] = margin(m[axis], pads[i], pads[len(axes)+i], mode)
	}
	float, whole := c.number("value", 0), int64(0)
	if c.has(2) {
		if v := c.in[2]; v.Len() != 1 || v.Type.Whole() != x.Type.Whole() {
			fail("the margin is filled with one number of the type of x, and not with %v", v)
		} else if v.Type.Whole() {
			whole = v.Ints[0]
		} else {
			float = v.Floats[0]
		}
	}
	return m.filled(x, float, whole)
}

// margin adds places before and after.
func margin(all []int, before, after int, mode string) []int {
	n := len(all)
	if before > mostNumbers || after > mostNumbers || n+before+after < 0 || before < -n || after < -n {
		fail("margins of %d and %d do not go with an axis of %d", before, after, n)
	}
	out := make([]int, 0, n+before+after)
	for i := -before; i < n+after; i++ {
		inside := i >= 0 && i < n
		switch {
		case inside:
			out = append(out, all[i])
		case mode == "constant":
			out = append(out, nowhere)
		case mode == "edge" && n > 0:
			out = append(out, all[max(0, min(i, n-1))])
		case mode == "reflect" && i > -n && i < 2*n-1:
			out = append(out, all[mirrored(i, n)])
		default:
			fail("a margin of the mode %q, %d wide, does not go with an axis of %d", mode, max(before, after), n)
		}
	}
	return out
}

// mirrored is where a place outside is found in the mirror that stands at the last
// number.
func mirrored(i, n int) int {
	if i < 0 {
		return -i
	}
	return 2*(n-1) - i
}
