package lab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/viz"
)

// Each control starts at its start, takes what fits, and prints a short text.
func TestControls(t *testing.T) {
	picture := nn.FromSlice([]float32{1, 2, 3, 4}, 1, 2, 2, 1)
	for _, c := range []struct {
		name        string
		ask         func() any
		start, text string
		set         string
		then        string
	}{
		{"slider", func() any { return Slider("c", 0, 10, 2.5) }, "2.5", "c: 2.5 (from 0 to 10)", `7`, "7"},
		{"slider, too far", func() any { return Slider("c", 0, 10, 1) }, "1", "c: 1 (from 0 to 10)", `70`, "10"},
		{"slider, no number", func() any { return Slider("c", 0, 10, 1) }, "1", "c: 1 (from 0 to 10)", `"x"`, "1"},
		{"slider, null", func() any { return Slider("c", 0, 10, 1) }, "1", "c: 1 (from 0 to 10)", `null`, "1"},
		{"count", func() any { return Count("c", 1, 9, 3) }, "3", "c: 3 (from 1 to 9)", `4.6`, "5"},
		{"choice", func() any { return Choice("c", []string{"a", "b"}) }, "a", "c: a (of a, b)", `"b"`, "b"},
		{"choice, not offered", func() any { return Choice("c", []string{"a", "b"}) }, "a", "c: a (of a, b)", `"z"`, "a"},
		{"switch", func() any { return Switch("c", true) }, "true", "c: on", `false`, "false"},
		{"paint", func() any { return Paint("c", 1, 2, []float64{1, -2}) }, "[1 -2]", "c:\n   1  -2", `[3,4]`, "[3 4]"},
		{"paint, too few", func() any { return Paint("c", 1, 2, []float64{1, 2}) }, "[1 2]", "c:\n  1  2", `[3]`, "[1 2]"},
		{"bars", func() any { return Bars("c", []string{"x", "y"}, []float64{1, -1}) }, "[1 -1]", "c: x 1, y -1", `[1.5,-9]`, "[1.5 -2]"},
		{"pad", func() any { return DrawPad("c").Data[0] }, "0", "c: a pad of 28x28 to draw on, in the notebook", "[0.5" + strings.Repeat(",0", 783) + "]", "0.5"},
		{"drag", func() any { return Drag("c", picture).Data }, "[1 2 3 4]", "c: moved down by 0 and right by 0", `[1,-1]`, "[0 0 2 0]"},
		{"upload", func() any { return Upload("c").Shape }, "[1 224 224 3]", "c: a picture of 224x224", `{"height":1,"width":2,"pixels":"AAAAAAAA"}`, "[1 1 2 3]"},
		{"upload, not whole", func() any { return Upload("c").Shape }, "[1 224 224 3]", "c: a picture of 224x224", `{"height":9,"width":2,"pixels":"AAAAAAAA"}`, "[1 224 224 3]"},
		{"dial", func() any { return NewDial("c", 0.001, 1, 0.1).Value() }, "0.1", "c: 0.1 (from 0.001 to 1)", `0.5`, "0.5"},
		{"toggle", func() any { return NewToggle("c", false).On() }, "false", "c: off", `true`, "true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer Forget()
			var start any
			if got := printed(func() { start = c.ask() }); got != c.text+"\n" || fmt.Sprint(start) != c.start {
				t.Errorf("it starts at %v and prints %q, want %s and %q", start, got, c.start, c.text)
			}
			mustSet(t, "c", c.set)
			values := seen(t, func() { start = c.ask() })
			if fmt.Sprint(start) != c.then {
				t.Errorf("set to %s it is %v, want %s", c.set, start, c.then)
			}
			if _, err := json.Marshal(values[0]); err != nil {
				t.Error(err)
			}
		})
	}
}

// A control that spans powers of ten says so.
func TestLogControls(t *testing.T) {
	for want, f := range map[bool]func(){true: func() { Slider("s", 0.01, 1, 0.1) }, false: func() { Slider("s", 0, 1, 0.1) }} {
		if c := seen(t, f)[0].(Control); c.Log != want {
			t.Errorf("%v is log: %v", c, c.Log)
		}
	}
}

func TestSetRefuses(t *testing.T) {
	defer Forget()
	if err := Set("x", []byte("{")); err == nil || !strings.Contains(err.Error(), "no JSON") {
		t.Errorf("half an object gives %v", err)
	}
	if err := Set("x", []byte(`"`+strings.Repeat("x", mostInput)+`"`)); err == nil || !strings.Contains(err.Error(), "4 MB") {
		t.Errorf("too much gives %v", err)
	}
}

// What a cell does with its numbers does not change the control.
func TestControlsKeepTheirOwn(t *testing.T) {
	c := seen(t, func() { Paint("own", 1, 1, []float64{1})[0] = 9 })[0].(Control)
	if got := fmt.Sprint(c.Value, c.Start); got != "[1] [1]" {
		t.Errorf("the control stands at %s", got)
	}
}

func TestBet(t *testing.T) {
	defer Forget()
	ask := func() *Bet { return Predict("edge", "What is the sum?", []string{"0", "4"}) }
	if got := printed(func() { ask().Settle("4") }); got != "Predict first: What is the sum? (0 / 4)\nIt is 4.\n" {
		t.Errorf("without a bet: %q", got)
	}
	mustSet(t, "edge", `{"choice":"0","confidence":0.8}`)
	if got := printed(func() { ask().Settle("4") }); !strings.HasSuffix(got, "You said 0, 80 % sure. It is 4.\n") {
		t.Errorf("with a bet: %q", got)
	}
	for said, right := range map[string]bool{`{"choice":"4"}`: true, `{"choice":"0"}`: false} {
		mustSet(t, "edge", said)
		if s := seen(t, func() { ask().Settle("4") })[1].(Settled); s.Right != right {
			t.Errorf("%s is right: %v", said, s.Right)
		}
	}
}

func TestNumberBet(t *testing.T) {
	defer Forget()
	for said, right := range map[string]bool{`{"number":95}`: true, `{"number":89}`: false, `{"choice":"100"}`: false} {
		mustSet(t, "n", said)
		if s := seen(t, func() { PredictNumber("n", "How many?").SettleNumber(100) })[1].(Settled); s.Right != right {
			t.Errorf("%s is right: %v", said, s.Right)
		}
	}
}

func TestCurveBet(t *testing.T) {
	defer Forget()
	frame := viz.NewFigure("Bet").Axes("layers", "loss").Line("known", viz.Plain, []float64{8, 20}, []float64{0.3, 0.4})
	frame.X.From, frame.X.To, frame.Y.From, frame.Y.To = 8, 56, 0, 2
	var bet *Bet
	c := seen(t, func() { bet = PredictCurve("depth", "How deep?", frame) })[0].(Control)
	if f := c.Ask.Frame; f.X != (Span{Label: "layers", From: 8, To: 56}) || len(f.Known) != 1 || f.Known[0].Points[1] != [2]float64{20, 0.4} {
		t.Errorf("the frame is %+v", f)
	}
	result := viz.NewFigure("Result").Line("loss", viz.Plain, []float64{8, 56}, []float64{0.3, 2})
	if bet.Over(result); len(result.Series) != 1 {
		t.Error("there was no bet to draw")
	}
	mustSet(t, "depth", `{"curve":[[8,1],[56,0.5]],"confidence":0.5}`)
	if bet.Over(result); len(result.Series) != 2 || result.Series[1].Name != "your bet" || result.Series[1].Y[1] != 0.5 {
		t.Errorf("the figure has %v", result.Series)
	}
}
