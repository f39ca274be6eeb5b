package nn

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Diverged is the error of a training whose loss or gradient is not finite any
// more, or a running average of batch norm, without which nobody can use the net. The weights, the running averages and the draws of dropouts are those
// from before the step.
type Diverged struct {
	Step int
	Loss float64
	Rate float64

	// Fault says what is not finite, of all that the step computes the first: the
	// "batch" itself, the "output" of Layer, an "average" that it keeps, the "loss",
	// or the "gradient" of the loss at the output of Layer or of its parameters. It is empty if a second
	// look found nothing, as at a layer that rolls dice of its own. Layer is a
	// path, empty for the model as a whole.
	Fault string
	Layer string
}

func (d *Diverged) Error() string {
	remedy := fmt.Sprintf("try a learning rate smaller than %g, a warm-up, or clipping of gradients", d.Rate)
	what := fmt.Sprintf("the loss became %g at step %d", d.Loss, d.Step)
	if isFinite(d.Loss) {
		what = fmt.Sprintf("the gradient became infinite at step %d", d.Step)
	}
	switch d.Fault {
	case "batch":
		remedy = "the batch itself holds numbers that are not finite: look at the data"
	case "average":
		what = fmt.Sprintf("the running averages of %s became infinite at step %d", orModel(d.Layer), d.Step)
	case "output":
		what += fmt.Sprintf(", and %s is the first layer whose output is not finite", orModel(d.Layer))
	case "gradient":
		what += fmt.Sprintf(", and %s is the first layer, on the way back, whose gradient is not finite", orModel(d.Layer))
	}
	return what + "; " + remedy
}

func orModel(path string) string {
	if path == "" {
		return "the model"
	}
	return path
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// diverged undoes a step and takes it once more, listening at each layer, to name
// the first one where something is not finite. That costs nothing as long as
// nothing goes wrong.
func (t *Training) diverged(report StepReport, x *Tensor, labels []int) *Diverged {
	t.before.restore()
	defer t.before.restore()
	d := &Diverged{Step: report.Step, Loss: report.Loss, Rate: report.Rate}
	if !allFinite(x) {
		d.Fault = "batch"
		return d
	}
	trail := t.listen(x, labels)
	if first := slices.IndexFunc(trail, func(s sight) bool { return s.bad }); first >= 0 {
		d.Fault, d.Layer = trail[first].fault, trail[first].path
	}
	return d
}

// sight is what was seen at one place of a step.
type sight struct {
	fault string
	path  string
	bad   bool // not finite
}

// listen takes a step without an update, and returns what it saw in the order in
// which it was computed.
func (t *Training) listen(x *Tensor, labels []int) (trail []sight) {
	leaves := map[string]bool{}
	Walk(t.Model, func(path string, l Layer) { leaves[path] = leaves[path] || !isContainer(l) })
	parameters := func(path string) {
		for _, p := range t.params {
			if p.Trainable && p.Grad != nil && strings.HasPrefix(p.Name, path+".") && !allFinite(p.Grad) {
				trail = append(trail, sight{"gradient", path, true})
			}
		}
	}
	behind := "" // the layer whose Backward is done
	stop := Tap(t.Model, func(path string, v *Tensor, backward bool) {
		switch {
		case !leaves[path]:
		case !backward:
			trail = append(trail, sight{"output", path, !allFinite(v)})
		default:
			if behind != "" {
				parameters(behind)
			}
			trail = append(trail, sight{"gradient", path, !allFinite(v)})
			behind = path
		}
	})
	defer stop()
	logits := t.Model.Forward(x, true)
	trail = append(trail, sight{"output", "", !allFinite(logits)})
	for _, p := range t.params {
		if isAverage(p) {
			trail = append(trail, sight{"average", p.Name[:max(0, strings.LastIndex(p.Name, "."))], !allFinite(p.Value)})
		}
	}
	loss, dlogits := t.Loss(logits, labels)
	trail = append(trail, sight{"loss", "", !isFinite(loss) || !allFinite(dlogits)})
	if slices.ContainsFunc(trail, func(s sight) bool { return s.bad }) {
		return trail
	}
	ZeroGrad(t.params)
	t.Model.Backward(dlogits)
	if behind != "" {
		parameters(behind)
	}
	trail = append(trail, sight{"gradient", "", !isFinite(GradientNorm(t.params))})
	return trail
}

func allFinite(t *Tensor) bool { return isFinite(sumOfSquares(t.Data)) }

// before is what a Forward changes although the loss is not known yet: batch
// norm's running averages, and the draws of dropouts.
type before struct {
	running  []*Tensor
	values   []float32
	dropouts []*Dropout
	draws    []uint64
}

func (b *before) remember(params []*Param, dropouts []*Dropout) {
	b.running, b.values, b.dropouts, b.draws = b.running[:0], b.values[:0], dropouts, b.draws[:0]
	for _, p := range params {
		if isAverage(p) {
			b.running, b.values = append(b.running, p.Value), append(b.values, p.Value.Data...)
		}
	}
	for _, d := range dropouts {
		b.draws = append(b.draws, d.Draws)
	}
}

// isAverage tells a running average from a frozen weight, which does not move.
func isAverage(p *Param) bool { return !p.Trainable && !p.Decay }

// lost says whether what Forward has made of the running averages is not finite.
func (b *before) lost() bool {
	return slices.ContainsFunc(b.running, func(t *Tensor) bool { return !allFinite(t) })
}

func (b *before) restore() {
	values := b.values
	for _, t := range b.running {
		values = values[copy(t.Data, values):]
	}
	for i, d := range b.dropouts {
		d.Draws = b.draws[i]
	}
}
