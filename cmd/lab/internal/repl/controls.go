package repl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/terminal"
	"reslab/lessons/lab"
)

// A control is a slider, or what else an input has shown to be moved. There is no
// mouse here, so :set moves it.
type control struct {
	lab.Control
	input, source string // what showed it, and runs again when it is moved
}

// notes keeps a control that an input shows.
func (r *repl) notes(d kernel.Display) {
	c := control{input: r.running.name, source: r.running.source}
	if d.Kind != kernel.Control || json.Unmarshal([]byte(d.Data), &c.Control) != nil {
		return
	}
	at := slices.IndexFunc(r.controls, func(other control) bool { return other.Name == c.Name })
	if at < 0 {
		r.controls = append(r.controls, c)
		return
	}
	r.controls[at] = c
}

// forget puts controls back to where they start, and knows them no more.
func (r *repl) forget(these func(c control) bool) error {
	for _, c := range r.controls {
		if !these(c) {
			continue
		}
		if err := r.kernel.Set(c.Name, []byte("null")); err != nil {
			return err
		}
	}
	r.controls = slices.DeleteFunc(r.controls, these)
	return nil
}

// hint says, the first time that there is something to move, how.
func (r *repl) hint() {
	if r.hinted || !r.interactive {
		return
	}
	for _, c := range r.controls {
		if example := c.example(); example != "" {
			r.hinted = true
			fmt.Fprintln(r.out, r.style.Dim(fmt.Sprintf("Move it: :set %s %s", c.Name, example)))
			return
		}
	}
}

// set moves a control, and runs again the input that shows it; alone it lists
// them.
func (r *repl) set(ctx context.Context, words string) error {
	if words == "" {
		return r.listControls()
	}
	c, value, err := r.controlIn(words)
	if err != nil {
		return err
	}
	input, err := c.read(value)
	if err != nil {
		return err
	}
	if err := r.kernel.Set(c.Name, input); err != nil {
		return err
	}
	if c.Live { // it is heard while a cell runs, and begins none
		_, err := fmt.Fprintf(r.out, "%s: %s\n", c.Name, value)
		return err
	}
	if err := r.evaluate(ctx, c.input, c.source); err != nil {
		return err
	}
	return r.noteOutdated(ctx, c.input)
}

func (r *repl) listControls() error {
	if len(r.controls) == 0 {
		return errors.New("there is nothing to move yet; t := lab.Slider(\"t\", 0, 1, 0.5) makes a slider")
	}
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	for _, c := range r.controls {
		if example := c.example(); example != "" {
			fmt.Fprintf(w, ":set %s %s\t%s\n", c.Name, example, c.Kind)
		} else {
			fmt.Fprintf(w, "%s\t%s, to be moved in the notebook\n", c.Name, c.Kind)
		}
	}
	return w.Flush()
}

// controlIn finds the control that words begin with: names may have spaces.
func (r *repl) controlIn(words string) (found control, value string, err error) {
	for _, c := range r.controls {
		rest, ok := strings.CutPrefix(words, c.Name)
		if ok && (rest == "" || rest[0] == ' ') && len(c.Name) > len(found.Name) {
			found, value = c, strings.TrimSpace(rest)
		}
	}
	switch {
	case found.Name == "":
		return found, "", fmt.Errorf("no input has shown a control of that name; :set lists those there are")
	case found.example() == "":
		return found, "", fmt.Errorf("%s is moved in the notebook alone: %s notebook", found.Name, terminal.Program("."))
	case value == "":
		return found, "", fmt.Errorf("say where to, as :set %s %s", found.Name, found.example())
	}
	return found, value, nil
}

// example is a value that a control can be set to, as one types it; empty if it
// needs a hand and an eye.
func (c control) example() string {
	switch c.Kind {
	case "slider", "dial", "count":
		return fmt.Sprintf("%.4g", c.To)
	case "choice":
		return c.Options[len(c.Options)-1]
	case "switch", "toggle":
		return map[any]string{true: "off", false: "on"}[c.Value]
	case "paint", "bars":
		numbers, _ := c.Start.([]any)
		return strings.Trim(fmt.Sprint(numbers), "[]")
	case "drag":
		return "2 0"
	case "predict":
		if c.Ask.Number {
			return "1 70%"
		}
		if c.Ask.Frame == nil {
			return c.Ask.Options[0] + " 70%"
		}
	}
	return ""
}

// read is the value that a person has typed, as JSON.
func (c control) read(value string) ([]byte, error) {
	switch c.Kind {
	case "slider", "dial", "count":
		v, err := strconv.ParseFloat(value, 64)
		if err != nil || !(v >= c.From && v <= c.To) {
			return nil, fmt.Errorf("%s takes a number from %.4g to %.4g", c.Name, c.From, c.To)
		}
		return json.Marshal(v)
	case "choice":
		option, err := c.option(value, c.Options)
		if err != nil {
			return nil, err
		}
		return json.Marshal(option)
	case "switch", "toggle":
		if value != "on" && value != "off" {
			return nil, fmt.Errorf("%s takes on or off", c.Name)
		}
		return json.Marshal(value == "on")
	case "predict":
		return c.bet(value)
	}
	return c.numbers(value)
}

// option is the one that is meant: its beginning is enough.
func (c control) option(value string, options []string) (string, error) {
	var meant []string
	for _, o := range options {
		if o == value {
			return o, nil
		}
		if strings.HasPrefix(o, value) {
			meant = append(meant, o)
		}
	}
	if len(meant) != 1 {
		return "", fmt.Errorf("%s is one of: %s", c.Name, strings.Join(options, ", "))
	}
	return meant[0], nil
}

// numbers reads as many as the control has, with spaces or commas between them.
func (c control) numbers(value string) ([]byte, error) {
	want := 2 // of a drag: down, and to the right
	if list, ok := c.Value.([]any); ok {
		want = len(list)
	}
	var all []float64
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == ',' }) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || c.Kind == "drag" && v != float64(int(v)) {
			return nil, fmt.Errorf("%q is no number that %s takes; write as in :set %s %s", word, c.Name, c.Name, c.example())
		}
		all = append(all, v)
	}
	if len(all) != want {
		return nil, fmt.Errorf("%s takes %d numbers, not %d; write as in :set %s %s", c.Name, want, len(all), c.Name, c.example())
	}
	return json.Marshal(all)
}

// bet reads what is predicted and how sure one is, as "4 70%".
func (c control) bet(value string) ([]byte, error) {
	at := strings.LastIndexByte(value, ' ')
	percent, ok := strings.CutSuffix(value[at+1:], "%")
	sure, err := strconv.ParseFloat(percent, 64)
	if at < 0 || !ok || err != nil || !(sure >= 0 && sure <= 100) {
		return nil, fmt.Errorf("say how sure you are, too, from 0%% to 100%%, as :set %s %s", c.Name, c.example())
	}
	answer := map[string]any{"confidence": sure / 100}
	value = strings.TrimSpace(value[:at])
	if !c.Ask.Number {
		answer["choice"], err = c.option(value, c.Ask.Options)
	} else if answer["number"], err = strconv.ParseFloat(value, 64); err != nil {
		err = fmt.Errorf("%s asks for a number", c.Name)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}
