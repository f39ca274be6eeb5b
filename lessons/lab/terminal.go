package lab

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strings"

	"reslab/nn"
)

// Terminal returns a Sink that prints to w. An Update is printed below what it
// takes the place of, unless it reads the same, and a Step not at all.
func Terminal(w io.Writer) Sink {
	last := map[int64]string{} // of each Live
	return func(v any) {
		switch v := v.(type) {
		case Step:
		case Update:
			if text := terminalText(v.Value); text != last[v.Live] {
				last[v.Live] = text
				fmt.Fprintln(w, text)
			}
		default:
			fmt.Fprintln(w, terminalText(v))
		}
	}
}

// terminalText is what a terminal shows of a value.
func terminalText(v any) string {
	switch v := v.(type) {
	case *nn.Tensor:
		return tensorText(v)
	case image.Image:
		return tensorText(grey(v))
	}
	return fmt.Sprint(v)
}

const (
	mostNumbers  = 8  // the longest edge of a picture that is shown as numbers
	mostChannels = 4  // the most drawings for one tensor
	mostColumns  = 38 // the widest drawing, in pixels of two characters
)

// tensorText shows the channels of one picture [1, H, W, C] or [H, W, C] one
// after another. Other tensors describe themselves.
func tensorText(t *nn.Tensor) string {
	if t == nil || len(t.Shape) < 3 || len(t.Shape) > 4 {
		return t.String()
	}
	size := t.Shape[len(t.Shape)-3:]
	h, w, channels := size[0], size[1], size[2]
	if channels > mostChannels || len(t.Data) != h*w*channels {
		return t.String()
	}
	var b strings.Builder
	numbers := max(h, w) <= mostNumbers
	low, high := span(t)
	b.WriteString(title(t, numbers, low, high))
	for c := range channels {
		if channels > 1 {
			fmt.Fprintf(&b, "\nchannel %d", c)
		}
		plane := nn.NewTensor(h, w)
		for i := range plane.Data {
			plane.Data[i] = t.Data[i*channels+c]
		}
		b.WriteByte('\n')
		if numbers {
			_, rows, _ := strings.Cut(plane.String(), "\n")
			b.WriteString(rows)
		} else {
			b.WriteString(drawing(shrink(plane), low, high))
		}
	}
	return b.String()
}

// title names the shape, and what a drawing's characters stand for.
func title(t *nn.Tensor, numbers bool, low, high float64) string {
	head := fmt.Sprintf("tensor %v", t.Shape)
	switch {
	case numbers:
		return head
	case low < 0:
		return fmt.Sprintf("%s, from %.4g to %.4g; + and # above zero, - and = below", head, low, high)
	}
	return fmt.Sprintf("%s, from %.4g to %.4g", head, low, high)
}

// shades goes from zero to the largest number. It has no dot: in the output of
// a lesson three dots match anything.
const shades = " ,:coO8@"

// drawing draws numbers between low and high as characters, in a frame. Two
// characters stand side by side for each pixel: a character is twice as high as
// wide.
func drawing(plane *nn.Tensor, low, high float64) string {
	shade := func(v float64) byte { return brightness(v / high) }
	if low < 0 {
		largest := max(-low, high)
		shade = func(v float64) byte { return sign(v / largest) }
	}
	var rows []string
	for i := range plane.Shape[0] {
		row := []byte{'|'}
		for j := range plane.Shape[1] {
			c := shade(float64(plane.At(i, j)))
			row = append(row, c, c)
		}
		rows = append(rows, string(row)+"|")
	}
	return strings.Join(rows, "\n")
}

// brightness returns the shade of a share of the largest number. Where all
// numbers are zero the share is none, and the picture is black.
func brightness(share float64) byte {
	if !(share > 0) {
		return shades[0]
	}
	return shades[int(math.Round(min(share, 1)*float64(len(shades)-1)))]
}

// sign tells positive from negative shares of the largest magnitude.
func sign(share float64) byte {
	switch {
	case share > 0.5:
		return '#'
	case share > 0.1:
		return '+'
	case share < -0.5:
		return '='
	case share < -0.1:
		return '-'
	}
	return ' '
}

// shrink averages blocks of pixels until the plane fits on a terminal.
func shrink(plane *nn.Tensor) *nn.Tensor {
	h, w := plane.Shape[0], plane.Shape[1]
	block := (w + mostColumns - 1) / mostColumns
	if block == 1 {
		return plane
	}
	small := nn.NewTensor((h+block-1)/block, (w+block-1)/block)
	for i := range small.Shape[0] {
		for j := range small.Shape[1] {
			var sum, n float64
			for row := i * block; row < min((i+1)*block, h); row++ {
				for column := j * block; column < min((j+1)*block, w); column++ {
					sum += float64(plane.At(row, column))
					n++
				}
			}
			small.Set(float32(sum/n), i, j)
		}
	}
	return small
}

// grey returns the brightness of an image, 0 to 1, as a tensor [H, W, 1].
func grey(m image.Image) *nn.Tensor {
	area := m.Bounds()
	if area.Empty() {
		return nil
	}
	t := nn.NewTensor(area.Dy(), area.Dx(), 1)
	for i := range area.Dy() {
		for j := range area.Dx() {
			brightness := color.Gray16Model.Convert(m.At(area.Min.X+j, area.Min.Y+i)).(color.Gray16)
			t.Set(float32(brightness.Y)/0xffff, i, j, 0)
		}
	}
	return t
}

func span(t *nn.Tensor) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range t.Data {
		low, high = min(low, float64(v)), max(high, float64(v))
	}
	return low, high
}
