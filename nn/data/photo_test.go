package data

import (
	"strings"
	"testing"
)

func TestPhoto(t *testing.T) {
	for _, kind := range spring32.info.Classes {
		p := Photo(kind, 64)
		if p.H != 64 || p.W != 64 || p.C != 3 || len(p.Pixels) != 64*64*3 {
			t.Errorf("%s is a %v", kind, p)
		}
		if again := Photo(kind, 64); difference(p, again) != 0 {
			t.Errorf("%s is another one the second time", kind)
		}
	}
	for want, wrong := range map[string]func(){"there is no \"rose\"; choose one of": func() { Photo("rose", 64) }, "not 7": func() { Photo("tulip", 7) }} {
		if got := mistakeOf(wrong); !strings.Contains(got, want) {
			t.Errorf("got %q, want something with %q", got, want)
		}
	}
}
