package lab

import (
	"fmt"
	"strings"
	"sync"
	"time"
	"weak"

	"reslab/nn"
	"reslab/viz"
)

// Watch shows a training while it runs: its loss, the gradient of each layer,
// and how long it still takes. It hangs itself into BeforeUpdate and AfterStep,
// and calls what is there first: set your own hooks before you call Watch. What
// ran with a shortcut open is drawn in blue, all else in vermilion. Of a
// training that goes on for hours a bounded number of points is kept. One that
// is watched again is shown in the new place alone.
//
//	lab.Watch(training)
//	err := training.Run(context.Background())
func Watch(t *nn.Training) {
	w := &watch{loss: NewLive(), gradient: NewLive()}
	watching.put(t, w)
	before, after := t.BeforeUpdate, t.AfterStep
	t.BeforeUpdate = func(s nn.StepReport) {
		if before != nil {
			before(s)
		}
		w.see(t, s)
	}
	t.AfterStep = func(s nn.StepReport) {
		if after != nil {
			after(s)
		}
		w.show(t, s)
	}
}

// watching knows who watches each training, and keeps none of them alive.
var watching = watchers{by: map[weak.Pointer[nn.Training]]*watch{}}

type watchers struct {
	sync.Mutex
	by map[weak.Pointer[nn.Training]]*watch
}

// put ends the watch before, and forgets trainings that are gone.
func (all *watchers) put(t *nn.Training, w *watch) {
	all.Lock()
	defer all.Unlock()
	for key, old := range all.by {
		if now := key.Value(); now == nil || now == t {
			old.over = true
			delete(all.by, key)
		}
	}
	all.by[weak.Make(t)] = w
}

// A watch gathers what a training tells. It must not know the training, see
// watchers.
type watch struct {
	loss, gradient *Live
	over           bool // another has taken its place
	shown          time.Time
	due            bool // this step is shown
	points         track
	norms          []float64 // of each weight layer's gradient at the last step that was shown
}

// watchPace is how often a training is shown.
const watchPace = 100 * time.Millisecond

// see is called while the gradients are there.
func (w *watch) see(t *nn.Training, s nn.StepReport) {
	w.due = !w.over && (time.Since(w.shown) >= watchPace || s.Step == t.Steps-1)
	if w.due {
		w.norms = gradientNorms(t.Model)
	}
}

// gradientNorms are those of the weight layers on the main path, from the input.
func gradientNorms(model nn.Layer) (norms []float64) {
	for _, p := range model.Params() {
		if p.Trainable && p.Decay && p.Grad != nil && !strings.Contains(p.Name, "downsample.") {
			norms = append(norms, p.Grad.Norm())
		}
	}
	return norms
}

func (w *watch) show(t *nn.Training, s nn.StepReport) {
	if w.over {
		return
	}
	role := roleOf(t.Model)
	w.points.add(float64(s.Step), s.Loss, role)
	if !w.due {
		return
	}
	w.shown = time.Now()
	loss := viz.NewFigure("Loss of each step").Axes("step", "training loss")
	loss.Subtitle = fmt.Sprintf("step %d: %.4g, learning rate %.3g", s.Step+1, s.Loss, s.Rate)
	loss.X.From, loss.X.To, loss.Height = 0, float64(t.Steps), 200
	w.points.draw(loss)
	w.loss.Show(loss)
	if len(w.norms) > 0 {
		gradient := viz.NewFigure("Gradient of each layer").Axes("weight layer, counted from the input", "L2 norm of the gradient").LogY()
		gradient.Subtitle, gradient.Height = fmt.Sprintf("at step %d", s.Step+1), 200
		gradient.Add(viz.Series{Role: role, X: counted(len(w.norms)), Y: w.norms, Dots: true})
		w.gradient.Show(gradient)
	}
	Progress(s.Step+1, t.Steps, "training")
}

// counted returns 1, 2, ... n.
func counted(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// roleOf tells whether the model has an open highway.
func roleOf(model nn.Layer) viz.Role {
	role := viz.Plain
	nn.Walk(model, func(_ string, l nn.Layer) {
		if block, ok := l.(*nn.Residual); ok && block.Skip {
			role = viz.Residual
		}
	})
	return role
}

// A track is a curve that grows: when it has too many points, each two become
// one, their mean.
type track struct {
	stretches []stretch
	every     int // steps to a point
}

type stretch struct {
	x, y  float64 // sums
	steps int
	role  viz.Role
}

const mostTrack = 600

func (t *track) add(x, y float64, role viz.Role) {
	last := len(t.stretches) - 1
	if last >= 0 && t.stretches[last].steps < t.every && t.stretches[last].role == role {
		t.stretches[last].take(stretch{x, y, 1, role})
		return
	}
	if len(t.stretches) == mostTrack {
		t.halve()
	}
	t.every = max(t.every, 1)
	t.stretches = append(t.stretches, stretch{x, y, 1, role})
}

func (s *stretch) take(other stretch) {
	s.x, s.y, s.steps, s.role = s.x+other.x, s.y+other.y, s.steps+other.steps, other.role
}

func (t *track) halve() {
	for i := range mostTrack / 2 {
		pair := t.stretches[2*i]
		pair.take(t.stretches[2*i+1])
		t.stretches[i] = pair
	}
	t.stretches, t.every = t.stretches[:mostTrack/2], 2*t.every
}

// draw adds a curve for each run of one colour. Each begins where the one before
// ends.
func (t *track) draw(f *viz.Figure) {
	var x, y []float64
	for i, s := range t.stretches {
		x, y = append(x, s.x/float64(s.steps)), append(y, s.y/float64(s.steps))
		if last := i == len(t.stretches)-1; last || t.stretches[i+1].role != s.role {
			f.Line("", s.role, x, y)
			x, y = x[len(x)-1:len(x):len(x)], y[len(y)-1:len(y):len(y)]
		}
	}
}
