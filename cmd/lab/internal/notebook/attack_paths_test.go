package notebook

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// An address or a name leads out of the folder.
func TestPathEscapes(t *testing.T) {
	s := serve(t)
	secret := pagetest.Notebook("secret := 1")
	outside := filepath.Join(filepath.Dir(s.folder), "outside.md")
	if err := os.WriteFile(outside, []byte(secret), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"../outside.md", "x/../../outside.md", outside, "/" + outside, `..\outside.md`, "..%2foutside.md", "./../outside.md", "//outside.md",
		"", ".", "..", ".hidden.md", "net.txt", "net", "x/", "net.md/", "a//b.md", "./net.md", "con\x00.md", strings.Repeat("x", 5000) + ".md",
	} {
		connection, answer, err := s.dial("file/"+name, "", nil)
		if err == nil {
			connection.CloseNow()
			if name == `..\outside.md` && runtime.GOOS != "windows" { // a name like any other
				continue
			}
			if name == "..%2foutside.md" { // it is not decoded twice: a name like any other
				continue
			}
			t.Errorf("the notebook %.40q is opened", name)
		} else if answer == nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("the notebook %.40q: %v", name, answer)
		}
	}
	for _, id := range []string{"", "lesson", "lesson/", "lesson/99", "lesson/../02", "lesson/02/../02", "copies/02", "file", "FILE/net.md", strings.Repeat("x", 5000)} {
		if connection, answer, err := s.dial(id, "", nil); err == nil {
			connection.CloseNow()
			t.Errorf("the notebook %.40q is opened", id)
		} else if answer == nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("the notebook %.40q: %v", id, answer)
		}
	}
	for _, path := range []string{
		"/file/../outside.md", "/file/%2e%2e/outside.md", "/file/%2e%2e%2foutside.md", "/file/..%5coutside.md", "/file/x/%2e%2e/%2e%2e/outside.md", "/file//" + outside,
		"/static/../server.go", "/static/%2e%2e/server.go", "/static/%2e%2e%2fserver.go", "/static/..%5cserver.go", "/static//etc/passwd", "/static/page.go", "/static/", "/static/dist",
	} {
		answer := s.get("/", func(r *http.Request) { r.URL.Opaque = "//" + r.URL.Host + path })
		body, _ := io.ReadAll(answer.Body)
		if answer.StatusCode == http.StatusOK && !strings.Contains(string(body), `id="blocks"`) || strings.Contains(string(body), "secret") || strings.Contains(string(body), "package ") {
			t.Errorf("%s: %s\n%s", path, answer.Status, body)
		}
	}
	if after, err := os.ReadFile(outside); err != nil || string(after) != secret {
		t.Errorf("the file outside is now %q, %v", after, err)
	}
	s.checkServes()
}

// A symbolic link leads out of the folder.
func TestSymlinkEscapes(t *testing.T) {
	s := serve(t)
	outside := t.TempDir()
	secret := pagetest.Notebook("secret := 1")
	if err := os.WriteFile(filepath.Join(outside, "secret.md"), []byte(secret), 0o666); err != nil {
		t.Fatal(err)
	}
	s.write("real.md", pagetest.Notebook("x := 1"))
	for name, to := range map[string]string{
		"file.md": filepath.Join(outside, "secret.md"), "folder": outside, "up": "..", "loop.md": "loop.md", "inside.md": "real.md", "new.md": filepath.Join(outside, "new.md"),
	} {
		if err := os.Symlink(to, filepath.Join(s.folder, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	for _, name := range []string{"file.md", "folder/secret.md", "up/" + filepath.Base(outside) + "/secret.md", "loop.md", "new.md"} {
		if connection, answer, err := s.dial("file/"+name, "", nil); err == nil {
			connection.CloseNow()
			t.Errorf("%s is opened", name)
		} else if answer == nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %v", name, answer)
		}
	}

	// A link within the folder is followed, and stays a link.
	p := s.open("file/inside.md", "a")
	p.Edit(p.Cells()[0], "x := 2", 1)
	p.Wait("saved")
	if info, err := os.Lstat(filepath.Join(s.folder, "inside.md")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is now %v, %v", info.Mode(), err)
	}
	if got := s.read("real.md"); got != pagetest.Notebook("x := 2") {
		t.Errorf("the file is now %q", got)
	}

	// The file of an open notebook becomes a link that leads out.
	p = s.open("file/real.md", "b")
	if err := os.Remove(filepath.Join(s.folder, "real.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(s.folder, "real.md")); err != nil {
		t.Fatal(err)
	}
	p.Edit(p.Cells()[0], "x := 3", 2)
	p.Wait("problem")
	if got, err := os.ReadFile(filepath.Join(outside, "secret.md")); err != nil || string(got) != secret {
		t.Errorf("the file outside is now %q, %v", got, err)
	}
	s.checkServes()
}
