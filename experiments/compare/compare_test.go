package compare

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSettingsArePartedWhole: every setting is either common or differs, and in
// whatever order the runs are named they say the same of it.
func TestSettingsArePartedWhole(t *testing.T) {
	settings := rapid.MapOf(rapid.SampledFrom([]string{"lr", "batch", "seed", "model"}), rapid.SampledFrom([]string{"1", "2", ""}))
	rapid.Check(t, func(r *rapid.T) {
		c := &Comparison{}
		for i := range rapid.IntRange(2, 5).Draw(r, "runs") {
			mine := settings.Draw(r, "settings")
			c.Runs = append(c.Runs, &Run{Name: fmt.Sprint(i), Settings: mine, keys: slices.Sorted(maps.Keys(mine))})
		}
		c.differ()
		for _, run := range c.Runs {
			for key := range run.Settings {
				value, common := c.Common[key]
				if common == c.differs(key) {
					r.Fatalf("%s is common: %v, and differs: %v", key, common, c.differs(key))
				}
				if common && value != run.Settings[key] {
					r.Fatalf("%s is %q and not %q", key, run.Settings[key], value)
				}
			}
		}
		for _, s := range c.Differing {
			if slices.Min(s.Values) == slices.Max(s.Values) {
				r.Fatalf("%v does not differ", s)
			}
		}
		turned := &Comparison{Runs: slices.Clone(c.Runs)}
		slices.Reverse(turned.Runs)
		turned.differ()
		if !reflect.DeepEqual(turned.Common, c.Common) || len(turned.Differing) != len(c.Differing) || len(turned.groups()) != len(c.groups()) {
			r.Fatalf("%+v, turned round %+v", c, turned)
		}
	})
}

// TestAutoIsWhatItCameTo: the settings of an experiment are those that it ran with.
func TestAutoIsWhatItCameTo(t *testing.T) {
	a, b := measured(`"warmup": "auto", "rate": "0.1"`, nil, "plain-8"), measured(`"warmup": "auto", "rate": "0.10"`, nil, "plain-8")
	a.config = strings.Replace(a.config, `"seed": 1`, `"seed": 18446744073709551615, "warm_up": 12, "rate": 0.1, "budget": "2m0s", "steps_done": 5`, 1)
	b.config = strings.Replace(b.config, `"seed": 1`, `"seed": 18446744073709551614, "warm_up": 10, "rate": 0.1`, 1)
	c := compared(t, a, b)
	want := []Setting{{"warmup", []string{"12", "10"}}, {"seed", []string{"18446744073709551615", "18446744073709551614"}}}
	if !reflect.DeepEqual(c.Differing, want) || !maps.Equal(c.Common, map[string]string{"rate": "0.1"}) {
		t.Errorf("%v differ, %v are common", c.Differing, c.Common)
	}
}

// TestCounterparts: which nets stand in one row.
func TestCounterparts(t *testing.T) {
	for name, tt := range map[string]struct {
		nets [2][]string
		want string
	}{
		"the same nets, deep ones first": {[2][]string{{"plain-20", "plain-56"}, {"plain-20", "plain-56"}}, "plain-56:plain-56,plain-56 plain-20:plain-20,plain-20"},
		"another activation":             {[2][]string{{"plain-20", "residual-20"}, {"plain-20-tanh", "residual-20-tanh-preadd"}}, "plain-20:plain-20,plain-20-tanh residual-20:residual-20,residual-20-tanh-preadd"},
		"sigmoid beside the sigmoid that comes along": {[2][]string{{"plain-8", "plain-8-sigmoid-nobn"}, {"plain-8-sigmoid-nobn"}},
			"plain-8:plain-8,plain-8-sigmoid-nobn plain-8-sigmoid-nobn:plain-8-sigmoid-nobn,"},
		"one kind each":                {[2][]string{{"plain-20"}, {"residual-20"}}, "net-20:plain-20,residual-20"},
		"one depth each":               {[2][]string{{"plain-20", "residual-20"}, {"plain-56", "residual-56"}}, "plain:plain-20,plain-56 residual:residual-20,residual-56"},
		"neither is the same":          {[2][]string{{"plain-20"}, {"residual-56"}}, "net:plain-20,residual-56"},
		"one run has more":             {[2][]string{{"plain-20"}, {"plain-20", "residual-20"}}, "plain-20:plain-20,plain-20 residual-20:,residual-20"},
		"toll gate and clear highway":  {[2][]string{{"residual-8-tanh", "residual-8-tanh-preadd"}, {"residual-8-tanh"}}, "residual-8-tanh:residual-8-tanh,residual-8-tanh residual-8-tanh-preadd:residual-8-tanh-preadd,"},
		"nets with names of their own": {[2][]string{{"mine"}, {"mine"}}, "mine:mine,mine"},
	} {
		t.Run(name, func(t *testing.T) {
			c := compared(t, measured(`"steps": "0"`, nil, tt.nets[0]...), measured(`"steps": "0"`, nil, tt.nets[1]...))
			var got []string
			for _, n := range c.Nets {
				got = append(got, n.Name+":"+strings.Join(n.Names, ","))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %s", strings.Join(got, " "))
			}
		})
	}
}

