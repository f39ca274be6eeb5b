package train

import (
	"math"
	"strings"

	"reslab/nn"
)

// The recipe is that of He et al. 2015 (arXiv 1512.03385, section 4.2) for
// CIFAR-10, with all that is counted in steps there put in proportion to the
// training at hand. There: stochastic gradient descent with momentum 0.9 and
// weight decay 1e-4, batches of 128, rate 0.1, a tenth of it from 32,000 steps
// on and a hundredth from 48,000, 64,000 steps in all; 5,000 of 50,000 pictures
// held out; a warm-up of about 400 steps for 110 layers.
const (
	momentum        = 0.9
	paperBatch      = 128
	paperValidation = 5000
	paperWarmUp     = 400 // steps
	deep            = 100 // weight layers that need a warm-up
)

// complete fills in what the settings leave to the recipe, for a net and the
// pictures that it is to learn from.
func (s *Settings) complete(net net, pictures int, colour bool) {
	usual(&s.Seed, 1)
	usual(&s.Epochs, 10)
	usual(&s.Validation, math.Min(0.1, paperValidation/float64(pictures)))
	learn := pictures - held(pictures, *s.Validation)
	usual(&s.Batch, usualBatch(net, learn))
	usual(&s.Optimiser, "sgd")
	usual(&s.Rate, s.usualRate())
	usual(&s.Schedule, "steps")
	usual(&s.WarmUp, s.usualWarmUp(net, learn / *s.Batch))
	usual(&s.WeightDecay, 1e-4)
	usual(&s.LabelSmoothing, 0)
	usual(&s.Clip, 0)
	usual(&s.Patience, 0)
	if colour {
		usual(&s.Augment, "crop,flip")
	}
	usual(&s.Augment, "none")
}

// usual sets what is not set.
func usual[T any](setting **T, value T) {
	if *setting == nil {
		*setting = &value
	}
}

// held is the number of pictures of a validation set.
func held(pictures int, share float64) int { return int(math.Round(share * float64(pictures))) }

// usualBatch is that of the paper; smaller for large pictures, which take
// memory, and for few, so that an epoch has twenty steps; of a handful, two at
// least.
func usualBatch(net net, pictures int) int {
	batch := paperBatch
	if net.large() {
		batch /= 4
	}
	for batch > 8 && pictures < 20*batch || batch > 2 && pictures < 2*batch {
		batch /= 2
	}
	return batch
}

// usualRate is in proportion to the batch (Goyal et al. 2017, arXiv
// 1706.02677). Weights that were trained before need a tenth.
func (s *Settings) usualRate() float64 {
	rate := 0.1 * float64(*s.Batch) / paperBatch
	if strings.HasPrefix(*s.Optimiser, "adam") {
		rate /= 100
	}
	if s.From != "" {
		rate /= 10
	}
	return rate
}

// usualWarmUp is that of the paper for deep nets, an epoch or a tenth of the
// training at most.
func (s *Settings) usualWarmUp(net net, stepsPerEpoch int) float64 {
	if net.layers() < deep {
		return 0
	}
	return min(paperWarmUp/float64(stepsPerEpoch), 1, float64(*s.Epochs)/10)
}

// schedule is the learning rate of every step.
func (s *Settings) schedule(stepsPerEpoch int) nn.Schedule {
	steps := *s.Epochs * stepsPerEpoch
	var falling nn.Schedule
	switch *s.Schedule {
	case "steps":
		falling = nn.Steps(*s.Rate, 0.1, []int{steps / 2, steps * 3 / 4})
	case "cosine":
		falling = nn.Cosine(*s.Rate, steps)
	default:
		falling = nn.Constant(*s.Rate)
	}
	return nn.WarmUp(int(math.Round(*s.WarmUp*float64(stepsPerEpoch))), falling)
}

// optimiser makes the steps.
func (s *Settings) optimiser() *nn.Optimiser {
	switch *s.Optimiser {
	case "adam", "adamw":
		return nn.NewAdam(nn.AdamConfig{WeightDecay: *s.WeightDecay, Decoupled: *s.Optimiser == "adamw"})
	}
	return nn.NewSGD(nn.SGDConfig{Momentum: momentum, WeightDecay: *s.WeightDecay})
}
