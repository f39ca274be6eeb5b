package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// counting is a picture whose pixels count from 1.
func counting(h, w int) *Picture {
	p := NewPicture(h, w, 1)
	for i := range p.Pixels {
		p.Pixels[i] = uint8(i + 1)
	}
	return p
}

func TestCropsByHand(t *testing.T) {
	p := counting(3, 4) // 1 2 3 4 / 5 6 7 8 / 9 10 11 12
	for name, c := range map[string]struct {
		got  *Picture
		want []uint8
	}{
		"centre":             {CentreCrop(1, 2).Apply(p, nil), []uint8{6, 7}},
		"centre, odd":        {CentreCrop(2, 3).Apply(p, nil), []uint8{1, 2, 3, 5, 6, 7}},
		"centre of a larger": {CentreCrop(5, 2).Apply(p, nil), []uint8{0, 0, 2, 3, 6, 7, 10, 11, 0, 0}},
		"over a corner":      {cut(p, -1, -1, 2, 3), []uint8{0, 0, 0, 0, 1, 2}},
		"over the other":     {cut(p, 2, 3, 2, 2), []uint8{12, 0, 0, 0}},
		"beside":             {cut(p, 0, 9, 1, 2), []uint8{0, 0}},
		"above":              {cut(p, -7, 0, 2, 2), []uint8{0, 0, 0, 0}},
	} {
		if !slices.Equal(c.got.Pixels, c.want) {
			t.Errorf("%s: got %v, want %v", name, c.got.Pixels, c.want)
		}
	}
}

// All places of a padded crop come, each about as often.
func TestPadAndCropDrawsEveryPlace(t *testing.T) {
	crop, p, r := PadAndCrop(1, 3, 4), counting(3, 4), nn.NewRandom(1)
	places := map[string]int{}
	const n = 9000
	for range n {
		places[string(crop.Apply(p, r).Pixels)]++
	}
	if len(places) != 9 {
		t.Fatalf("%d places, want 3 by 3", len(places))
	}
	for _, times := range places {
		if times < n/9*8/10 || times > n/9*12/10 {
			t.Errorf("a place came %d times of %d", times, n)
		}
	}
}

func TestRandomCropStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, w := rapid.IntRange(1, 12).Draw(t, "h"), rapid.IntRange(1, 12).Draw(t, "w")
		p := counting(h, w)
		ch, cw := rapid.IntRange(1, h).Draw(t, "crop h"), rapid.IntRange(1, w).Draw(t, "crop w")
		r := nn.NewRandom(rapid.Uint64().Draw(t, "seed"))
		got := RandomCrop(ch, cw).Apply(p, r)
		if slices.Contains(got.Pixels, 0) {
			t.Fatalf("there is black in %v", got.Pixels)
		}
		corner := int(got.Pixels[0]) - 1
		for y := range ch {
			for x := range cw {
				if want := p.At(corner/w+y, corner%w+x)[0]; got.At(y, x)[0] != want {
					t.Fatalf("row %d, column %d is %d, want %d", y, x, got.At(y, x)[0], want)
				}
			}
		}
	})
}

