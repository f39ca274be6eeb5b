package room

import (
	"runtime"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// atWork lists the goroutines that are in this package's code, but for the
// test's own.
func atWork() (all []string) {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, stack := range strings.Split(string(stacks), "\n\n")[1:] { // the first is ours
		calls, _, _ := strings.Cut(stack, "\ncreated by ")
		if strings.Contains(calls, "room.(*Room).") {
			all = append(all, stack)
		}
	}
	return all
}

// When a room has closed, nothing goes on for it, whatever it was doing.
func TestCloseWaits(t *testing.T) {
	for what, do := range map[string]func(p *pagetest.Page){
		"nothing":              func(*pagetest.Page) {},
		"a kernel that starts": func(p *pagetest.Page) { p.Say("restart", nil) },
		"a question": func(p *pagetest.Page) {
			p.Say("complete", pagetest.Fields{"ask": 1, "id": p.Cells()[0], "source": "fmt.P", "offset": 5})
		},
		"a cell": func(p *pagetest.Page) {
			p.Run(p.Cells()[0])
			p.WaitState(p.Cells()[0], running)
		},
		"a kernel that ends": func(p *pagetest.Page) {
			p.Run(p.Cells()[1])
			p.WaitState(p.Cells()[1], done)
			p.Say("restart", nil)
		},
	} {
		t.Run(what, func(t *testing.T) {
			r, p := enter(t, "for {\n}", "x := 1")
			do(p)
			r.Close()
			if left := atWork(); len(left) > 0 {
				t.Errorf("%d goroutines are left:\n%s", len(left), strings.Join(left, "\n\n"))
			}
		})
	}
}
