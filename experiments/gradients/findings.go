package gradients

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"reslab/experiments/run"
	"reslab/viz"
)

// records are the rows of the two CSV files. All that the report says is
// computed from them, so that it cannot say what the files do not.
type records struct {
	gradients []run.Gradient
	metrics   []run.Metric
}

func (r *records) metric(p *plan, v variant, step int, split string, loss, accuracy, rate float64) {
	r.metrics = append(r.metrics, run.Metric{Net: v.name(), Seed: p.Seed, Step: step, Epoch: step * p.Batch / p.source.pictures(),
		Split: split, Loss: loss, Accuracy: accuracy, Rate: rate})
}

// nets are the names in the order of the files.
func (r *records) nets() (names []string) {
	for _, g := range r.gradients {
		if !slices.Contains(names, g.Net) {
			names = append(names, g.Net)
		}
	}
	return names
}

// at returns the layers of a net at a step, from the input on.
func (r *records) at(net string, step int) (layers []run.Gradient) {
	for _, g := range r.gradients {
		if g.Net == net && g.Step == step {
			layers = append(layers, g)
		}
	}
	return layers
}

// steps are the recorded steps of a net.
func (r *records) steps(net string) (steps []int) {
	for _, g := range r.gradients {
		if g.Net == net && !slices.Contains(steps, g.Step) {
			steps = append(steps, g.Step)
		}
	}
	return steps
}