func TestRandomResizedCropDrawsWhatItShould(t *testing.T) {
	r := nn.NewRandom(3)
	least, widest, small, smallest := 1.0, 0.0, 0, 0
	const n = 4000
	for range n {
		top, left, h, w := drawBox(90, 120, 0.08, r)
		if top < 0 || left < 0 || h < 1 || w < 1 || top+h > 90 || left+w > 120 {
			t.Fatalf("the box %d, %d, %d, %d lies outside", top, left, h, w)
		}
		shape, area := float64(w)/float64(h), float64(h*w)/(90*120)
		least, widest = min(least, shape), max(widest, shape)
		switch {
		case area < 0.07:
			t.Fatalf("a share of %g", area)
		case area < 0.29:
			smallest++
			small++
		case area < 0.5:
			small++
		}
	}
	if least < 0.7 || least > 0.78 || widest < 1.29 || widest > 1.4 {
		t.Errorf("shapes from %g to %g, want 3:4 to 4:3", least, widest)
	}
	// From 0.08 to 0.5 of the area every box fits: there all shares are as likely.
	if half := float64(smallest) / float64(small); half < 0.46 || half > 0.54 {
		t.Errorf("%g of the boxes of 0.08 to 0.5 are below the middle", half)
	}
	for range 100 {
		top, left, h, w := drawBox(2, 1000, 0.5, r)
		if top < 0 || left < 0 || h < 1 || w < 1 || top+h > 2 || left+w > 1000 {
			t.Fatalf("in a narrow picture: %d, %d, %d, %d", top, left, h, w)
		}
	}
	got := RandomResizedCrop(7, 5, 0.08).Apply(golden(t, "noise.png"), r)
	if got.H != 7 || got.W != 5 || got.C != 3 {
		t.Errorf("a %v", got)
	}
}

func TestFlip(t *testing.T) {
	p, r, turned := counting(2, 3), nn.NewRandom(1), 0
	for range 1000 {
		switch got := Flip().Apply(p, r); {
		case slices.Equal(got.Pixels, []uint8{3, 2, 1, 6, 5, 4}):
			turned++
		case got != p:
			t.Fatalf("got %v", got.Pixels)
		}
	}
	if turned < 450 || turned > 550 {
		t.Errorf("%d of 1000 were turned", turned)
	}
}

func TestChannels(t *testing.T) {
	red := &Picture{1, 2, 3, []uint8{255, 0, 0, 10, 20, 30}}
	// 0.299*255 = 76.2; 0.299*10 + 0.587*20 + 0.114*30 = 18.15.
	if got := Channels(1).Apply(red, nil); !slices.Equal(got.Pixels, []uint8{76, 18}) || got.C != 1 {
		t.Errorf("grey %v", got.Pixels)
	}
	if got := Channels(3).Apply(counting(1, 2), nil); !slices.Equal(got.Pixels, []uint8{1, 1, 1, 2, 2, 2}) || got.C != 3 {
		t.Errorf("coloured %v", got.Pixels)
	}
}

func TestJitterByHand(t *testing.T) {
	p := func() *Picture { return &Picture{1, 2, 3, []uint8{100, 100, 100, 200, 150, 0}} }
	half := factorOne / 2
	bright := p()
	bright.blend(half, func([]uint8) int { return 0 })
	if !slices.Equal(bright.Pixels, []uint8{50, 50, 50, 100, 75, 0}) {
		t.Errorf("half the light: %v", bright.Pixels)
	}
	// The greys are 100 and 0.299*200 + 0.587*150 = 148; their mean is 124.
	contrast := p()
	mean := contrast.meanGrey()
	contrast.blend(2*factorOne, func([]uint8) int { return mean })
	if mean != 124 || !slices.Equal(contrast.Pixels, []uint8{76, 76, 76, 255, 176, 0}) {
		t.Errorf("twice the contrast around %d: %v", mean, contrast.Pixels)
	}
	dull := p()
	dull.blend(0, func(pixel []uint8) int { return int(grey(pixel)) })
	if !slices.Equal(dull.Pixels, []uint8{100, 100, 100, 148, 148, 148}) {
		t.Errorf("no saturation: %v", dull.Pixels)
	}
}

func TestJitterDrawsAroundOne(t *testing.T) {
	r := nn.NewRandom(1)
	low, high := factorOne, factorOne
	for range 10000 {
		f := drawFactor(0.4, r)
		low, high = min(low, f), max(high, f)
	}
	if low < factorOne*6/10-1 || low > factorOne*61/100 || high > factorOne*14/10+1 || high < factorOne*139/100 {
		t.Errorf("factors from %d to %d of %d", low, high, factorOne)
	}
	p := golden(t, "noise.png")
	before := slices.Clone(p.Pixels)
	if got := ColourJitter(JitterConfig{}).Apply(p, r); !slices.Equal(got.Pixels, before) {
		t.Error("no jitter changes the picture")
	}
	if got := ColourJitter(JitterConfig{Brightness: 0.4, Contrast: 0.4, Saturation: 0.4}).Apply(p, r); slices.Equal(got.Pixels, before) {
		t.Error("jitter changes nothing")
	}
}

