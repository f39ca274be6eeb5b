package docs

import (
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every lesson has a page for its teacher, with the lesson's minutes, and the answers of
// its sheet are right.
func TestTeachingPages(t *testing.T) {
	lessons, err := filepath.Glob("../lessons/[0-9][0-9]-*/lesson.md")
	if err != nil || len(lessons) == 0 {
		t.Fatalf("no lessons: %v", err)
	}
	index := readPage(t, "teaching.md")
	for _, lesson := range lessons {
		number := filepath.Base(filepath.Dir(lesson))[:2]
		page, err := os.ReadFile(filepath.Join("teaching", number+".md"))
		if err != nil {
			t.Errorf("lesson %s has no page for its teacher: %v", number, err)
			continue
		}
		if !strings.Contains(index, "(teaching/"+number+".md)") {
			t.Errorf("teaching.md does not name the page of lesson %s", number)
		}
		minutes := regexp.MustCompile(`"minutes": (\d+)`).FindStringSubmatch(lessonText(t, number))[1]
		if !strings.Contains(string(page), "\n"+minutes+" minutes for a learner alone.") {
			t.Errorf("page %s does not say %s minutes, as the lesson does", number, minutes)
		}
		checkSheet(t, number, string(page))
	}
}

// The bets and exercises that the page proposes for 45 minutes are in the lessons.
func TestTeachingPlan(t *testing.T) {
	_, page, _ := strings.Cut(readPage(t, "teaching.md"), "## One lesson in 45 minutes")
	plan := regexp.MustCompile("(?m)^\\| (\\d\\d) \\| (.+) \\| `(.+)` \\|$").FindAllStringSubmatch(page, -1)
	lessons, err := filepath.Glob("../lessons/[0-9][0-9]-*")
	if err != nil || len(plan) != len(lessons) {
		t.Errorf("the plan has %d lessons of %d: %v", len(plan), len(lessons), err)
	}
	for _, row := range plan {
		number, bet, exercise := row[1], row[2], row[3]
		text := lessonText(t, number)
		if !strings.Contains(text, "\""+bet) {
			t.Errorf("lesson %s does not ask: %s", number, bet)
		}
		if !strings.Contains(text, `{"exercise": "`+exercise+`"`) {
			t.Errorf("lesson %s has no exercise %s", number, exercise)
		}
	}
}

var answer = regexp.MustCompile("(?m)^\\d+\\. `(.+)` = (.+)$")

// checkSheet computes the answers of a page.
func checkSheet(t *testing.T, number, page string) {
	answers := answer.FindAllStringSubmatch(page, -1)
	questions, _, _ := strings.Cut(page[strings.Index(page, "## By hand"):], "\n---\n")
	if asked := len(regexp.MustCompile(`(?m)^\d+\. `).FindAllString(questions, -1)); asked < 3 || asked != len(answers) {
		t.Errorf("page %s asks %d questions and answers %d", number, asked, len(answers))
	}
	for _, a := range answers {
		got, err := types.Eval(token.NewFileSet(), nil, token.NoPos, a[1])
		if err != nil || got.Value == nil {
			t.Errorf("page %s: %s cannot be computed: %v", number, a[1], err)
			continue
		}
		want, err := strconv.ParseFloat(a[2], 64)
		if value, _ := constant.Float64Val(constant.ToFloat(got.Value)); err != nil || value-want > 1e-9 || want-value > 1e-9 {
			t.Errorf("page %s: %s is %v, not %s", number, a[1], value, a[2])
		}
	}
}
