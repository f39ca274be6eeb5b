package docs

import (
	"regexp"
	"strings"
	"testing"
)

// What popular-story.md says that a lesson prints stands in an output block of that
// lesson, and TestLessons compares those with what the cells print. Each sentence has
// something measured, or says that it has not, and a verdict.
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
		if len(measured) == 0 && !strings.Contains(text, "- Not measured here yet") && !strings.Contains(text, "- From the paper") {
			t.Errorf("%s has nothing measured beside it", title)
		}
		if !strings.Contains(text, "\n- **") {
			t.Errorf("%s has no verdict", title)
		}
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
