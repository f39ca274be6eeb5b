package notebook

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// An open notebook goes out in every form, with what its cells have shown.
func TestDownload(t *testing.T) {
	s := serve(t)
	s.write("net.md", "# Net\n\n![dot](dot.png)\n\n"+pagetest.Notebook("fmt.Println(6 * 7)"))
	p := s.open("file/net.md", "net")
	p.Run(p.Cells()...)
	p.WaitFor("42", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "42\n" })
	p.WaitFor("its end", func(m pagetest.Message) bool { return m.T == "state" && m.State == "done" })
	for as, want := range map[string]string{"md": "# Net", "html": `<div class="stream stdout"><pre>42</pre></div>`, "ipynb": `"42\n"`, "go": ""} {
		answer := s.get("/download?"+url.Values{"notebook": {"file/net.md"}, "as": {as}}.Encode(), func(*http.Request) {})
		body, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %s, %v", as, answer.Status, body, err)
		}
		if name := answer.Header.Get("Content-Disposition"); !strings.HasPrefix(name, "attachment; filename=net.") {
			t.Errorf("%s: it is called %s", as, name)
		}
		if as == "ipynb" {
			want = strings.ReplaceAll(want, `\n`, "") // without the end of the last line
		}
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: %q is not in it: %s", as, want, body)
		}
		if as != "go" {
			continue
		}
		program, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := program.Open("main.go"); err != nil {
			t.Error(err)
		}
	}
	for _, query := range []string{"notebook=file/net.md&as=exe", "notebook=file/other.md&as=md", "as=md", "notebook=../net.md&as=md"} {
		if answer := s.get("/download?"+query, func(*http.Request) {}); answer.StatusCode != http.StatusNotFound {
			t.Errorf("/download?%s: %s", query, answer.Status)
		}
	}
}
