package nn_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// scored is a picture that is its own scores: evaluated by an empty model.
type scored struct {
	scores []float32
	label  int
}

// evaluate runs the empty model over batches of pictures.
func evaluate(t *testing.T, k int, batches ...[]scored) *nn.Evaluation {
	t.Helper()
	e, err := nn.Evaluate(context.Background(), nn.NewSequential(), func(step int) (*nn.Tensor, []int) {
		if step == len(batches) {
			return nil, nil
		}
		return together(batches[step])
	}, k)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func together(pictures []scored) (x *nn.Tensor, labels []int) {
	var data []float32
	for _, p := range pictures {
		data, labels = append(data, p.scores...), append(labels, p.label)
	}
	return nn.FromSlice(data, len(pictures), len(pictures[0].scores)), labels
}

func TestEvaluateByHand(t *testing.T) {
	first := []scored{
		{[]float32{3, 1, 0}, 0}, // right
		{[]float32{1, 3, 2}, 2}, // second best; 1 is guessed
		{[]float32{0, 1, 2}, 0}, // third best; 2 is guessed
		{[]float32{2, 2, 1}, 0}, // right: of equals, the first counts as the larger
		{[]float32{2, 2, 1}, 1}, // so here it is second best; 0 is guessed
	}
	second := []scored{
		{[]float32{0, 0, 5}, 2}, // right
		{[]float32{1, 1, 1}, 2}, // third best of equals; 0 is guessed
	}
	e := evaluate(t, 2, first, second)
	if e.Images != 7 || e.K != 2 || e.Top1 != 3.0/7 || e.TopK != 5.0/7 {
		t.Errorf("%d pictures, top-1 %g, top-%d %g, want 7 pictures, 3/7 and top-2 5/7", e.Images, e.Top1, e.K, e.TopK)
	}
	if want := [][]int{{2, 0, 1}, {1, 0, 0}, {1, 1, 1}}; !reflect.DeepEqual(e.Confusion, want) {
		t.Errorf("Confusion[truth][guess] is %v, want %v", e.Confusion, want)
	}
	if got, want := e.ClassAccuracy(), []float64{2.0 / 3, 0, 1.0 / 3}; !slices.Equal(got, want) {
		t.Errorf("accuracy by class %v, want %v", got, want)
	}

	// Every picture counts the same, whatever the size of its batch.
	var loss float64
	for _, p := range append(first, second...) {
		var sum float64
		for _, s := range p.scores {
			sum += math.Exp(float64(s))
		}
		loss += math.Log(sum) - float64(p.scores[p.label])
	}
	if math.Abs(e.Loss-loss/7) > 1e-12 {
		t.Errorf("mean loss %g, want %g", e.Loss, loss/7)
	}
	if s := e.String(); !strings.Contains(s, "7 pictures") || !strings.Contains(s, "42.86") || !strings.Contains(s, "71.43") {
		t.Errorf("String() is %q", s)
	}
}

// Top-k holds against sorting, whatever k and however many equals.
func TestTopKAgreesWithSorting(t *testing.T) {
	const classes = 7
	random := nn.NewRandom(3)
	pictures := make([]scored, 200)
	for i := range pictures {
		pictures[i] = scored{make([]float32, classes), random.Intn(classes)}
		for c := range classes {
			pictures[i].scores[c] = float32(random.Intn(4)) // few values, so there are equals
		}
	}
	for k := 1; k <= classes; k++ {
		want := 0
		for _, p := range pictures {
			order := []int{0, 1, 2, 3, 4, 5, 6}
			slices.SortStableFunc(order, func(a, b int) int { return int(p.scores[b] - p.scores[a]) })
			if slices.Contains(order[:k], p.label) {
				want++
			}
		}
		e := evaluate(t, k, pictures)
		if e.TopK != float64(want)/200 {
			t.Errorf("top-%d is %g, want %g", k, e.TopK, float64(want)/200)
		}
		diagonal := 0
		for c := range classes {
			diagonal += e.Confusion[c][c]
		}
		if x, labels := together(pictures); e.Top1 != float64(diagonal)/200 || e.Top1 != nn.Accuracy(x, labels) {
			t.Errorf("top-1 is %g, but %d of 200 stand on the diagonal, and Accuracy is %g", e.Top1, diagonal, nn.Accuracy(x, labels))
		}
	}
}

func TestNaNIsNeverRight(t *testing.T) {
	nan := float32(math.NaN())
	e := evaluate(t, 1, []scored{{[]float32{nan, 1}, 0}, {[]float32{nan, nan}, 1}, {[]float32{1, nan}, 0}})
	if e.Top1 != 0 || e.TopK != 0 || !math.IsNaN(e.Loss) {
		t.Errorf("top-1 %g, top-k %g, loss %g of scores that are not numbers, want 0, 0 and NaN", e.Top1, e.TopK, e.Loss)
	}
}

func TestEvaluateOfNothing(t *testing.T) {
	if e := evaluate(t, 5); e.Images != 0 || e.Loss != 0 || e.Top1 != 0 || e.TopK != 0 {
		t.Errorf("%+v, want zeros", e)
	}
	e := evaluate(t, 1, []scored{{[]float32{1, 0}, 0}})
	if a := e.ClassAccuracy(); a[0] != 1 || !math.IsNaN(a[1]) {
		t.Errorf("accuracy by class %v, want 1 and, of no pictures, NaN", a)
	}
}

// Evaluate runs the model as it is used, not as it is trained.
func TestEvaluateLeavesTheModelAlone(t *testing.T) {
	net := shaken(nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true}), 5)
	var before []*nn.Tensor
	for _, p := range net.Params() {
		before = append(before, p.Value.Clone())
	}
	x := randn(1, 3, 6, 6, 3)
	_, err := nn.Evaluate(context.Background(), net, func(step int) (*nn.Tensor, []int) {
		return []*nn.Tensor{x, nil}[step], []int{1, 2, 3}
	}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range net.Params() {
		if !sameBits(p.Value, before[i]) {
			t.Errorf("Evaluate has changed %s", p.Name)
		}
	}
}

func TestEvaluateEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	_, err := nn.Evaluate(ctx, nn.NewSequential(), func(step int) (*nn.Tensor, []int) {
		if step == 2 {
			cancel()
		}
		if step > 2 {
			t.Fatal("a batch was asked for after the end")
		}
		return nn.NewTensor(1, 2), []int{0}
	}, 1)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
