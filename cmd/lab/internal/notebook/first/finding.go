package first

import (
	"fmt"
	"math"

	"reslab/lessons/lab"
)

// What one may bet.
const (
	better = "better"
	same   = "about the same"
	worse  = "worse"
)

// question is the bet of the page, as progress keeps it.
var question = lab.Question{Name: "depth", Text: "56 layers instead of 8: better or worse?", Options: []string{better, same, worse}}

// blind is the loss of one who knows nothing, and says so: each of ten digits
// with probability 1/10.
var blind = math.Log(10)

// outcome says which of the two nets learned better: whose training loss is
// lower by a tenth at least.
func (r *race) outcome() told {
	shallow, deep := r.shallow.curve.end(0), r.deep.curve.end(0)
	truth := same
	switch {
	case deep > 1.1*shallow:
		truth = worse
	case deep < 0.9*shallow:
		truth = better
	}
	text := fmt.Sprintf("After %d steps the training loss of %d layers is %s, that of %d layers %s.", r.steps(), r.deep.depth, loss(deep), r.shallow.depth, loss(shallow))
	switch {
	case truth == worse && deep > 0.9*blind:
		text += fmt.Sprintf(" Guessing blindly gives %s: the deep net has learned hardly anything. It is not overfitting, for these are the pictures it learns from.", loss(blind))
	case truth == worse:
		text += " The deep net learns, but worse. It is not overfitting, for these are the pictures it learns from."
	case truth == better:
		text += " This time the deep net learns better. Other random weights may say otherwise: try again."
	default:
		text += " This time depth made no difference. Other random weights may say otherwise: try again."
	}
	return told{T: "finding", About: "race", Text: text, Truth: truth}
}

// flipped says what the switch did to the loss of the deep net.
func (r *race) flipped() told {
	deep, at := r.deep.curve, r.switched
	if r.steps() == at {
		return told{T: "finding", About: "plus", Text: "Switched."}
	}
	now := deep.end(at)
	was := deep.smooth(at-1, 0)
	if !r.on {
		return told{T: "finding", About: "plus", Text: fmt.Sprintf("The shortcuts are closed again: the loss was %s, and %d steps later it is %s.", loss(was), r.steps()-at, loss(now))}
	}
	text := fmt.Sprintf("The loss was %s.", loss(was))
	if peak := deep.highest(at); peak > was {
		text += fmt.Sprintf(" It jumps to %s, because every layer suddenly gets other numbers than it learned with.", loss(peak))
	}
	before := r.before()
	if landed := r.landed(); landed >= 0 {
		text += fmt.Sprintf(" After %d steps, in %.1f s, it is below the lowest that either net had before, %s.", landed+1-at, r.ends[landed].Sub(r.since).Seconds(), loss(before))
	} else {
		text += fmt.Sprintf(" %d steps later it is not yet below the lowest that either net had before, %s.", r.steps()-at, loss(before))
	}
	text += fmt.Sprintf(" It stands at %s, and %d layers, which went on learning too, at %s.", loss(now), r.shallow.depth, loss(r.shallow.curve.end(at)))
	return told{T: "finding", About: "plus", Text: text}
}

// loss writes a loss with as many digits as say something.
func loss(v float64) string {
	switch {
	case v >= worst/window:
		return "no number any more"
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
