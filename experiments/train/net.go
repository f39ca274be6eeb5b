package train

import (
	"fmt"
	"regexp"
	"strings"

	"reslab/experiments/run"
	"reslab/nn"
)

// net is a net of the catalogue, fitted to pictures.
type net struct {
	nn.Model
	input   [3]int // H, W, C of the pictures
	classes int
}

// find returns the net of a name, before its pictures are known.
func find(name string) (net, error) {
	var names []string
	for _, m := range nn.Models() {
		if m.Name == name {
			return net{Model: m, input: m.Input}, nil
		}
		names = append(names, m.Name)
	}
	return net{}, run.WrongSetting("there is no net %q; there are %s", name, strings.Join(names, ", "))
}

// build returns the net with weights of zeros, or says why it cannot take its
// pictures.
func (n net) build() (model *nn.Sequential, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *nn.Mistake:
			err = fmt.Errorf("%s cannot take pictures of %dx%dx%d: %w; choose another edge with --size", n.Name, n.input[0], n.input[1], n.input[2], p)
		default:
			panic(p)
		}
	}()
	model = n.New(n.input[2], n.classes)
	nn.Summarise(model, n.input[0], n.input[1], n.input[2])
	return model, nil
}

// edge is that of the pictures in the net's paper.
func (n net) edge() int { return n.Model.Input[0] }

// large tells the nets for ImageNet from those for CIFAR.
func (n net) large() bool { return n.edge() > 64 }

// layers counts the weight layers.
func (n net) layers() int {
	return nn.Summarise(n.New(0, 0), n.Model.Input[0], n.Model.Input[1], n.Model.Input[2]).WeightLayers
}

var catalogueName = regexp.MustCompile(`^(plain|resnet)(\d+)`)

// row is the net's name in the CSV files: plain-56, residual-56.
func (n net) row() string {
	return strings.Replace(catalogueName.ReplaceAllString(n.Name, "$1-$2"), "resnet", "residual", 1)
}
