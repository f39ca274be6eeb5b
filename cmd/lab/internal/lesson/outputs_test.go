package lesson

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// notCompared lists the cells whose output may be anything, with the reason.
var notCompared = map[string]string{}

// Every cell has an output to be compared with: a block of three dots alone
// compares nothing. A cell without a block, or with an empty one, must print nothing.
func TestOutputsAreCompared(t *testing.T) {
	word := regexp.MustCompile(`[\pL\pN]`)
	for _, l := range embedded() {
		for _, c := range l.Cells {
			name := fmt.Sprintf("%s cell %d", l.ID, c.N)
			said := strings.ReplaceAll(c.Output, anything, "")
			if strings.TrimSpace(c.Output) != "" && !word.MatchString(said) && notCompared[name] == "" {
				t.Errorf("lesson %s, line %d: the output block of cell %d compares nothing", l.ID, c.Line, c.N)
			}
		}
	}
}
