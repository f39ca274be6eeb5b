package run

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Setting is a dial of an experiment, set by --set key=value.
type Setting struct {
	Key     string
	Default string
	About   string
	Kind    Kind
}

// SettingError is a setting, or a preset, that the experiment does not have or
// that does not fit: a mistake of whoever typed it.
type SettingError struct{ sentence string }

func (e *SettingError) Error() string { return e.sentence }

// WrongSetting returns a *SettingError.
func WrongSetting(format string, args ...any) error {
	return &SettingError{fmt.Sprintf(format, args...)}
}

// Kind says what values a setting takes: it returns a sentence's end, as "must
// be a whole number of at least 1", or "" if the value is right.
type Kind func(value string) string

// Whole is a whole number of at least low.
func Whole(low int) Kind {
	return func(value string) string {
		if n, err := strconv.Atoi(value); err != nil || n < low {
			return fmt.Sprintf("must be a whole number of at least %d", low)
		}
		return ""
	}
}

// Number is a number from low to high.
func Number(low, high float64) Kind {
	return func(value string) string {
		if v, err := strconv.ParseFloat(value, 64); err != nil || !(v >= low && v <= high) {
			return fmt.Sprintf("must be a number from %g to %g", low, high)
		}
		return ""
	}
}

// Switch is true or false.
func Switch(value string) string {
	if value != "true" && value != "false" {
		return "must be true or false"
	}
	return ""
}

// Choice is one of a few words.
func Choice(words ...string) Kind {
	return func(value string) string {
		if !slices.Contains(words, value) {
			return "must be one of " + strings.Join(words, ", ")
		}
		return ""
	}
}

// List is one value or several of a kind, with commas between them, none twice.
func List(kind Kind) Kind {
	return func(value string) string {
		parts := split(value)
		for i, part := range parts {
			if complaint := kind(part); complaint != "" {
				return complaint + ", or a list of such with commas"
			}
			if slices.Contains(parts[:i], part) {
				return "must not name " + part + " twice"
			}
		}
		return ""
	}
}

// split cuts a list at its commas.
func split(list string) []string {
	parts := strings.Split(list, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// Or takes the word too, which stands for a choice that is made later.
func Or(word string, kind Kind) Kind {
	return func(value string) string {
		if value == word {
			return ""
		}
		if complaint := kind(value); complaint != "" {
			return complaint + ", or " + word
		}
		return ""
	}
}

// Values are the settings of a run, every one of them, by key.
type Values map[string]string

// Parse sets the values given as key=value over presets, and both over the
// defaults. It refuses an unknown key and a value of another kind.
func (e *Experiment) Parse(preset Values, given []string) (Values, error) {
	values, err := e.Given(preset, given)
	if err != nil {
		return nil, err
	}
	for _, s := range e.Settings {
		if _, there := values[s.Key]; !there {
			values[s.Key] = s.Default
		}
	}
	return values, nil
}

// Given is Parse without the defaults: a part of the settings.
func (e *Experiment) Given(preset Values, given []string) (Values, error) {
	values := Values{}
	for key, value := range preset {
		if err := e.set(values, key, value); err != nil {
			return nil, err
		}
	}
	for _, pair := range given {
		key, value, found := strings.Cut(pair, "=")
		if !found {
			return nil, WrongSetting("--set %s: write key=value, as --set %s=%s", pair, e.Settings[0].Key, e.Settings[0].Default)
		}
		if err := e.set(values, strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func (e *Experiment) set(values Values, key, value string) error {
	var keys []string
	for _, s := range e.Settings {
		if s.Key == key {
			if complaint := s.Kind(value); complaint != "" {
				return WrongSetting("the setting %s %s, got %q", key, complaint, value)
			}
			values[key] = value
			return nil
		}
		keys = append(keys, s.Key)
	}
	return WrongSetting("the experiment %s has no setting %q; it has %s", e.Name, key, strings.Join(keys, ", "))
}

// Int returns a whole number. Like all that follow it panics if the setting is
// of another kind: Parse has looked at it already.
func (v Values) Int(key string) int {
	n, err := strconv.Atoi(v[key])
	v.must(key, err)
	return n
}

// Ints returns a list of whole numbers.
func (v Values) Ints(key string) []int {
	var list []int
	for _, part := range split(v[key]) {
		n, err := strconv.Atoi(part)
		v.must(key, err)
		list = append(list, n)
	}
	return list
}

// Float returns a number.
func (v Values) Float(key string) float64 {
	f, err := strconv.ParseFloat(v[key], 64)
	v.must(key, err)
	return f
}

// Bool returns a switch.
func (v Values) Bool(key string) bool { return v[key] == "true" }

func (v Values) must(key string, err error) {
	if err != nil {
		panic(fmt.Sprintf("run: the setting %s: %v", key, err))
	}
}
