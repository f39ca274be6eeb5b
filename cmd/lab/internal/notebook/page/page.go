// Package page holds what the browser gets: HTML, styles and ES modules, plain
// files that nothing has to build.
//
// Two parts come from npm, where that was run (`make` runs it): CodeMirror as
// editor, bundled in the folder dist, which git ignores, and ECharts, which
// package viz holds. Without them the page has an editor of its own, and charts
// are drawings.
package page

import (
	"embed"
	"fmt"
	"io/fs"

	"reslab/viz"
)

//go:embed *.html *.css *.js *.svg kinds/*.js dist
var embedded embed.FS

// Read returns a file of the page: one of this folder, or one that is made of
// what package viz knows.
func Read(name string) ([]byte, error) {
	switch name {
	case "viz.css": // the colours of pictures
		return []byte(viz.PageStyle()), nil
	case "viz.js": // what brings charts to life
		return []byte(viz.PageScript()), nil
	case "dist/echarts.min.js":
		if script := viz.EChartsScript(); script != "" {
			return []byte(script), nil
		}
		return nil, fs.ErrNotExist
	case "built.js": // what npm built, for modules to ask before they load it
		_, err := fs.Stat(embedded, "dist/codemirror.js")
		return fmt.Appendf(nil, "export const codemirror = %t, echarts = %t;\n", err == nil, viz.EChartsScript() != ""), nil
	}
	return embedded.ReadFile(name)
}
