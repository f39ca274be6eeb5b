package terminal

import (
	"os"
	"path/filepath"
	"testing"
)

func TestProgram(t *testing.T) {
	project := t.TempDir()
	t.Chdir(project)
	if err := os.MkdirAll(filepath.Join("cmd", "lab"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("cmd", "lab", "main.go"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	const (
		cached    = "/home/ada/.cache/go-build/12/12f0/lab"
		elsewhere = "/cache/5b/5b1f0c3a99d2e7f45b1f0c3a99d2e7f45b1f0c3a99d2e7f45b1f0c3a99d2e7f4-d/lab"
		temporary = "/tmp/go-build37/b001/exe/lab"
	)
	for _, c := range []struct{ typed, executable, folder, want string }{
		{cached, cached, ".", "go run ./cmd/lab"},
		{elsewhere, elsewhere, ".", "go run ./cmd/lab"},
		{temporary, temporary, ".", "go run ./cmd/lab"},
		{temporary, temporary, "my-lesson", "go run reslab/cmd/lab"},
		{"lab", "/usr/local/bin/lab", ".", "lab"},
		{"lab", "/usr/local/bin/lab", "my-lesson", "lab"},
		{"lab.exe", "C:/go/bin/lab.exe", "my-lesson", "lab"},
		{"bin/lab", "/home/ada/reslab/bin/lab", ".", "bin/lab"},
		{"bin/lab", "/home/ada/reslab/bin/lab", "./", "bin/lab"},
		{"bin/lab", "/home/ada/reslab/bin/lab", "my-lesson", "/home/ada/reslab/bin/lab"},
		{"./lab", "/home/ada/my kit/lab", "my-lesson", `"/home/ada/my kit/lab"`},
	} {
		if got := program(c.typed, c.executable, c.folder); got != c.want {
			t.Errorf("%s (%s) from %s is %q, not %q", c.typed, c.executable, c.folder, got, c.want)
		}
	}
}
