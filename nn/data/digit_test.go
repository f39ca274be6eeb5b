package data

import (
	"bytes"
	"context"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// mnistOrSkip loads MNIST where it is.
func mnistOrSkip(t *testing.T) (train, test *Set) {
	t.Helper()
	train, test, err := Load("mnist")
	if err != nil {
		t.Skip(err)
	}
	return train, test
}

// onCanvas puts a picture on a larger one.
func onCanvas(p *Picture, h, w, top, left int) *Picture {
	canvas := NewPicture(h, w, 1)
	for y := range p.H {
		copy(canvas.Pixels[(top+y)*w+left:], p.Pixels[y*p.W:(y+1)*p.W])
	}
	return canvas
}

// A bar of 10x5 pixels becomes one of 20x10. Its centre of mass, half a pixel from
// either of two, comes to pixel 14, counted from 0.
func TestCentreDigitByHand(t *testing.T) {
	bar := NewPicture(10, 5, 1)
	for i := range bar.Pixels {
		bar.Pixels[i] = 255
	}
	q := CentreDigit(onCanvas(bar, 40, 30, 1, 20))
	for y := range 28 {
		for x := range 28 {
			want := uint8(0)
			if y >= 5 && y < 25 && x >= 10 && x < 20 {
				want = 255
			}
			if got := q.At(y, x)[0]; got != want {
				t.Fatalf("pixel %d, %d is %d, want %d", y, x, got, want)
			}
		}
	}
}

func TestCentreDigitWithoutInk(t *testing.T) {
	q := CentreDigit(NewPicture(5, 9, 1))
	if q.H != 28 || q.W != 28 || !bytes.Equal(q.Pixels, make([]uint8, 28*28)) {
		t.Errorf("got %v", q)
	}
}

// MNIST's own pictures were made in this way, so that they stay as they are.
func TestCentreDigitLeavesMNIST(t *testing.T) {
	_, test := mnistOrSkip(t)
	same := 0
	for i := range test.Len() {
		p := test.Picture(i)
		if bytes.Equal(CentreDigit(p).Pixels, p.Pixels) {
			same++
		}
	}
	t.Logf("%d of %d test pictures stay as they are, byte for byte", same, test.Len())
	if same < 9990 {
		t.Errorf("only %d of %d pictures stay as they are", same, test.Len())
	}
}

// Wherever it is drawn, it comes out the same; and never is ink cut off.
func TestCentreDigitAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ink := NewPicture(rapid.IntRange(1, 30).Draw(t, "h"), rapid.IntRange(1, 30).Draw(t, "w"), 1)
		for i := range ink.Pixels {
			ink.Pixels[i] = rapid.Byte().Draw(t, "v")
		}
		place := rapid.IntRange(0, 20)
		a := CentreDigit(onCanvas(ink, 50, 50, place.Draw(t, "top"), place.Draw(t, "left")))
		b := CentreDigit(ink)
		if !bytes.Equal(a.Pixels, b.Pixels) {
			t.Fatal("the place matters")
		}
		if cut := inkOf(b); cut != nil && inkOf(ink) != nil && max(cut.H, cut.W) > digitBox {
			t.Fatalf("the ink is %v", cut)
		}
	})
}

// A net that learned from MNIST names test digits that were drawn anywhere on a
// pad, and at two sizes, as well as it names them in their place, and cannot
// without CentreDigit.
func TestCentreDigitBringsThemHome(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a net")
	}
	train, test := mnistOrSkip(t)
	test = test.First(2000)
	net := nn.NewSequential().Add("flat", nn.NewFlatten()).Add("a", nn.NewLinear(784, 32)).Add("relu", nn.NewReLU()).Add("b", nn.NewLinear(32, 10))
	nn.Init(net, 1, nn.HeFanIn)
	training := &nn.Training{Model: net, Batches: NewLoader(train, LoaderConfig{Batch: 64, Seed: 1}).Batch,
		Rate: nn.Constant(0.05), Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}), Steps: 1000}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	random := nn.NewRandom(1)
	moved, home := *test, *test
	moved.Pixels, home.Pixels = nil, nil
	for i := range test.Len() {
		p := test.Picture(i)
		size := 28 << random.Intn(2)
		large := resample(p, size, size, bilinear)
		drawn := onCanvas(large, 84, 84, random.Intn(85-size), random.Intn(85-size))
		moved.Pixels = append(moved.Pixels, resample(drawn, 28, 28, bilinear).Pixels...)
		home.Pixels = append(home.Pixels, CentreDigit(drawn).Pixels...)
	}
	var right []float64
	for _, s := range []*Set{test, &moved, &home} {
		e, err := nn.Evaluate(context.Background(), net, s.All(250), 1)
		if err != nil {
			t.Fatal(err)
		}
		right = append(right, e.Top1)
	}
	t.Logf("named right: %.3f in their place, %.3f anywhere, %.3f brought home", right[0], right[1], right[2])
	if right[0] < 0.9 || right[1] > right[0]-0.3 || right[2] < right[0]-0.02 {
		t.Errorf("named right: %.3f in their place, %.3f anywhere, %.3f brought home", right[0], right[1], right[2])
	}
}

// A seven that is drawn small and high in the corner stands in the middle then.
func TestCentreDigitOfASeven(t *testing.T) {
	seven := NewPicture(84, 84, 1)
	stroke := func(y0, x0, y1, x1 float64) {
		for i := range 101 {
			s := float64(i) / 100
			y, x := y0+s*(y1-y0), x0+s*(x1-x0)
			for dy := -2; dy <= 2; dy++ {
				for dx := -2; dx <= 2; dx++ {
					seven.At(int(y)+dy, int(x)+dx)[0] = 255
				}
			}
		}
	}
	stroke(4, 4, 4, 20)
	stroke(4, 20, 30, 10)
	q := CentreDigit(seven)
	ink := inkOf(q)
	if ink.H != 20 || ink.W >= 20 {
		t.Errorf("the ink is %v", ink)
	}
	if top, left := settled(ink); q.At(top, left)[0] == 0 || q.At(top, left+ink.W-1)[0] == 0 || q.At(top+ink.H-1, left+ink.W-1)[0] != 0 {
		t.Error("the ink is not where it belongs")
	}
}
