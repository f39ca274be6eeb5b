// Package doctor is the command lab doctor: what is here, what is missing, and
// how to get it.
package doctor

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/terminal"
	"reslab/nn"
	"reslab/nn/data"
	"reslab/viz"
)

// Command is lab doctor.
type Command struct {
	JSON bool `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Command) Help() string { return "Example:\n  lab doctor" }

// check is one thing that was looked at. What is optional is never wrong.
type check struct {
	Name     string `json:"name"`
	OK       bool   `json:"ok"`
	Detail   string `json:"detail"`
	Fix      string `json:"fix"`
	Optional bool   `json:"optional"`
}

// Run looks at everything and says what it found. It fails where something is
// missing that the kit cannot do without.
func (c Command) Run(out io.Writer) error {
	checks := examine()
	ok := true
	for _, ch := range checks {
		ok = ok && (ch.OK || ch.Optional)
	}
	if c.JSON {
		if err := terminal.WriteJSON(out, map[string]any{"ok": ok, "checks": checks}); err != nil {
			return err
		}
	} else if err := write(out, checks); err != nil {
		return err
	}
	if !ok {
		return errors.New("something is missing; each line above says what to do")
	}
	return nil
}

func write(out io.Writer, checks []check) error {
	for _, c := range checks {
		mark := "ok      "
		switch {
		case !c.OK && c.Optional:
			mark = "optional"
		case !c.OK:
			mark = "MISSING "
		}
		if _, err := fmt.Fprintf(out, "%s  %-15s %s\n", mark, c.Name, c.Detail); err != nil {
			return err
		}
		if c.Fix != "" {
			if _, err := fmt.Fprintf(out, "          %-15s -> %s\n", "", c.Fix); err != nil {
				return err
			}
		}
	}
	return nil
}

func examine() []check {
	checks := []check{
		{Name: "lab", OK: true, Detail: Version()},
		{Name: "processor", OK: true, Detail: fmt.Sprintf("%s/%s, %d cores in use, %s kernels", runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), nn.KernelName())},
		writable(),
		progress(),
		sources(),
	}
	for _, info := range data.List() {
		checks = append(checks, dataSet(info))
	}
	return append(checks, charts())
}

// writable says whether runs can be written into the working folder.
func writable() check {
	c := check{Name: "working folder", OK: true, Detail: "runs can be written below it"}
	file, err := os.CreateTemp(".", ".lab-doctor-*")
	if err == nil {
		err = errors.Join(file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		c.OK, c.Detail = false, "no file can be written: "+err.Error()
		c.Fix = "change to a folder of your own, or choose one with --out"
	}
	return c
}

// progress says how far the learner has come in the lessons.
func progress() check {
	c := check{Name: "lessons", OK: true}
	var err error
	if c.Detail, err = lesson.Standing(); err != nil {
		c.OK, c.Optional, c.Detail = false, true, err.Error()
		c.Fix = "the lessons work all the same, but what you solve is not kept"
	}
	return c
}

// sources says whether an editor understands the files of lab lesson start.
func sources() check {
	c := check{Name: "sources", Detail: lesson.SourceFolder(), Optional: true}
	if c.OK = c.Detail != ""; !c.OK {
		c.Detail = "not here: an editor does not know reslab/nn in exercises, " + terminal.Program(".") + " lesson check does"
		c.Fix = "be in the project's folder when you start exercises"
	}
	return c
}

func dataSet(info data.Info) check {
	c := check{Name: info.Name, OK: info.Here, Detail: info.Where, Optional: info.Name != "mnist"}
	switch {
	case !info.Here:
		c.Detail, c.Fix = "not here", fmt.Sprintf("%s data get %s (%.0f MB)", terminal.Program("."), info.Name, float64(info.Download)/1e6)
	case info.Where == "":
		c.Detail = "drawn by code"
	}
	return c
}

func charts() check {
	c := check{Name: "charts", OK: viz.EChartsScript() != "", Detail: "interactive in every report", Optional: true}
	if !c.OK {
		c.Detail = "still pictures; a button in the report makes them interactive"
		c.Fix = "with npm installed, make builds bin/lab with the script inside"
	}
	return c
}

// Version names the build: its version or commit, and that of Go.
func Version() string {
	version := "unknown version"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		if version == "" || version == "(devel)" {
			version = "development version"
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && !strings.Contains(version, s.Value[:min(12, len(s.Value))]) {
				version += " at " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return fmt.Sprintf("%s %s, %s", strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"), version, runtime.Version())
}
