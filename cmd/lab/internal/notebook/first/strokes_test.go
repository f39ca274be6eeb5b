package first

import (
	"math"

	"reslab/cmd/lab/internal/notebook/ink"
)

// strokes are digits as a person draws them: lines through points of a pad from
// 0 to 1, x to the right and y down.
var strokes = map[int][][][2]float64{
	0: {round(0.5, 0.5, 0.2, 0.3, 0, 2*math.Pi)},
	1: {{{0.5, 0.15}, {0.5, 0.85}}},
	2: {append(round(0.5, 0.35, 0.2, 0.18, -math.Pi, 0.5), [2]float64{0.3, 0.85}, [2]float64{0.72, 0.85})},
	3: {append(round(0.48, 0.33, 0.2, 0.16, -2.5, 1.4), round(0.48, 0.66, 0.22, 0.17, -1.4, 2.5)...)},
	4: {{{0.6, 0.85}, {0.6, 0.15}, {0.25, 0.62}, {0.8, 0.62}}},
	5: {append([][2]float64{{0.7, 0.15}, {0.37, 0.15}, {0.35, 0.45}}, round(0.47, 0.62, 0.22, 0.2, -2, 2.5)...)},
	6: {append([][2]float64{{0.62, 0.12}, {0.4, 0.35}}, round(0.5, 0.65, 0.18, 0.18, -math.Pi, math.Pi)...)},
	7: {{{0.28, 0.18}, {0.74, 0.18}, {0.45, 0.85}}},
	8: {append(round(0.5, 0.32, 0.15, 0.15, math.Pi/2, 2.5*math.Pi), round(0.5, 0.66, 0.18, 0.19, -math.Pi/2, 1.5*math.Pi)...)},
	9: {append(round(0.48, 0.34, 0.17, 0.18, 0, 2*math.Pi), [2]float64{0.65, 0.36}, [2]float64{0.62, 0.85})},
}

// round is an arc of an ellipse; angles go clockwise from the right.
func round(x, y, rx, ry, from, to float64) (points [][2]float64) {
	for i := range 25 {
		angle := from + (to-from)*float64(i)/24
		points = append(points, [2]float64{x + rx*math.Cos(angle), y + ry*math.Sin(angle)})
	}
	return points
}

// drawn is a digit on the pad, as the page would send it: scaled about a corner
// and with a round pen.
func drawn(digit int, scale, left, top float64) []byte {
	pen := 3.2 * scale // pixels, the radius: the page draws so for the net
	drawing := make([]byte, ink.Size*ink.Size)
	for _, line := range strokes[digit] {
		for i := 1; i < len(line); i++ {
			ax, ay := (left+scale*line[i-1][0])*ink.Size, (top+scale*line[i-1][1])*ink.Size
			bx, by := (left+scale*line[i][0])*ink.Size, (top+scale*line[i][1])*ink.Size
			for y := range ink.Size {
				for x := range ink.Size {
					d := distance(float64(x)+0.5, float64(y)+0.5, ax, ay, bx, by)
					drawing[y*ink.Size+x] = max(drawing[y*ink.Size+x], byte(255*min(max(pen+0.5-d, 0), 1)))
				}
			}
		}
	}
	return drawing
}

// distance is that of a point to a piece of a line.
func distance(x, y, ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := 0.0
	if long := dx*dx + dy*dy; long > 0 {
		t = min(max(((x-ax)*dx+(y-ay)*dy)/long, 0), 1)
	}
	return math.Hypot(x-ax-t*dx, y-ay-t*dy)
}
