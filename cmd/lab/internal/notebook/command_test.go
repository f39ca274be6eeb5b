package notebook

import (
	"os"
	"strings"
	"testing"
)

// A file that is no notebook is told from one in a sentence, before a page opens.
func TestOddFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, c := range map[string]struct{ text, want string }{
		"binary.md":  {"a\x00b", "binary.md: it is no text, so no notebook"},
		"latin.md":   {"caf\xe9", "latin.md: its text is not in UTF-8"},
		"huge.md":    {strings.Repeat("x", 9<<20), "huge.md: it has more than 8 MB"},
		"windows.md": {"\uFEFF# T\r\n\r\ntext\r\n", ""},
		"empty.md":   {"", ""},
	} {
		if err := os.WriteFile(name, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := pathOf(name)
		if got := errorText(err); c.want == "" && err != nil || !strings.HasPrefix(got, c.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Mkdir("folder.md", 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := pathOf("folder.md"); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := pathOf("new.md"); err != nil {
		t.Errorf("a file that is not there yet: %v", err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
