package train

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/data"
)

// drawRecords makes the rows of a training, stopped anywhere.
func drawRecords(t *rapid.T) (r *records, stepsPerEpoch int, validated bool) {
	r, stepsPerEpoch = &records{}, rapid.IntRange(1, 5).Draw(t, "steps per epoch")
	validated = rapid.Bool().Draw(t, "validated")
	for step := range rapid.IntRange(1, 20).Draw(t, "steps") {
		r.metrics = append(r.metrics, run.Metric{Step: step, Epoch: step / stepsPerEpoch, Split: splitTrain, Loss: rapid.Float64Range(0, 5).Draw(t, "loss"), Rate: 0.1})
		if validated && (step+1)%stepsPerEpoch == 0 {
			r.metrics = append(r.metrics, run.Metric{Step: step + 1, Epoch: (step + 1) / stepsPerEpoch, Split: splitValidation,
				Loss: rapid.SampledFrom([]float64{1, 2, 3, math.NaN(), math.Inf(1)}).Draw(t, "loss"), Accuracy: float64(rapid.IntRange(0, 4).Draw(t, "right")) / 4})
		}
	}
	return r, stepsPerEpoch, validated
}

func TestLastEpochIsTheLastOfEpochs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, _, _ := drawRecords(t)
		all := r.epochs()
		if got, want := r.lastEpoch(), all[len(all)-1]; !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

// TestBestIsBeatenByNone: no epoch has more right than the best, none of those
// with as much a smaller loss, and of equals the best is the first.
func TestBestIsBeatenByNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, stepsPerEpoch, validated := drawRecords(t)
		all, best := r.epochs(), r.best(stepsPerEpoch)
		whole := len(all)
		if all[whole-1].Steps < stepsPerEpoch {
			whole--
		}
		if !validated || whole == 0 {
			if best != whole {
				t.Fatalf("without validation the best is epoch %d, want the last one, %d", best, whole)
			}
			return
		}
		b := &run.Metric{Accuracy: -1} // beaten by all
		if best > 0 {
			b = all[best-1].Validation
		}
		if known(b.Loss) == nil {
			t.Fatalf("epoch %d is the best with a loss of %g", best, b.Loss)
		}
		for _, e := range all[:whole] {
			v := e.Validation
			if known(v.Loss) == nil {
				continue // it never counts
			}
			if v.Accuracy > b.Accuracy || v.Accuracy == b.Accuracy && (v.Loss < b.Loss || v.Loss == b.Loss && e.Number < best) {
				t.Errorf("epoch %d with %+v is better than epoch %d with %+v", e.Number, v, best, b)
			}
		}
	})
}

func TestEpochsByHand(t *testing.T) {
	r := &records{metrics: []run.Metric{
		{Step: 0, Epoch: 0, Split: splitTrain, Loss: 3, Accuracy: 0.25, Rate: 0.1},
		{Step: 1, Epoch: 0, Split: splitTrain, Loss: 1, Accuracy: 0.75, Rate: 0.05},
		{Step: 2, Epoch: 1, Split: splitValidation, Loss: 2, Accuracy: 0.5},
		{Step: 2, Epoch: 1, Split: splitTrain, Loss: 0.5, Accuracy: 1, Rate: 0.01},
	}}
	all := r.epochs()
	if len(all) != 2 || all[0].Loss != 2 || all[0].Accuracy != 0.5 || all[0].Rate != 0.05 || all[0].Validation.Loss != 2 || all[1].Validation != nil || all[1].Steps != 1 {
		t.Errorf("got %+v", all)
	}
}

// answers is a model that gives the logits that it was told to.
type answers struct{ logits *nn.Tensor }

func (a answers) Forward(*nn.Tensor, bool) *nn.Tensor { return a.logits }
func (a answers) Backward(dy *nn.Tensor) *nn.Tensor   { return dy }
func (a answers) Params() []*nn.Param                 { return nil }

func TestExaminationByHand(t *testing.T) {
	ln := func(p float64) float32 { return float32(math.Log(p)) } // softmax of logarithms of shares are the shares
	logits := nn.FromSlice([]float32{
		ln(0.7), ln(0.2), ln(0.1),
		ln(0.1), ln(0.8), ln(0.1), // wrong, and sure of it
		ln(0.3), ln(0.3), ln(0.4), // wrong, not so sure
		float32(math.NaN()), 0, 0,
	}, 4, 3)
	pictures := (&data.Set{H: 1, W: 1, C: 1, Classes: []string{"a", "b", "c"}, Pixels: make([]uint8, 4), Labels: []int{0, 2, 1, 1}}).Pictures()
	exam, err := examine(context.Background(), answers{logits}, pictures, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	wrong := exam.Mistakes(10)
	if exam.Images != 4 || exam.Top1 != 0.25 || len(wrong) != 3 {
		t.Fatalf("got %v and the mistakes %+v", &exam.Evaluation, wrong)
	}
	if w := wrong[0]; w.Picture != 1 || w.Guess != 1 || w.Truth != 2 || math.Abs(w.P-0.8) > 1e-6 {
		t.Errorf("the surest mistake is %+v", w)
	}
	if w := wrong[2]; w.Picture != 3 || w.Guess != -1 || w.P != 0 {
		t.Errorf("an answer that is no number became %+v", w)
	}
	classes := exam.PerClass([]string{"a", "b", "c"})
	if c := classes[2]; c.Images != 1 || c.Right != 0 || c.TakenFor != "b" || c.Times != 1 || *c.Accuracy != 0 {
		t.Errorf("class c: %+v", c)
	}
}

func TestClassesAreMatchedByName(t *testing.T) {
	labels, err := matched([]int{0, 1, 1, 0}, []string{"cat", "dog", "empty"}, []string{"dog", "fox", "cat"})
	if err != nil || !reflect.DeepEqual(labels, []int{2, 0, 0, 2}) {
		t.Errorf("got %v, %v", labels, err)
	}
	_, err = matched([]int{0}, []string{"wolf"}, []string{"dog", "fox"})
	if err == nil || !strings.Contains(err.Error(), "the classes dog, fox, but not wolf") {
		t.Errorf("got %v", err)
	}
}
