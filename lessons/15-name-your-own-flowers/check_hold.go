package flowers

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

type holdFunc = func(body nn.Layer)

// smallBody doubles its numbers and normalises them: small enough to follow.
func smallBody() (*nn.Sequential, *nn.BatchNorm2D) {
	conv := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: 1})
	conv.Weight.Value.Data[0] = 2
	norm := nn.NewBatchNorm2D(1)
	return nn.NewSequential().Add("conv", conv).Add("bn", norm), norm
}

// twoPictures are of one pixel each, 1 and 5.
func twoPictures() *nn.Tensor { return nn.FromSlice([]float32{1, 5}, 2, 1, 1, 1) }

// checkHold holds a body that can be followed by hand, and one with blocks.
func checkHold(yours holdFunc) string {
	body, norm := smallBody()
	const its = "For a body that doubles, with a batch norm behind it: "
	if sentence := lab.Panics(func() { yours(body) }); sentence != "" {
		if strings.Contains(sentence, "nil pointer") {
			sentence += ". (Grad is nil until a gradient has come back, and to set it to zero holds nothing: the momentum rolls on)"
		}
		return its + "yours panics: " + sentence + "."
	}
	if words := changedValue(body); words != "" {
		return its + words
	}
	body.Forward(twoPictures(), true)
	if mean := norm.RunningMean.Value.Data[0]; mean != 0 {
		return fmt.Sprintf("%sit gets the pictures 1 and 5 in training mode, and nobody takes a step. The running mean of bn was 0 and is %.1f. By hand: 0.9*0 + 0.1*(2 + 10)/2 = 0.6. %s", its, mean, stillMoving(body, norm))
	}
	if words := stillTrained(body); words != "" {
		return its + words
	}
	beside := func(pixels ...float32) float32 {
		return body.Forward(nn.FromSlice(pixels, len(pixels), 1, 1, 1), true).Data[0]
	}
	if one, two := beside(1, 5), beside(1, 5, 5); one != two {
		return fmt.Sprintf("%sthe running mean stays, but in training mode the picture 1 gives %.2f beside one picture 5 and %.2f beside two. By hand, by the running averages: (2*1 - 0)/1 = 2, both times. bn still uses mean and variance of the batch: Frozen is what stops that.", its, one, two)
	}
	return checkHoldBlocks(yours)
}

// changedValue says which number of the small body is not what it was.
func changedValue(body nn.Layer) string {
	want := map[string]float32{"conv.weight": 2, "bn.weight": 1, "bn.bias": 0, "bn.running_mean": 0, "bn.running_var": 1}
	for _, p := range body.Params() {
		if got := p.Value.Data[0]; got != want[p.Name] {
			return fmt.Sprintf("%s was %g and is %g. To hold a body is to leave its numbers as they are: they are what was learned.", p.Name, want[p.Name], got)
		}
	}
	return ""
}

// stillMoving says why the running averages move.
func stillMoving(body nn.Layer, norm *nn.BatchNorm2D) string {
	held := stillTrained(body) == ""
	switch {
	case norm.Frozen:
		return "bn is Frozen, and yet they move."
	case held:
		return "No weight can be trained, and yet the body changes: the running averages are no weights, they follow every batch. A batch norm has a field that stops them: Frozen."
	}
	return "Neither is anything else held: " + stillTrained(body)
}

// stillTrained says what an optimiser may still move.
func stillTrained(body nn.Layer) string {
	for _, p := range body.Params() {
		if p.Trainable {
			return fmt.Sprintf("%s is still Trainable: the next step of the optimiser moves it.", p.Name)
		}
	}
	return ""
}

// checkHoldBlocks looks for what was missed in a body with blocks in it.
func checkHoldBlocks(yours holdFunc) string {
	body := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Width: 4, Projection: true})
	nn.Init(body, 1, nn.HeFanIn)
	const its = "For a residual net of 8 layers: "
	if sentence := lab.Panics(func() { yours(body) }); sentence != "" {
		return its + "yours panics: " + sentence + "."
	}
	if words := stillTrained(body); words != "" {
		return its + words
	}
	var missed []string
	nn.Walk(body, func(path string, l nn.Layer) {
		if norm, ok := l.(*nn.BatchNorm2D); ok && !norm.Frozen && !slices.Contains(missed, path) {
			missed = append(missed, path)
		}
	})
	if len(missed) > 0 {
		return fmt.Sprintf("%sthe batch norms %s are not Frozen: nn.Walk visits the layers inside of the blocks, too.", its, strings.Join(missed, ", "))
	}
	return ""
}
