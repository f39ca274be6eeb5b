package repl

import (
	"strings"
	"testing"
)

// TestSet: a control is moved, and its input runs again.
func TestSet(t *testing.T) {
	const slider = "t := lab.Slider(\"heat of it\", 0.1, 10, 1)\n"
	for _, c := range []struct{ input, says string }{
		{slider + ":set heat of it 2.5\nt * 2", "heat of it: 1 (from 0.1 to 10)\nheat of it: 2.5 (from 0.1 to 10)\n5\n"},
		{"n := lab.Count(\"n\", 1, 9, 3)\n:set n 4\nn", "\n4\n"},
		{"a := lab.Choice(\"net\", []string{\"plain\", \"residual\"})\n:set net res\na", "\nresidual\n"},
		{"a := lab.Switch(\"skip\", false)\n:set skip on\na", "\ntrue\n"},
		{"k := lab.Paint(\"kernel\", 2, 2, []float64{1, 0, 0, 1})\n:set kernel 1 2, 3 4\nk", "\n[1 2 3 4]\n"},
		{"d := lab.NewDial(\"rate\", 0, 1, 0.5)\n:set rate 0.25\nd.Value()", "\nrate: 0.25\n0.25\n"},
		{"b := lab.Predict(\"edge\", \"Which?\", []string{\"0\", \"4\"})\n:set edge 4 70%\nb.Settle(\"4\")", "You said 4, 70 % sure. It is 4."},
		{"b := lab.PredictNumber(\"sum\", \"How much?\")\n:set sum 12.5 60%\nb.SettleNumber(12)", "You said 12.5, 60 % sure. It is 12."},
		{slider + "lab.DrawPad(\"digit\")\n:set", ":set heat of it 10  slider\ndigit               pad, to be moved in the notebook\n"},
		{slider + ":set heat of it 2\n:source", slider},
		{slider + ":set heat of it 2\n:reset\n" + slider, "heat of it: 2 (from 0.1 to 10)\nheat of it: 1 (from 0.1 to 10)\n"},
		{slider + ":set heat of it 2\n:undo\n" + slider, "Taken back: t := lab.Slider(\"heat of it\", 0.1, 10, 1)\nheat of it: 1 (from 0.1 to 10)\n"},
	} {
		out, errOut, err := pipe(t, c.input+"\n", Options{})
		if err != nil || !strings.Contains(out, c.says) {
			t.Errorf("%q gives %q, %q, %v; want %q", c.input, out, errOut, err, c.says)
		}
		if n := strings.Count(out, slider); strings.HasSuffix(c.input, ":source") && n != 1 {
			t.Errorf("the source has the input %d times: %s", n, out)
		}
	}
}

// TestSetTellsWhatIsOutdated: what was computed from a control's value, and is not computed again, is named.
func TestSetTellsWhatIsOutdated(t *testing.T) {
	const slider = "t := lab.Slider(\"t\", 0, 10, 1)\n"
	for _, c := range []struct{ input, note string }{
		{slider + "y := 2 * t\n:set t 3\ny", "Note: y still has its former value; run again what computes it.\n"},
		{slider + "y := 2 * t\nz := y + 1\n:set t 3\nz", "Note: y and z still have their former values; run again what computes it.\n"},
		{slider + "y := 2 * t\n:set t 3\ny = 2 * t\n:set t 4", "Note: y still has its former value; run again what computes it.\nNote: y still has its former value; run again what computes it.\n"},
		{slider + "func f() float64 { return t }\n:set t 3\nf()", ""},
		{slider + "func f() float64 { return t }\ny := f()\n:set t 3", "Note: y still has its former value; run again what computes it.\n"},
		{slider + "x := 5\n2 * t\n:set t 3", ""},
	} {
		if out, errOut, err := pipe(t, c.input+"\n", Options{}); err != nil || errOut != c.note {
			t.Errorf("%q gives %q, %q, %v; want %q", c.input, out, errOut, err, c.note)
		}
	}
}

func TestWrongSet(t *testing.T) {
	const controls = "lab.Slider(\"t\", 0.1, 10, 1)\nlab.Choice(\"net\", []string{\"plain20\", \"plain56\"})\nlab.Switch(\"skip\", false)\nlab.Paint(\"k\", 1, 2, []float64{1, 0})\nlab.DrawPad(\"digit\")\nlab.Predict(\"edge\", \"Which?\", []string{\"0\", \"4\"})\n"
	for input, want := range map[string]string{
		":set":                         "there is nothing to move yet",
		":set t 1":                     "no input has shown a control of that name; :set lists",
		controls + ":set t":            "say where to, as :set t 10",
		controls + ":set t 11":         "t takes a number from 0.1 to 10",
		controls + ":set t hot":        "t takes a number from 0.1 to 10",
		controls + ":set tt 1":         "no input has shown a control of that name",
		controls + ":set net plain":    "net is one of: plain20, plain56",
		controls + ":set skip perhaps": "skip takes on or off",
		controls + ":set k 1 2 3":      "k takes 2 numbers, not 3; write as in :set k 1 0",
		controls + ":set k 1 x":        `"x" is no number that k takes`,
		controls + ":set digit 1":      "digit is moved in the notebook alone: ",
		controls + ":set edge 4":       "say how sure you are, too, from 0% to 100%, as :set edge 0 70%",
		controls + ":set edge 5 70%":   "edge is one of: 0, 4",
		controls + ":set edge 4 170%":  "say how sure you are",
	} {
		if _, _, err := pipe(t, input+"\n", Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v; want %q", input, err, want)
		}
	}
}
