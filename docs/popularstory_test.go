package docs

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reslab/experiments/gradients"
	"reslab/experiments/run"
)

// What popular-story.md says that a lesson prints stands in an output block of that
// lesson, and TestLessons compares those with what the cells print. What it says that
// a command measured stands in a result that the command wrote. Each sentence has
// something measured, and a verdict.
func TestPopularStory(t *testing.T) {
	prints := regexp.MustCompile("(?m)^- Lesson (\\d\\d) prints `(.+)`\\.$")
	sections := strings.Split(readPage(t, "popular-story.md"), "\n### ")[1:]
	if len(sections) < 8 {
		t.Fatalf("only %d sentences were read", len(sections))
	}
	for _, section := range sections {
		title, text, _ := strings.Cut(section, "\n")
		measured := prints.FindAllStringSubmatch(text, -1)
		for _, m := range measured {
			if !strings.Contains(outputs(lessonText(t, m[1])), m[2]) {
				t.Errorf("%s: lesson %s does not print %q", title, m[1], m[2])
			}
		}
		runs := testRuns(t, title, text)
		if len(measured)+runs == 0 && !strings.Contains(text, "- From the paper") {
			t.Errorf("%s has nothing measured beside it", title)
		}
		if !strings.Contains(text, "\n- **") {
			t.Errorf("%s has no verdict", title)
		}
	}
}

// testRuns holds what commands measured against the results that they wrote, and
// counts them.
func testRuns(t *testing.T, title, text string) int {
	measures := regexp.MustCompile("(?m)^- `lab experiment run gradients ([^`]+)`\\s+measured\\s+`([^`]+)`\\.$")
	found := measures.FindAllStringSubmatch(text, -1)
	for _, m := range found {
		if said := measuredBy(t, m[1]); !slices.Contains(said, m[2]) {
			t.Errorf("%s: %s measured %q, not %q", title, m[1], said, m[2])
		}
	}
	return len(found)
}

// measuredBy tells of each net in the results that a command with these flags
// wrote.
func measuredBy(t *testing.T, flags string) (said []string) {
	t.Helper()
	folders, err := filepath.Glob("thousand-layers/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		var config struct {
			Settings run.Values
			Seed     uint64
		}
		var result struct {
			Nets []struct {
				Net      string
				First    float64 `json:"first_loss"`
				Final    float64 `json:"final_loss"`
				Accuracy float64 `json:"test_accuracy"`
			}
		}
		readJSON(t, filepath.Join(folder, "config.json"), &config)
		readJSON(t, filepath.Join(folder, "result.json"), &result)
		if config.Seed != 1 || !maps.Equal(config.Settings, settingsOf(t, flags)) {
			continue
		}
		for _, n := range result.Nets {
			said = append(said, fmt.Sprintf("%s: loss %.2f at first, %.2f at the end; right on %.0f %% of new pictures", n.Net, n.First, n.Final, 100*n.Accuracy))
		}
	}
	return said
}

// settingsOf returns the settings of a run with these flags.
func settingsOf(t *testing.T, flags string) run.Values {
	t.Helper()
	var preset run.Values
	var given []string
	words := strings.Fields(flags)
	for i := 0; i+1 < len(words); i += 2 {
		switch words[i] {
		case "--set":
			given = append(given, words[i+1])
		case "--preset":
			for _, p := range gradients.Experiment.Presets {
				if p.Name == words[i+1] {
					preset = p.Values
				}
			}
		default:
			t.Fatalf("what is %s?", words[i])
		}
	}
	values, err := gradients.Experiment.Parse(preset, given)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// outputs returns the output blocks of a lesson.
func outputs(lesson string) string {
	var b strings.Builder
	for _, part := range strings.Split(lesson, "\n```output\n")[1:] {
		block, _, _ := strings.Cut(part, "\n```")
		b.WriteString(block + "\n")
	}
	return b.String()
}
