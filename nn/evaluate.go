package nn

import (
	"context"
	"fmt"
	"math"
)

// Evaluation says how well a model does on pictures that it did not learn from.
type Evaluation struct {
	Images int
	Loss   float64 // mean cross-entropy
	Top1   float64 // share of the pictures whose best class is right, 0 to 1
	TopK   float64 // share whose right class is among the best K
	K      int

	// Confusion counts the pictures: Confusion[truth][guess]. A picture with a
	// score that is not a number has no guess and is left out.
	Confusion [][]int
}

// Evaluate runs the model, not training, on all batches until they end, as those of
// a data.Set's All do; a data.Loader's never end unless it has Epochs. k says what
// TopK asks for. It returns ctx's error when that ends first.
func Evaluate(ctx context.Context, model Layer, batches Batches, k int) (*Evaluation, error) {
	if k < 1 {
		panic(mistake("Evaluate", "k must be at least 1, got %d", k))
	}
	e := &Evaluation{K: k}
	entropy := NewSoftmaxCrossEntropy(CrossEntropyConfig{})
	var best, among int
	for step := 0; ; step++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		x, labels := batches(step)
		if x == nil {
			break
		}
		logits := model.Forward(x, false)
		e.Loss += entropy.Forward(logits, labels) * float64(len(labels))
		e.Images += len(labels)
		best += hits(logits, labels, 1)
		among += hits(logits, labels, k)
		e.confuse(logits, labels)
	}
	e.Loss, e.Top1, e.TopK = e.Loss/max(1, float64(e.Images)), share(best, e.Images), share(among, e.Images)
	return e, nil
}

// ClassAccuracy returns the share of each class that was named right; NaN for a
// class of which there was no picture.
func (e *Evaluation) ClassAccuracy() []float64 {
	accuracy := make([]float64, len(e.Confusion))
	for truth, guesses := range e.Confusion {
		all := 0
		for _, n := range guesses {
			all += n
		}
		accuracy[truth] = math.NaN()
		if all > 0 {
			accuracy[truth] = share(guesses[truth], all)
		}
	}
	return accuracy
}

// String says the figures in a line.
func (e *Evaluation) String() string {
	return fmt.Sprintf("%d pictures: loss %.4f, right %.2f %%, among the best %d %.2f %%", e.Images, e.Loss, 100*e.Top1, e.K, 100*e.TopK)
}

// confuse adds a batch to the Confusion.
func (e *Evaluation) confuse(logits *Tensor, labels []int) {
	classes := logits.dim(-1)
	if e.Confusion == nil {
		e.Confusion = make([][]int, classes)
		for c := range e.Confusion {
			e.Confusion[c] = make([]int, classes)
		}
	}
	for n, label := range labels {
		if guess := largest(logits.Data[n*classes : (n+1)*classes]); guess >= 0 {
			e.Confusion[label][guess]++
		}
	}
}

// Accuracy returns the share of the rows of logits [N, classes] whose largest
// score is that of the label, 0 to 1.
func Accuracy(logits *Tensor, labels []int) float64 {
	return share(hits(logits, labels, 1), len(labels))
}

// isScores says whether logits have a row for each label.
func isScores(logits *Tensor, labels []int) bool {
	return len(logits.Shape) == 2 && logits.Shape[0] == len(labels)
}

// hits counts the rows whose label is among the k largest scores. Of equal
// scores the first counts as the larger. A row with a score that is not a
// number is no hit, and neither is one whose label is none of the classes, as a
// 1 where there is one score for yes or no.
func hits(logits *Tensor, labels []int, k int) int {
	if !isScores(logits, labels) {
		panic(mistake("Accuracy", "there must be a row of logits for each of the %d labels, got the shape %v", len(labels), logits.Shape))
	}
	classes, n := logits.dim(-1), 0
	for row, label := range labels {
		scores := logits.Data[row*classes : (row+1)*classes]
		if label < 0 || label >= classes {
			continue
		}
		better := 0
		for c, v := range scores {
			if v > scores[label] || v == scores[label] && c < label {
				better++
			}
		}
		if better < k && largest(scores) >= 0 {
			n++
		}
	}
	return n
}

// largest returns the place of the largest number, the first of equals; -1 if
// one of them is not a number.
func largest(v []float32) int {
	best := 0
	for i := range v {
		switch {
		case v[i] != v[i]:
			return -1
		case v[i] > v[best]:
			best = i
		}
	}
	return best
}

// share is n/of, and 0 of nothing.
func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
