package notebook

import (
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

func TestPageX(t *testing.T) {
	b := browsertest.Start(t)
	s := serve(t)
	p := b.Open(t, s.server.Address("/lesson/02"))
	p.Wait(`document.querySelectorAll(".cell").length > 5`)
	p.Shot("first")
}
