package page_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"reslab/cmd/lab/internal/notebook/browsertest"
)

// nothingKeepsPeopleOut lets axe-core look at all displays; dark, at their colours
// alone.
func nothingKeepsPeopleOut(t *testing.T, p *browsertest.Page) {
	script, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not here: `npm ci` in page/ brings it")
	}
	for _, dark := range []bool{false, true} {
		p.Dark(dark)
		browsertest.Eval[bool](p, `(() => {`+string(script)+`; return true; })()`)
		for _, s := range shows {
			const look = `axe.run(document.getElementById(%q), {resultTypes: ["violations"]%s}).then(({violations}) =>
				violations.filter(({impact}) => impact === "serious" || impact === "critical").map(({id, help, nodes}) =>
					id + ": " + help + "\n" + nodes.slice(0, 2).map(({html, any}) => "  " + html.slice(0, 160) + (any[0] ? " — " + any[0].message.slice(0, 160) : "")).join("\n")))`
			for _, fault := range browsertest.Eval[[]string](p, fmt.Sprintf(look, s.name, map[bool]string{true: `, runOnly: ["color-contrast"]`}[dark])) {
				t.Errorf("%s, dark %v: %s", s.name, dark, fault)
			}
		}
	}
}
