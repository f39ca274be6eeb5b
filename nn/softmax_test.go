package nn_test

import (
	"math"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

// exp(0) : exp(ln 3) is 1 : 3, so the shares are 1/4 and 3/4. With dy = 1 0 the
// mean of dy under them is 1/4: dx = 1/4*(1-1/4), 3/4*(0-1/4) = 3/16, -3/16.
func TestSoftmaxByHand(t *testing.T) {
	s := nn.NewSoftmax()
	wantNumbers(t, "p", s.Forward(nn.FromSlice([]float32{0, float32(math.Log(3))}, 1, 2), true), []int{1, 2}, 0.25, 0.75)
	wantNumbers(t, "dx", s.Backward(nn.FromSlice([]float32{1, 0}, 1, 2)), []int{1, 2}, 0.1875, -0.1875)
}

func TestSoftmaxGradients(t *testing.T) {
	for _, shape := range [][]int{{5, 3}, {2, 10}, {1, 2, 3, 4}, {3, 1}, {7}} {
		x := randn(3, shape...)
		agrees(t, nn.NewSoftmax(), x, refSoftmax(shape[len(shape)-1]), 1e-6)
		if shape[len(shape)-1] > 1 {
			nudges(t, nn.NewSoftmax(), x)
		}
	}
}

// Adding a number to all scores of a row changes no share, and huge scores
// are no trouble.
func TestSoftmaxOfLargeScores(t *testing.T) {
	for _, add := range []float32{0, 1e4, -1e4, 1e30} {
		x := nn.FromSlice([]float32{add, add, add, add}, 2, 2)
		wantNumbers(t, "p", nn.NewSoftmax().Forward(x, true), []int{2, 2}, 0.5, 0.5, 0.5, 0.5)
		loss, dx := nn.CrossEntropy(x, []int{0, 1})
		if !near(loss, math.Ln2, 1e-9) {
			t.Errorf("the loss of an even guess is %v, want ln 2", loss)
		}
		wantNumbers(t, "dx", dx, []int{2, 2}, -0.25, 0.25, 0.25, -0.25)
	}
	loss, dx := nn.CrossEntropy(nn.FromSlice([]float32{1000, 0}, 1, 2), []int{1})
	if loss != 1000 {
		t.Errorf("loss %v, want 1000", loss)
	}
	wantNumbers(t, "dx", dx, []int{1, 2}, 1, -1)
}

// Shares 1/4 and 3/4 as above, twice, with label 0 and label 1.
//
//	plain:    L = (ln 4 + ln 4/3)/2          dx = (p - onehot)/2
//	weighted by 3 and 1:  L = (3 ln 4 + ln 4/3)/4       dx = 3(p - onehot)/4 and (p - onehot)/4
//	smoothed by 0.2: targets 0.9 and 0.1     L of the first row = 0.9 ln 4 + 0.1 ln 4/3
func TestCrossEntropyByHand(t *testing.T) {
	ln4, ln43 := math.Log(4), math.Log(4./3)
	logits := nn.FromSlice([]float32{0, float32(math.Log(3)), 0, float32(math.Log(3))}, 2, 2)
	for _, c := range []struct {
		cfg  nn.CrossEntropyConfig
		loss float64
		dx   []float32
	}{
		{nn.CrossEntropyConfig{}, (ln4 + ln43) / 2, []float32{-0.375, 0.375, 0.125, -0.125}},
		{nn.CrossEntropyConfig{ClassWeights: []float64{3, 1}}, (3*ln4 + ln43) / 4, []float32{-0.5625, 0.5625, 0.0625, -0.0625}},
		{nn.CrossEntropyConfig{LabelSmoothing: 0.2}, (0.9*ln4 + 0.1*ln43 + 0.1*ln4 + 0.9*ln43) / 2, []float32{-0.325, 0.325, 0.075, -0.075}},
	} {
		s := nn.NewSoftmaxCrossEntropy(c.cfg)
		if loss := s.Forward(logits, []int{0, 1}); !near(loss, c.loss, 1e-7) {
			t.Errorf("%+v: loss %v, want %v", c.cfg, loss, c.loss)
		}
		wantNumbers(t, "dx", s.Backward(), []int{2, 2}, c.dx...)
	}
}

// A score of minus infinity forbids a class: it has the share 0 and no gradient,
// and the others, at 1:1, a loss of ln 2.
func TestCrossEntropyOfAForbiddenClass(t *testing.T) {
	loss, dx := nn.CrossEntropy(nn.FromSlice([]float32{2, 2, float32(math.Inf(-1))}, 1, 3), []int{0})
	if !near(loss, math.Ln2, 1e-9) {
		t.Errorf("loss %v, want ln 2", loss)
	}
	wantNumbers(t, "dx", dx, []int{1, 3}, -0.5, 0.5, 0)
}

func TestCrossEntropyGradients(t *testing.T) {
	labels := []int{4, 0, 2, 2, 1, 3, 4}
	x := randn(5, len(labels), 5)
	for i := range x.Data {
		x.Data[i] *= 3
	}
	for _, cfg := range []nn.CrossEntropyConfig{
		{},
		{LabelSmoothing: 0.1},
		{ClassWeights: []float64{1, 0.5, 2, 0, 3}},
		{LabelSmoothing: 0.3, ClassWeights: []float64{1, 0.5, 2, 0.25, 3}},
	} {
		loss, dx := nn.NewSoftmaxCrossEntropy(cfg).Loss(x, labels)
		want := refCrossEntropy(wide(x.Data), labels, cfg)
		if !near(loss, want, 1e-9*want) {
			t.Errorf("%+v: loss %v, want %v", cfg, loss, want)
		}
		report := gradcheck.Function("logits", func(at []float64) float64 { return refCrossEntropy(at, labels, cfg) }, wide(x.Data), dx.Data)
		if !report.OK(1e-6) {
			t.Errorf("%+v: %v", cfg, report)
		}
		t.Logf("%+v: worst relative error of the gradient %.1e", cfg, report.Worst)
	}
}

// Softmax and cross-entropy in one give the gradient of the two in a row.
func TestCrossEntropyIsSoftmaxAndLog(t *testing.T) {
	x, labels := randn(2, 3, 4), []int{1, 3, 0}
	s := nn.NewSoftmax()
	p := s.Forward(x, true)
	dp := nn.NewTensor(3, 4) // of mean over rows of -log p[label]
	for n, label := range labels {
		dp.Set(-1/(3*p.At(n, label)), n, label)
	}
	_, want := nn.CrossEntropy(x, labels)
	wantNumbers(t, "dx", s.Backward(dp), []int{3, 4}, want.Data...)
}

// Who forgot to go from a picture to a row is told how.
func TestCrossEntropyOfPicturesSaysWhatIsMissing(t *testing.T) {
	net := nn.NewSequential().Add("conv", conv(1, 4, 1)).Add("fc", nn.NewLinear(4, 3))
	m := mistakeOf(t, "no pooling", func() { nn.CrossEntropy(net.Forward(nn.NewTensor(2, 5, 5, 1), true), []int{0, 1}) })
	if !strings.Contains(m.Problem, "got the shape [2 5 5 3]; put a GlobalAvgPool or a Flatten before the last Linear") {
		t.Error(m)
	}
	if m := mistakeOf(t, "labels", func() { nn.CrossEntropy(nn.NewTensor(2, 3), []int{0}) }); strings.Contains(m.Problem, "GlobalAvgPool") {
		t.Error(m)
	}
}

func TestCrossEntropyRefusesWhatCannotBe(t *testing.T) {
	logits := nn.NewTensor(2, 3)
	for what, f := range map[string]func(){
		"label too large":     func() { nn.CrossEntropy(logits, []int{0, 3}) },
		"label negative":      func() { nn.CrossEntropy(logits, []int{-1, 0}) },
		"too few labels":      func() { nn.CrossEntropy(logits, []int{0}) },
		"no labels":           func() { nn.CrossEntropy(logits, nil) },
		"pictures for logits": func() { nn.CrossEntropy(nn.NewTensor(2, 1, 1, 3), []int{0, 1}) },
		"weights do not fit": func() {
			nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{ClassWeights: []float64{1}}).Loss(logits, []int{0, 1})
		},
		"all weights zero": func() {
			nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{ClassWeights: []float64{0, 1, 1}}).Loss(logits, []int{0, 0})
		},
		"negative weight":    func() { nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{ClassWeights: []float64{-1, 1, 1}}) },
		"NaN weight":         func() { nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{ClassWeights: []float64{math.NaN()}}) },
		"smoothing of 1":     func() { nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{LabelSmoothing: 1}) },
		"negative smoothing": func() { nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{LabelSmoothing: -0.1}) },
		"backward first":     func() { nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{}).Backward() },
		"backward twice": func() {
			s := nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{})
			s.Loss(logits, []int{0, 1})
			s.Backward()
		},
	} {
		mistakeOf(t, what, f)
	}
}
