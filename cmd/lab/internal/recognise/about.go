package recognise

import (
	"path/filepath"
	"strconv"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reslab/experiments/train"
)

// about is what the page says of the net.
type about struct {
	Weights string   // as the command line has it
	Model   string   // as resnet20
	Data    string   // what it learned from; empty where that is not known
	Classes []string // all that it can say
	Test    string   // how well it did in its test; empty where that is not known
	Draws   bool     // it reads digits as those of MNIST, so that one may draw them
	Edge    int      // pixels: a picture with a shorter edge of twice this has all that the net can use
	Most    int      // bytes of a picture
}

func aboutNet(net *train.Classifier, weights string) about {
	meta := net.Metadata()
	a := about{Weights: weights, Model: meta.Model, Classes: meta.Classes, Most: mostBytes, Edge: max(meta.Input[0], meta.Input[1], meta.Shorter)}
	a.Draws = meta.Input[2] == 1 && areDigits(meta.Classes)
	if r := net.Result(); r != nil {
		a.Data = filepath.Base(r.Data)
		if r.Top1 != nil && r.Images > 0 {
			a.Test = message.NewPrinter(language.English).Sprintf("%.1f %% of %d", 100**r.Top1, r.Images)
		}
	}
	return a
}

// areDigits tells whether the classes are those of MNIST.
func areDigits(classes []string) bool {
	for i, class := range classes {
		if class != strconv.Itoa(i) {
			return false
		}
	}
	return len(classes) == 10
}
