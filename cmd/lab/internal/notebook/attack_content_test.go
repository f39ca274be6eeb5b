package notebook

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// HTML that a cell shows is a stranger to the page: it comes in a sandbox of its own.
func TestCellHTMLIsSandboxed(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook(`lab.Show(viz.NewReport("<script>top.stolen = document.cookie</script>"))`))
	p := s.open("file/net.md", "a")
	c := p.Cells()
	p.Run(c[0])
	shown := p.WaitFor("HTML", func(m pagetest.Message) bool { return m.T == "display" || m.T == "state" && m.State == "failed" })
	if shown.Kind != "html" {
		t.Fatalf("it shows %+v", shown)
	}
	answer := s.get(fmt.Sprintf("/frame?notebook=file/net.md&cell=%s&display=%v", c[0], shown.ID), func(*http.Request) {})
	body, _ := io.ReadAll(answer.Body)
	policy := answer.Header.Get("Content-Security-Policy")
	if answer.StatusCode != http.StatusOK || string(body) != shown.Data {
		t.Errorf("the frame: %s", answer.Status)
	}
	if !strings.HasPrefix(policy, "sandbox allow-scripts; default-src 'none';") || strings.Contains(policy, "allow-same-origin") || strings.Contains(policy, "connect-src") {
		t.Errorf("the policy of the frame is %q", policy)
	}
	for _, query := range []string{"", "notebook=file/net.md&cell=b99&display=1", "notebook=file/net.md&cell=" + c[0] + "&display=99", "notebook=file/no.md&cell=b2&display=1", "notebook=file/net.md&cell=" + c[0] + "&display=../1"} {
		if answer := s.get("/frame?"+query, func(*http.Request) {}); answer.StatusCode != http.StatusNotFound {
			t.Errorf("/frame?%s: %s", query, answer.Status)
		}
	}
}

// Prose shows pictures of the folder, and nothing else: no other file, and no
// drawing that does anything.
func TestPictures(t *testing.T) {
	s := serve(t)
	s.write("plot.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	s.write("secret.txt", "secret")
	s.write("net.md", "![the loss](plot.svg) ![no](../x.png) ![nor](https://evil.example/x.png)\n")
	p := s.open("file/net.md", "a")
	if html := p.Snapshot.Blocks[0].HTML; !strings.Contains(html, `src="/picture/plot.svg"`) || strings.Contains(html, "x.png\"") {
		t.Errorf("it is shown as %s", html)
	}
	answer := s.get("/picture/plot.svg", func(*http.Request) {})
	if policy := answer.Header.Get("Content-Security-Policy"); answer.StatusCode != http.StatusOK || !strings.HasPrefix(policy, "sandbox; default-src 'none'") {
		t.Errorf("%s, %s", answer.Status, policy)
	}
	if err := os.Symlink(filepath.Join(s.folder, "secret.txt"), filepath.Join(s.folder, "out.png")); err != nil {
		t.Log(err)
	}
	for _, path := range []string{"/picture/secret.txt", "/picture/", "/picture/net.md", "/picture/%2e%2e/x.png", "/picture/..%2fx.png", "/picture/out.png", "/picture//etc/x.png"} {
		answer := s.get("/", func(r *http.Request) { r.URL.Opaque = "//" + r.URL.Host + path })
		if answer.StatusCode == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
}