// No transform writes to the picture it is given, and the same chance gives the
// same picture.
func TestTransformsLeaveThePictureAlone(t *testing.T) {
	p := golden(t, "noise.png")
	before := slices.Clone(p.Pixels)
	for _, transform := range []Transform{
		Flip(), PadAndCrop(4, 32, 32), RandomCrop(20, 20), CentreCrop(50, 50), RandomResizedCrop(9, 9, 0.1), Resize(9, 80), ResizeCubic(80, 9),
		ResizeShort(10), Channels(1), ColourJitter(JitterConfig{0.5, 0.5, 0.5}), fit(8, 8), Compose(Flip(), Resize(5, 5)),
	} {
		for seed := range uint64(5) {
			a, b := transform.Apply(p, nn.NewRandom(seed)), transform.Apply(p, nn.NewRandom(seed))
			if difference(a, b) != 0 {
				t.Errorf("%s: the same seed gives another picture", transform)
			}
			if len(a.Pixels) != a.H*a.W*a.C {
				t.Errorf("%s: %d pixels for a %v", transform, len(a.Pixels), a)
			}
		}
		if !slices.Equal(p.Pixels, before) {
			t.Fatalf("%s writes to the picture", transform)
		}
	}
}

// Pinned: chance gives the same pictures in every version and on every machine.
func TestTransformsAreTheSameEverywhere(t *testing.T) {
	p := golden(t, "noise.png")
	pipeline := Pipeline{RandomResizedCrop(24, 24, 0.2), PadAndCrop(2, 24, 24), Flip(), ColourJitter(JitterConfig{0.3, 0.3, 0.3})}
	sum := 0
	for seed := range uint64(20) {
		for k, v := range pipeline.Apply(p, nn.NewRandom(seed)).Pixels {
			sum += (k%97 + 1) * int(v)
		}
	}
	if want := 189103730; sum != want {
		t.Errorf("the sum is %d, want %d", sum, want)
	}
}

func TestPipelineString(t *testing.T) {
	got := fmt.Sprint(Pipeline{PadAndCrop(4, 32, 32), Flip(), ColourJitter(JitterConfig{Brightness: 0.4, Saturation: 0.2})})
	if want := "random crop 32x32 after padding 4, flip, jitter brightness 0.4 saturation 0.2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Pipeline(nil).String(); got != "as it is" {
		t.Error(got)
	}
}

func TestTransformMistakes(t *testing.T) {
	for want, wrong := range map[string]func(){
		"not 0x5":                     func() { Resize(0, 5) },
		"not 5x9999":                  func() { CentreCrop(5, 9999) },
		"must be 0 at least, got -1":  func() { PadAndCrop(-1, 3, 3) },
		"above 0 and at most 1":       func() { RandomResizedCrop(3, 3, 0) },
		"contrast must be from 0":     func() { ColourJitter(JitterConfig{Contrast: -1}) },
		"1 channel or 3, not 2":       func() { Channels(2) },
		"give it to the Loader":       func() { tiny().Pictures().With(Pipeline{Flip()}) },
		"every size must be 1":        func() { NewPicture(0, 1, 1) },
		"a number for each of 1 chan": func() { counting(1, 1).Tensor([]float32{1, 2, 3}, []float32{1, 2, 3}) },
	} {
		if got := mistakeOf(wrong); !strings.Contains(got, want) {
			t.Errorf("got %q, want something with %q", got, want)
		}
	}
}