// TestRefusals: each is one sentence that says what to do.
func TestRefusals(t *testing.T) {
	made(t, training("plain-20", "", 0.5), training("plain-20", "", 0.5), measured(`"steps": "0"`, nil, "plain-8"),
		story{config: `{"model": "plain20", "data": "spring"}`}, story{config: `{"colour": "red"}`})
	must(t, os.Mkdir("empty", 0o777))
	must(t, os.WriteFile("file", nil, 0o666))
	must(t, os.Mkdir("kept", 0o777))
	for _, name := range []string{"config.json", "result.json"} {
		content, err := os.ReadFile(filepath.Join("runs", "a", name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join("kept", name), content, 0o666))
	}
	for name, content := range map[string]string{"config.json": "{", "result.json": "[", "metrics.csv": "net,seed\n1,2\n"} {
		folder := filepath.Join("damaged", name)
		must(t, os.CopyFS(folder, os.DirFS(filepath.Join("runs", "a"))))
		must(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o666))
	}
	runs := func(names ...string) string {
		for i := range names {
			names[i] = filepath.Join("runs", names[i])
		}
		return strings.Join(names, ", ")
	}
	absolute, err := filepath.Abs(filepath.Join("runs", "a"))
	must(t, err)
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{nil, "one run alone compares with nothing; name two or more; there are " + runs("a", "b", "c", "d", "e")},
		{[]string{"a"}, "one run alone"},
		{[]string{"a", filepath.Join("runs", "a")}, runs("a") + " is named twice; name each run once"},
		{[]string{"a", absolute}, runs("a") + " and " + absolute + " are one folder; name each run once"},
		{[]string{"a", "c"}, runs("a") + " is a training and " + runs("c") + " is a run of the experiment gradients; name runs of one kind"},
		{[]string{"a", "x"}, "there is no run x; there are " + runs("a")},
		{[]string{"a", "runs"}, "runs holds no run itself; name one of those in it: " + runs("a")},
		{[]string{"a", "empty"}, "empty holds no run: there is no config.json in it"},
		{[]string{"a", "file"}, "file is a file; name the folder of a run"},
		{[]string{"a", "d"}, "the run in " + runs("d") + " has measured nothing yet; go on with it by --resume"},
		{[]string{"a", "kept"}, "kept lacks the run's metrics.csv"},
		{[]string{"a", "e"}, "the run in " + runs("e") + " is neither an experiment nor a training"},
		{[]string{"a", filepath.Join("damaged", "config.json")}, "is damaged: it is no JSON object; leave this run out, or run it again"},
		{[]string{"a", filepath.Join("damaged", "result.json")}, "result.json in " + filepath.Join("damaged", "result.json") + " is damaged"},
		{[]string{"a", filepath.Join("damaged", "metrics.csv")}, "leave this run out, or mend it by --resume"},
	} {
		if _, err := Runs(tt.names); err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v gave %v, want %q", tt.names, err, tt.want)
		}
	}
}

// TestSameNameElsewhere: two folders of one name are told apart by their paths.
func TestSameNameElsewhere(t *testing.T) {
	made(t, training("plain-20", "", 0.5))
	must(t, os.CopyFS("a", os.DirFS(filepath.Join("runs", "a"))))
	c, err := Runs([]string{"a", filepath.Join("runs", "a")})
	must(t, err)
	if c.Runs[0].Name != "a" || c.Runs[1].Name != "runs/a" {
		t.Errorf("the runs are called %s and %s", c.Runs[0].Name, c.Runs[1].Name)
	}
}

// TestNamesInJSON: others rely on them.
func TestNamesInJSON(t *testing.T) {
	content, err := json.Marshal(compared(t, training("plain-20", `, "lr": 0.1, "seed": 1`, 0.5), training("plain-20", `, "lr": 0.1, "seed": 2`, 0.7)))
	must(t, err)
	var got map[string]any
	must(t, json.Unmarshal(content, &got))
	for place, want := range map[string]string{
		"":               "common differing groups kind nets notes runs",
		"runs":           "name run settings state steps",
		"differing":      "setting values",
		"groups":         "runs settings",
		"nets":           "figures names net",
		"nets figures":   "best better differences figure ratios spread values",
		"nets figures s": "mean runs standard_deviation",
	} {
		inner := got
		for key := range strings.FieldsSeq(strings.Replace(place, " s", " spread", 1)) {
			inner = inner[key].([]any)[0].(map[string]any)
		}
		if names := strings.Join(slices.Sorted(maps.Keys(inner)), " "); names != want {
			t.Errorf("%q has the names %s", place, names)
		}
	}
}

// FuzzOrdered: a file of anybody's is read or refused, and what is read is what the
// standard library reads.
func FuzzOrdered(f *testing.F) {
	for _, seed := range []string{`{"b": 1, "a": {"c": [1, 2]}, "b": "x"}`, `{"a": 18446744073709551615}`, `[]`, `{`, `null`, `{"a":1}{"b":2}`, ``} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var want map[string]json.RawMessage
		refused := json.Unmarshal(content, &want) != nil || want == nil
		pairs, err := ordered(content)
		if (err != nil) != refused {
			t.Fatalf("%q gave %v", content, err)
		}
		got := map[string]json.RawMessage{}
		for _, p := range pairs {
			got[p.key] = p.value
		}
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%q gave %v, want %v", content, got, want)
		}
	})
}
