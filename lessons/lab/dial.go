package lab

// A Dial is a number that can be turned while a cell runs: the learning rate of
// a training, say.
//
//	rate := lab.NewDial("learning rate", 0.001, 1, 0.1)
//	training.Rate = func(step int) float64 { return rate.Value() }
type Dial struct {
	name            string
	from, to, start float64
}

// NewDial shows a dial. One that spans a factor of 100 or more goes in powers
// of ten.
func NewDial(name string, from, to, start float64) *Dial {
	checkSpan("NewDial", name, from, to)
	d := &Dial{name, from, to, start}
	Show(Control{Kind: "dial", Name: name, Value: d.Value(), Start: start, From: from, To: to, Log: inPowers(from, to), Live: true})
	return d
}

// Value is what the dial stands at now.
func (d *Dial) Value() float64 { return within(read(d.name, d.start), d.from, d.to) }

// String is the dial's name, short.
func (d *Dial) String() string { return "dial " + d.name }

// A Toggle is a switch that can be thrown while a cell runs: the shortcuts of a
// net, say.
//
//	plus := lab.NewToggle("the plus sign", false)
//	training.AfterStep = func(s nn.StepReport) { block.Skip = plus.On() }
type Toggle struct {
	name  string
	start bool
}

// NewToggle shows a toggle.
func NewToggle(name string, start bool) *Toggle {
	t := &Toggle{name, start}
	Show(Control{Kind: "toggle", Name: name, Value: t.On(), Start: start, Live: true})
	return t
}

// On tells how the toggle stands now.
func (t *Toggle) On() bool { return read(t.name, t.start) }

// String is the toggle's name, short.
func (t *Toggle) String() string { return "toggle " + t.name }
