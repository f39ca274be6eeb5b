package claims

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"reslab/cmd/lab/internal/terminal"
)

// Command is lab claims.
type Command struct {
	Claim string `arg:"" optional:"" help:"Number or name of a claim, as 3 or overfitting; all, if none is named."`
	Rerun bool   `help:"Measure again on this machine what takes seconds, and say what of it holds."`
	JSON  bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Command) Help() string {
	return "To measure all claims again takes about two minutes of computing. Ctrl-C ends that, and what was measured until then is told.\n\n" +
		"Examples:\n  lab claims\n  lab claims overfitting\n  lab claims --rerun\n  lab claims vanishing --rerun --json"
}

// Run tells the claims, or measures them again.
func (c Command) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	claims := All()
	if c.Claim != "" {
		claim, err := Find(c.Claim)
		if err != nil {
			return err
		}
		claims = []Claim{claim}
	}
	v := &view{columns: min(terminal.Width(out)-2, widest), style: terminal.StyleOf(out)}
	switch {
	case c.Rerun:
		return c.rerun(ctx, out, v, claims)
	case c.JSON:
		return terminal.WriteJSON(out, forJSON(claims, nil))
	case c.Claim != "":
		v.full(claims[0])
	default:
		v.story(claims)
	}
	return terminal.Page(in, out, v.out.String())
}

// widest is where lines of text end on the widest terminal: eyes lose longer ones.
const widest = 100

// rerun measures claims again and tells of each as soon as it is measured.
func (c Command) rerun(ctx context.Context, out io.Writer, v *view, claims []Claim) error {
	began := time.Now()
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	told, stopped := measureAll(ctx, claims, bar.Set, func(o outcome) {
		if !c.JSON {
			v.out.Reset()
			v.again(o)
			bar.Print(out, strings.TrimSuffix(v.out.String(), "\n"))
		}
	})
	bar.Close()
	if c.JSON {
		if err := terminal.WriteJSON(out, forJSON(claims[:len(told)], told)); err != nil {
			return err
		}
	}
	if err := summary(told, len(claims), stopped); err != nil || c.JSON || len(claims) == 1 {
		return err
	}
	_, err := fmt.Fprintf(out, "What was measured holds here for all %d claims. It took %.0f s.\n", len(claims), time.Since(began).Seconds())
	return err
}
