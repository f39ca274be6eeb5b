package compare

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reslab/viz"
)

// absent stands for what a run does not have.
const absent = "–"

func orAbsent(value string) string {
	if value == "" {
		return absent
	}
	return value
}

// InCommon lists the settings that are the same in all runs, in a sentence; it is
// empty if there are none.
func (c *Comparison) InCommon() string {
	var parts []string
	for _, key := range c.keys {
		parts = append(parts, strings.ReplaceAll(key, "_", " ")+" "+orAbsent(c.Common[key]))
	}
	if parts == nil {
		return ""
	}
	of := "all"
	if len(c.Runs) == 2 {
		of = "both"
	}
	return fmt.Sprintf("The same in %s: %s.", of, strings.Join(parts, ", "))
}

// Legend explains the figures whose names do not; it is empty where all do.
func (c *Comparison) Legend() string {
	legend := "First/last: the gradient of the first convolution's weights over that of the last one's. Above 1 it grows on the way back, below 1 it shrinks."
	switch {
	case c.Kind == kindTrain:
		return ""
	case c.some(func(f Figure) bool { return f.Key == scaleFreeKey }):
		legend += " Scale-free: each gradient times the norm of its weights."
	}
	return legend
}

// Mark says what the mark of the best means; it is empty where nothing can have one.
func (c *Comparison) Mark() string {
	switch {
	case c.severalSeeds() && !c.unlike(""):
		return "the best mean, if it leads by more than the largest standard deviation over the seeds; one run alone is never marked, for that may be luck"
	case c.some(func(f Figure) bool { return len(f.Best) > 0 }):
		return "the best"
	}
	return ""
}

// some says whether a figure of some net is as asked.
func (c *Comparison) some(is func(Figure) bool) bool {
	return slices.ContainsFunc(c.Nets, func(n Net) bool { return slices.ContainsFunc(n.Figures, is) })
}

// apart says how far the runs are apart: of two, the second from the first; of more,
// the most.
func (f Figure) apart() string {
	low, high, sign := math.Inf(1), math.Inf(-1), ""
	for _, v := range f.raw {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if len(f.raw) == 2 {
		low, high, sign = f.raw[0], f.raw[1], "+"
	}
	switch difference := high - low; {
	case number(difference) == nil || have(f.raw) < 2:
		return ""
	case f.is.unit == ofShare:
		return minus(fmt.Sprintf("%"+sign+".2f points", 100*difference))
	case f.is.unit == ofCount:
		return minus(english.Sprintf("%"+sign+".0f", difference))
	case number(high/low) == nil || high/low <= 0:
		return ""
	default:
		return times(high / low)
	}
}

// times writes a factor.
func times(factor float64) string {
	if factor >= 0.1 && factor < 100 {
		return fmt.Sprintf("× %.2f", factor)
	}
	return "× " + viz.Number(factor)
}

// minus puts the sign of printed texts in the place of a hyphen.
func minus(number string) string { return strings.Replace(number, "-", "−", 1) }

// same says whether all runs have the figure, and the same.
func (f Figure) same() bool {
	return !slices.ContainsFunc(f.raw, func(v float64) bool { return v != f.raw[0] })
}

// middle is the mean of a figure over the seeds, and how far they lie from it.
func (f Figure) middle() []string {
	if f.Spread == nil {
		return nil
	}
	s := f.Spread[0]
	return []string{f.is.unit.word(orNaN(s.Mean)) + s.share(len(f.raw)), f.is.unit.word(orNaN(s.Deviation))}
}

// word writes a figure.
func (u unit) word(v float64) string {
	switch {
	case math.IsNaN(v):
		return absent
	case u == ofShare:
		return fmt.Sprintf("%.2f %%", 100*v)
	case u == ofCount:
		return english.Sprintf("%.0f", v)
	case u == ofSeconds && v >= 10:
		return time.Duration(v * float64(time.Second)).Round(time.Second).String()
	case u == ofSeconds:
		return fmt.Sprintf("%.1fs", v)
	case u == ofRatio && math.IsInf(v, 0):
		return "too large for float32"
	}
	return u.digits(v)
}

// spread writes mean and deviation of a group of so many runs.
func (u unit) spread(s Spread, runs int) string {
	words := u.word(orNaN(s.Mean))
	if s.Deviation != nil {
		words += " ± " + u.word(*s.Deviation)
	}
	return words + s.share(runs)
}

// share says how many of a group's runs have the figure, if not all.
func (s Spread) share(runs int) string {
	if s.Runs == 0 || s.Runs == runs {
		return ""
	}
	return fmt.Sprintf(" (%d of %d)", s.Runs, runs)
}

// digits writes a number: a loss to three digits behind the point, a ratio of
// gradients to two in all, for the seed moves the rest.
func (u unit) digits(v float64) string {
	switch {
	case v < 0.001 || v >= 100 || math.IsNaN(v):
		if u == ofRatio {
			v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'e', 1, 64), 64)
		}
		return viz.Number(v)
	case u == ofRatio:
		return strconv.FormatFloat(v, 'f', max(0, 1-int(math.Floor(math.Log10(v)))), 64)
	}
	return fmt.Sprintf("%.3f", v)
}

var english = message.NewPrinter(language.English)
