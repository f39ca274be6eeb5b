package dataset

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"reslab/nn/data"
)

const (
	blockEdge = 32 // letters that a picture is wide at most
	blockGap  = 2  // letters between pictures
	blockRows = 4  // of pictures, unless there must be more
)

// blocks draws pictures side by side with half blocks, two pixels to a letter,
// and the name of its class below each. columns is how many stand in a row, as
// far as there is room; 0: as many as there is room for.
func blocks(set *data.Set, columns, width int) string {
	h, w := set.H, set.W
	if edge := max(h, w); edge > blockEdge {
		h, w = max(1, h*blockEdge/edge), max(1, w*blockEdge/edge)
	}
	resize := data.Resize(h, w)
	room := max(1, (width+blockGap)/(w+blockGap))
	n, step := min(set.Len(), room*blockRows), room
	if columns > 0 {
		n, step, room = set.Len(), columns, min(room, columns)
	}
	var out strings.Builder
	for first := 0; first < n; first += step {
		var row []*data.Picture
		var names []string
		for i := first; i < min(first+room, n); i++ {
			row, names = append(row, resize.Apply(set.Picture(i), nil)), append(names, set.Class(i))
		}
		blockRow(&out, row, names)
	}
	return out.String()
}

// blockRow draws pictures of one size and the line of their names.
func blockRow(out *strings.Builder, row []*data.Picture, names []string) {
	gap := strings.Repeat(" ", blockGap)
	for y := 0; y < row[0].H; y += 2 {
		for _, p := range row {
			for x := range p.W {
				out.WriteString(colour(38, p.At(y, x)))
				if y+1 < p.H {
					out.WriteString(colour(48, p.At(y+1, x)))
				}
				out.WriteString("▀\x1b[0m")
			}
			out.WriteString(gap)
		}
		out.WriteString("\n")
	}
	for i, name := range names {
		name = shorten(name, row[i].W)
		out.WriteString(name + strings.Repeat(" ", row[i].W-utf8.RuneCountInString(name)) + gap)
	}
	out.WriteString("\n\n")
}

// colour is the escape code that sets the colour of a letter (38) or of what is
// behind it (48).
func colour(layer int, pixel []uint8) string {
	r, g, b := pixel[0], pixel[0], pixel[0]
	if len(pixel) == 3 {
		g, b = pixel[1], pixel[2]
	}
	return fmt.Sprintf("\x1b[%d;2;%d;%d;%dm", layer, r, g, b)
}

// shorten cuts a name that is longer than there is room for.
func shorten(name string, room int) string {
	if letters := []rune(name); len(letters) > room {
		return string(letters[:room-1]) + "…"
	}
	return name
}
