package gradients

import (
	"fmt"
	"slices"

	"reslab/experiments/run"
	"reslab/nn"
)

// variant is one net of the experiment. A plain net and its residual twin
// differ in skip.
type variant struct {
	depth      int
	skip       bool
	activation string // "relu", ...
	norm       bool
	before     bool // the activation of a block stands before the addition
	init       string
}

// preAddition marks, in a name, that nothing but the addition stands on the
// highway.
const preAddition = "-preadd"

// kinds are what the setting nets may be, and whether such nets have highways.
var kinds = map[string][]bool{"both": {false, true}, "plain": {false}, "residual": {true}}

// variants lists the nets that the settings ask for, plain beside residual.
func variants(v run.Values) []variant {
	var all []variant
	add := func(pair variant, before bool) {
		for _, depth := range v.Ints("depths") {
			for _, skip := range kinds[v["nets"]] {
				pair.depth, pair.skip, pair.before = depth, skip, before && skip
				if !slices.ContainsFunc(all, func(a variant) bool { return a.name() == pair.name() }) {
					all = append(all, pair)
				}
			}
		}
	}
	add(variant{activation: v["activation"], norm: v.Bool("batchnorm"), init: v["init"]}, v["activate"] == "before")
	if v.Bool("highway") {
		add(variant{activation: "sigmoid", init: "auto"}, true)
	}
	return all
}

// name is the net's name in the files: what differs from batch norm and ReLU
// is appended, as in "residual-56-sigmoid-nobn-preadd".
func (v variant) name() string { return v.family() + v.suffix() }

// family is the name without the suffix, as "plain-56".
func (v variant) family() string {
	if v.skip {
		return fmt.Sprintf("residual-%d", v.depth)
	}
	return fmt.Sprintf("plain-%d", v.depth)
}

func (v variant) suffix() (s string) {
	if v.activation != "relu" {
		s += "-" + v.activation
	}
	if !v.norm {
		s += "-nobn"
	}
	if v.init != "auto" {
		s += "-" + v.init
	}
	if v.before {
		s += preAddition
	}
	return s
}

// build returns the net for pictures of so many channels, without weights.
func (v variant) build(channels int) *nn.Sequential {
	return nn.NewCIFARNet(nn.CIFARConfig{
		Depth: v.depth, Skip: v.skip, Channels: channels,
		Activation: activations[v.activation], NoBatchNorm: !v.norm, PreAddition: v.before,
	})
}

var activations = map[string]func() nn.Layer{
	"relu":       func() nn.Layer { return nn.NewReLU() },
	"leaky-relu": func() nn.Layer { return nn.NewLeakyReLU(0.01) },
	"sigmoid":    func() nn.Layer { return nn.NewSigmoid() },
	"tanh":       func() nn.Layer { return nn.NewTanh() },
}

// rules are the initialisers by name.
var rules = []struct {
	name string
	rule nn.InitRule
}{
	{"he-fan-in", nn.HeFanIn},
	{"he-fan-out", nn.HeFanOut},
	{"lecun", nn.LeCun},
	{"xavier", nn.Xavier},
	{"orthogonal", nn.Orthogonal(1)},
	{"delta-orthogonal", nn.DeltaOrthogonal(1)},
}

// rule is the initialiser. A ReLU cuts half of its input off, which He's rule
// makes up for; the other curves need no such gain.
func (v variant) rule() nn.InitRule {
	name := v.init
	if name == "auto" {
		name = "lecun"
		if v.activation == "relu" || v.activation == "leaky-relu" {
			name = "he-fan-in"
		}
	}
	for _, r := range rules {
		if r.name == name {
			return r.rule
		}
	}
	panic("gradients: no rule " + name) // the setting's kind allows no other
}

func ruleNames() (names []string) {
	for _, r := range rules {
		names = append(names, r.name)
	}
	return names
}
