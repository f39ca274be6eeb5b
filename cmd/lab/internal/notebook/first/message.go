package first

// ask is what the page sends.
//
//	draw    ink                  the drawing changed
//	train   -                    a new net, from random weights
//	bet     choice, confidence   56 layers instead of 8
//	race    -                    train both
//	plus    on                   the shortcuts of the 56 layers
//	stop    -                    what is running
type ask struct {
	T          string  `json:"t"`
	Ink        []byte  `json:"ink"` // see ink.Digit
	Choice     string  `json:"choice"`
	Confidence float64 `json:"confidence"`
	On         bool    `json:"on"`
}

// told is what the page gets.
//
//	seen      picture                          the drawing as the net sees it
//	bars      bars                             how sure the net is of each digit
//	reading   step, steps, left, loss          the net that learns to read
//	score     accuracy, pictures               on pictures that it has not seen
//	race      step, steps, left, points        two more losses
//	plus      on, step                         the shortcuts were switched at this step
//	finding   about, text, truth, right        what came of race or plus, computed from the curves
//	waiting   -                                another page trains: this one waits
//	begun     of                               a training, now
//	done      of, stopped                      it ended
//	problem   text
type told struct {
	T        string     `json:"t"`
	Picture  []byte     `json:"picture,omitempty"` // 28x28 bytes
	Bars     []float64  `json:"bars,omitempty"`
	Step     int        `json:"step,omitempty"`
	Steps    int        `json:"steps,omitempty"`
	Left     float64    `json:"left,omitempty"` // seconds
	Loss     float64    `json:"loss,omitempty"`
	Accuracy float64    `json:"accuracy,omitempty"`
	Pictures int        `json:"pictures,omitempty"`
	Points   [2]float64 `json:"points,omitzero"` // losses of 8 layers, of 56
	On       bool       `json:"on,omitempty"`
	Of       string     `json:"of,omitempty"` // read, race, plus
	About    string     `json:"about,omitempty"`
	Text     string     `json:"text,omitempty"`
	Truth    string     `json:"truth,omitempty"`
	Right    bool       `json:"right,omitempty"`
	Stopped  bool       `json:"stopped,omitempty"`
}
