package lessons

import (
	"io/fs"
	"os"
	"regexp"
	"testing"
)

// Every folder with a lesson is in the binary, and is named as one.
func TestFolders(t *testing.T) {
	name := regexp.MustCompile(`^\d\d-[a-z0-9-]+$`)
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range folders {
		if !f.IsDir() || f.Name() == "lab" {
			continue
		}
		found++
		if !name.MatchString(f.Name()) {
			t.Errorf("folder %s is not named as 02-convolution", f.Name())
		}
		for _, file := range []string{"lesson.md", "solution.go"} {
			if _, err := fs.Stat(Files, f.Name()+"/"+file); err != nil {
				t.Errorf("%s: %v", f.Name(), err)
			}
		}
	}
	if found == 0 {
		t.Error("there are no lessons")
	}
}
