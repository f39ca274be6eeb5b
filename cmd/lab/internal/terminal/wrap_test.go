package terminal

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	text := strings.Repeat("word ", 30)
	lines := strings.Split(Wrap(text, "- ", "  ", 78), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "- word") || !strings.HasPrefix(lines[1], "  word") {
		t.Errorf("got %q", lines)
	}
	for _, line := range lines {
		if len(line) > 78 {
			t.Errorf("line of %d: %q", len(line), line)
		}
	}
	if got := Wrap(strings.Repeat("x", 100), "", "", 78); len(got) != 100 {
		t.Errorf("a long word was cut: %q", got)
	}
}

func TestSentencesLeavesTablesWhole(t *testing.T) {
	table := "layer  1" + strings.Repeat("  0.5", 30)
	got := Sentences(strings.Repeat("word ", 20)+"end\n"+table+"\n short", 40)
	want := strings.TrimSpace(strings.Repeat(strings.TrimSpace(strings.Repeat("word ", 8))+"\n", 2)) + "\nword word word word end\n" + table + "\n short"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSentencesKeepAColumnForMarks(t *testing.T) {
	got := Sentences("held     one two three four\nNOT so   five six seven eight\n         nine ten eleven twelve\n  depths  how many layers", 24)
	want := `held     one two three
         four
NOT so   five six seven
         eight
         nine ten eleven
         twelve
  depths  how many
          layers`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
