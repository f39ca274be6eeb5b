package kernel

import (
	"fmt"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	sets := []tileSet{{name: "slow"}, {name: "fast"}}
	for name, want := range map[string]string{"": "fast", "slow": "slow", "fast": "fast"} {
		if got := choose(name, sets); got.name != want {
			t.Errorf("choose(%q) is %s, want %s", name, got.name, want)
		}
	}
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, `RESLAB_KERNEL is "faster"`) || !strings.Contains(said, "slow, fast") {
			t.Errorf("an unknown name says: %s", said)
		}
	}()
	choose("faster", sets)
}
