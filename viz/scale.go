package viz

import (
	"math"
	"strconv"
	"strings"
)

// A scale places values along an axis. Its unit is the value itself, or on a log axis the value's
// decimal logarithm: one decade is one unit.
type scale struct {
	axis         Axis
	lo, hi       float64 // ends, in units
	step         float64 // between two labels, in units
	below, above bool    // some values lie under the floor, or are not finite
}

// A side tells whether a value has a place on the axis or lies off one of its ends.
type side int

const (
	on     side = iota
	under       // below the floor of a log axis: zero, underflow
	beyond      // infinite or NaN
)

// side of v. Infinities of either sign stand beyond: what matters is that the sum overflowed.
func (a Axis) side(v float64) side {
	switch {
	case !finite(v):
		return beyond
	case a.Log && v < a.floor():
		return under
	}
	return on
}

// unit converts a value to the scale's unit.
func (a Axis) unit(v float64) float64 {
	if a.Log {
		return math.Log10(v)
	}
	return v
}

// value undoes unit.
func (a Axis) value(unit float64) float64 {
	if a.Log {
		return math.Pow(10, unit)
	}
	return unit
}

// newScale spans the values. A tight scale ends exactly where the data do, as suits a horizontal
// axis of steps or layers; else the ends are moved out to round numbers.
func newScale(axis Axis, values []float64, tight bool) scale {
	s := scale{axis: axis, lo: math.Inf(1), hi: math.Inf(-1)}
	whole := true
	include := func(v float64) {
		u := axis.unit(v)
		s.lo, s.hi = min(s.lo, u), max(s.hi, u)
		whole = whole && v == math.Trunc(v)
	}
	for _, v := range values {
		switch axis.side(v) {
		case on:
			include(v)
		case under:
			s.below = true
		case beyond:
			s.above = true
		}
	}
	if axis.From != 0 || axis.To != 0 {
		for _, v := range []float64{axis.From, axis.To} {
			if axis.side(v) == on {
				include(v)
			}
		}
	}
	if s.lo > s.hi { // nothing has a place on the axis
		s.lo, s.hi = 0, 1
	}
	if axis.Log {
		s.spanDecades()
	} else {
		s.spanRound(tight, whole)
	}
	return s
}

// spanDecades widens to whole decades and labels at most eight of them.
func (s *scale) spanDecades() {
	const rounding = 1e-9 // Log10(1000) is a little less than 3
	s.lo, s.hi = math.Floor(s.lo+rounding), math.Ceil(s.hi-rounding)
	if s.lo == s.hi {
		s.hi++
	}
	for _, s.step = range []float64{1, 2, 5, 10, 20, 50, 100} {
		if s.hi-s.lo <= 7*s.step {
			return
		}
	}
}

// spanRound labels four to six multiples of 1, 2 or 5 times a power of ten.
func (s *scale) spanRound(tight, whole bool) {
	if s.lo == s.hi {
		margin := max(math.Abs(s.lo)/2, 0.5)
		s.lo, s.hi = s.lo-margin, s.hi+margin
	}
	if !tight && s.lo > 0 && s.lo < 0.4*s.hi {
		s.lo = 0 // the distance to zero is part of the message
	}
	s.step = roundStep((s.hi - s.lo) / 6)
	if tight && whole {
		s.step = max(s.step, 1)
	}
	if !tight {
		s.lo, s.hi = s.step*math.Floor(s.lo/s.step+1e-9), s.step*math.Ceil(s.hi/s.step-1e-9)
	}
}

// roundStep is the number of the form 1, 2 or 5 times a power of ten that is nearest above.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= least*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// A tick is a labelled place on an axis.
type tick struct {
	at    float64 // in units
	label string
}

// ticks lists the labelled places, from low to high.
func (s scale) ticks() []tick {
	var list []tick
	for k := math.Ceil(s.lo/s.step - 1e-9); k*s.step <= s.hi+s.step*1e-9; k++ {
		at := k * s.step
		list = append(list, tick{at, s.label(at)})
	}
	return list
}

func (s scale) label(at float64) string {
	if s.axis.Log {
		return powerOfTen(int(math.Round(at)))
	}
	size := max(math.Abs(s.lo), math.Abs(s.hi))
	if size >= 1e6 || s.step < 1e-4 {
		return Number(at)
	}
	digits := max(0, -int(math.Floor(math.Log10(s.step)+1e-9)))
	text := strconv.FormatFloat(math.Abs(at), 'f', digits, 64)
	if digits == 0 && size >= 10000 {
		text = grouped(int(math.Abs(at)))
	}
	if at < 0 {
		return "−" + text
	}
	return text
}

// ticksWithEnds adds the two ends where they are not crowded: the first and the last layer, step
// or epoch is what a reader looks for.
func (s scale) ticksWithEnds() []tick {
	list := s.ticks()
	if s.axis.Log || len(list) == 0 {
		return list
	}
	if list[0].at-s.lo > 0.45*s.step && s.labels(s.lo) {
		list = append([]tick{{s.lo, s.label(s.lo)}}, list...)
	}
	if s.hi-list[len(list)-1].at > 0.45*s.step && s.labels(s.hi) {
		list = append(list, tick{s.hi, s.label(s.hi)})
	}
	return list
}

// labels tells whether the label of a place is exact: 55 is, but 54.7 would be written 55.
func (s scale) labels(at float64) bool {
	shown, err := strconv.ParseFloat(strings.NewReplacer("−", "-", ",", "").Replace(s.label(at)), 64)
	return err == nil && shown == at
}
