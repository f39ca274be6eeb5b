package repl

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/symbols"
	"reslab/cmd/lab/internal/terminal"
)

// A command is a line that begins with a colon.
type command struct {
	name string
	args string // what follows the name, for people
	does string
	run  func(r *repl, ctx context.Context, rest string) error
}

// commands are all there are, in the order of :help. It is filled by init:
// :help lists the list that it is in.
var commands []command

func init() {
	commands = []command{
		{"help", "[NAME]", "this list, or what is known of a command or a name", (*repl).help},
		{"doc", "NAME", "what the comment at a name says, as :doc nn.Conv2D", (*repl).doc},
		{"type", "EXPRESSION", "its type, without running it", (*repl).typeOf},
		{"vars", "", "the variables, with their types and values", (*repl).vars},
		{"show", "EXPRESSION", "draw a tensor, a picture, a figure", (*repl).show},
		{"plot", "EXPRESSION", "draw numbers as a curve", (*repl).plot},
		{"set", "[NAME VALUE]", "move a slider, and run its input again; alone: list them", (*repl).set},
		{"time", "GO", "how long it takes", (*repl).time},
		{"source", "", "what was typed so far, as far as it holds", (*repl).source},
		{"undo", "", "take the last input back", (*repl).undo},
		{"reset", "", "forget everything", (*repl).reset},
		{"load", "FILE", "run a Go file", (*repl).load},
		{"save", "FILE", "write what :source shows", (*repl).save},
		{"edit", "", "edit the last input in your editor, and run it", (*repl).edit},
		{"lesson", "[ID]", "read a lesson, or list them", (*repl).lesson},
		{"check", "EXERCISE [FUNC]", "try your function in an exercise", (*repl).check},
		{"quit", "", "leave (Ctrl-D does, too)", func(*repl, context.Context, string) error { return errLeave }},
	}
}

// cutCommand splits a command into its name and what follows.
func cutCommand(input string) (name, rest string, ok bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(input), ":")
	name, rest, _ = strings.Cut(text, " ")
	return name, strings.TrimSpace(rest), ok
}

// command runs a command. The beginning of a name is enough where it is the
// only one.
func (r *repl) command(ctx context.Context, name, rest string) error {
	var meant []command
	for _, c := range commands {
		if c.name == name {
			meant = []command{c}
			break
		}
		if name != "" && strings.HasPrefix(c.name, name) {
			meant = append(meant, c)
		}
	}
	if name == "" || len(meant) == 0 {
		return fmt.Errorf(":%s is no command; :help lists them", name)
	}
	if len(meant) > 1 {
		var names []string
		for _, c := range meant {
			names = append(names, ":"+c.name)
		}
		return fmt.Errorf(":%s may be %s: type one letter more", name, strings.Join(names, ", "))
	}
	c := meant[0]
	if rest == "" && c.args != "" && c.args[0] != '[' {
		return fmt.Errorf(":%s needs something to work on: :%s %s", c.name, c.name, c.args)
	}
	return c.run(r, ctx, rest)
}

func (r *repl) help(ctx context.Context, about string) error {
	if about != "" {
		return r.helpOn(ctx, about)
	}
	columns := terminal.Width(r.out)
	var b strings.Builder
	b.WriteString(terminal.Sentences(`Type Go: an expression shows its value, := keeps one, func and type declare.
Known packages need no import. An open bracket asks for more lines. Tab completes.
`, columns) + "\n")
	rows := [][2]string{}
	for _, c := range commands {
		rows = append(rows, [2]string{strings.TrimSpace(":" + c.name + " " + c.args), c.does})
	}
	rows = append(rows, [2]string{"Ctrl-C", "stop what is being typed or evaluated"})
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row[0]))
	}
	for _, row := range rows {
		first := fmt.Sprintf("  %-*s  ", widest, row[0])
		b.WriteString(terminal.Wrap(row[1], first, strings.Repeat(" ", len(first)), columns) + "\n")
	}
	_, err := io.WriteString(r.out, b.String())
	return err
}

