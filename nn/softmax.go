package nn

import (
	"math"

	"reslab/nn/internal/kernel"
)

// Softmax turns the scores of each row into shares that sum to 1: the larger
// the score, the larger the share.
//
//	p_i = exp(x_i) / sum over j of exp(x_j)      dx_i = p_i * (dy_i - sum over j of dy_j p_j)
//
// It works along the last axis; input and output have the same shape.
type Softmax struct {
	loan
	shares rowShares
	p      *Tensor
}

// NewSoftmax returns a softmax.
func NewSoftmax() *Softmax { return &Softmax{} }

// Forward computes the shares of each row.
func (s *Softmax) Forward(x *Tensor, train bool) *Tensor {
	p := s.tensor(x.Shape...)
	s.shares.compute(x)
	for i, share := range s.shares.p {
		p.Data[i] = float32(share)
	}
	s.p = p
	return p
}

// Backward. Raising one score takes from the shares of all the others.
func (s *Softmax) Backward(dy *Tensor) *Tensor {
	p := take(&s.p, s)
	wantShape(s, "dy", dy, p.Shape)
	dx := s.tensor(p.Shape...)
	classes := p.dim(-1)
	for at := 0; at < len(p.Data); at += classes {
		var mean float64
		for i := at; i < at+classes; i++ {
			mean += float64(dy.Data[i]) * float64(p.Data[i])
		}
		for i := at; i < at+classes; i++ {
			dx.Data[i] = p.Data[i] * float32(float64(dy.Data[i])-mean)
		}
	}
	return dx
}

// Params returns nothing: softmax has nothing to learn.
func (s *Softmax) Params() []*Param { return nil }

func (s *Softmax) String() string          { return "Softmax" }
func (s *Softmax) outShape(in []int) []int { return in }
func (s *Softmax) clone() Layer            { return NewSoftmax() }

// Loss says how wrong the scores of a batch, the logits [N, classes], are: the
// loss, one number to make small, and dL/dlogits, in the shape of the logits. The
// label of a picture is the number of its class, from 0.
type Loss func(logits *Tensor, labels []int) (loss float64, dlogits *Tensor)

// CrossEntropyConfig holds what is seldom needed.
type CrossEntropyConfig struct {
	// LabelSmoothing e asks for 1-e of the share for the true class, and
	// spreads e evenly over all classes (Szegedy et al. 2015, section 7).
	LabelSmoothing float64

	// ClassWeights makes some classes count for more; nil: all count 1. The
	// mean over the batch is then a weighted one.
	ClassWeights []float64
}

// SoftmaxCrossEntropy is softmax and the surprise at the true class, in
// one: together they are simpler, and safe with large scores.
//
//	L     = mean over the batch of -log p[label]
//	dL/dx = (p - onehot(label)) / N
//
// x are the logits [N, classes]: the scores before softmax. onehot(label)
// is 1 at the label and 0 elsewhere. In general t are the shares that are
// wanted, w the class weights, and W the sum of w[label] over the batch:
//
//	L       = 1/W * sum of -w_c t_c log p_c
//	dL/dx_c = 1/W * (p_c * sum of w_k t_k  -  w_c t_c)
type SoftmaxCrossEntropy struct {
	cfg CrossEntropyConfig

	loan
	shape  memo
	shares rowShares
	labels []int
	total  float64 // W
}

// NewSoftmaxCrossEntropy returns the loss; its method Loss is a Loss.
func NewSoftmaxCrossEntropy(cfg CrossEntropyConfig) *SoftmaxCrossEntropy {
	if !(cfg.LabelSmoothing >= 0 && cfg.LabelSmoothing < 1) {
		panic(mistake("SoftmaxCrossEntropy", "LabelSmoothing must be at least 0 and less than 1, got %g", cfg.LabelSmoothing))
	}
	for class, w := range cfg.ClassWeights {
		if !(w >= 0) || math.IsInf(w, 0) {
			panic(mistake("SoftmaxCrossEntropy", "a class weight must be a number of at least 0, class %d has %g", class, w))
		}
	}
	return &SoftmaxCrossEntropy{cfg: cfg}
}

