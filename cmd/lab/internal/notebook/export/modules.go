package export

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"

	"reslab/cmd/lab/internal/notebook/page"
)

// A file that is opened from a disk cannot import modules from beside it. So the
// page's modules stand in the file itself, as addresses in which the text is; an
// import map gives each the name by which the others import it:
//
//	page:   import { h } from "../dom.js";         in kinds/tensor.js
//	file:   import { h } from "lab/dom.js";
//	        <script type="importmap">{"imports": {"lab/dom.js": "data:text/javascript;base64,..."}}</script>

var imported = regexp.MustCompile(`(?m)^((?:import|export)\b[^"\n]*\bfrom |import )"(\.[^"]+)";`)

// importMap is the map of a module of the page and of all that it needs.
func importMap(entry string) (string, error) {
	found := map[string]string{}
	waiting := []string{entry}
	for len(waiting) > 0 {
		name := waiting[0]
		waiting = waiting[1:]
		if found["lab/"+name] != "" {
			continue
		}
		text, err := page.Read(name)
		if err != nil {
			return "", fmt.Errorf("the module %s of the page: %w", name, err)
		}
		own := imported.ReplaceAllStringFunc(string(text), func(line string) string {
			m := imported.FindStringSubmatch(line)
			other := path.Join(path.Dir(name), m[2])
			waiting = append(waiting, other)
			return fmt.Sprintf(`%s"lab/%s";`, m[1], other)
		})
		found["lab/"+name] = "data:text/javascript;base64," + base64.StdEncoding.EncodeToString([]byte(own))
	}
	all, err := json.Marshal(map[string]any{"imports": found})
	return string(all), err
}

// styles are the style sheets of the page, one after the other.
func styles() (string, error) {
	var b strings.Builder
	for _, name := range []string{"viz.css", "style.css", "code.css", "notebook.css", "cell.css", "kinds/kinds.css"} {
		text, err := page.Read(name)
		if err != nil {
			return "", fmt.Errorf("the style sheet %s of the page: %w", name, err)
		}
		b.Write(text)
	}
	return b.String(), nil
}
