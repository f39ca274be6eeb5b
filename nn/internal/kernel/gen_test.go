package kernel

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGenerated checks that the assembly is what its generators write.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the generators")
	}
	if out, err := generator("mod", "download").CombinedOutput(); err != nil {
		t.Skipf("the generators need avo, which cannot be fetched: %s", out)
	}
	mains, err := filepath.Glob("gen/*/main.go")
	if err != nil || len(mains) == 0 {
		t.Fatalf("no generators found: %v", err)
	}
	for _, main := range mains {
		name := filepath.Base(filepath.Dir(main))
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, file := t.TempDir(), name+"_amd64"
			code, stubs := filepath.Join(folder, file+".s"), filepath.Join(folder, file+".go")
			if out, err := generator("run", "./"+name, "-out", code, "-stubs", stubs, "-pkg", "kernel").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			for _, written := range []string{code, stubs} {
				if !bytes.Equal(afterFirstLine(t, written), afterFirstLine(t, filepath.Base(written))) {
					t.Errorf("gen/%s writes another %s; run: make kernels", name, filepath.Base(written))
				}
			}
		})
	}
}

// generator is a go command in the module of the generators.
func generator(args ...string) *exec.Cmd {
	command := exec.Command("go", args...)
	command.Dir = "gen"
	command.Env = append(os.Environ(), "GOWORK=off")
	return command
}

// afterFirstLine reads a file without its first line, which says how it was
// called.
func afterFirstLine(t *testing.T, name string) []byte {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return rest
}
