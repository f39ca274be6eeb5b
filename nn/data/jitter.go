package data

import (
	"fmt"
	"strings"

	"reslab/nn"
)

// JitterConfig says how much light and colour may change: 0 leaves as it is, 0.4
// draws a factor from 0.6 to 1.4.
type JitterConfig struct {
	Brightness float64 // times the factor
	Contrast   float64 // distance from the picture's mean grey, times the factor
	Saturation float64 // distance from the pixel's own grey, times the factor
}

// ColourJitter changes the light and the colours of each picture by factors
// drawn by chance: brightness first, then contrast, then saturation (Krizhevsky
// 2013, Howard 2013). On a grey picture saturation does nothing.
func ColourJitter(cfg JitterConfig) Transform {
	var does []string
	for _, part := range []struct {
		name   string
		amount float64
	}{{"brightness", cfg.Brightness}, {"contrast", cfg.Contrast}, {"saturation", cfg.Saturation}} {
		if !(part.amount >= 0 && part.amount <= 1) {
			panic(mistake("ColourJitter", "%s must be from 0 to 1, got %g", part.name, part.amount))
		}
		if part.amount > 0 {
			does = append(does, fmt.Sprintf("%s %g", part.name, part.amount))
		}
	}
	name := "jitter " + strings.Join(append(does, "nothing")[:max(1, len(does))], " ")
	return Transform{Name: name, Random: true, Apply: func(p *Picture, r *nn.Random) *Picture {
		q := &Picture{p.H, p.W, p.C, append([]uint8(nil), p.Pixels...)}
		brightness, contrast, saturation := drawFactor(cfg.Brightness, r), drawFactor(cfg.Contrast, r), drawFactor(cfg.Saturation, r)
		q.blend(brightness, func([]uint8) int { return 0 })
		mean := q.meanGrey()
		q.blend(contrast, func([]uint8) int { return mean })
		q.blend(saturation, func(pixel []uint8) int { return int(grey(pixel)) })
		return q
	}}
}

// factorOne is the factor 1: factors are whole numbers, so that all machines
// find the same pixels.
const factorOne = 1 << 12

func drawFactor(amount float64, r *nn.Random) int {
	width := int(amount * factorOne)
	return factorOne - width + r.Intn(2*width+1)
}

// blend moves each channel of each pixel away from a point, or towards it.
func (p *Picture) blend(factor int, point func(pixel []uint8) int) {
	if factor == factorOne {
		return
	}
	for k := 0; k < len(p.Pixels); k += p.C {
		pixel := p.Pixels[k : k+p.C]
		from := point(pixel)
		for c, v := range pixel {
			moved := (from*factorOne + (int(v)-from)*factor + factorOne/2) >> 12
			pixel[c] = uint8(min(max(moved, 0), 255))
		}
	}
}

// meanGrey returns how bright the picture is, rounded.
func (p *Picture) meanGrey() int {
	sum, n := 0, p.H*p.W
	for k := 0; k < len(p.Pixels); k += p.C {
		sum += int(grey(p.Pixels[k : k+p.C]))
	}
	return (sum + n/2) / n
}
