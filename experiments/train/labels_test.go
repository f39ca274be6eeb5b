package train

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestParseLabels(t *testing.T) {
	want := []string{"tench, Tinca tinca", "goldfish"}
	for what, text := range map[string]string{
		"lines":            "tench, Tinca tinca\ngoldfish\n",
		"lines of Windows": "\ufefftench, Tinca tinca\r\ngoldfish\r\n\r\n",
		"a list":           `["tench, Tinca tinca", "goldfish"]`,
		"numbers":          `{"1": "goldfish", "0": "tench, Tinca tinca"}`,
		"WordNet":          `{"0": ["n01440764", "tench, Tinca tinca"], "1": ["n01443537", "goldfish"]}`,
		"config.json":      `{"model_type": "resnet", "id2label": {"0": "tench, Tinca tinca", "1": "goldfish"}, "label2id": {"goldfish": 1}}`,
	} {
		if got, err := parseLabels([]byte(text)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v", what, got, err)
		}
	}
}

func TestWrongLabels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "labels")
	for text, want := range map[string]string{
		"":                             "it is empty; write one name on each line",
		"a\nb\nc\n":                    "has 3 labels, and the net has 2 outputs",
		"a\n\n\nb":                     "has no name at place 1",
		`["a", 2]`:                     "is none of strings",
		`{"a": 0, "b": 1}`:             `must number the names from 0 to 1, and has "`,
		`{"00": "a", "1": "b"}`:        `has "00"`,
		`{"0": 7, "1": "b"}`:           "at number 0 stands neither a name",
		`{"0": [], "1": "b"}`:          "at number 0 stands neither a name",
		`{"id2label": 3}`:              "its id2label is no object",
		`{`:                            "begins as an object in JSON, and is none",
		strings.Repeat("a\n", 1<<21+1): "larger than 4 MB",
	} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if got, err := readLabels(path, 2); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: got %q, %v, want %q", text, got, err, want)
		}
	}
	if _, err := readLabels(filepath.Join(t.TempDir(), "nowhere"), 2); err == nil || !strings.Contains(err.Error(), "cannot read the labels") {
		t.Errorf("got %v", err)
	}
}

// FuzzLabels: whatever a file says, its labels are refused or counted.
func FuzzLabels(f *testing.F) {
	for _, seed := range []string{"a\nb", `["a"]`, `{"0": "a"}`, `{"0": ["n1", "a"]}`, `{"id2label": {"0": "a"}}`, "{", "[", "\ufeff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if labels, err := parseLabels(content); err == nil && len(labels) > len(content)+1 {
			t.Errorf("%d labels out of %d bytes", len(labels), len(content))
		}
	})
}
