package compare

import "math"

// Figure is a final figure of a net in every run.
type Figure struct {
	Key    string     `json:"figure"` // as result.json calls it
	Better string     `json:"better"` // "higher", "lower", or "" where neither is
	Values []*float64 `json:"values"` // null where a run has none, or it is no number
	Best   []int      `json:"best"`   // the runs that do best; none where all do the same, of several seeds, which would be luck, or where they answer other questions

	// Against the first run: the value less that one's, and over it.
	Differences []*float64 `json:"differences"`
	Ratios      []*float64 `json:"ratios"`

	// Over the seeds, where there are several: one for each of Groups, and the groups
	// whose mean is best beyond what may be luck. A group where some run has no such
	// figure is none of them.
	Spread     []Spread `json:"spread,omitempty"`
	BestGroups []int    `json:"best_groups,omitempty"`

	raw []float64 // with infinities, and NaN where there is none
	is  measure
}

// A measure is a figure's name, what it counts, and how it is found in the tables.
type measure struct {
	key, label, short string // short heads a narrow column
	better            string
	unit              unit
	of                func(rows) float64 // NaN if there is none
}

// A unit says how a figure is written, and whether two of them are told apart by
// their difference or by their ratio.
type unit int

const (
	ofShare   unit = iota // of pictures: in per cent; apart by points
	ofLoss                // apart by the ratio
	ofRatio               // of gradients: over orders of magnitude
	ofCount               // apart by the difference
	ofSeconds             // apart by the ratio
)

const (
	higher = "higher"
	lower  = "lower"
)

var signs = map[string]float64{higher: 1, lower: -1}

const (
	scaleFreeKey = "first_over_last_end_scale_free"
	trainLossKey = "train_loss"
)

// measures are the figures of a kind of run, the most telling first.
func measures(kind string) []measure {
	if kind == kindTrain {
		return []measure{
			{"top1", "test pictures right", "test right", higher, ofShare, func(r rows) float64 { return r.last(splitTest).Accuracy }},
			{"loss", "test loss", "test loss", lower, ofLoss, func(r rows) float64 { return r.last(splitTest).Loss }},
			{"validation_top1", "validation right", "val. right", higher, ofShare, func(r rows) float64 { return r.best().Accuracy }},
			{"validation_loss", "validation loss", "val. loss", lower, ofLoss, func(r rows) float64 { return r.best().Loss }},
			{trainLossKey, "training loss", "train loss", lower, ofLoss, rows.lossOfLastEpoch},
			{"best_epoch", "best epoch", "best epoch", "", ofCount, rows.bestEpoch},
			{"steps", "steps taken", "steps", "", ofCount, func(r rows) float64 { return float64(r.Steps) }},
			{"params", "parameters", "parameters", "", ofCount, func(r rows) float64 { return orNaN(r.result.Params) }},
			{"seconds", "time", "time", "", ofSeconds, func(r rows) float64 { return orNaN(r.result.Seconds) }},
		}
	}
	return []measure{
		{"test_accuracy", "test pictures right", "test right", higher, ofShare, func(r rows) float64 { return r.last(splitTest).Accuracy }},
		{"final_loss", "loss at the end", "loss", lower, ofLoss, rows.finalLoss},
		{"first_over_last_start", "first/last layer, start", "first/last, start", "", ofRatio, func(r rows) float64 { return r.firstOverLast(0, false) }},
		{"first_over_last_end", "first/last layer, end", "first/last, end", "", ofRatio, func(r rows) float64 { return r.firstOverLastAtEnd(false) }},
		{scaleFreeKey, "the same, scale-free", "scale-free", "", ofRatio, func(r rows) float64 { return r.firstOverLastAtEnd(true) }},
	}
}

// measure finds the figures of a net; those that no run has are left out.
func (c *Comparison) measure(n Net) (figures []Figure) {
	figures = []Figure{}
	for _, m := range measures(c.Kind) {
		f := Figure{Key: m.key, Better: m.better, is: m, Best: []int{}}
		some := false
		for i, r := range c.Runs {
			v := math.NaN()
			if n.Names[i] != "" {
				v = m.of(r.rows(n.Names[i]))
			}
			f.raw = append(f.raw, v)
			some = some || !math.IsNaN(v)
		}
		if !some {
			continue
		}
		f.compare()
		f.Spread = c.spread(f)
		var means []float64
		for g, s := range f.Spread {
			if s.Runs < len(c.Groups[g].Runs) {
				s.Mean = nil // of those that came through
			}
			means = append(means, orNaN(s.Mean))
		}
		switch {
		case c.unlike(m.key):
		case c.repeated():
			f.BestGroups = c.beyondLuck(best(means, m.better), f)
		default:
			f.Best = best(f.raw, m.better)
		}
		figures = append(figures, f)
	}
	return figures
}

// compare holds every value against the first.
func (f *Figure) compare() {
	for _, v := range f.raw {
		f.Values = append(f.Values, number(v))
		f.Differences = append(f.Differences, number(v-f.raw[0]))
		f.Ratios = append(f.Ratios, number(v/f.raw[0]))
	}
}

// best are the places of the best values, if there are worse ones.
func best(values []float64, better string) []int {
	sign := signs[better]
	top := math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			top = max(top, sign*v)
		}
	}
	places, worse := []int{}, false
	for i, v := range values {
		switch {
		case math.IsNaN(v):
		case sign*v == top:
			places = append(places, i)
		default:
			worse = true
		}
	}
	if sign == 0 || !worse {
		return []int{}
	}
	return places
}

// number is nil for what JSON has no number for.
func number(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
