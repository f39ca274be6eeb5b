// Package dataset is the command lab data: get data sets and look at them.
package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn/data"
)

// Command is lab data.
type Command struct {
	List List `cmd:"" help:"List the data sets, and say which are here."`
	Get  Get  `cmd:"" help:"Download a data set, unless it is here."`
	Path Path `cmd:"" help:"Print the folder of a data set's files."`
	Show Show `cmd:"" help:"Draw a labelled grid of pictures."`
}

// List is lab data list.
type List struct{}

// Help is shown by --help.
func (List) Help() string { return "Example:\n  lab data list" }

// Run lists the data sets.
func (List) Run(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "name\tpictures\tsize\tclasses\tthere\tabout")
	for _, info := range data.List() {
		there := "yes"
		switch {
		case !info.Here:
			there = fmt.Sprintf("no, %.0f MB", float64(info.Download)/1e6)
		case info.Where == "":
			there = "drawn"
		}
		fmt.Fprintf(w, "%s\t%d + %d\t%dx%dx%d\t%d\t%s\t%s\n", info.Name, info.Train, info.Test, info.H, info.W, info.C, len(info.Classes), there, info.About)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%[1]s data get NAME  brings one that is not there\n%[1]s data path NAME  says where one lies\n", terminal.Program("."))
	return err
}

// Get is lab data get.
type Get struct {
	Name string `arg:"" help:"Name of the data set, as fashion-mnist."`
}

// Help is shown by --help.
func (Get) Help() string {
	return "A download that was stopped goes on where it was.\n\nExample:\n  lab data get fashion-mnist"
}

// Run downloads the data set.
func (g Get) Run(ctx context.Context, out io.Writer) error {
	info, err := data.Find(g.Name)
	if err != nil {
		return err
	}
	folder := info.Where
	if !info.Here {
		bar := terminal.NewBar(os.Stderr)
		defer bar.Close()
		folder, err = data.Get(ctx, g.Name, func(done, total int64) { bar.Set(int(done), int(total), g.Name) })
		bar.Close()
		if errors.Is(err, context.Canceled) {
			return fmt.Errorf("stopped; %s data get %s goes on from here", terminal.Program("."), g.Name)
		}
		if err != nil {
			return err
		}
	}
	if folder == "" {
		folder = "drawn by code, nothing to get"
	}
	_, err = fmt.Fprintln(out, folder)
	return err
}

// Path is lab data path.
type Path struct {
	Name string `arg:"" help:"Name of the data set, as mnist."`
}

// Help is shown by --help.
func (Path) Help() string { return "Example:\n  lab data path mnist" }

// Run prints the folder.
func (p Path) Run(out io.Writer) error {
	info, err := data.Find(p.Name)
	switch {
	case err != nil:
		return err
	case !info.Here:
		return fmt.Errorf("%s is not here; get it with %s data get %s", p.Name, terminal.Program("."), p.Name)
	case info.Where == "":
		return fmt.Errorf("%s is drawn by code and has no files", p.Name)
	}
	_, err = fmt.Fprintln(out, info.Where)
	return err
}