// helpOn tells of one command, or of a name of Go.
func (r *repl) helpOn(ctx context.Context, name string) error {
	for _, c := range commands {
		if c.name == strings.TrimPrefix(name, ":") {
			_, err := fmt.Fprintf(r.out, ":%s\n  %s\n", strings.TrimSpace(c.name+" "+c.args), c.does)
			return err
		}
	}
	return r.doc(ctx, name)
}

// doc shows the signature and the comment of a name.
func (r *repl) doc(ctx context.Context, name string) error {
	found, err := r.kernel.Inspect(ctx, name, len(name))
	if err != nil {
		return err
	}
	if found.Name == nil {
		if text := r.methodDoc(ctx, name); text != "" {
			_, err := fmt.Fprint(r.out, line(text))
			return err
		}
		return fmt.Errorf("nothing is known of %s; Tab shows what there is, as :doc nn.Conv2D", name)
	}
	d := found.Name
	fmt.Fprintln(r.out, r.style.Go(d.Signature))
	if d.Package != "" {
		fmt.Fprintf(r.out, "%s\n", d.Package)
	}
	if d.Cell != "" {
		fmt.Fprintf(r.out, "declared in %s, line %d\n", d.Cell, d.Line)
	}
	if d.Doc != "" {
		fmt.Fprintf(r.out, "\n%s", line(d.Doc))
	}
	return nil
}

// methodDoc returns the comment at a method or field that is named by its type,
// as nn.Conv2D.Forward.
func (r *repl) methodDoc(ctx context.Context, name string) string {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return ""
	}
	found, err := r.kernel.Inspect(ctx, name[:dot], dot)
	if err != nil || found.Name == nil {
		return ""
	}
	return symbols.Doc(found.Name.Package, found.Name.Name+name[dot:])
}

func (r *repl) typeOf(ctx context.Context, expression string) error {
	t, err := r.kernel.TypeOf(ctx, expression)
	if err != nil {
		return err
	}
	fmt.Fprintln(r.out, r.style.Go(t))
	return nil
}

func (r *repl) vars(ctx context.Context, _ string) error {
	variables, err := r.kernel.Variables(ctx)
	if err != nil {
		return err
	}
	if len(variables) == 0 {
		fmt.Fprintln(r.out, "There are no variables yet; x := 1 makes one.")
		return nil
	}
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	for _, v := range variables {
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.Name, v.Type, v.Value)
	}
	return w.Flush()
}

func (r *repl) show(ctx context.Context, expression string) error {
	return r.evaluate(ctx, "show", "lab.Show("+expression+")")
}

func (r *repl) plot(ctx context.Context, expression string) error {
	return r.evaluate(ctx, "plot", "lab.Plot("+expression+")")
}

// time runs Go and says how long it took: what the kernel measured, without
// the way there and back.
func (r *repl) time(ctx context.Context, source string) error {
	r.inputs++
	result, err := r.eval(ctx, fmt.Sprintf("input %d", r.inputs), source)
	if err == nil {
		fmt.Fprintln(r.out, time.Duration(result.Seconds*float64(time.Second)).Round(time.Microsecond))
	}
	return err
}

func (r *repl) source(context.Context, string) error {
	_, err := io.WriteString(r.out, r.style.Go(r.session()))
	return err
}

func (r *repl) lesson(_ context.Context, id string) error {
	if id == "" {
		return lesson.WriteList(r.out)
	}
	l, err := lesson.Find(id)
	if err != nil {
		return err
	}
	return lesson.Show(r.out, l)
}

// check tries a function of the session in an exercise. The function has the
// exercise's name unless another is given.
func (r *repl) check(ctx context.Context, words string) error {
	exercise, function, _ := strings.Cut(words, " ")
	if function == "" {
		function = exercise
	}
	return r.evaluate(ctx, "check", fmt.Sprintf("lab.Check(%q, %s)", exercise, function))
}
