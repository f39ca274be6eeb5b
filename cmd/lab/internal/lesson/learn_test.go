package lesson

import (
	"bytes"
	"context"
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"reslab/cmd/lab/internal/progress"
	"reslab/cmd/lab/internal/terminal"
)

// ownState lets a test keep progress in a folder of its own.
func ownState(t *testing.T) {
	t.Helper()
	t.Cleanup(xdg.Reload) // after the variable has its old value again
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	xdg.Reload()
}

// started returns a folder with the exercises of lesson 02.
func started(t *testing.T) (dir string) {
	t.Helper()
	ownState(t)
	dir = filepath.Join(t.TempDir(), "my work")
	if err := (startCommand{ID: "02", Dir: dir}).Run(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// edit replaces text in a learner's file.
func edit(t *testing.T, path string, pairs ...string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.NewReplacer(pairs...).Replace(string(content))
	if edited == string(content) {
		t.Fatalf("%s has nothing of %q", path, pairs)
	}
	if err := os.WriteFile(path, []byte(edited), 0o666); err != nil {
		t.Fatal(err)
	}
}

// rightStops is what turns the stub of stops into an answer.
var rightStops = []string{"room := in\n", "room := in + 2*pad - kernel\n", "return room / stride", "return room/stride + 1"}

// told checks and returns what the learner reads.
func told(t *testing.T, c checkCommand) (text string, err error) {
	t.Helper()
	var b bytes.Buffer
	c.ID = "02"
	err = c.Run(context.Background(), &b)
	return b.String(), err
}

func wantTold(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in\n%s", part, text)
		}
	}
}

func TestExercisesOfALesson(t *testing.T) {
	l, err := Find("02")
	if err != nil {
		t.Fatal(err)
	}
	all := l.exercises()
	if len(all) != l.Exercises {
		t.Fatalf("%d exercises, the lesson counts %d", len(all), l.Exercises)
	}
	stops := all[0]
	stub, check := stops.split()
	if !strings.HasPrefix(stub, "// stops counts") || !strings.HasSuffix(stub, "}\n") || check != "lab.Check(\"stops\", stops)\n" {
		t.Errorf("stub %q\ncheck %q", stub, check)
	}
	if len(stops.hints) != 2 || len(stops.after) != 1 || len(all[2].hints) != 3 {
		t.Errorf("%d hints and %d for afterwards, %d hints", len(stops.hints), len(stops.after), len(all[2].hints))
	}
	if task := stops.text(stops.task, plainView, ""); !strings.HasPrefix(task, "Write the count as a formula") || strings.Contains(task, "lab:") {
		t.Errorf("task %q", task)
	}
}

// The files of every lesson are Go, with nothing of the solution in them.
func TestStartEveryLesson(t *testing.T) {
	for _, l := range embedded() {
		if l.Exercises == 0 {
			continue
		}
		dir := t.TempDir()
		names, err := Start(l, dir)
		if err != nil {
			t.Fatalf("lesson %s: %v", l.ID, err)
		}
		if len(names) != l.Exercises {
			t.Errorf("lesson %s has %d exercises, and starts with %v", l.ID, l.Exercises, names)
		}
		for i, e := range l.exercises() {
			content, err := os.ReadFile(filepath.Join(dir, names[i]))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parser.ParseFile(token.NewFileSet(), names[i], content, 0); err != nil {
				t.Error(err)
			}
			if !strings.HasPrefix(string(content), "// Exercise "+e.Exercise) {
				t.Errorf("%s begins with %.60q", names[i], content)
			}
			for _, name := range e.functions() {
				_, body, _ := strings.Cut(l.solutions[name], "\n")
				if strings.Contains(string(content), body) {
					t.Errorf("%s holds the solution", names[i])
				}
			}
		}
	}
}

// What to type next is what starts this very program, there and in the new folder.
func TestStartNamesTheProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my lesson")
	var b bytes.Buffer
	if err := (startCommand{ID: "02", Dir: dir}).Run(&b); err != nil {
		t.Fatal(err)
	}
	wantTold(t, b.String(), "\n  "+terminal.Program(".")+` lesson check 02 "`+dir+"\" --watch\n")
	content, err := os.ReadFile(filepath.Join(dir, "stops.go"))
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, string(content), "In this folder: "+terminal.Program(dir)+" lesson check 02\n", " "+terminal.Program(dir)+" lesson check 02 --hint\n")
}

