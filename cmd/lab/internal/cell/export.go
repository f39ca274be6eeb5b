package cell

import (
	"errors"
	"fmt"
	"go/format"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// A Program is cells as a Go program that prints what they print. Each cell is a
// file with what it declares and a function that does what it does:
//
//	cell 2:  x := 3; func double(n int) int { return 2 * n }; double(x)
//	file:    func double(n int) int { return 2 * n }
//	         var x int
//	         func cell2() { x = 3; lab.Show(double(x)) }
//
// A variable that is declared again with another type, and a type, get a second
// name. A function that is declared again becomes a variable, so that those who
// call it call the newer one, as in a session.
type Program struct {
	Files   []ProgramFile
	Imports []string // what it imports, sorted
	LeftOut []string // a sentence for each cell that could not be taken
}

// A ProgramFile is a file of a Program.
type ProgramFile struct{ Name, Text string }

// A ProgramCell is a cell for NewProgram.
type ProgramCell struct {
	N      int // its number, from 1
	Source string
	Fails  bool // it is meant to end in an error
}

// NewProgram makes a Go program of cells that run from top to bottom. The blank
// imports bring what registers itself: the checks of exercises.
func NewProgram(cells []ProgramCell, blank []string) (*Program, error) {
	scout, err := newExporter(cells, nil)
	if err != nil {
		return nil, err
	}
	if err := scout.all(cells); err != nil { // tells which names are packages', which functions come again
		return nil, err
	}
	e, err := newExporter(cells, scout)
	if err != nil {
		return nil, err
	}
	if err := e.all(cells); err != nil {
		return nil, err
	}
	return e.program(blank)
}

// An exporter writes cells as Go, one after the other.
type exporter struct {
	s        *Session
	goNames  map[string]string   // of what is live: its name in Go
	taken    map[string]bool     // names that nothing new may have
	varTypes map[string]string   // of variables, by their names in Go
	typed    map[string][]string // of functions: the types with which they are declared
	late     map[string]bool     // functions that are variables
	packages map[string]bool     // names of packages that some cell uses
	used     map[string]bool     // names in any cell

	cells   []*goCell
	methods map[string]*goPiece // the newest declaration of each method
	imports map[string]bool
	leftOut []string
}

// newExporter starts an exporter; scout has been through all cells before.
func newExporter(cells []ProgramCell, scout *exporter) (*exporter, error) {
	s, err := New(Config{})
	if err != nil {
		return nil, err
	}
	e := &exporter{
		s: s, goNames: map[string]string{}, taken: map[string]bool{}, varTypes: map[string]string{}, typed: map[string][]string{}, late: map[string]bool{},
		packages: map[string]bool{}, used: map[string]bool{}, methods: map[string]*goPiece{}, imports: map[string]bool{},
	}
	for _, c := range cells {
		collectNames(c.Source, e.used)
	}
	for _, name := range []string{"main", "init", "fmt", "lab", "os", "run"} {
		e.taken[name] = true
	}
	for _, c := range cells {
		e.taken[cellFunction(c.N)] = true
	}
	if scout != nil {
		maps.Copy(e.taken, scout.packages)
		for name, list := range scout.typed {
			e.late[name] = len(list) > 1 && len(slices.Compact(slices.Clone(list))) == 1 && list[0] != ""
		}
	}
	return e, nil
}

func cellFunction(n int) string { return fmt.Sprintf("cell%d", n) }

func collectNames(source string, names map[string]bool) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, 0)
	for {
		_, tok, text := s.Scan()
		if tok == token.EOF {
			return
		}
		if tok == token.IDENT {
			names[text] = true
		}
	}
}

// name gives something new its name in Go.
func (e *exporter) name(name string) string {
	free := name
	for n := 2; e.taken[free] || free != name && e.used[free]; n++ {
		free = fmt.Sprintf("%s%d", name, n)
	}
	e.taken[free] = true
	return free
}

