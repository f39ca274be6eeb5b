package train

import (
	"strings"
	"testing"
)

// Of two classes every one is among the best five: that says nothing of the net,
// so it is not said.
func TestEvaluateResultNamesTheBestFiveOfMoreThanFive(t *testing.T) {
	for classes, want := range map[int]bool{2: false, 5: false, 6: true} {
		r := &EvaluateResult{Model: "resnet20", Data: "pictures", Images: 12, Top1: 0.5, Top5: 1, Classes: make([]ClassResult, classes)}
		if got := strings.Contains(r.String(), "among the best 5"); got != want {
			t.Errorf("of %d classes the best 5 are named: %v, want %v\n%s", classes, got, want, r)
		}
	}
}
