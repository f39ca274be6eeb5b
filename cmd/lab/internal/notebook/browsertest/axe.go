package browsertest

import "os"

// Axe lets axe-core, a file that npm brings, look for what keeps people out. Name
// says how the page looks just now.
func (p *Page) Axe(script, name string) {
	p.t.Helper()
	source, err := os.ReadFile(script)
	if err != nil {
		p.t.Log("axe-core is not here: `npm ci` in page/ brings it")
		return
	}
	Eval[bool](p, `(() => {`+string(source)+`; return true; })()`)
	faults := Eval[[]string](p, `axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations
		.filter(({impact}) => impact === "serious" || impact === "critical")
		.map(({id, help, nodes}) => id + ": " + help + "\n" + nodes.slice(0, 4).map((n) => "    " + n.html.slice(0, 200) + "\n    " + n.failureSummary).join("\n")))`)
	for _, f := range faults {
		p.t.Errorf("%s: %s", name, f)
	}
}
