package deeper

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type diagnoseFunc = func(shallowTrain, deepTrain, shallowTest, deepTest float64) string

// losses are a question for diagnose.
type losses struct{ shallowTrain, deepTrain, shallowTest, deepTest float64 }

var cases = []losses{
	{0.4, 2.2, 0.5, 2.2}, {0.4, 0.1, 0.5, 0.9}, {0.4, 0.2, 0.5, 0.3},
	{0.4, 0.6, 0.5, 0.45}, {0.4, 0.4, 0.5, 0.6}, {0.4, 0.4, 0.5, 0.5}, {0.4, 0.5, 0.5, 0.9}, {0.4, 0.1, 0.5, 0.4},
}

var diagnoseSlips = []slip.Slip[diagnoseFunc]{
	{Advice: "The test loss alone cannot tell: it rises in both cases. Look at the training loss first.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(false, "", de > se, "overfitting")
	}},
	{Advice: "The test loss alone cannot tell: it rises in both cases. Look at the training loss first.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(false, "", de > se, "hard to train")
	}},
	{Advice: "Compare the deep net with the shallow one, not its test loss with its own training loss.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(de > dt, "overfitting", dt > st, "hard to train")
	}},
	{Advice: "Compare the deep net with the shallow one, not its test loss with its own training loss.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > st, "hard to train", de > dt, "overfitting")
	}},
	{Advice: "A gap between test and training loss is no harm by itself: compare the deep net's test loss with that of the shallow one.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > st, "hard to train", de-dt > se-st, "overfitting")
	}},
	{Advice: "Compare like with like: the deep net's training loss with the shallow one's training loss, not with its test loss.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > se, "hard to train", de > se, "overfitting")
	}},
	{Advice: "No loss is bad by itself: compare the deep net with the shallow one.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > 1, "hard to train", de > se, "overfitting")
	}},
	{Advice: "The order matters: if the training loss is worse, the net did not even learn its own pictures, whatever the test says.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(de > se, "overfitting", dt > st, "hard to train")
	}},
	{Advice: "A worse training loss is enough for \"hard to train\": do not ask that the test loss be worse, too.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > st && de > se, "hard to train", de > se, "overfitting")
	}},
	{Advice: "For \"overfitting\" the training loss need not be better: no worse is enough.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > st, "hard to train", dt < st && de > se, "overfitting")
	}},
	{Advice: "Do not add the losses up: a good training loss would hide a bad test loss. Two questions, one after the other.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt+de > st+se, "hard to train", de > se, "overfitting")
	}},
	{Advice: "The names are the wrong way round: who overfits knows the training pictures well.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > st, "overfitting", de > se, "hard to train")
	}},
	{Advice: "A larger loss is a worse one: mind the direction of the comparison.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt < st, "hard to train", de < se, "overfitting")
	}},
	{Advice: "The training loss alone cannot tell overfitting from a fine net: look at the test loss, too.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt > st, "hard to train", false, "")
	}},
	{Advice: "Equal is not worse: use > and not >=.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt >= st, "hard to train", de >= se, "overfitting")
	}},
	{Advice: "Equal is not worse: use > and not >=.", Wrong: func(st, dt, se, de float64) string {
		return inOrder(dt >= st, "hard to train", de > se, "overfitting")
	}},
}

// inOrder asks two questions, one after the other. It is fine if neither is true.
func inOrder(first bool, one string, second bool, other string) string {
	switch {
	case first:
		return one
	case second:
		return other
	}
	return "fine"
}

func checkDiagnose(yours diagnoseFunc) string {
	for _, c := range cases {
		var got string
		if sentence := lab.Panics(func() { got = answerDiagnose(yours, c) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", c, sentence)
		}
		if want := answerDiagnose(diagnose, c); got != want {
			return strings.TrimSpace(fmt.Sprintf("For %v yours says %q. By hand: %s %s", c, got, c.byHand(), diagnoseAdvice(yours, got)))
		}
	}
	return ""
}

// diagnoseAdvice says which usual mistake yours makes, if it is one.
func diagnoseAdvice(yours diagnoseFunc, got string) string {
	if !slices.Contains([]string{"hard to train", "overfitting", "fine"}, got) {
		return "Answer with one of the three words, written as they are."
	}
	always := func(float64, float64, float64, float64) string { return got }
	all := append([]slip.Slip[diagnoseFunc]{{Advice: "Yours says so whatever the losses are.", Wrong: always}}, diagnoseSlips...)
	return slip.Find(yours, all, cases, answerDiagnose)
}

func (c losses) byHand() string {
	switch answerDiagnose(diagnose, c) {
	case "hard to train":
		return fmt.Sprintf("the deep net is worse on the pictures that it learns from, %v against %v, so \"hard to train\".", c.deepTrain, c.shallowTrain)
	case "overfitting":
		return fmt.Sprintf("the deep net is no worse on the pictures that it learns from, and worse on others, %v against %v, so \"overfitting\".", c.deepTest, c.shallowTest)
	}
	return "the deep net is worse nowhere, so \"fine\"."
}

func (c losses) String() string {
	return fmt.Sprintf("training losses of %v (shallow) and %v (deep), test losses of %v and %v", c.shallowTrain, c.deepTrain, c.shallowTest, c.deepTest)
}

func answerDiagnose(f diagnoseFunc, c losses) string {
	return f(c.shallowTrain, c.deepTrain, c.shallowTest, c.deepTest)
}