// all takes in the cells. One that does not compile is left out.
func (e *exporter) all(cells []ProgramCell) error {
	for _, c := range cells {
		out := &goCell{ProgramCell: c, imports: map[string]string{}}
		state := e.s.state
		names := maps.Clone(e.goNames)
		err := e.cell(out)
		var mistake *Error
		switch {
		case errors.As(err, &mistake):
			out.problem = mistake.Message
			e.s.state, e.goNames = state, names
			if !c.Fails {
				e.leftOut = append(e.leftOut, fmt.Sprintf("Cell %d is not in the program: line %d: %s.", c.N, mistake.Line, strings.TrimSuffix(mistake.Message, ".")))
			}
		case err != nil:
			return err
		}
		e.cells = append(e.cells, out)
	}
	return nil
}

// cell reads and checks a cell as a session does, and takes it apart instead of
// running it.
func (e *exporter) cell(out *goCell) (err error) {
	src := &source{name: fmt.Sprintf("cell %d", out.N), text: out.Source}
	defer func() {
		if r := recover(); r != nil {
			refused, ok := r.(*refusal)
			if !ok {
				panic(r)
			}
			err = refused
		}
		if err != nil {
			err = e.s.explain(src, err)
		}
	}()
	parsed, err := parse(e.s.fset, src)
	for _, f := range parsed.files {
		e.s.sources[f] = src
	}
	if err != nil {
		return err
	}
	st := e.s.state.clone()
	if err := explicit(st, e.s.known, parsed.imports); err != nil {
		return err
	}
	out.cut(parsed)
	out.alias(st.imports)
	for _, g := range parsed.groups(func() []map[string]bool { return e.s.usesOf(st, parsed) }) {
		p := &planner{s: e.s, cell: parsed, group: g, st: st, bodies: map[*decl]bool{}}
		p.declare()
		p.discard()
		if err := p.check(); err != nil {
			return err
		}
		if err := (&groupWriter{planner: p, e: e, out: out}).write(); err != nil {
			return err
		}
		e.s.state = p.st
		st = p.st.clone()
	}
	return nil
}

// program writes the files.
func (e *exporter) program(blank []string) (*Program, error) {
	p := &Program{LeftOut: e.leftOut}
	var calls strings.Builder
	for _, c := range e.cells {
		text, err := format.Source([]byte(c.text()))
		if err != nil {
			return nil, fmt.Errorf("cell %d cannot be written as a Go file: %w", c.N, err)
		}
		p.Files = append(p.Files, ProgramFile{fmt.Sprintf("cell%02d.go", c.N), string(text)})
		if c.problem == "" {
			for path := range c.imports {
				e.imports[path] = true
			}
		}
		if c.runs() {
			fmt.Fprintf(&calls, "\trun(%q, %s)%s\n", fmt.Sprintf("cell %d", c.N), cellFunction(c.N), map[bool]string{true: " // it is meant to end in an error"}[c.Fails])
		}
	}
	for _, path := range blank {
		e.imports[path] = true
	}
	p.Imports = slices.Sorted(maps.Keys(e.imports))
	main := "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\n"
	for _, path := range blank {
		main += fmt.Sprintf("\t_ %q // the checks of its exercises\n", path)
	}
	main += ")\n\n// main runs the cells from top to bottom.\nfunc main() {\n" + calls.String() + "}\n" + runOne
	text, err := format.Source([]byte(main))
	p.Files = append(p.Files, ProgramFile{"main.go", string(text)})
	return p, err
}

// runOne is in every program: a panic ends a cell, and not those below it.
const runOne = `
// run runs a cell. A panic ends that cell alone, as in a notebook.
func run(name string, cell func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "%s: panic: %v\n", name, r)
		}
	}()
	cell()
}
`

// qualifier writes the types of others with the name that the cell's file has
// for their package.
func (c *goCell) qualifier(p *types.Package) string {
	if p.Path() == learnersPath {
		return ""
	}
	name := p.Name()
	if alias := c.aliases[p.Path()]; alias != "" {
		name = alias
	}
	c.imports[p.Path()] = name
	return name
}