// The files of every lesson run together, each with its imports, and each stub
// hears what is wrong.
func TestStartedFilesRun(t *testing.T) {
	for _, l := range embedded() {
		dir := t.TempDir()
		if _, err := Start(l, dir); err != nil {
			t.Fatalf("lesson %s: %v", l.ID, err)
		}
		w, err := readFolder(l, dir)
		if err != nil {
			t.Fatal(err)
		}
		report, err := w.check(context.Background())
		if err != nil || report.Problem != "" || len(report.Exercises) != l.Exercises {
			t.Errorf("lesson %s: %v, %+v", l.ID, err, report)
		}
		for _, e := range report.Exercises {
			if e.Passed || e.Message == "" {
				t.Errorf("lesson %s, the stub of %s: %+v", l.ID, e.Name, e)
			}
		}
	}
}

// The go tool, and so an editor, understands the files where the project is.
func TestStartedFilesCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go tool")
	}
	vet := exec.Command("go", "vet", "./...")
	vet.Dir = started(t)
	vet.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=")
	if out, err := vet.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

func TestStartNeverWritesOver(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"convolve.go": "package mine\n", "go.mod": "module mine\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	err := (startCommand{ID: "02", Dir: dir}).Run(&bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "convolve.go is there already and stays as it is") {
		t.Errorf("got %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("something was written: %v", entries)
	}
	if err := os.Remove(filepath.Join(dir, "convolve.go")); err != nil {
		t.Fatal(err)
	}
	if err := (startCommand{ID: "02", Dir: dir}).Run(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if mod, _ := os.ReadFile(filepath.Join(dir, "go.mod")); string(mod) != "module mine\n" {
		t.Errorf("the learner's go.mod is now %q", mod)
	}
}

// A learner's way through the lesson.
func TestCheck(t *testing.T) {
	dir := started(t)
	stops, cost, convolve := filepath.Join(dir, "stops.go"), filepath.Join(dir, "cost.go"), filepath.Join(dir, "convolve.go")

	text, err := told(t, checkCommand{Dir: dir})
	if err == nil || err.Error() != "lesson 02: 0 of 3 exercises right" {
		t.Errorf("stubs: %v", err)
	}
	wantTold(t, text, "not yet  stops", "yours gives 3. By hand", "--hint (there are 2)", "open     cost", "open     convolve")

	edit(t, stops, "return room / stride", "return rom / stride")
	text, err = told(t, checkCommand{Dir: dir})
	if err == nil || err.Error() != "lesson 02: your files do not run yet" {
		t.Errorf("a file that does not compile: %v", err)
	}
	wantTold(t, text, stops+":22:9: undefined: rom", "            ^^^")

	// A brace is missing: its own file is blamed, not the one that follows.
	edit(t, stops, "return rom / stride", "if room > 0 {\n\t\treturn room / stride")
	text, _ = told(t, checkCommand{Dir: dir})
	wantTold(t, text, "stops.go:24:3: expected '}'", "A { above has no } of its own")
	text, _ = told(t, checkCommand{File: stops})
	wantTold(t, text, "stops.go:24:3: expected '}'")

	edit(t, stops, "if room > 0 {\n\t\treturn room / stride", "return room / stride")
	edit(t, stops, rightStops...)
	text, _ = told(t, checkCommand{Dir: dir})
	wantTold(t, text, "right    stops", "One way to write it:", "the formula", "not yet  cost", "Next: cost, in "+cost)
	if text, _ = told(t, checkCommand{Dir: dir}); strings.Contains(text, "One way") {
		t.Errorf("the solution is shown again\n%s", text)
	}

	edit(t, cost, "kernel * kernel * out", "kernel * kernel * in * out")
	text, _ = told(t, checkCommand{Dir: dir})
	wantTold(t, text, "right    cost", "not yet  convolve", "Next: convolve, in "+convolve)
	for _, hint := range []string{"Hint 1", "Hint 2", "Hint 3", "That was the last hint"} {
		text, _ = told(t, checkCommand{Dir: dir, Hint: true})
		wantTold(t, text, hint)
	}

	l, _ := Find("02")
	if err := os.WriteFile(convolve, []byte("package lesson02\n\nimport \"reslab/nn\"\n\n"+l.solutions["convolve"]+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	text, err = told(t, checkCommand{Dir: dir})
	if err != nil {
		t.Error(err)
	}
	wantTold(t, text, "All exercises of this lesson are right.")
}

// One file alone: what it lacks of earlier exercises is taken from the solutions.
func TestCheckOneFile(t *testing.T) {
	dir := started(t)
	edit(t, filepath.Join(dir, "stops.go"), rightStops...)
	for file, want := range map[string]bool{"stops.go": true, "convolve.go": false} {
		var b bytes.Buffer
		err := (checkCommand{ID: "02", File: filepath.Join(dir, file), JSON: true}).Run(context.Background(), &b)
		var r CheckReport
		if jsonErr := json.Unmarshal(b.Bytes(), &r); jsonErr != nil {
			t.Fatal(jsonErr)
		}
		if r.OK != want || (err == nil) != want || len(r.Exercises) != 1 || r.Exercises[0].Passed != want || r.Exercises[0].File != filepath.Join(dir, file) {
			t.Errorf("%s: %v, %+v", file, err, r)
		}
	}
}

// A teacher sees that the lesson's own solutions pass; no progress is kept.
func TestCheckSolutions(t *testing.T) {
	ownState(t)
	text, err := told(t, checkCommand{Solutions: true})
	if err != nil {
		t.Error(err)
	}
	wantTold(t, text, "right    stops", "right    convolve", "room/stride + 1")
	if _, err := os.Stat(progress.Own().File()); err == nil {
		t.Error("progress was kept")
	}
}

// What a learner's code may do to its kernel.
func TestCheckBadCode(t *testing.T) {
	ownState(t)
	defer func(was time.Duration) { patience = was }(patience)
	for _, c := range []struct{ body, want string }{
		{"for {\n\t}", "It did not end within 1s"},
		{"return stops(in, kernel, stride, pad)", "called itself without end"},
		{"var a []int\n\treturn a[in]", "yours panics: "},
		{"os.Exit(0)\n\treturn 0", "os.Exit"},
		{"println(\"hello\")\n\treturn 0", "hello"},
	} {
		path := filepath.Join(t.TempDir(), "stops.go")
		if err := os.WriteFile(path, []byte("func stops(in, kernel, stride, pad int) int {\n\t"+c.body+"\n}\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		patience = 20 * time.Second
		if strings.Contains(c.want, "1s") {
			patience = time.Second
		}
		text, err := told(t, checkCommand{File: path})
		if err == nil {
			t.Errorf("%s: it passed", c.body)
		}
		wantTold(t, text, "not yet  stops", c.want)
	}
}

func TestCheckSaysWhatIsMissing(t *testing.T) {
	empty := t.TempDir()
	other := filepath.Join(t.TempDir(), "other.go")
	if err := os.WriteFile(other, []byte("package other\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		command checkCommand
		want    string
	}{
		{checkCommand{Dir: empty}, "lab lesson start 02 " + empty},
		{checkCommand{Dir: filepath.Join(empty, "none")}, "make it, with the exercises, by"},
		{checkCommand{File: filepath.Join(empty, "none.go")}, "read your exercises"},
		{checkCommand{File: other}, "your files do not run yet"},
		{checkCommand{File: other, Dir: empty}, "not both"},
		{checkCommand{Dir: empty, Watch: true, JSON: true}, "--watch"},
		{checkCommand{Dir: empty, Watch: true, Hint: true}, "another terminal"},
		{checkCommand{Watch: true, Solutions: true}, "name their folder"},
		{checkCommand{Dir: empty, Watch: true}, "lab lesson start 02 " + empty},
	} {
		if text, err := told(t, c.command); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v\n%s", c.command, err, text)
		}
	}
}
