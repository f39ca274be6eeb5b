package deeper

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type diagnoseFunc = func(shallowTrain, deepTrain, shallowTest, deepTest float64) string

// losses are a question for diagnose.
type losses struct{ shallowTrain, deepTrain, shallowTest, deepTest float64 }

var cases = []losses{
	{0.4, 2.2, 0.5, 2.2}, {0.4, 0.1, 0.5, 0.9}, {0.4, 0.2, 0.5, 0.3},
	{0.4, 0.6, 0.5, 0.45}, {0.4, 0.4, 0.5, 0.6}, {0.4, 0.4, 0.5, 0.5}, {0.4, 0.5, 0.5, 0.9},
}

var diagnoseSlips = []slip.Slip[diagnoseFunc]{
	{Advice: "The test loss alone cannot tell: it rises in both cases. Look at the training loss first.", Wrong: func(st, dt, se, de float64) string {
		if de > se {
			return "overfitting"
		}
		return "fine"
	}},
	{Advice: "The test loss alone cannot tell: it rises in both cases. Look at the training loss first.", Wrong: func(st, dt, se, de float64) string {
		if de > se {
			return "hard to train"
		}
		return "fine"
	}},
	{Advice: "Compare the deep net with the shallow one, not its test loss with its own training loss.", Wrong: func(st, dt, se, de float64) string {
		if de > dt {
			return "overfitting"
		}
		return diagnose(st, dt, se, de)
	}},
	{Advice: "The order matters: if the training loss is worse, the net did not even learn its own pictures, whatever the test says.", Wrong: func(st, dt, se, de float64) string {
		switch {
		case de > se:
			return "overfitting"
		case dt > st:
			return "hard to train"
		}
		return "fine"
	}},
	{Advice: "The names are the wrong way round: who overfits knows the training pictures well.", Wrong: func(st, dt, se, de float64) string {
		return map[string]string{"hard to train": "overfitting", "overfitting": "hard to train", "fine": "fine"}[diagnose(st, dt, se, de)]
	}},
	{Advice: "A larger loss is a worse one: mind the direction of the comparison.", Wrong: func(st, dt, se, de float64) string {
		switch {
		case dt < st:
			return "hard to train"
		case de < se:
			return "overfitting"
		}
		return "fine"
	}},
	{Advice: "The training loss alone cannot tell overfitting from a fine net: look at the test loss, too.", Wrong: func(st, dt, se, de float64) string {
		if dt > st {
			return "hard to train"
		}
		return "fine"
	}},
	{Advice: "Equal is not worse: use > and not >=.", Wrong: func(st, dt, se, de float64) string {
		switch {
		case dt >= st:
			return "hard to train"
		case de >= se:
			return "overfitting"
		}
		return "fine"
	}},
}

func checkDiagnose(yours diagnoseFunc) string {
	for _, c := range cases {
		var got string
		if sentence := lab.Panics(func() { got = answerDiagnose(yours, c) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", c, sentence)
		}
		if want := answerDiagnose(diagnose, c); got != want {
			return strings.TrimSpace(fmt.Sprintf("For %v yours says %q. By hand: %s %s", c, got, c.byHand(), slip.Find(yours, diagnoseSlips, cases, answerDiagnose)))
		}
	}
	return ""
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