// ratio is the weight gradient of the first convolution over that of the last,
// at a step; raw, or freed of the scale of the weights (gradient norm times
// weight norm). Infinite if the first is too large for float32; NaN if there is
// no gradient at either end, or no such net.
func (r *records) ratio(net string, step int, free bool) float64 {
	layers := r.at(net, step)
	if len(layers) < 3 {
		return math.NaN()
	}
	first, last := layers[0], layers[len(layers)-2] // behind it stands only the fc
	if finite(last.WeightGradNorm) && !finite(first.WeightGradNorm) {
		return math.Inf(1) // float32 could not hold it on the way back
	}
	if free {
		return first.WeightGradNorm * first.WeightNorm / (last.WeightGradNorm * last.WeightNorm)
	}
	return first.WeightGradNorm / last.WeightGradNorm
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// loss is the mean training loss of the last tenth of a net's steps.
func (r *records) loss(net string) float64 {
	var losses []float64
	for _, m := range r.metrics {
		if m.Net == net && m.Split == "train" {
			losses = append(losses, m.Loss)
		}
	}
	last := losses[len(losses)-(len(losses)+9)/10:]
	var sum float64
	for _, l := range last {
		sum += l
	}
	return sum / float64(len(last))
}

// test is how a net did on pictures that it had not seen; NaN if it was not asked.
func (r *records) test(net string) float64 {
	accuracy := math.NaN()
	for _, m := range r.metrics {
		if m.Net == net && m.Split == "test" {
			accuracy = m.Accuracy
		}
	}
	return accuracy
}

// Finding is a statement about vanishing gradients, and whether this run's
// figures bear it out.
type Finding struct {
	Statement string `json:"statement"`
	Measured  string `json:"measured"`
	Held      bool   `json:"held"`
}

// String says the finding in a line.
func (f Finding) String() string {
	verdict := "held"
	if !f.Held {
		verdict = "did not hold"
	}
	return fmt.Sprintf("%s: %s (%s)", verdict, f.Statement, f.Measured)
}

// deep is from how many layers on a net is one that the statements are about: the
// shallowest of the paper's.
const deep = 20

// trained is from how many steps on the statements about learning are put to a
// test: a budget of two minutes buys more on two cores.
const trained = 50

// caution says where a statement that did not hold was hardly put to the test:
// about depth by shallow nets, about learning by a few steps. Else it is empty.
func (r *records) caution(found []Finding) string {
	deepest, steps := 0, 0
	for _, net := range r.nets() {
		_, depth, _ := split(net)
		deepest, steps = max(deepest, depth), max(steps, r.lastStep(net))
	}
	failed := func(f Finding) bool { return !f.Held }
	var cautions []string
	if deepest < deep && slices.ContainsFunc(found, failed) {
		cautions = append(cautions, fmt.Sprintf("The statements are about deep nets, and the deepest of this run has %d layers. Nets of 20 and 56, the default depths, put them to the test.", deepest))
	}
	if steps < trained && slices.ContainsFunc(r.learning(), failed) {
		cautions = append(cautions, fmt.Sprintf("Each net took %s, which says little about who learns. A larger --budget, or --set steps=300, gives them more.", counted(steps, "step")))
	}
	return strings.Join(cautions, " ")
}

// findings holds every statement that the nets of the run can test against
// what was measured. The statements are those of He et al. 2015, section 4.1,
// Yang et al. 2019 (arXiv 1902.08129) and He et al. 2016 (arXiv 1603.05027); that
// of tanh is our own.
func (r *records) findings() []Finding {
	var found []Finding
	hold := func(statement string, nets []string, free bool, step func(net string) int, held func(ratios []float64) bool) {
		if len(nets) == 0 {
			return
		}
		var ratios []float64
		var measured []string
		for _, net := range nets {
			ratio := r.ratio(net, step(net), free)
			ratios = append(ratios, ratio)
			measured = append(measured, net+": "+times(ratio))
		}
		found = append(found, Finding{statement, strings.Join(measured, ", "), held(ratios)})
	}
	start := func(string) int { return 0 }

	plain, residual := r.family("plain", ""), r.family("residual", "")
	hold("Plain nets with batch norm and ReLU start with gradients that grow on the way back, more than their twins', and do not vanish", plain, false, start,
		func(ratios []float64) bool {
			return slices.Min(ratios) > 1 && !slices.ContainsFunc(plain, func(net string) bool { return r.ratio(net, 0, false) <= r.ratio(twin(net), 0, false) })
		})
	if len(plain) > 1 {
		hold("They explode: with depth they grow by orders of magnitude", plain, false, start,
			func(ratios []float64) bool { return ratios[len(ratios)-1] > 10*ratios[0] })
	}
	hold("Their residual twins stay within two orders of magnitude", residual, false, start,
		func(ratios []float64) bool { return slices.Min(ratios) >= 0.01 && slices.Max(ratios) <= 100 })
	hold("In plain nets with sigmoid and without batch norm the gradient truly vanishes", r.family("plain", "-sigmoid-nobn"), false, start,
		func(ratios []float64) bool { return slices.Max(ratios) < 1e-6 })
	hold("With the sigmoid behind the addition the highway has a toll gate in every block, and the gradient vanishes all the same", r.family("residual", "-sigmoid-nobn"), false, start,
		func(ratios []float64) bool { return slices.Max(ratios) < 1e-6 })
	highway := r.family("residual", "-sigmoid-nobn-preadd")
	hold("The same nets with a clear highway keep it", highway, false, start,
		func(ratios []float64) bool { return slices.Min(ratios) > 1e-4 && slices.Max(ratios) < 1e4 })
	if len(highway) > 1 {
		hold("On a clear highway depth does not matter", highway, false, start,
			func(ratios []float64) bool { return slices.Max(ratios) < 10*slices.Min(ratios) })
	}
	hold("In plain nets with tanh and without batch norm it neither vanishes nor explodes", r.family("plain", "-tanh-nobn"), false, start,
		func(ratios []float64) bool { return slices.Min(ratios) >= 0.01 && slices.Max(ratios) <= 100 })
	return append(found, r.learning()...)
}

// learning holds what is said about training against the losses.
func (r *records) learning() (found []Finding) {
	for _, net := range r.family("residual", "") {
		first, last := r.firstLoss(net), r.loss(net)
		if math.IsNaN(r.test(net)) || r.lastStep(net) == 0 {
			continue
		}
		learned := last < 0.7*min(first, guessing) // who starts far above guessing has learned nothing when there
		found = append(found, Finding{net + " learns", fmt.Sprintf("loss %s at the start, %s at the end; right on %.0f %% of the test pictures", viz.Number(first), viz.Number(last), 100*r.test(net)), learned})
		if plain := twin(net); slices.Contains(r.nets(), plain) && r.lastStep(plain) > 0 {
			found = append(found, Finding{fmt.Sprintf("%s learns more slowly than %s", plain, net), fmt.Sprintf("loss at the end %s against %s", viz.Number(r.loss(plain)), viz.Number(last)), learned && !(r.loss(plain) <= last)})
		}
	}
	return found
}

// guessing is the loss of who guesses blindly among ten classes.
var guessing = math.Log(10)

func (r *records) firstLoss(net string) float64 {
	for _, m := range r.metrics {
		if m.Net == net && m.Split == "train" {
			return m.Loss
		}
	}
	return math.NaN()
}

func (r *records) lastStep(net string) int { return slices.Max(append(r.steps(net), 0)) }

// family lists the nets of a kind and a suffix that were recorded at the
// start, the shallow ones first.
func (r *records) family(kind, suffix string) (names []string) {
	for _, name := range r.nets() {
		k, _, s := split(name)
		if k == kind && s == suffix && len(r.at(name, 0)) > 2 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		_, depthA, _ := split(a)
		_, depthB, _ := split(b)
		return depthA - depthB
	})
	return names
}

// twin is the residual net to a plain one, and the plain net to a residual one.
func twin(net string) string {
	if rest, plain := strings.CutPrefix(net, "plain"); plain {
		return "residual" + rest
	}
	return "plain" + strings.TrimPrefix(net, "residual")
}

// split takes a net's name apart: residual-56-tanh is residual, 56, -tanh.
func split(name string) (kind string, depth int, suffix string) {
	kind, rest, _ := strings.Cut(name, "-")
	digits, tail, found := strings.Cut(rest, "-")
	if found {
		suffix = "-" + tail
	}
	depth, _ = strconv.Atoi(digits)
	return kind, depth, suffix
}

// times says a ratio of two gradients, to two digits: the seed moves the rest.
func times(ratio float64) string {
	switch {
	case math.IsNaN(ratio):
		return "none at either end"
	case math.IsInf(ratio, 0):
		return "too large for float32"
	case ratio == 0:
		return "too small for float32"
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(ratio, 'e', 1, 64), 64)
	return viz.Number(rounded)
}