// CrossEntropy is the plain loss: no smoothing, every class counts the same.
func CrossEntropy(logits *Tensor, labels []int) (loss float64, dlogits *Tensor) {
	return NewSoftmaxCrossEntropy(CrossEntropyConfig{}).Loss(logits, labels)
}

// Loss runs Forward and Backward.
func (s *SoftmaxCrossEntropy) Loss(logits *Tensor, labels []int) (loss float64, dlogits *Tensor) {
	loss = s.Forward(logits, labels)
	return loss, s.Backward()
}

// Forward returns the mean loss of the batch, summed in float64.
func (s *SoftmaxCrossEntropy) Forward(logits *Tensor, labels []int) float64 {
	classes := s.check(logits, labels)
	s.labels, s.total = labels, 0
	s.shape.keep(logits.Shape)
	s.shares.compute(logits)
	var loss float64
	for n, label := range labels {
		from, end := 0, classes
		if s.cfg.LabelSmoothing == 0 {
			from, end = label, label+1 // no share is wanted of the others
		}
		for c := from; c < end; c++ {
			logShare := float64(logits.Data[n*classes+c]) - s.shares.largest[n] - s.shares.logSum[n]
			if t := s.target(c, label, classes); t > 0 {
				loss -= t * logShare
			}
		}
		s.total += s.weight(label)
	}
	if s.total == 0 {
		panic(mistake("SoftmaxCrossEntropy", "every label of the batch has class weight 0, so there is nothing to learn from it"))
	}
	return loss / s.total
}

// Backward returns dL/dlogits.
func (s *SoftmaxCrossEntropy) Backward() *Tensor {
	shape := s.shape.take(named("SoftmaxCrossEntropy"))
	classes := shape[1]
	dx := s.tensor(shape...)
	for n, label := range s.labels {
		var targets float64
		for c := range classes {
			targets += s.target(c, label, classes)
		}
		for c := range classes {
			p := s.shares.p[n*classes+c]
			wanted := s.target(c, label, classes)
			dx.Data[n*classes+c] = float32((p*targets - wanted) / s.total)
		}
	}
	return dx
}

// target is the share wanted for a class, times the weight of that class.
func (s *SoftmaxCrossEntropy) target(class, label, classes int) float64 {
	t := s.cfg.LabelSmoothing / float64(classes)
	if class == label {
		t += 1 - s.cfg.LabelSmoothing
	}
	return t * s.weight(class)
}

func (s *SoftmaxCrossEntropy) weight(class int) float64 {
	if s.cfg.ClassWeights == nil {
		return 1
	}
	return s.cfg.ClassWeights[class]
}

func (s *SoftmaxCrossEntropy) check(logits *Tensor, labels []int) (classes int) {
	const name = "SoftmaxCrossEntropy"
	if !isScores(logits, labels) {
		remedy := ""
		if len(logits.Shape) > 2 {
			remedy = "; put a GlobalAvgPool or a Flatten before the last Linear"
		}
		panic(mistake(name, "there must be a row of logits for each of the %d labels, got the shape %v%s", len(labels), logits.Shape, remedy))
	}
	classes = logits.Shape[1]
	if s.cfg.ClassWeights != nil && len(s.cfg.ClassWeights) != classes {
		panic(mistake(name, "there are %d class weights for %d classes", len(s.cfg.ClassWeights), classes))
	}
	for _, label := range labels {
		if label < 0 || label >= classes {
			panic(mistake(name, "a label must be from 0 to %d, got %d", classes-1, label))
		}
	}
	return classes
}

// rowShares are the shares of every row of scores, with the largest score of
// each row and the logarithm of the sum of exp(x - largest).
type rowShares struct{ p, largest, logSum []float64 }

func (r *rowShares) compute(x *Tensor) {
	rows := len(x.Data) / max(1, x.dim(-1))
	r.p, r.largest, r.logSum = resize(r.p, len(x.Data)), resize(r.largest, rows), resize(r.logSum, rows)
	kernel.Softmax(r.p, r.largest, r.logSum, x.Data)
}
