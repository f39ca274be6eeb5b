package engine

import (
	"slices"

	"reslab/nn/weights/onnx"
)

// window is how a window slides over pictures: heights first, then widths.
type window struct {
	kernel, stride, dilation [2]int
	before, after            [2]int // padding: above and left, below and right
	in, out                  [2]int // sizes of the picture and of what comes out
}

// picture returns an input that is a batch of pictures [N, C, H, W].
func (c *call) picture(i int) *onnx.Tensor {
	x := c.float(i)
	if len(x.Shape) != 4 || x.Len() == 0 {
		fail("it works on pictures [N C H W], and got the shape %v", x.Shape)
	}
	return x
}

// window reads the settings of a node for pictures of a shape.
func (c *call) window(x []int, kernel []int) window {
	if given, there := c.list("kernel_shape", -1); there {
		if kernel != nil && !slices.Equal(kernel, given) {
			fail("its kernel_shape is %v, and its weights are for %v", given, kernel)
		}
		kernel = given
	}
	w := window{kernel: c.both("kernel_shape", kernel), in: [2]int{x[2], x[3]}}
	w.stride, w.dilation = c.setting("strides"), c.setting("dilations")
	if pads, there := c.list("pads", -1); there {
		if len(pads) != 4 || slices.Min(pads) < 0 || slices.Max(pads) > mostNumbers {
			fail("its pads must be four sizes, and are %v", pads)
		}
		w.before, w.after = [2]int(pads[:2]), [2]int(pads[2:])
	}
	for a := range w.in {
		w.size(a, c.text("auto_pad", "NOTSET"), c.whole("ceil_mode", 0) == 1)
	}
	return w
}

// setting returns a pair of sizes, 1 and 1 if they are not given.
func (c *call) setting(name string) [2]int {
	if given, there := c.list(name, -1); there {
		return c.both(name, given)
	}
	return [2]int{1, 1}
}

func (c *call) both(name string, sizes []int) [2]int {
	if len(sizes) != 2 || slices.Min(sizes) < 1 || slices.Max(sizes) > mostNumbers {
		fail("its %s must be two sizes of at least 1, and is %v", name, sizes)
	}
	return [2]int(sizes)
}

// size works out the padding, if that is automatic, and what comes out.
func (w *window) size(a int, auto string, up bool) {
	reach := (w.kernel[a]-1)*w.dilation[a] + 1
	switch auto {
	case "SAME_UPPER", "SAME_LOWER": // as many places as steps; an odd margin goes there
		w.out[a] = (w.in[a] + w.stride[a] - 1) / w.stride[a]
		all := max(0, (w.out[a]-1)*w.stride[a]+reach-w.in[a])
		w.before[a] = all / 2
		if auto == "SAME_LOWER" {
			w.before[a] = all - all/2
		}
		w.after[a] = all - w.before[a]
		return
	case "VALID":
		w.before[a], w.after[a] = 0, 0
	case "NOTSET", "":
	default:
		fail("its auto_pad %q is not known", auto)
	}
	room := w.in[a] + w.before[a] + w.after[a] - reach
	if room < 0 {
		fail("its window of %d does not fit into a picture of %d, padded by %d and %d", reach, w.in[a], w.before[a], w.after[a])
	}
	w.out[a] = room/w.stride[a] + 1
	// Rounded up, the last window must still begin inside of the picture.
	if up && room%w.stride[a] != 0 && w.out[a]*w.stride[a] < w.in[a]+w.before[a] {
		w.out[a]++
	}
}

// taps returns the rows (or columns) of the picture under place i of the window:
// first, first+dilation and so on, while below end. Padding is left out.
func (w *window) taps(a, i int) (first, end int) {
	first = i*w.stride[a] - w.before[a]
	end = min(w.in[a], first+(w.kernel[a]-1)*w.dilation[a]+1)
	if first < 0 {
		first += (-first + w.dilation[a] - 1) / w.dilation[a] * w.dilation[a]
	}
	return first, end
}
