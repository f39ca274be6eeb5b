package notebook

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// The attacks of docs/reliability.md stand in the files attack_*. After each the server must serve
// its own page as before.

// places are addresses of all kinds.
var places = []string{"/", "/lessons", "/lesson/02", "/file/net.md", "/static/main.js", "/frame?notebook=file/net.md&cell=b2&display=1", "/download?notebook=file/net.md&as=html", "/socket?notebook=file/net.md", "/lessons/new", "/no-such"}

// get asks as a browser with our cookie would, but for what change does.
func (s *site) get(path string, change func(r *http.Request)) *http.Response {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do(r, change)
}

func (s *site) do(r *http.Request, change func(r *http.Request)) *http.Response {
	s.t.Helper()
	r.Header.Set("Cookie", s.server.guard.Cookie().Name+"="+s.server.guard.Cookie().Value)
	change(r)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { answer.Body.Close() })
	return answer
}

// checkServes fails unless our own page is served as ever.
func (s *site) checkServes() {
	s.t.Helper()
	s.write("well.md", pagetest.Notebook("fmt.Println(6 * 7)"))
	p := s.open("file/well.md", "well")
	p.Run(p.Cells()...)
	p.WaitFor("42", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "42\n" })
}

// The list of attacks in docs/reliability.md names the tests that there are.
func TestAttackList(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(string(page), "<!-- attacks -->")
	list, _, ended := strings.Cut(list, "<!-- end -->")
	if !found || !ended {
		t.Fatal("docs/reliability.md has no list of attacks")
	}
	files, _ := filepath.Glob("*_test.go")
	more, _ := filepath.Glob("room/*_test.go")
	declared := map[string]bool{}
	for _, file := range append(append(files, more...), "../../notebook_test.go") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)`).FindAllStringSubmatch(string(text), -1) {
			declared[m[1]] = true
			if strings.HasPrefix(file, "attack_") && m[1] != "TestAttackList" && !strings.Contains(list, m[1]) {
				t.Errorf("%s is not in docs/reliability.md", m[1])
			}
		}
	}
	for _, name := range regexp.MustCompile(`Test\w+`).FindAllString(list, -1) {
		if !declared[name] {
			t.Errorf("docs/reliability.md names %s, and there is no such test", name)
		}
	}
}
