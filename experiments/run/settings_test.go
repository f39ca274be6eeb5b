package run

import (
	"strings"
	"testing"
)

var sample = Experiment{
	Name: "sample",
	Settings: []Setting{
		{Key: "depths", Default: "20,56", Kind: List(Whole(8))},
		{Key: "steps", Default: "auto", Kind: Or("auto", Whole(0))},
		{Key: "rate", Default: "0.1", Kind: Number(0, 1)},
		{Key: "norm", Default: "true", Kind: Switch},
		{Key: "curve", Default: "relu", Kind: Choice("relu", "tanh")},
	},
	Presets: []Preset{{Name: "small", Values: Values{"depths": "8", "rate": "0.5"}}},
}

func TestParse(t *testing.T) {
	preset, err := sample.Preset("small")
	if err != nil {
		t.Fatal(err)
	}
	v, err := sample.Parse(preset, []string{"rate=0.25", "steps = 7", "norm=false"})
	if err != nil {
		t.Fatal(err)
	}
	if d := v.Ints("depths"); len(d) != 1 || d[0] != 8 {
		t.Errorf("depths are %v: the preset says 8", d)
	}
	if v.Float("rate") != 0.25 || v.Int("steps") != 7 || v.Bool("norm") || v["curve"] != "relu" {
		t.Errorf("got %v", v)
	}
}

func TestParseRefuses(t *testing.T) {
	for given, want := range map[string]string{
		"depth=20":      `no setting "depth"; it has depths, steps`,
		"depths":        "write key=value",
		"depths=":       "whole number of at least 8",
		"depths=20,,56": "whole number of at least 8",
		"depths=20,20":  "must not name 20 twice",
		"steps=-1":      "at least 0, or auto",
		"steps=1.5":     "at least 0, or auto",
		"rate=NaN":      "a number from 0 to 1",
		"rate=1e9":      "a number from 0 to 1",
		"norm=yes":      "true or false",
		"curve=relus":   "one of relu, tanh",
	} {
		if _, err := sample.Parse(nil, []string{given}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", given, err, want)
		}
	}
	if _, err := sample.Preset("tiny"); err == nil || !strings.Contains(err.Error(), "it has small") {
		t.Errorf("an unknown preset gave %v", err)
	}
}

// FuzzParse looks for an input that passes Parse and then panics when it is read.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"depths=20,56", "depths=+9", "rate=1e-3", "rate=0x1p-2", "steps=auto", "steps=99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, given string) {
		v, err := sample.Parse(nil, []string{given})
		if err != nil {
			return
		}
		v.Ints("depths")
		v.Float("rate")
		if v["steps"] != "auto" {
			v.Int("steps")
		}
	})
}
