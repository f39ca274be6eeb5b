package train

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"reslab/experiments/run"
)

// mostLabelBytes bounds a file of labels; the thousand names of ImageNet take 30 KB.
const mostLabelBytes = 4 << 20

// readLabels reads the names of a net's outputs: a line each, or JSON as it is
// published beside weights.
func readLabels(path string, outputs int) ([]string, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, run.WrongSetting("cannot read the labels: there is no file %s", path)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the labels: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, mostLabelBytes+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the labels: %w", err)
	}
	if len(content) > mostLabelBytes {
		return nil, fmt.Errorf("%s is larger than %d MB: that is no list of labels", path, mostLabelBytes>>20)
	}
	labels, err := parseLabels(content)
	if err != nil {
		return nil, fmt.Errorf("%s is no list of labels: %w; write one name on each line", path, err)
	}
	if i := slices.Index(labels, ""); i >= 0 {
		return nil, fmt.Errorf("%s has no name at place %d, counted from 0: each output needs one", path, i)
	}
	if len(labels) != outputs {
		return nil, fmt.Errorf("%s has %d labels, and the net has %d outputs: each needs a name, in their order", path, len(labels), outputs)
	}
	return labels, nil
}

// parseLabels knows four ways to write labels:
//
//	tench, or goldfish, a line each
//	["tench", "goldfish"]
//	{"0": "tench", "1": ["n01443537", "goldfish"]}
//	{..., "id2label": {"0": "tench", "1": "goldfish"}}
func parseLabels(content []byte) ([]string, error) {
	content = bytes.TrimSpace(bytes.TrimPrefix(content, []byte("\ufeff")))
	if len(content) == 0 {
		return nil, errors.New("it is empty")
	}
	switch content[0] {
	case '[':
		var list []string
		if err := json.Unmarshal(content, &list); err != nil {
			return nil, fmt.Errorf("it begins as a list in JSON, and is none of strings (%w)", err)
		}
		return list, nil
	case '{':
		return numberedLabels(content)
	}
	var lines []string
	for line := range strings.Lines(string(content)) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines, nil
}

// numberedLabels reads an object that has the names under their numbers.
func numberedLabels(content []byte) ([]string, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(content, &object); err != nil {
		return nil, fmt.Errorf("it begins as an object in JSON, and is none (%w)", err)
	}
	if inner, ok := object["id2label"]; ok {
		object = nil
		if err := json.Unmarshal(inner, &object); err != nil {
			return nil, fmt.Errorf("its id2label is no object (%w)", err)
		}
	}
	labels := make([]string, len(object))
	for key, value := range object {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(labels) || strconv.Itoa(i) != key {
			return nil, fmt.Errorf("it must number the names from 0 to %d, and has %q", len(labels)-1, key)
		}
		if labels[i], err = nameIn(value); err != nil {
			return nil, fmt.Errorf("at number %d stands %w", i, err)
		}
	}
	return labels, nil
}

// nameIn returns a string, or the last of several: in front of it stands the
// number of the concept in WordNet.
func nameIn(value json.RawMessage) (string, error) {
	var name string
	if json.Unmarshal(value, &name) == nil {
		return name, nil
	}
	var several []string
	if json.Unmarshal(value, &several) == nil && len(several) > 0 {
		return several[len(several)-1], nil
	}
	return "", errors.New("neither a name nor a list that ends with one")
}
